/** Die Worte neben einer E-Mail, die gelesen wird. */

import type { In } from "../../languages";
import type { readingWords } from "../../pane/reading";

export { words as common } from "../common";

export const own: In<typeof readingWords> = {
  heading: "Bericht zu dieser E-Mail",
  looking: "Der Bericht zu dieser E-Mail wird gesucht …",
  sent: "Gesendet am {when}",
  notSent: "Sie wurde vorbereitet, aber Rollcall weiß nicht, dass sie gesendet wurde: Nichts zählt.",
  none: "In dieser E-Mail wird nichts gemessen",
  noneText: "Sie wurde ohne Messung gesendet, oder die Messung wurde entfernt.",
  notYours: "Sie können keinen Bericht zu dieser E-Mail sehen",
  notYoursText:
    "Den Bericht sieht nur, wer die E-Mail gesendet hat, und wem er freigegeben wurde. Vielleicht ist er auch schon gelöscht.",
};
