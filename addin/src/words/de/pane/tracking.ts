/** Tracking auswählen, einfügen, entfernen. */

import type { In } from "../../languages";
import type * as english from "../../pane/tracking";

export const choose: In<typeof english.choose> = {
  title: "Tracking",
  back: "Zurück zur Zählung",
  reading: "Links in Ihrer E-Mail werden gesucht …",
  mode: "Wie gezählt wird",
  locked: "Andere Zählweisen lässt Ihre Organisation nicht zu.",
  half: {
    clicks: "Ihre Organisation zählt nur Klicks: Öffnungen werden nicht erfasst.",
    opens: "Ihre Organisation zählt nur Öffnungen: Links bleiben, wie sie sind.",
  },
  consent: "Nur wer zugestimmt hat, wird mit Namen gemessen",
  consentText:
    "Alle anderen erhalten dieselbe E-Mail in derselben Sendung und werden ohne Namen gezählt. Wer zugestimmt hat, wird nachgesehen, wenn Sie weitergehen.",
  links: "Links",
  linksText:
    "Klicks auf die ausgewählten Links werden gezählt. Wer klickt, kommt trotzdem dort an, wohin der Link führt.",
  none: "In Ihrem Teil dieser E-Mail sind keine Links. Es werden nur Öffnungen gezählt.",
  all: "Alle auswählen",
  nothing: "Auswahl aufheben",
  times: "{n}-mal",
  others: "{n} Links bleiben unverändert",
  othersOne: "1 Link bleibt unverändert",
  saysUrl:
    "hier lesen die Empfänger eine Adresse, und manche Mailprogramme warnen, wenn ein Link anderswohin führt",
  doubt: "Ist dieser Teil von Ihnen?",
  doubtMine:
    "Was mit „{words}“ beginnt, sieht wie eine andere E-Mail aus. Es wird als Ihr Text behandelt: Seine Links sind aufgeführt.",
  doubtOther: "Was mit „{words}“ beginnt, sieht wie eine andere E-Mail aus. Es bleibt unverändert.",
  doubtNothing: "…",
  doubtCut: "Nein, nicht von mir",
  doubtKeep: "Ja, von mir",
  recorded: "Was aufgezeichnet wird",
  counting:
    "Dass jemand geöffnet oder geklickt hat, wann, und mit welcher Art Programm. Nicht wer, und keine IP-Adresse.",
  pseudonymous:
    "Dass jemand geöffnet oder geklickt hat, wann, und mit welcher Art Programm. Jede Kopie hat eigene Links, und niemand kann sagen, wem sie gehören, auch Rollcall nicht.",
  individual: "Wer geöffnet und geklickt hat, wann, und mit welcher Art Programm.",
  said: "Eine kleine Zeile am Ende der E-Mail sagt das und führt zu einer Seite, die es erklärt.",
  saidAndObject:
    "Eine kleine Zeile am Ende jeder Kopie sagt das und führt zu einer Seite, auf der man widersprechen kann.",
  unsaid: "Die E-Mail selbst sagt das nicht: Ihre Organisation informiert auf anderem Weg.",
  tooFew: "Der Bericht wird keine Zahlen zeigen",
  tooFewText:
    "Weniger als {n} Personen erhalten diese E-Mail: Zahlen würden verraten, was Einzelne getan haben.",
  content: "Betreff, Text und Anlagen verlassen Outlook nie.",
  teams: "Auch Ihr Team sieht und verwaltet den Bericht: {names}.",
  contentOffered:
    "Text und Anlagen verlassen Outlook nie; der Betreff nur, wenn Sie ihn als Namen der E-Mail übernehmen.",
  prepare: "Tracking hinzufügen",
  copies: "Weiter",
  text: "Eine Nur-Text-E-Mail lässt sich nicht tracken",
  textText:
    "Stellen Sie das Format in Outlook auf HTML um und öffnen Sie diesen Bereich erneut, oder senden Sie ohne Tracking.",
  unreadable: "Outlook lässt Rollcall diese E-Mail nicht lesen",
  unreadableText: "Geschützte E-Mails lassen sich nicht tracken. Sie können ohne Tracking senden.",
  signature: "in Ihrer Signatur",
  reasons: {
    mail: "öffnet eine neue E-Mail",
    phone: "ruft eine Nummer an oder schreibt ihr",
    anchor: "führt zu einer Stelle in dieser E-Mail",
    inline: "ist Teil dieser E-Mail",
    script: "ist kein Weblink",
    file: "führt zu einer Datei auf einem Computer",
    relative: "ist keine vollständige Adresse",
    scheme: "ist kein Weblink",
    invalid: "kein Browser könnte ihn öffnen",
    user: "enthält einen Namen oder ein Kennwort",
    unclear: "lässt sich nicht sicher lesen",
    cloud: "gibt Empfängern Zugriff auf eine freigegebene Datei",
    meeting: "führt in eine Besprechung",
    card: "ist eine Karte, die Outlook zeichnet",
    wrapped: "ist offenbar schon von einem Mail-Gateway umgeschrieben",
    unsubscribe: "dient offenbar dem Abbestellen",
    own: "führt zu Rollcall selbst",
    host: "dorthin lässt Ihre Administration keine getrackten Links führen",
    long: "ist zu lang",
    many: "es sind mehr Links, als getrackt werden können",
  },
};

