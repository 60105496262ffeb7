/** Las palabras del panel. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { delivery } from "./delivery";
import { actions, balance, lists, overlaps, people, problems, recipientNotes, review } from "./review";

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

  reading: {
    heading: "Informe de este correo",
    looking: "Buscando el informe de este correo …",
    sent: "Enviado el {when}",
    notSent: "Se preparó, pero Rollcall no sabe si se envió: no se cuenta nada.",
    none: "En este correo no se mide nada",
    noneText: "Se envió sin seguimiento, o el seguimiento se quitó.",
    notYours: "No puede ver ningún informe de este correo",
    notYoursText:
      "Solo ven el informe quien envió el correo y las personas con quienes lo comparte. También puede estar ya eliminado.",
  },

  warnings: { title: "Antes de enviar" },

  working: "Un momento …",

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
