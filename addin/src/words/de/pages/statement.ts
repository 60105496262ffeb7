/** Die Auskunft: wie Rollcall eingerichtet ist, was vereinbart wurde und was wie lange gespeichert bleibt. */

import type { In } from "../../languages";
import type { statement as english } from "../../pages/statement";

export const statement: In<typeof english> = {
  heading: "Auskunft",
  intro:
    "Wie Rollcall in Ihrer Organisation eingerichtet ist, was vereinbart wurde und was wie lange gespeichert bleibt. Auf dieser Seite steht von niemandem ein Ergebnis.",
  made: "Stand: {when}.",
  print: "Drucken",
  download: "Herunterladen (JSON)",

  agreement: "Vereinbarung",
  states: {
    none: {
      title: "Es gibt keine Vereinbarung",
      text: "Wie weit E-Mails gemessen werden, entscheidet die Administration von Rollcall und kann es jederzeit ändern.",
    },
    in_force: {
      title: "Die Vereinbarung gilt, und die Einstellungen halten sie ein",
      text: "Was darüber hinausgeht, wird abgelehnt. Läuft sie ab, hört die Messung von selbst auf.",
    },
    not_yet: {
      title: "Die Vereinbarung gilt noch nicht: Es wird nichts gemessen",
      text: "Empfänger werden gezählt, und Links in E-Mails führen ans Ziel.",
    },
    expired: {
      title: "Die Vereinbarung ist abgelaufen: Es wird nichts gemessen",
      text: "Empfänger werden gezählt, und Links in E-Mails führen ans Ziel. Was vereinbart war, begrenzt weiterhin Berichte und Speicherdauer.",
    },
    exceeded: {
      title: "Einstellungen gehen über die Vereinbarung hinaus: Es wird nichts gemessen",
      text: "Sie sind unten gekennzeichnet. Bis das behoben ist, werden Empfänger gezählt, und Links in E-Mails führen ans Ziel.",
    },
    altered: {
      title: "Die Vereinbarung ist nicht so, wie sie unterzeichnet wurde: Es wird nichts gemessen",
      text: "Sie wurde verändert oder mit einem anderen Schlüssel unterzeichnet. Empfänger werden gezählt, Links in E-Mails führen ans Ziel, und kein Bericht wird gezeigt.",
    },
    unreadable: {
      title: "Die Vereinbarung lässt sich nicht lesen: Es wird nichts gemessen",
      text: "Empfänger werden gezählt, Links in E-Mails führen ans Ziel, und kein Bericht wird gezeigt.",
    },
    no_key: {
      title: "Es fehlt der Schlüssel, der zeigt, ob die Vereinbarung echt ist: Es wird nichts gemessen",
      text: "Empfänger werden gezählt, Links in E-Mails führen ans Ziel, und kein Bericht wird gezeigt.",
    },
    no_file: {
      title: "Es gibt den Schlüssel einer Vereinbarung, aber keine Vereinbarung: Es wird nichts gemessen",
      text: "Empfänger werden gezählt, Links in E-Mails führen ans Ziel, und kein Bericht wird gezeigt.",
    },
  },
  called: "Titel",
  parties: "Zwischen",
  reference: "Ganzer Text",
  valid: "Gilt",
  validText: "von {from} bis {until}",
  code: "Vereinbarung",
  key: "Schlüssel",
  compare: "Vergleichen Sie beides mit dem, was beim Unterzeichnen aufgeschrieben wurde.",

  measured: "Was gemessen wird",
  tracking: {
    off: "Es wird nichts gemessen. Vor dem Senden werden Empfänger gezählt.",
    clicks:
      "Gezählt wird, dass Links gefolgt wird; Öffnungen nicht, und niemand wird von anderen unterschieden.",
    opens:
      "Gezählt wird, dass E-Mails geöffnet werden; Links nicht, und niemand wird von anderen unterschieden.",
    counting: "Öffnungen und Klicks werden gezählt. Alle Empfänger erhalten dieselbe E-Mail.",
    pseudonymous:
      "Öffnungen und Klicks werden gezählt. Jeder Empfänger kann eine eigene E-Mail erhalten, die zu keinem Namen führt.",
    individual: "Wer eine E-Mail geöffnet hat und ihren Links gefolgt ist, kann namentlich gezeigt werden.",
  },
  groups: "Wo niemand unterschieden wird, sagen Berichte nichts über weniger als {n} Personen.",
  groupsOne: "Berichte sagen auch dort etwas über Einzelne, wo niemand namentlich unterschieden wird.",
  appear: "So lange nach der Zustellung einer E-Mail erscheinen Zahlen: {times}.",

  kept: "Was wie lange gespeichert bleibt",
  what: "Was",
  howLong: "Wie lange",
  things: {
    events: "Öffnungen und Klicks, jede für sich",
    messages: "E-Mails: ihre Empfänger und Summen der Öffnungen und Klicks",
    lists: "Die Mitglieder einer Liste, die gezählt wurde",
    objections: "Widersprüche, als Prüfwerte",
    objectionsEnd: "bis sie zurückgenommen werden",
    answers: "Wer zugestimmt hat, namentlich gemessen zu werden, als Prüfwerte",
    answersEnd: "bis die Zustimmung zurückgenommen wird",
    trail: "Das Protokoll: wer was getan hat, nach Objekt-IDs",
  },
  places: "Jeder Ort, an dem etwas gespeichert ist",
  placesNote: "Auf Englisch, wie in der Dokumentation.",
  place: "Ort",
  holds: "Enthält",
  until: "Bis",
  endedBy: "Beendet durch",

  may: "Wer was sehen darf",
  mayNote:
    "Alle sehen, was über sie selbst gespeichert ist, können widersprechen und es löschen lassen, was auch immer hier steht.",
  allowed: "erlaubt",
  notAllowed: "nicht erlaubt",
  allowances: {
    admins_see_reports: "Die Administration sieht Berichte über E-Mails, die andere gesendet haben",
    admins_see_individuals: "… auch wo Empfänger namentlich unterschieden werden",
    admins_see_people: "Die Administration sieht im Auftrag einer Person, was über diese gespeichert ist",
    share_reports: "Absender teilen Berichte mit Personen, die sie benennen",
    teams_see_reports:
      "Die Mitglieder eines Teams sehen und verwalten gegenseitig ihre E-Mails und deren Berichte",
    export_reports: "Berichte verlassen Rollcall als Dateien",
    programs_read_reports: "Programme lesen Berichte und Protokoll, ohne dass jemand angemeldet ist",
    programs_read_recipients: "… auch was Einzelne getan haben",
    webhooks_tell: "Eine Adresse, die die Administration gewählt hat, erfährt, wann Berichte Zahlen haben",
    tell_by_list:
      "Berichte zeigen, wie jede eingegebene Verteilerliste reagiert hat; dafür wird gespeichert, wer in welcher ist",
    read_subjects: "Das Add-In liest den Betreff, um ihn als Namen der E-Mail anzubieten",
    read_mail_tips: "Das Add-In fragt Exchange, wer abwesend ist oder ein volles Postfach hat",
  },

  settings: "Alle Einstellungen",
  setting: "Einstellung",
  value: "Wert",
  byDefault: "voreingestellt",
  empty: "leer",
  exceeds: "Geht über die Vereinbarung hinaus: {agreed}",

  days: "{n} Tage",
  daysOne: "{n} Tag",
  hours: "{n} Stunden",
  hoursOne: "{n} Stunde",
  minutes: "{n} Minuten",
  minutesOne: "{n} Minute",
  seconds: "{n} Sekunden",
  secondsOne: "{n} Sekunde",
  bound:
    "Wie E-Mails gemessen werden, begrenzt die Vereinbarung {agreement}, unterzeichnet mit dem Schlüssel {key}.",
  stopped: "Sie gilt nicht oder wird nicht eingehalten; deshalb wird zurzeit nichts gemessen.",
  untold:
    "Die Vereinbarung darüber, wie E-Mails gemessen werden, lässt sich nicht feststellen; deshalb wird zurzeit nichts gemessen.",
  underAgreement: "Unter der Vereinbarung {agreement}",
};
