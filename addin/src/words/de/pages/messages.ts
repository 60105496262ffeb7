/** Die Liste der E-Mails, und wie ein Bericht geteilt wird. */

import type { In } from "../../languages";
import type * as english from "../../pages/messages";

export const messages: In<typeof english.messages> = {
  heading: "E-Mails",
  intro:
    "E-Mails, die mit Tracking gesendet wurden. Der Betreff bleibt in Ihrem Postfach: Eine E-Mail trägt den Namen, den ihr Absender ihr gegeben hat, oder sonst den Zeitpunkt des Sendens.",
  introAdmin:
    "Die mit Tracking gesendeten E-Mails aller, weil Sie Rollcall administrieren. Eine E-Mail trägt den Namen, den ihr Absender ihr gegeben hat, oder sonst den Zeitpunkt des Sendens.",
  introTeams:
    "E-Mails, die Sie und Ihre Teams mit Messung gesendet haben. Eine E-Mail heißt, wie ihr Absender sie genannt hat, sonst nach der Zeit, zu der sie gesendet wurde.",
  caption: "Getrackte E-Mails, neueste zuerst",
  choose: "Auswahl",
  chooseOne: "E-Mail vom {when} zum Vergleich auswählen",
  mail: "E-Mail",
  recipients: "Empfänger",
  actions: "Aktionen",
  from: "von {name}",
  unchecked: "{name} (nicht geprüft)",
  atLeast: "mindestens {n}",
  unknown: "eine unbekannte Zahl von Empfängern",
  incomplete: "nicht jede Liste konnte vollständig gezählt werden",
  shared: "mit Ihnen geteilt",
  team: "Team {name}",
  created: "vorbereitet am {when}",
  createdAt: "vorbereitet um {when}",
  deliverOn: "Zustellung am {when}",
  stages: {
    registering: "wird vorbereitet",
    registered: "nicht gesendet",
    sent: "gesendet",
    deleting: "wird gelöscht",
  },
  compare: "Beide vergleichen",
  compareHint: "Wählen Sie zwei E-Mails, um ihre Berichte zu vergleichen, oder mehrere, um sie zu löschen.",
  compareMore: "Wählen Sie noch eine E-Mail aus.",
  compareReady: "Zwei E-Mails ausgewählt.",
  delete: "Löschen",
  deleteOne: "E-Mail vom {when} löschen",
  emptyTitle: "Noch keine getrackten E-Mails",
  emptyText:
    "Schreiben Sie in Outlook eine E-Mail, öffnen Sie Rollcall im Menüband und wählen Sie „Empfänger zählen“. Haben Sie die Zählung geprüft, machen Sie mit Tracking weiter und senden. Die E-Mail erscheint dann hier.",
  older: "Ältere E-Mails anzeigen",
  shown: "{n} von {total} werden angezeigt.",
  deleted: "Die E-Mail vom {when} wurde aus Rollcall gelöscht.",
  chosen: "{n} E-Mails ausgewählt.",
  deleteChosen: "Ausgewählte löschen",
  opened: "Geöffnet",
  clicked: "Link angeklickt",
  fate: "Geöffnet: {opened}. Angeklickt: {clicked}.",
  noHeadline: "Mehr dazu im Bericht.",
  numbersAt: "Zahlen gibt es am {when}.",
  tooFew: "Zu wenige Empfänger, um Zahlen zu nennen.",
  noLinks: "keine Links",
  deletedOne: "Eine E-Mail wurde aus Rollcall gelöscht.",
  deletedSeveral: "{n} E-Mails wurden aus Rollcall gelöscht.",
  search: {
    label: "E-Mails durchsuchen",
    q: "Namen, Schlagwörter, Absender, Listen durchsuchen",
    campaign: "Kampagne",
    tag: "Schlagwort",
    sender: "Adresse des Absenders",
    since: "Vorbereitet von",
    until: "bis",
    sent: "Gesendet",
    sentAny: "Gesendet oder nicht",
    sentYes: "Gesendet",
    sentNo: "Nicht gesendet",
    team: "Team",
    teamAny: "Alle",
    apply: "Suchen",
    clear: "Alle zeigen",
    underWay: "Suche läuft …",
    nothing: "Keine E-Mail passt",
    nothingText: "Versuchen Sie es mit weniger Wörtern oder einem anderen Zeitraum.",
  },
  deletion: {
    titleSeveral: "Diese E-Mails aus Rollcall löschen?",
    whatSeveral:
      "Ihre Empfänger, ihre Öffnungen und Klicks und ihre Berichte werden gelöscht. Das lässt sich nicht rückgängig machen.",
    gone: "gelöscht",
    title: "Diese E-Mail aus Rollcall löschen?",
    which: "Die E-Mail vom {when} von {sender}, {recipients}.",
    what: "Ihre Empfänger, ihre Öffnungen und Klicks und ihr Bericht werden gelöscht. Das lässt sich nicht rückgängig machen.",
    stays:
      "Die E-Mail selbst bleibt in allen Postfächern. Ihre Links führen weiter dorthin, wohin sie führen; aufgezeichnet wird nichts mehr.",
    confirm: "Endgültig löschen",
  },
};

export const naming: In<typeof english.naming> = {
  open: "Benennen",
  title: "Wie heißt diese E-Mail?",
  keep: "Übernehmen",
  campaignAll: "Alle E-Mails der Kampagne {campaign}",
  tagAll: "Alle E-Mails mit dem Schlagwort {tag}",
};

export const sharing: In<typeof english.sharing> = {
  title: "Diesen Bericht teilen",
  text: "Wer hier genannt ist, sieht diesen Bericht und sonst nichts von Ihnen. Die Anmeldung erfolgt mit dem Arbeitskonto.",
  address: "Dienstliche Adresse",
  add: "Hinzufügen",
  remove: "Entfernen",
  removeOne: "{address} entfernen",
  nobody: "Mit niemandem geteilt.",
  listLabel: "Geteilt mit",
  invalid: "Geben Sie eine vollständige Adresse ein, etwa name@company.com.",
  already: "Diese Adresse steht schon in der Liste.",
  saved: "Gespeichert.",
  saving: "Wird gespeichert …",
};
