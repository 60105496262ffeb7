/** Was eine Einrichtung braucht, Zeile für Zeile. */

import type { In } from "../../languages";
import type * as english from "../../pages/setup";

export const setup: In<typeof english.setup> = {
  title: "Was eine Einrichtung braucht",
  text: "Die Zeilen von register.py check, soweit die Anmeldung des Dienstkontos sie selbst zeigt.",
  caption: "Was eine Einrichtung braucht und ob es da ist",
  need: "Gebraucht wird",
  state: "Zustand",
  states: { well: "vorhanden", missing: "fehlt", look: "von hier nicht zu sehen" },
  somethingMissing: "Es fehlt: {missing}. Von hier nicht zu sehen: {look}.",
  nothingMissing: "Von dem, was von hier zu sehen ist, fehlt nichts. Nicht zu sehen: {look}.",
  names: {
    account: "Dienstkonto",
    account_enabled: "Dienstkonto ist aktiviert",
    account_member: "Dienstkonto ist Mitglied, nicht Gast",
    account_roles: "Dienstkonto hat keine Rolle in Entra",
    backend: "Registrierung des Backends",
    proof: "Womit sich das Backend ausweist",
    callback: "Adresse der Anmeldung in der Registrierung",
    backend_principal: "Unternehmensanwendung Rollcall",
    role: "Jemand mit der Rolle {of}",
    consent: "Zustimmung zu {of}",
    addin: "Registrierung des Add-Ins",
    addin_addresses: "Adressen des Add-Ins in der Registrierung",
    addin_principal: "Unternehmensanwendung Rollcall for Outlook",
    addin_consent: "Zustimmung für das Add-In zu {of}",
    beyond: "Nichts über das Nötige hinaus erteilt",
    policies: "Bedingter Zugriff und Sicherheitsstandards lassen das Konto ein",
    exchange_role: "Rolle des Dienstkontos in Exchange",
    ews_mailbox: "Postfach und Zulassungsliste der Exchange Web Services",
    outlook: "Das Add-In in Outlook",
  },
  helps: {
    account_member: "Ein Gast kann keine Gruppen suchen: Verbinden Sie ein Konto Ihrer eigenen Organisation.",
    account_roles: "Entziehen Sie ihm seine Rollen in Entra: Es braucht keine.",
    consent: "Erteilen Sie sie, wie es oben in Schritt 1 steht.",
    beyond: "Was es ist, steht oben.",
    ews_mailbox:
      "Das Konto hat kein Postfach: Geben Sie ihm eines, oder nehmen Sie ews aus ROLLCALL_DIRECTORIES heraus.",
  },
  elsewhere: {
    policies: "docs/setup.md, Conditional Access and security defaults",
    exchange_role: "docs/setup.md, Schritt 1",
    ews_mailbox: "docs/setup.md, EWS in Exchange Online",
    outlook: "docs/setup.md, Schritt 6",
  },
  unseen:
    "Was von hier nicht zu sehen ist, kann da sein oder fehlen. Wer App-Registrierungen verwaltet, sieht das meiste hiermit, ohne etwas zu ändern:",
  command: "python3 infra/entra/register.py check",
};
