/** Was aus allen E-Mails eines Zeitraums wurde. */

import type { In } from "../../languages";
import type * as english from "../../pages/dashboard";

export const dashboard: In<typeof english.dashboard> = {
  heading: "Übersicht",
  intro:
    "Was aus den E-Mails eines Zeitraums wurde, zusammengezählt aus ihren Berichten. Eine E-Mail gehört in den Zeitraum, in dem sie vorbereitet wurde.",
  filters: {
    label: "Welche E-Mails",
    since: "Vorbereitet von",
    until: "bis",
    campaign: "Kampagne",
    tag: "Schlagwort",
    sender: "Adresse des Absenders",
    apply: "Anzeigen",
    clear: "Das letzte Jahr anzeigen",
  },
  emptyTitle: "In diesem Zeitraum wurde keine E-Mail gesendet",
  emptyText:
    "Wählen Sie einen anderen Zeitraum, oder senden Sie eine E-Mail mit Tracking: Sie erscheint dann hier.",
  missing: "Noch konnte nicht alles zusammengezählt werden",
  missingText:
    "Von {unread} E-Mails konnte nicht rechtzeitig gelesen werden, was sie sind, von {pending} fehlen die Zahlen. Sehen Sie gleich noch einmal nach.",
  again: "Noch einmal nachsehen",
  totals: "Alles zusammen",
  mails: "Gesendete E-Mails",
  copies: "Empfänger",
  copiesNote: "Wer mehrere dieser E-Mails bekam, zählt ebenso oft.",
  notSentOne: "{n} weitere wurde vorbereitet und nicht gesendet.",
  notSent: "{n} weitere wurden vorbereitet und nicht gesendet.",
  told: "Zu {n} von {all} E-Mails gibt es Zahlen.",
  untold: "Zu keiner dieser E-Mails gibt es Zahlen.",
  because: "Nicht genannt: {reasons}.",
  withheld: {
    not_yet: "Zahlen noch nicht veröffentlicht ({n})",
    too_few: "zu wenige Empfänger ({n})",
    too_few_known: "zu wenige bekannte Empfänger ({n})",
    not_recorded: "nicht erfasst ({n})",
  },
  opened: "Geöffnet",
  clicked: "Link angeklickt",
  guarantee:
    "Jede Zahl hier steht im Bericht einer E-Mail oder ist eine Summe solcher Zahlen. Eine Summe von Spannen ist eine Spanne.",
  audience: {
    title: "Erreichte Personen",
    reached: "Verschiedene erreichte Personen: {people}.",
    overlap: "Wie viele dieser E-Mails Personen bekamen",
    level: "{n} oder mehr",
    mails: "E-Mails",
    people: "Personen",
    most: "{n} oder mehr E-Mails gingen an so viele Personen: {people}.",
    noneSure: "Ob jemand mehrere davon bekam, lässt sich nicht sicher sagen.",
    inSteps:
      "Jede Person zählt einmal. Gezählt an den Empfängern, die zu jeder E-Mail aufbewahrt werden, und in Schritten von {step} Personen gesagt, damit niemand darin zu finden ist.",
    exact: "Jede Person zählt einmal. Gezählt an den Empfängern, die zu jeder E-Mail aufbewahrt werden.",
    unnamedOne:
      "Von einer E-Mail weiß niemand, wer sie bekam: Sie kann andere erreicht haben oder dieselben.",
    unnamed: "Von {n} E-Mails weiß niemand, wer sie bekam: Sie können andere erreicht haben oder dieselben.",
    unreadOne: "Eine E-Mail war nicht rechtzeitig zu lesen und ist nicht mitgezählt.",
    unread: "{n} E-Mails waren nicht rechtzeitig zu lesen und sind nicht mitgezählt.",
    untold: {
      too_many:
        "Für so viele E-Mails auf einmal lässt sich nicht sagen, wie viele verschiedene Personen sie erreichten. Wählen Sie einen kürzeren Zeitraum, eine Kampagne oder ein Schlagwort.",
      too_few: "Es wurden zu wenige Personen erreicht, um Zahlen zu nennen.",
      unknown:
        "Wie viele verschiedene Personen erreicht wurden, lässt sich nicht sagen: Von keiner dieser E-Mails ist bekannt, wer sie bekam.",
    },
  },
  course: "Im Verlauf",
  courseOf: { week: "nach Wochen", month: "nach Monaten" },
  period: { week: "Woche ab", month: "Monat" },
  highest: "Der größte Anteil war sicher der von {when}: {share}.",
  overlap: "Die Spannen überschneiden sich: Welcher Anteil der größte ist, lässt sich nicht sagen.",
  oneOnly: "Noch gibt es nichts zu vergleichen.",
  share: "Anteil",
  people: "Personen",
  campaigns: "Nach Kampagne",
  campaign: "Kampagne",
  senders: "Nach Absender",
  sender: "Absender",
  usual: "Üblich: geöffnet",
  usualNote:
    "Was üblich ist, wird ab fünf E-Mails gesagt: zwischen dem Viertel mit den kleinsten und dem mit den größten Anteilen.",
  noUsual: "zu wenige E-Mails",
  weekdays: "Nach Wochentag",
  weekday: "Wochentag",
  hours: "Nach Uhrzeit",
  hour: "Stunde",
  best: "E-Mails von {when} hat sicher ein größerer Teil geöffnet als die jeder anderen vergleichbaren Zeit.",
  unsure: "Die Spannen überschneiden sich: Keine Zeit lässt sich die beste nennen.",
  tooFew: "Zu wenige E-Mails zum Vergleichen: Nötig sind zwei Zeiten mit je fünf E-Mails.",
  rhythmNote:
    "Eine Spanne sagt, welcher Teil eine E-Mail dieser Zeit im Mittel öffnet, soweit das bekannt ist und E-Mails einander gleichen; sie irrt höchstens einmal in zwanzig Fällen. Zu anderen Zeiten gingen andere E-Mails an andere Menschen: Das ist, was war, und kein Rat.",
  fewMails: "weniger als fünf E-Mails",
  each: "E-Mail für E-Mail",
  eachNote:
    "Die neuesten {n} von {all} E-Mails, jede neben dem, was in ihrer Kampagne üblich ist, oder unter allen, wo sie keine hat.",
  showAll: "Alle {n} E-Mails anzeigen",
  name: "E-Mail",
  sent: "Gesendet",
  stands: {
    more: "mehr als üblich",
    fewer: "weniger als üblich",
    usual: "im Üblichen",
    unknown: "nicht zu sagen",
  },
  noNumbers: "keine Zahlen",
};
