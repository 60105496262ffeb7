/** Was über eine Person gespeichert ist: gezeigt, gelöscht, widersprochen. */

import type { In } from "../../languages";
import type * as english from "../../pages/people";

export const people: In<typeof english.people> = {
  heading: "Personen",
  intro:
    "Was Rollcall über eine Person speichert, um es auf ihren Wunsch zu zeigen, auszuhändigen oder zu löschen. Jeder Blick und jede Löschung wird im Protokoll festgehalten, von wem und wann; die Adresse selbst nicht.",
  address: "Adresse der Person",
  invalid: "Geben Sie eine vollständige Adresse ein, etwa name@company.com.",
  look: "Nachsehen",
  looking: "Alles, was Rollcall speichert, wird durchgesehen. Bisher gefunden: {n} …",
  stop: "Anhalten",
  stopped: "Angehalten. Es wird nichts gezeigt, weil nicht alles durchgesehen wurde.",
  goOn: "Was bisher gefunden wurde, ist nicht verloren: Ein neuer Versuch setzt dort fort.",
  result: "Was Rollcall über {address} speichert",
  summary: "Gefunden: {found}.",
  received: "{n} erhaltene E-Mails",
  receivedOne: "1 erhaltene E-Mail",
  sent: "{n} gesendete E-Mails",
  sentOne: "1 gesendete E-Mail",
  claimed: "{n} ungeprüfte E-Mails unter diesem Namen",
  claimedOne: "1 ungeprüfte E-Mail unter diesem Namen",
  shown: "{n} mit dieser Person geteilte Berichte",
  shownOne: "1 mit dieser Person geteilter Bericht",
  reviews: "{n} Listen in Prüfung",
  reviewsOne: "1 Liste in Prüfung",
  empty: "Rollcall speichert nichts über diese Adresse",
  emptyButObjection: "Rollcall speichert über diese Adresse nur den Widerspruch",
  emptyText:
    "Ist sie richtig geschrieben, und hat diese Person weitere Adressen? Eine E-Mail, die gerade vorbereitet wird, kann sie noch mitbringen: Sehen Sie zur Sicherheit in zehn Minuten noch einmal nach.",
  reference: "Im Protokoll heißt diese Person",
  openTrail: "Protokoll öffnen",
  download: "Als JSON herunterladen",
  downloadNote: "Die Datei enthält alles Gefundene, zum Aushändigen.",
  more: "{n} weitere anzeigen",

  receivedTitle: "Erhaltene E-Mails",
  receivedText:
    "Der Inhalt einer E-Mail war nie hier. „Geöffnet“ und „geklickt“ sagt der Bericht über diese Person; die einzelnen Abrufe stehen so da, wie sie kamen, ohne Urteil.",
  mail: "E-Mail",
  mode: "Modus",
  kept: "Was gespeichert ist",
  from: "von {name}",
  addressOnly: "Nur die Adresse, mit keiner Öffnung und keinem Klick verknüpft",
  notYet: "Bisher nichts als die Adresse",
  opened: {
    yes: "Geöffnet",
    maybe: "Vielleicht geöffnet",
    no: "Nicht geöffnet",
    not_measured: "Nicht gemessen",
  },
  clicked: {
    yes: "Link angeklickt",
    maybe: "vielleicht einen Link angeklickt",
    no: "kein Link angeklickt",
    not_measured: "Klicks nicht gemessen",
  },
  both: "{opened}, {clicked}",
  deeds: "{n} Abrufe",
  inLists: "Gespeichert ist, dass diese Person darin ist: {lists}",
  deedsOne: "1 Abruf",
  deedsShown: "Aufgeführt sind die ersten {n} von {all}.",
  deed: {
    opened: "Das Bild wurde geladen.",
    clicked: "Dem Link {link} wurde gefolgt.",
    noticed: "Der Zeile, die auf die Messung hinweist, wurde gefolgt.",
  },
  deedOther: "Aufgezeichnet als {did}.",
  noLink: "(nicht mehr bekannt)",
  agent: "Programm: {agent}.",
  noAgent: "Das Programm hat sich nicht zu erkennen gegeben.",
  networks: {
    microsoft: "Aus Microsofts Netz.",
    scanner: "Aus einem Netz für E-Mail-Sicherheit.",
  },
  marks: {
    head: "Es wurden nur die Kopfzeilen abgerufen.",
    prefetch: "Der Abruf gab an, auf Vorrat zu geschehen.",
  },

  sentTitle: "Gesendete E-Mails",
  sentText:
    "Name und Adresse der absendenden Person bleiben, solange die E-Mail in Rollcall ist. Um sie zu löschen, löschen Sie die E-Mail auf der Seite „E-Mails“.",
  claimedTitle: "E-Mails, die diese Person als Absender nennen",
  claimedText:
    "Wer sie vorbereitet hat, hat das angegeben, und niemand hat es geprüft: eine E-Mail im Auftrag von jemandem, oder ein Name, der nicht stimmt.",
  sentName: "Name des Absenders",
  registeredBy: "Vorbereitet von",
  registeredByLink: "Was {actor} getan hat, im Protokoll",

  shownTitle: "Mit dieser Person geteilte Berichte",
  shownReport: "Bericht {id}",

  reviewsTitle: "Listen in Prüfung",
  reviewsText:
    "Die Adresse gehört zu den Empfängern, die jemand gerade für eine E-Mail zählt. Rollcall vergisst sie von selbst.",
  review: "Wird spätestens am {when} vergessen",

  objectionTitle: "Widerspruch",
  objectionText:
    "Ein Widerspruch gilt für jedes Tracking dieser Adresse: in längst zugestellten E-Mails wie in künftigen, von allen Absendern. E-Mails kommen weiterhin an, und Links funktionieren. Absender sehen die Person als nicht gemessen.",
  objects: "Diese Person widerspricht dem Tracking seit {when}.",
  objectsNot: "Kein Widerspruch festgehalten.",
  object: "Widerspruch festhalten",
  withdraw: "Widerspruch zurückziehen",
  changing: "Wird festgehalten …",
  objected: "Der Widerspruch ist festgehalten. Er gilt innerhalb von zehn Sekunden überall.",
  withdrawn:
    "Der Widerspruch ist zurückgezogen. Künftige E-Mails werden innerhalb von zehn Sekunden wieder getrackt.",

  eraseNothing:
    "Die Datei enthält alles Gefundene, zum Aushändigen. Hier gibt es nichts zu löschen: Was bleibt, gehört zu E-Mails, die diese Person gesendet hat.",
  erase: "Löschen …",
  erasure: {
    title: "Diese Person löschen?",
    which: "Alles, was Rollcall über {address} speichert:",
    goes: [
      "Die Adresse unter den Empfängern von E-Mails. Öffnungen und Klicks bleiben in den Summen und gehören von da an niemandem.",
      "Listen in Prüfung, die die Adresse enthalten. Wer sie gerade prüft, zählt erneut.",
      "Dass Berichte mit dieser Person geteilt sind. Sie sind ihr nicht mehr zugänglich.",
    ],
    stays: "Was bleibt:",
    staying: [
      "Name und Adresse in E-Mails, die diese Person gesendet hat. Löschen Sie dafür die E-Mails.",
      "Ein Widerspruch, als Prüfwert, damit keine spätere E-Mail diese Person wieder trackt.",
      "Das Protokoll, das diese Person mit einem Prüfwert benennt. Ein Protokoll, das sich ändern lässt, ist keines.",
    ],
    warning:
      "Das lässt sich nicht rückgängig machen. Laden Sie vorher die Datei herunter, wenn die Person sie möchte.",
    confirm: "Endgültig löschen",
  },
  erasing: "{address} wird gelöscht",
  erasingText: "Alles, was Rollcall speichert, wird durchgesehen. Bisher gelöscht: {found} …",
  erasingStay: "Bleiben Sie auf dieser Seite, bis es fertig ist.",
  erasingTrouble: "Bisher gelöscht: {found}. Ein neuer Versuch setzt dort fort.",
  erased: "{address} ist gelöscht",
  erasedUnfinished: "{address} ist gelöscht, außer vielleicht aus E-Mails, die gerade vorbereitet werden",
  erasedNothing: "Es musste nichts gelöscht werden.",
  erasedWhat: "Gelöscht: {found}.",
  erasedFrom: "die Adresse aus {n} E-Mails",
  erasedFromOne: "die Adresse aus 1 E-Mail",
  erasedReviews: "{n} Listen in Prüfung",
  erasedReviewsOne: "1 Liste in Prüfung",
  erasedShown: "{n} geteilte Berichte",
  erasedShownOne: "1 geteilter Bericht",
  nothing: "noch nichts",
  unfinished:
    "{n} E-Mails wurden gerade vorbereitet und können die Adresse mitgebracht haben. Löschen Sie in zehn Minuten erneut.",
  unfinishedOne:
    "1 E-Mail wurde gerade vorbereitet und kann die Adresse mitgebracht haben. Löschen Sie in zehn Minuten erneut.",
  unfinishedNote: "Eine E-Mail, deren Vorbereitung abgebrochen wurde, wird innerhalb eines Tages gelöscht.",
  eraseAgain: "Erneut löschen",
  staysSent: "Was bleibt: Name und Adresse in {n} E-Mails, die diese Person gesendet hat.",
  staysSentOne: "Was bleibt: Name und Adresse in 1 E-Mail, die diese Person gesendet hat.",
  erasedLater:
    "Eine E-Mail, die ab jetzt vorbereitet wird, ist eine neue. Nehmen Sie die Person vorher von den Listen, wenn sie dort nicht vorkommen soll.",
  lookAgain: "Erneut nachsehen",
};
