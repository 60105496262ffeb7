/** Wohin die Links einer E-Mail führen. */

import type { In } from "../../languages";
import type { links as english } from "../../pages/links";

export const links: In<typeof english> = {
  open: "Links …",
  title: "Wohin die Links führen",
  text: "Links zugestellter E-Mails lassen sich noch zurückziehen oder berichtigen. Eine Änderung gilt binnen zehn Sekunden.",
  none: "Kein Link dieser E-Mail wird gemessen.",
  listLabel: "Links dieser E-Mail",
  withdrawn: "Zurückgezogen: Er führt nirgendwohin.",
  corrected: "Berichtigt: Er führt zu {target}.",
  byAdmin: "Das hat die Administration entschieden.",
  withdraw: "Zurückziehen",
  withdrawOne: "{link} zurückziehen",
  restore: "Wiederherstellen",
  restoreOne: "{link} wiederherstellen",
  withdrawAll: "Alle Links zurückziehen",
  restoreAll: "Alle Links wiederherstellen",
  which: "Zu berichtigender Link",
  target: "Neue Webadresse",
  correct: "Berichtigen",
  saving: "Wird gespeichert …",
  saved: "Gespeichert.",
};