export const preparing: In<typeof english.preparing> = {
  registering: "Links werden geholt …",
  writing: "Tracking wird in Ihre E-Mail eingefügt …",
  checking: "Es wird geprüft, dass sich sonst nichts geändert hat …",
  sending: "Wird gesendet …",
};

export const restored: In<typeof english.restored> = {
  title: "Tracking wurde nicht hinzugefügt",
  back: "Outlook hat dabei mehr als die Links geändert. Ihre E-Mail wurde deshalb wiederhergestellt, wie sie war.",
  notBack:
    "Outlook hat dabei mehr als die Links geändert, und nicht alles ließ sich wiederherstellen. Sehen Sie Ihre E-Mail an, bevor Sie sie senden; „Rückgängig“ in Outlook hilft vielleicht.",
  after:
    "Sie können sie ohne Tracking senden. Um es erneut zu versuchen, zählen Sie die Empfänger noch einmal.",
};

export const prepared: In<typeof english.prepared> = {
  title: "Tracking ist in Ihrer E-Mail",
  text: "Öffnungen und Klicks auf {n} Links werden gezählt, sobald Sie die E-Mail senden.",
  textOne: "Öffnungen und Klicks auf einen Link werden gezählt, sobald Sie die E-Mail senden.",
  textNone: "Öffnungen werden gezählt, sobald Sie die E-Mail senden.",
  send: "Jetzt senden",
  press: "Klicken Sie jetzt auf Senden",
  pressText: "Tracking ist in Ihrer E-Mail. Öffnungen und Klicks zählen ab jetzt.",
  notSent: "Ich habe sie nicht gesendet",
  disarmed: "Nichts zählt, bis Sie sie senden.",
  arm: "Ich klicke selbst auf Senden",
  remove: "Tracking entfernen",
  changes: {
    yes: {
      title: "Sie haben die E-Mail seither geändert",
      text: "Links, die nach dem Tracking dazukamen, werden nicht gezählt.",
    },
    lost: {
      title: "Ein Teil des Trackings fehlt in der E-Mail",
      text: "Was entfernt wurde, kann nicht gezählt werden. Entfernen Sie auch den Rest und beginnen Sie neu, oder senden Sie die E-Mail so, wie sie ist.",
    },
    silent: {
      title: "Die E-Mail sagt nicht mehr, dass sie gemessen wird",
      text: "Ihre letzte Zeile fehlt. Machen Sie das rückgängig, oder entfernen Sie das Tracking und fügen Sie es neu hinzu. Ohne diese Zeile ist der Bericht weniger sicher.",
    },
  },
  later: {
    title: "Outlook stellt sie am {time} zu",
    text: "Ab dann laufen die Zeiten von Öffnungen und Klicks.",
    lostTitle: "Der Zeitpunkt der Zustellung ist weg",
    lost: "Diese E-Mail sollte am {time} zugestellt werden, und Outlook weiß davon nichts mehr: Sie würde sofort gesendet.",
    again: "Zeitpunkt wieder setzen",
    atOnce: "So lassen: sofort zustellen",
    failed: "Outlook hat den Zeitpunkt der Zustellung nicht angenommen.",
    remedy: "Setzen Sie ihn in Outlook selbst, oder senden Sie die E-Mail, wenn es so weit ist.",
  },
  staleTitle: "Die Empfänger haben sich geändert, seit Sie sie geprüft haben",
  stale:
    "Entfernen Sie das Tracking und zählen Sie erneut, damit der Bericht von den richtigen Personen handelt.",
  recount: "Entfernen und erneut zählen",
  removeFailed: "Outlook hat nicht zugelassen, dass das Tracking entfernt wird.",
  removeRemedy: "Verwenden Sie „Rückgängig“ in Outlook, oder schreiben Sie die Links neu.",
  sendFailed: "Outlook hat die E-Mail nicht gesendet.",
  sendUntrackedRemedy: "Lesen Sie, was Outlook meldet, und klicken Sie dann in Outlook auf Senden.",
  sendRemedy:
    "Nichts zählt, bis sie gesendet ist. Lesen Sie, was Outlook meldet, und versuchen Sie es erneut.",
  sent: "Gesendet",
  sentText: "Der Bericht füllt sich, sobald die E-Mail geöffnet wird.",
  sentUntracked: "Über diese E-Mail wird nichts aufgezeichnet.",
};
