/** Die Worte des Aufgabenbereichs. */

import type { In } from "../../languages";
import type { paneWords } from "../../pane";
import { counting, idle, stopped } from "./counting";
import { actions, problems, recipientNotes, review } from "./review";

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

  warnings: { title: "Vor dem Senden" },

  working: "Einen Moment …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  problems,
  actions,
};
