/** Das Protokoll: wer wann was getan hat. */

import type { In } from "../../languages";
import type * as english from "../../pages/audit";

export const audit: In<typeof english.audit> = {
  heading: "Protokoll",
  intro:
    "Wer wann was getan hat: gezählte Listen, Verbindungen, Exporte, Blicke auf einzelne Personen, Löschungen. Nie die Mitglieder einer Liste, nie der Inhalt einer E-Mail.",
  caption: "Einträge, neueste zuerst",
  filters: "Filter",
  kind: "Art",
  anyKind: "Alle Arten",
  actor: "Person (Objekt-ID)",
  since: "Von",
  until: "Bis",
  apply: "Anwenden",
  clear: "Zurücksetzen",
  when: "Wann",
  what: "Was",
  who: "Wer",
  rollcall: "Rollcall",
  bySelf: "Die Person selbst",
  onlyActor: "Nur, was {actor} getan hat",
  details: "Einzelheiten",
  facts: {
    chain: "Kette",
    number: "Nummer in ihrer Kette",
    previous: "Hash des vorigen Eintrags",
    hash: "Hash",
    subject: "Gegenstand",
  },
  older: "Ältere Einträge anzeigen",
  count: "{n} Einträge angezeigt",
  countOne: "1 Eintrag angezeigt",
  emptyTitle: "Keine Einträge",
  emptyText: "Es wurde noch nichts festgehalten.",
  emptyFiltered: "Kein Eintrag passt zu diesem Filter.",
  verifyTitle: "So prüfen Sie, dass nichts verändert wurde",
  verifyText:
    "Jeder Eintrag enthält den Hash des vorigen in seiner Kette; jeder Prozess von Rollcall schreibt eine eigene Kette. Einmal am Tag wird der neueste Hash jeder Kette in einen weiteren Eintrag geschrieben, und jeder Hash geht zusätzlich in das Log der Plattform. Wer einen Eintrag ändert, entfernt oder einfügt, zerreißt eine Kette.",
  verifyHow: "Wer die Installation betreut, führt dies aus und liest, welcher Eintrag nicht passt:",
  verifyCommand: "python3 dev.py verify-audit",
  registeredUnchecked:
    "Hat die E-Mail {subject} zum Tracking angemeldet, unter einem Absender, für den niemand bürgt.",
  kinds: {
    expanded: { name: "Liste gezählt", text: "Hat {subject} gezählt: {count}, {complete}." },
    expansion_failed: { name: "Zählung gescheitert", text: "Eine Zählung ist gescheitert ({failure})." },
    connection_started: {
      name: "Anmeldung begonnen",
      text: "Hat begonnen, das Dienstkonto anzumelden.",
    },
    connection_refused: {
      name: "Anmeldung abgelehnt",
      text: "Eine Anmeldung des Dienstkontos wurde abgelehnt ({reason}).",
    },
    connected: { name: "Verbunden", text: "Hat das Dienstkonto verbunden." },
    disconnected: { name: "Getrennt", text: "Hat das Dienstkonto getrennt." },
    list_tested: { name: "Liste getestet", text: "Hat die Liste {subject} in jedem Verzeichnis getestet." },
    connecting: { name: "Verbindung geplant", text: "War dabei, das Dienstkonto zu verbinden." },
    connection_checked: { name: "Verbindung angesehen", text: "Hat die Verbindung angesehen ({outcome})." },
    kept_alive: {
      name: "Anmeldung wach gehalten",
      text: "Hat die Anmeldung benutzt, damit sie nicht verfällt ({outcome}).",
    },
    message_registered: {
      name: "E-Mail angemeldet",
      text: "Hat die E-Mail {subject} zum Tracking angemeldet.",
    },
    message_labelled: {
      name: "E-Mail umbenannt",
      text: "Hat Name, Kampagne, Schlagwörter oder Zweck der E-Mail {subject} geändert.",
    },
    message_sent: {
      name: "E-Mail gesendet",
      text: "Hat die E-Mail {subject} gesendet: Öffnungen und Klicks zählen ab dann.",
    },
    message_unsent: {
      name: "E-Mail nicht gesendet",
      text: "Hat mitgeteilt, dass die E-Mail {subject} nicht gesendet wurde: Öffnungen und Klicks zählen nicht mehr.",
    },
    link_withdrawn: { name: "Link zurückgezogen", text: "Hat Links der E-Mail {subject} zurückgezogen." },
    link_corrected: {
      name: "Link berichtigt",
      text: "Hat Links der E-Mail {subject} auf {host} umgelenkt.",
    },
    link_restored: {
      name: "Link wiederhergestellt",
      text: "Hat Links der E-Mail {subject} wieder dorthin führen lassen, wohin sie in der E-Mail führen.",
    },
    message_deleted: {
      name: "E-Mail gelöscht",
      text: "Hat die E-Mail {subject} und ihren Bericht gelöscht.",
    },
    message_shared: { name: "Bericht geteilt", text: "Hat den Bericht zu {subject} mit {readers} geteilt." },
    recipients_viewed: {
      name: "Empfänger angesehen",
      text: "Hat angesehen, was einzelne Empfänger von {subject} getan haben.",
    },
    report_exported: {
      name: "Bericht heruntergeladen",
      text: "Hat den Bericht zu {subject} heruntergeladen.",
    },
    person_exported: {
      name: "Person nachgeschlagen",
      text: "Hat alles angesehen, was über die Person {subject} gespeichert ist.",
    },
    person_erased: { name: "Person gelöscht", text: "Hat die Person {subject} gelöscht." },
    objected: {
      name: "Widerspruch",
      text: "Hat festgehalten, dass die Person {subject} dem Tracking widerspricht.",
    },
    objection_withdrawn: {
      name: "Widerspruch zurückgezogen",
      text: "Hat festgehalten, dass die Person {subject} den Widerspruch zurückgezogen hat.",
    },
    consented: {
      name: "Zustimmung gegeben",
      text: "Hat gesagt, dass {subject} mit Namen gemessen werden darf, zum Text {version} ({language}).",
    },
    consent_refused: {
      name: "Zustimmung verweigert",
      text: "Hat gesagt, dass {subject} nicht mit Namen gemessen werden darf, zum Text {version} ({language}).",
    },
    refused: { name: "Abgelehnt", text: "Hat etwas versucht, was nicht erlaubt ist: {count}." },
    audit_exported: { name: "Protokoll exportiert", text: "Hat das Protokoll heruntergeladen." },
    process_started: {
      name: "Prozess gestartet",
      text: "Ein Prozess von Rollcall hat eine Kette von Einträgen begonnen.",
    },
    purged: {
      name: "Aufbewahrung beendet",
      text: "Rollcall hat gelöscht oder abgeschlossen, was das Ende seiner Aufbewahrungsfrist erreicht hatte.",
    },
    trail_cut: {
      name: "Protokoll gekürzt",
      text: "Einträge nach Ablauf ihrer Frist wurden gelöscht; der letzte Hash jeder betroffenen Kette wurde festgehalten.",
    },
    agreement_changed: {
      name: "Vereinbarung geändert",
      text: "Der Stand der Vereinbarung ist ein anderer. {state}.",
    },
    anchored: { name: "Ketten verankert", text: "Der neueste Hash jeder Kette wurde festgehalten." },
  },
  otherKind: "{kind}: {subject}.",
  otherKindAlone: "{kind}.",
  complete: "vollständig",
  notComplete: "nicht vollständig",
  recipients: "{n} Empfänger",
  recipientsOne: "1 Empfänger",
  attempts: "{n}-mal",
  attemptsOne: "einmal",
  people: "{n} Personen",
  personOne: "1 Person",
  openReport: "Bericht öffnen",
  byLink: "ein Empfänger",
  nothing: "nichts",
};
