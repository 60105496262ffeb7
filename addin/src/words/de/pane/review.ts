/** Was eine Zählung ergibt. */

import type { In } from "../../languages";
import type * as english from "../../pane/review";

export const review: In<typeof english.review> = {
  atLeast: "Mindestens",
  people: "Personen erhalten diese E-Mail",
  person: "Person erhält diese E-Mail",
  recipients: "Empfänger erhalten diese E-Mail",
  recipient: "Empfänger erhält diese E-Mail",
  counted: "Gezählt um {time}",
  countedOn: "Gezählt am {time}",
  again: "Erneut zählen",
  complete: "Alle gezählt, die Outlook uns genannt hat",
  unknown: "Unbekannt",
  unknownText: "wie viele Personen diese E-Mail erhalten",
  nobody: "Niemand",
  nobodyText: "hat diese Adresse: Die E-Mail wird zurückkommen",
  nobodyTextSeveral: "hat diese Adressen: Die E-Mail wird zurückkommen",
  instead: "Meinten Sie {address}?",
  short: "Nicht alle sind gezählt",
  shortText: "Rollcall konnte nicht alle Mitglieder sehen. Die Gründe stehen unten.",
  changed: "Die Zahl hat sich geändert, seit Sie sie geprüft haben: {from} → {to}",
  changedRecipients: "Sie haben geändert, an wen die E-Mail geht.",
  changedMembers: "Die Listen haben jetzt andere Mitglieder.",
  stale: "Die Empfänger haben sich geändert",
  staleText: "Die Zählung unten gilt für die Empfänger von vorher.",
  external: "außerhalb Ihrer Organisation",
  externalUnknown: "Außerhalb Ihrer Organisation: unbekannt",
  shared: "freigegebene Postfächer",
  sharedOne: "freigegebenes Postfach",
  rooms: "Räume und Geräte",
  roomsOne: "Raum oder Gerät",
  onlyPeople: "Unter den Empfängern ist keine Liste.",
  nothingLeft:
    "Die Einzelheiten dieser Zählung liegen nicht mehr auf dem Server. Sie werden gelöscht, sobald eine E-Mail vorbereitet oder ohne Tracking gesendet wird.",
};

export const recipientNotes: In<typeof english.recipientNotes> = {
  cut: "Outlook hat vielleicht nicht alle genannt",
  cutText:
    "Outlook nennt höchstens {cap} Empfänger aus {fields}, und genau so viele stehen dort. Weitere fehlen in der Zählung. Fassen Sie sie in einer Liste zusammen oder verteilen Sie sie auf An, Cc und Bcc.",
  fields: { to: "An", cc: "Cc", bcc: "Bcc" },
  unresolved: "Namen ohne Adresse werden nicht gezählt",
  unresolvedText:
    "{names}. Lassen Sie Outlook die Namen überprüfen, oder öffnen Sie eine Kontaktgruppe mit dem Pluszeichen davor, und zählen Sie erneut.",
  names: "{names} und {n} weitere",
  nameless: "jemand, den Outlook weder mit Namen noch mit Adresse nennt",
};

export const problems: In<typeof english.problems> = {
  title: "Was fehlt",
  remedy: "Was hilft",
  concerns: "Betroffene Listen",
  more: "und {n} weitere",
};

export const actions: In<typeof english.actions> = {
  go: "Weiter mit Tracking",
  untracked: "Ohne Tracking senden",
  mobile:
    "Auf diesem Gerät kann Rollcall nur zählen. Für Tracking öffnen Sie den Entwurf in Outlook auf einem Computer.",
  noModes: "Tracking ist in Ihrer Organisation ausgeschaltet.",
  ready: "Fertig. Klicken Sie in Outlook auf Senden, wann immer Sie möchten.",
  readyText: "Rollcall hat die Empfänger vergessen. Über diese E-Mail wird nichts aufgezeichnet.",
};
