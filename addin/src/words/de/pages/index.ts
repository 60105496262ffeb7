/** Die Worte der Webseiten. */

import type { In } from "../../languages";
import type { pageWords } from "../../pages";
import { audit } from "./audit";
import { compare } from "./compare";
import { connection } from "./connection";
import { copies } from "./copies";
import { dashboard } from "./dashboard";
import { following, telling } from "./following";
import { halves } from "./halves";
import { allLinks, links } from "./links";
import { me } from "./me";
import { messages, naming, sharing } from "./messages";
import { notifications } from "./notifications";
import { people } from "./people";
import { byList, ranges, report, rules, sentence, silence, who } from "./report";
import { setup } from "./setup";
import { statement } from "./statement";
import { unrecorded } from "./unrecorded";

export { words as common } from "../common";

export const own: In<typeof pageWords> = {
  title: "{page} · Rollcall",
  skip: "Zum Inhalt springen",
  loading: "Wird geladen …",
  zone: "Zeiten gelten für Ihre Zeitzone, {zone}.",
  signedInAs: "Angemeldet als {name}",
  close: "Schließen",
  cancel: "Abbrechen",
  refresh: "Aktualisieren",
  refreshed: "Die Zahlen sind aktuell.",
  download: "CSV herunterladen",
  preparing: "Die Datei wird vorbereitet …",
  rows: "{from} bis {to} von {total}",
  allMessages: "Alle E-Mails",

  nav: {
    label: "Seiten",
    messages: "E-Mails",
    dashboard: "Übersicht",
    connection: "Verbindung",
    people: "Personen",
    links: "Links",
    notifications: "Benachrichtigungen",
    audit: "Protokoll",
    statement: "Auskunft",
  },

  signIn: {
    title: "Melden Sie sich an, um Ihre E-Mails zu sehen",
    text: "Verwenden Sie das Konto, mit dem Sie E-Mails schreiben. Rollcall zeigt Ihnen nur, was Sie sehen dürfen.",
    failed: "Rollcall lässt sich gerade nicht anzeigen",
  },

  signOut: {
    button: "Abmelden",
    done: "Sie sind von Rollcall abgemeldet",
    doneText:
      "In den Tabs von Rollcall ist von Ihrer Anmeldung nichts mehr übrig. Microsoft 365 weiß in diesem Browser vielleicht noch, wer Sie sind.",
    ofAll: "Auch von Microsoft 365 abmelden",
  },

  refused: {
    title: "Diese Seite ist für die Administration von Rollcall",
    text: "Sie sind angemeldet, aber ohne die Rolle Rollcall.Admin. Ihre eigenen E-Mails und Berichte stehen Ihnen offen.",
    remedy:
      "Wenn Sie diese Seite brauchen, bitten Sie in Ihrer Organisation um diese Rolle in Entra: bei der Person, die Rollcall betreut.",
    noRole: "Sie haben noch keine Rolle in Rollcall",
    noRoleText: "Sie sind angemeldet, aber niemand hat Ihnen die Rolle Rollcall.Sender gegeben.",
    noRoleRemedy:
      "Bitten Sie die Person, die Rollcall in Ihrer Organisation betreut, Sie hinzuzufügen, und melden Sie sich dann erneut an.",
  },

  unknown: {
    heading: "Seite nicht gefunden",
    title: "Unter dieser Adresse gibt es keine Seite",
    text: "Die Adresse ist vielleicht abgeschnitten oder veraltet. Diese Seiten gibt es:",
  },

  copies,
  messages,
  halves,
  dashboard,
  naming,
  sharing,
  links,
  allLinks,
  ranges,
  sentence,
  silence,
  byList,
  report,
  rules,
  who,
  following,
  telling,
  compare,
  connection,
  notifications,
  people,
  audit,
  me,
  setup,
  statement,
  unrecorded,
};
