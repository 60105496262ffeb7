/** Les mots du volet. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { actions, problems, recipientNotes, review } from "./review";

export { words as common } from "../common";

export const own: In<typeof paneWords> = {
  outlookFailed: "Outlook n’a pas répondu.",
  outlookRemedy: "Fermez ce volet et rouvrez-le. Si cela ne suffit pas, redémarrez Outlook.",
  heading: "Destinataires de ce message",
  starting: "Lecture des destinataires …",
  nowhere: "Ouvrez un message que vous êtes en train d’écrire",
  nowhereText: "Rollcall compte qui recevra un message avant que vous l’envoyiez.",

  openReport: "Ouvrir le rapport",
  removed: "Le suivi a été retiré",
  removedText: "Votre message contient les liens tels que vous les avez écrits.",

  warnings: { title: "Avant l’envoi" },

  working: "Un instant …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  problems,
  actions,
};
