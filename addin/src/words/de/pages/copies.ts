/** Die Kopien einer E-Mail. */

import type { In } from "../../languages";
import type * as english from "../../pages/copies";

export const copies: In<typeof english.copies> = {
  title: "Kopien",
  sent: "{n} von {total} Kopien sind gesendet.",
  failed: "{n} wurden nicht gesendet",
  failedOne: "1 wurde nicht gesendet",
  doubt: "Von {n} weiß niemand, ob sie gesendet sind",
  doubtOne: "Von 1 weiß niemand, ob sie gesendet ist",
  doubtText: "Öffnen Sie den Entwurf in Outlook, um sie erneut zu senden oder es dabei zu belassen.",
  begins: "Die erste geht in {n} Sekunden hinaus",
  running: "Sie werden gerade gesendet",
  runningText:
    "Outlook sendet sie, auf dem Gerät, auf dem sie begonnen wurden. Diese Seite sieht alle zehn Sekunden nach.",
  paused: "Niemand sendet sie gerade",
  pausedText:
    "Öffnen Sie den Entwurf in Outlook, auf jedem Gerät, und machen Sie dort weiter. Pseudonyme Kopien gehen nur auf dem Gerät weiter, auf dem sie begonnen wurden.",
  undo: "Alles zurücknehmen",
  undoText: "Noch hat niemand die E-Mail. Rollcall vergisst sie, und Sie können neu beginnen.",
};
