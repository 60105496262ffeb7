/** Was Aufgabenbereich und Webseiten gemeinsam sagen. */

import type { words as english } from "../common";
import type { In } from "../languages";

export const words: In<typeof english> = {
  name: "Rollcall",

  trouble: {
    offline: "Rollcall ist nicht erreichbar.",
    offlineRemedy: "Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
    unexpected: "In Rollcall ist etwas schiefgegangen.",
    unexpectedRemedy:
      "Versuchen Sie es in einer Minute erneut. Bleibt es dabei, wenden Sie sich an Ihre Administration.",
    signIn: "Sie sind nicht angemeldet.",
    signInRemedy: "Melden Sie sich mit Ihrem Arbeitskonto an und versuchen Sie es erneut.",
    popupBlocked: "Der Browser hat das Fenster zur Anmeldung nicht geöffnet.",
    popupBlockedRemedy: "Lassen Sie Pop-up-Fenster für diese Seite zu und versuchen Sie es erneut.",
    again: "Erneut versuchen",
  },

  session: {
    signIn: "Anmelden",
    signingIn: "Sie werden angemeldet …",
    why: "Rollcall muss wissen, wer Sie sind, damit nur Sie Ihre Zählungen und Berichte sehen.",
    done: "Sie sind angemeldet. Dieses Fenster schließt sich von selbst.",
  },

  kinds: {
    distribution_list: "Verteilerliste",
    dynamic_distribution_list: "dynamische Verteilerliste",
    mail_enabled_security_group: "E-Mail-aktivierte Sicherheitsgruppe",
    microsoft_365_group: "Microsoft 365-Gruppe",
  },

  modes: {
    counting: "Zählen",
    countingText: "Ein Zählpixel für alle. Berichte nennen Spannen, nie Namen.",
    pseudonymous: "Pseudonym",
    pseudonymousText:
      "Eine Kopie pro Person, mit eigenen Links. Adressen werden nicht gespeichert, darum sieht niemand, wessen sie sind.",
    individual: "Einzeln",
    individualText: "Eine Kopie pro Person. Der Bericht sagt, wer geöffnet und geklickt hat.",
  },

  amounts: {
    one: "{n}",
    many: "{n}",
    oneOrMore: "mindestens {n}",
    atLeast: "mindestens {n}",
    unknown: "unbekannt",
  },

  turnover: {
    since: "Seit der E-Mail vom {when}",
    both: "{joined}, {left}",
    joined: {
      exactly: "{least} neu dabei",
      atMost: "höchstens {most} neu dabei",
      between: "{least} bis {most} neu dabei",
    },
    left: {
      exactly: "{least} nicht mehr dabei",
      atMost: "höchstens {most} nicht mehr dabei",
      between: "{least} bis {most} nicht mehr dabei",
    },
    some: { exactly: "{least}", atMost: "höchstens {most}", between: "{least} bis {most}" },
    byList: "Von den Neuen sind in den Listen:",
  },

  labels: {
    name: "Name dieser E-Mail",
    nameText: "Zum Wiederfinden. Die Empfänger sehen ihn nicht.",
    useSubject: "Betreff übernehmen: „{subject}“",
    more: "Kampagne und Schlagwörter",
    morePurpose: "Kampagne, Schlagwörter und Zweck",
    campaign: "Kampagne",
    tags: "Schlagwörter",
    tagsText: "Durch Kommas getrennt.",
    tooMany: "Höchstens {n} Schlagwörter sind möglich.",
    tooLong: "Ein Schlagwort hat höchstens {n} Zeichen.",
    purpose: "Zweck",
    noPurpose: "Keiner",
    links: "Namen der Links",
    linksText: "So heißt ein Link im Bericht. Empfänger sehen es nicht.",
    linkName: "Name von {link}",
    useWords: "Die Worte des Links übernehmen: „{words}“",
  },

  verdicts: {
    person: "Menschen",
    unsure: "Unsicher",
    machine: "Maschinen",
  },
};
