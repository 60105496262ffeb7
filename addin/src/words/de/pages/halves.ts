/** Eine E-Mail aus zwei Teilen, weil nur manche zugestimmt haben, mit Namen gemessen zu werden. */

import type { In } from "../../languages";
import type { halves as english } from "../../pages/halves";

export const halves: In<typeof english> = {
  title: "Eine E-Mail, zwei Berichte",
  thisNamed:
    "In diesem Bericht geht es um alle, die zugestimmt haben, mit Namen gemessen zu werden: {count}.",
  thisRest:
    "In diesem Bericht geht es um alle, die nicht zugestimmt haben, mit Namen gemessen zu werden: {count}. Sie alle haben dieselbe E-Mail erhalten.",
  toNamed: "Bericht über alle, die zugestimmt haben",
  toRest: "Bericht über alle anderen",
  together: "Beide zusammen",
  sum: "Das sind die Summen dessen, was in den beiden Berichten steht, und nicht mehr.",
  noSum: "Einer der beiden Berichte zeigt keine Zahlen, deshalb gibt es auch keine für beide zusammen.",
  exported: "Beide für Excel",
  named: "alle, die zugestimmt haben",
  rest: "alle anderen",
  counts: "{named} mit Namen, {rest} ohne",
};
