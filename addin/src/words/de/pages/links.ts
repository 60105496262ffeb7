/** Wohin die Links einer E-Mail führen. */

import type { In } from "../../languages";
import type { allLinks as allEnglish, links as english } from "../../pages/links";

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

export const allLinks: In<typeof allEnglish> = {
  heading: "Links",
  intro:
    "Finden Sie heraus, welcher Link welcher E-Mail eine Webadresse ist, ziehen Sie ihn zurück oder lassen Sie ihn woandershin führen: auch in zugestellten E-Mails und in solchen, die hier gelöscht wurden. Eine Änderung gilt binnen zehn Sekunden. Wohin kein Link führen darf, ist eine Einstellung: ROLLCALL_DENY_HOSTS.",
  url: "Webadresse eines Links in einer E-Mail",
  look: "Nachsehen",
  found: "Das ist Link {number} einer E-Mail.",
  mail: "Bericht öffnen",
  amendedTitle: "Zurückgezogene und berichtigte Links",
  leads: "Führt zu {target}",
  all: "Alle Links",
  one: "Link {number}",
  withdrawn: "Zurückgezogen",
  mailShort: "der E-Mail {id} …",
  byAdmin: "{moment}, von der Administration",
  bySender: "{moment}, von der absendenden Person",
  restoreOne: "Wiederherstellen: {link} der E-Mail {id}",
  emptyTitle: "Kein Link wurde zurückgezogen oder berichtigt",
  emptyText: "Jeder Link führt dorthin, wohin seine E-Mail sagt.",
  more: "Mehr anzeigen",
  countOne: "{n} Entscheidung",
  count: "{n} Entscheidungen",
};
