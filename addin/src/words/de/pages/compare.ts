/** Zwei E-Mails nebeneinander. */

import type { In } from "../../languages";
import type * as english from "../../pages/compare";

export const compare: In<typeof english.compare> = {
  heading: "Vergleich",
  first: "A",
  second: "B",
  which: "{letter}: gesendet {when}",
  whichUnsent: "{letter}: nicht gesendet",
  openReport: "Diesen Bericht öffnen",
  swap: "A und B tauschen",
  unfairTitle: "Diese beiden lassen sich nicht fair vergleichen",
  unfair: {
    not_sent: "Eine der beiden wurde noch nicht gesendet.",
    ages: "Eine ist viel jünger als die andere: Öffnungen und Klicks kommen noch. Vergleichen Sie den Verlauf seit dem Senden statt der Summen.",
    modes:
      "Sie wurden in verschiedenen Modi gesendet, {first} und {second}, die Personen unterschiedlich zählen.",
    withheld: "Eine der beiden zeigt keine Zahlen: Ihr Bericht sagt, warum.",
    incomplete: "Nicht jede Liste konnte vollständig gezählt werden; ein Anteil ist deshalb eine Obergrenze.",
  },
  caption: "Nebeneinander",
  measure: "Kennzahl",
  rows: { opened: "Geöffnet", clicked: "Link angeklickt" },
  answer: "Unterschied",
  standings: {
    first: "A hat den größeren Anteil.",
    second: "B hat den größeren Anteil.",
    unknown: "Die Spannen überschneiden sich: Welcher Anteil größer ist, lässt sich nicht sagen.",
    unfair: "Nicht fair vergleichbar, siehe oben.",
  },
  course: "Seit dem Senden",
  courseText:
    "Öffnungen durch Menschen je 100 Empfänger, aufsummiert ab der Stunde des Sendens. Eine Person kann mehrmals öffnen.",
  courseUnknown:
    "Nicht jede Liste ließ sich vollständig zählen; wie viele es je 100 Empfänger waren, ist daher unbekannt.",
  courseAt: "{hours}: A {first}, B {second}.",
  hoursOne: "Nach 1 Stunde",
  hoursMany: "Nach {n} Stunden",
  daysMany: "Nach {n} Tagen",
  axisHours: "Stunden seit dem Senden",
  axisDays: "Tage seit dem Senden",
  hour: "Stunden",
  opensOf: "{letter}, Öffnungen",
  clicksOf: "{letter}, Klicks",
  withheld: "nicht gezeigt",
  links: "Links",
  linksCaption: "Personen, die geklickt haben, nach Link",
  notIn: "nicht in dieser E-Mail",
  noLinks: "Keine der beiden E-Mails hat getrackte Links.",
  mail: "E-Mail",
  people: "Personen",
  unsent: "nicht gesendet",
  severalGone: "{n} der E-Mails gibt es nicht mehr, oder Sie dürfen sie nicht sehen.",
  severalModes:
    "Diese E-Mails wurden in verschiedenen Modi gesendet, die Menschen auf verschiedene Weise zählen: Vergleichen Sie mit Vorsicht.",
  surelyAbove: "sicher mehr als {letters}",
  severalUnknown: "Zu wenige dieser E-Mails nennen Zahlen, um sie zu vergleichen.",
  severalBest: "{letter} hat sicher den größten Anteil.",
  severalSome:
    "Die Spannen von {letters} überschneiden sich: Welche davon den größten Anteil hat, lässt sich nicht sagen. Jeder andere Anteil ist sicher kleiner als einer von diesen.",
  severalAll:
    "Die Spannen von {letters} überschneiden sich: Welche davon den größten Anteil hat, lässt sich nicht sagen.",
};
