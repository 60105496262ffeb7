/** Die Worte des Aufgabenbereichs. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { delivery } from "./delivery";
import { actions, balance, lists, overlaps, people, problems, recipientNotes, review } from "./review";

export { words as common } from "../common";

export const own: In<typeof paneWords> = {
  outlookFailed: "Outlook hat nicht geantwortet.",
  outlookRemedy:
    "Schließen Sie diesen Bereich und öffnen Sie ihn erneut. Hilft das nicht, starten Sie Outlook neu.",
  heading: "Empfänger dieser E-Mail",
  starting: "Empfänger werden gelesen …",
  nowhere: "Öffnen Sie eine E-Mail, die Sie gerade schreiben",
  nowhereText: "Rollcall zählt, wen eine E-Mail erreicht, bevor Sie sie senden.",

  openReport: "Bericht öffnen",
  removed: "Tracking wurde entfernt",
  removedText: "Ihre E-Mail enthält die Links, wie Sie sie geschrieben haben.",

  reading: {
    heading: "Bericht zu dieser E-Mail",
    looking: "Der Bericht zu dieser E-Mail wird gesucht …",
    sent: "Gesendet am {when}",
    notSent: "Sie wurde vorbereitet, aber Rollcall weiß nicht, dass sie gesendet wurde: Nichts zählt.",
    none: "In dieser E-Mail wird nichts gemessen",
    noneText: "Sie wurde ohne Messung gesendet, oder die Messung wurde entfernt.",
    notYours: "Sie können keinen Bericht zu dieser E-Mail sehen",
    notYoursText:
      "Den Bericht sieht nur, wer die E-Mail gesendet hat, und wem er freigegeben wurde. Vielleicht ist er auch schon gelöscht.",
  },

  warnings: { title: "Vor dem Senden" },

  working: "Einen Moment …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  lists,
  overlaps,
  balance,
  problems,
  delivery,
  people,
  actions,
};
