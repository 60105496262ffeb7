/** Las palabras del panel. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { actions, problems, recipientNotes, review } from "./review";

export { words as common } from "../common";

export const own: In<typeof paneWords> = {
  outlookFailed: "Outlook no respondió.",
  outlookRemedy: "Cierre este panel y ábralo de nuevo. Si no sirve, reinicie Outlook.",
  heading: "Destinatarios de este mensaje",
  starting: "Leyendo los destinatarios …",
  nowhere: "Abra un mensaje que esté escribiendo",
  nowhereText: "Rollcall cuenta a quién llegará un mensaje antes de que lo envíe.",

  openReport: "Abrir el informe",
  removed: "Se quitó el seguimiento",
  removedText: "Su mensaje contiene los enlaces tal como los escribió.",

  warnings: { title: "Antes de enviar" },

  working: "Un momento …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  problems,
  actions,
};
