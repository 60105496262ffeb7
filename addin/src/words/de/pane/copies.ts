/** Eine Kopie für jede Person. */

import type { In } from "../../languages";
import type * as english from "../../pane/copies";

export const copies: In<typeof english.copies> = {
  title: "Ihr Outlook sendet jeder Person eine Kopie",
  pace: "{n} Kopien dauern etwa {minutes} Minuten.",
  paceOne: "{n} Kopien dauern etwa eine Minute.",
  alone: "Jeder sieht nur die eigene Adresse, und Antworten kommen nur zu Ihnen.",
  incomplete: "Nicht alle Empfänger sind bekannt. Wer fehlt, erhält keine Kopie.",
  open: "Dieser Bereich muss dabei offen bleiben. Wird er geschlossen, können Sie später weitermachen.",
  impossible: "Diese E-Mail lässt sich nicht als Kopien senden",
  obstacles: {
    reply: "Sie ist eine Antwort oder Weiterleitung: Kopien würden nicht zur Unterhaltung gehören.",
    attachments:
      "Sie hat Anlagen. Legen Sie diese dort ab, wo alle sie öffnen können, und verlinken Sie sie.",
    delayed:
      "Sie soll später zugestellt werden, und Kopien gehen sofort hinaus. Entfernen Sie den Zeitpunkt in Outlook.",
    pictures: "Sie enthält Bilder im Text, die in Kopien verloren gingen.",
    limit: "Sie hat mehr Empfänger als die {limit}, die Ihre Administration für Kopien erlaubt.",
  },
  tooMany: "Zählen Sie erneut, oder wählen Sie den Modus „Zählen“.",
  send: "{n} Kopien jetzt senden",
  sendOne: "Eine Kopie jetzt senden",
  loading: "Es wird nachgesehen, wie weit die Kopien sind …",
  sending: "Kopien",
  summary: "Zusammenfassung",
  of: "von {total} Kopien gesendet",
  bar: "Gesendete Kopien",
  states: {
    ready: "Bereit weiterzumachen",
    running: "Wird gesendet",
    pausing: "Wird angehalten …",
    paused: "Angehalten",
    stopped: "Abgebrochen",
    finished: "Fertig",
  },
  failed: "{n} nicht gesendet",
  failedOne: "1 nicht gesendet",
  doubt: "{n} unklar",
  doubtOne: "1 unklar",
  waiting: "Microsoft bittet bis {time} um Geduld. Das Senden geht von selbst weiter.",
  stay: "Lassen Sie diesen Bereich offen",
  doNotSend: "Klicken Sie in Outlook nicht auf Senden: Alle erhielten die E-Mail doppelt.",
  pause: "Anhalten",
  goOn: "Weitermachen",
  attention: "Kopien, die Sie ansehen sollten",
  own: "Ihre eigene Kopie, für „Gesendete Elemente“",
  inDoubt: "Outlook bekam keine Antwort, die Kopie kann also gesendet worden sein.",
  left: "Belassen, wie es ist.",
  notSent: "Nicht gesendet.",
  erased: "Nicht gesendet: Ihre Administration hat diese Person inzwischen aus der E-Mail gelöscht.",
  code: "Microsoft meldet: {code}",
  again: "Erneut senden",
  leave: "So lassen",
  failedAgain: "Nicht gesendete Kopien erneut versuchen",
  over: "Alle haben ihre Kopie",
  overBut: "Alle bis auf {n} Empfänger haben ihre Kopie",
  overButOne: "Alle bis auf einen Empfänger haben ihre Kopie",
  close:
    "Schließen Sie diese E-Mail, ohne sie zu senden: Die Empfänger bekämen sie doppelt. Ihre Kopie liegt unter „Gesendete Elemente“.",
  blocked: "Die Kopien können hier nicht weitergehen",
  blockedBy: {
    changed:
      "Betreff oder Text wurden geändert, seit die Kopien begonnen wurden. Machen Sie die Änderung rückgängig und öffnen Sie diesen Bereich erneut.",
    elsewhere: "Ein anderer Bereich sendet sie gerade.",
    device:
      "Sie wurden auf einem anderen Gerät oder in einem anderen Browser begonnen. Machen Sie dort weiter.",
  },
  stops: {
    sign_in: "Sie sind nicht mehr angemeldet",
    refused: "Microsoft lässt Sie keine weiteren Kopien senden",
    too_large: "Die E-Mail ist zu groß für Kopien",
    offline: "Die Verbindung ist abgebrochen",
    failing: "Mehrere Kopien nacheinander wurden abgelehnt",
    storage: "Dieses Gerät kann nicht mehr festhalten, welche Kopien gesendet sind",
  },
  stopRemedies: {
    sign_in: "Machen Sie weiter, und melden Sie sich an, wenn Sie darum gebeten werden.",
    refused:
      "Ihr Postfach hat vielleicht sein Tageslimit erreicht, oder Ihre Administration muss Mail.Send erlauben.",
    too_large: "Verkleinern Sie die E-Mail und beginnen Sie neu, oder wählen Sie den Modus „Zählen“.",
    offline:
      "Machen Sie weiter, sobald Sie verbunden sind. Kopien, die gerade unterwegs waren, stehen unten.",
    failing: "Sehen Sie sich unten den Grund an. Beim Weitermachen kommen die nächsten an die Reihe.",
    storage: "Geben Sie Speicherplatz frei, damit niemand die E-Mail doppelt erhält, und machen Sie weiter.",
  },
};
