/** Was der Webhook meldet. */

import type { In } from "../../languages";
import type { notifications as english } from "../../pages/notifications";

export const notifications: In<typeof english> = {
  heading: "Benachrichtigungen",
  intro:
    "Was Rollcall der Adresse meldet, die die Administration gewählt hat: Berichte nach einem Tag und einer Woche, den Verlust und die Rückkehr des Dienstkontos und Änderungen der Kontrollliste. Erledigtes wird 30 Tage lang gezeigt.",
  target: "Gemeldet wird an: {host}",
  offTitle: "Niemand wird benachrichtigt",
  offText:
    "Damit eine Adresse benachrichtigt wird, tragen Sie sie in den Einstellungen der Funktions-App unter {setting} ein (nur https) und legen Sie im Tresor ein Geheimnis zum Signieren als {secret} ab.",
  stalledTitle: "Etwas ist fällig und wurde nicht versucht",
  stalledText:
    "Entweder fehlt im Tresor das Geheimnis {secret} oder es ist keines, oder der Zeitgeber dafür läuft nicht. Das Protokoll der Plattform sagt, was es ist.",
  emptyTitle: "Keine Benachrichtigungen",
  emptyOff: "Solange keine Adresse eingetragen ist, wird nichts gemeldet.",
  emptyText: "Seither ist nichts geschehen, was gemeldet wird, oder es ist seit über 30 Tagen erledigt.",
  caption: "Benachrichtigungen: zuerst die wartenden, dann die neuesten",
  since: "Entstanden",
  what: "Was",
  state: "Stand",
  fates: { waiting: "Wartet", taken: "Zugestellt", given_up: "Aufgegeben" },
  failing: "Wird erneut versucht",
  at: {
    waiting: "Nächster Versuch: {moment}",
    taken: "Zugestellt: {moment}",
    given_up: "Aufgegeben: {moment}",
  },
  tried: "{n}-mal versucht.",
  triedOne: "Einmal versucht.",
  untried: "Noch nicht versucht.",
  answered: "Die letzte Antwort hatte den Status {status}.",
  outcomes: {
    taken: "Sie wurde angenommen.",
    tls_failed: "Der letzte Versuch scheiterte: kein gültiges Zertifikat.",
    timed_out: "Auf den letzten Versuch kam nicht rechtzeitig eine Antwort.",
    private_address:
      "Der letzte Versuch wurde abgebrochen: Der Name führt zu einer nicht öffentlichen Adresse.",
    unreachable: "Der letzte Versuch hat niemanden erreicht.",
  },
  kinds: {
    report_ready: "Ein Bericht ist da",
    connection_lost: "Dienstkonto verloren",
    connection_back: "Dienstkonto wieder da",
    canary_changed: "Kontrollliste geändert",
  },
  more: "Mehr anzeigen",
  count: "{n} Benachrichtigungen angezeigt",
  countOne: "1 Benachrichtigung angezeigt",
};
