/** Les mots du volet. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { delivery } from "./delivery";
import { actions, balance, lists, overlaps, people, problems, recipientNotes, review } from "./review";

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

  reading: {
    heading: "Rapport de cet e-mail",
    looking: "Recherche du rapport de cet e-mail …",
    sent: "Envoyé le {when}",
    notSent: "Il a été préparé, mais Rollcall ne sait pas s’il a été envoyé : rien n’est compté.",
    none: "Rien n’est mesuré dans cet e-mail",
    noneText: "Il a été envoyé sans suivi, ou le suivi en a été retiré.",
    notYours: "Vous ne pouvez voir aucun rapport de cet e-mail",
    notYoursText:
      "Seuls son expéditeur et les personnes avec qui il le partage voient le rapport. Il peut aussi être déjà supprimé.",
  },

  warnings: { title: "Avant l’envoi" },

  working: "Un instant …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  lists,
  overlaps,
  balance,
  problems,
  people,
  actions,
  delivery,
};
