/** Eine Kopie für jede Person. */

import type { In } from "../../languages";
import type * as english from "../../pane/copies";

export const copies: In<typeof english.copies> = {
  title: "Ihr Outlook sendet jeder Person eine Kopie",
  alone: "Jeder sieht nur die eigene Adresse, und Antworten kommen nur zu Ihnen.",
  incomplete: "Nicht alle Empfänger sind bekannt. Wer fehlt, erhält keine Kopie.",
  open: "Lassen Sie diesen Bereich dabei offen. Wird er geschlossen, öffnen Sie den Entwurf erneut und machen weiter, auf jedem Gerät.",
  check: "{n} Kopien prüfen und senden",
  checkOne: "Eine Kopie prüfen und senden",
  back: "Zurück zur Auswahl",
  confirm: "{n} Kopien sollen hinausgehen",
  confirmOne: "Eine Kopie soll hinausgehen",
  to: "An alle hinter",
  more: "und {n} weitere Adressen",
  moreOne: "und eine weitere Adresse",
  when: "Wann",
  undoFor: "Die erste geht {n} Sekunden nach Ihrem Klick hinaus. Bis dahin können Sie alles zurücknehmen.",
  lastAt: "Die letzte geht gegen {time} hinaus: Microsoft lässt ein Postfach {n} pro Minute senden.",
  soon: "Es dauert weniger als eine Minute, bis alle hinaus sind.",
  daily:
    "Ein Postfach darf in 24 Stunden an 10.000 Empfänger senden, andere E-Mails eingeschlossen. Ist das erreicht, halten die Kopien an, und Sie machen am Tag darauf weiter.",
  sample: "Testkopie",
  sampleText:
    "Sehen Sie die E-Mail, wie Ihre Empfänger sie sehen. Öffnen und Klicken wird darin nicht gemessen.",
  sampleSend: "Testkopie an mich senden",
  sampleSending: "Die Testkopie wird gesendet …",
  sampleSent: "Die Testkopie ist auf dem Weg in Ihren Posteingang",
  sampleSubject: "Test: {subject}",
  sampleFailed: "Die Testkopie ließ sich nicht senden.",
  sampleRemedy: "Versuchen Sie es in einer Minute erneut.",
  undo: "Alles zurücknehmen",
  undoText: "Noch hat niemand die E-Mail, und Sie können alle Kopien zurücknehmen.",
  leavesIn: "Die erste Kopie geht in {n} Sekunden hinaus",
  leavesInOne: "Die erste Kopie geht in 1 Sekunde hinaus",
  doneAt: "Fertig gegen {time}",
  emptied:
    "Der Entwurf hat keine Empfänger mehr, damit niemand die E-Mail doppelt erhält. Sie können ihn löschen: Ihre Kopie liegt unter „Gesendete Elemente“.",
  elsewhere: "Ein anderes Gerät sendet sie gerade",
  elsewhereText:
    "Halten Sie es dort an, um hier weiterzumachen. Meldet sich jenes Gerät nicht mehr, geht es hier ab {time}; dieser Bereich sieht von selbst wieder nach.",
  erasedPerson: "Eine gelöschte Person",
  shown: "Von allen sind dies die ersten {n}.",
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
    pane: "Ein anderes Outlook-Fenster auf diesem Gerät sendet sie gerade.",
    device:
      "Wer welche Kopie erhält, weiß nur das Gerät oder der Browser, wo sie begonnen wurden. Machen Sie dort weiter.",
    former:
      "Sie wurden mit einer früheren Version von Rollcall begonnen, die allein wusste, wie weit sie sind. Wer damals keine hatte, erhält keine.",
  },
  stops: {
    sign_in: "Sie sind nicht mehr angemeldet",
    refused: "Microsoft lässt Sie keine weiteren Kopien senden",
    too_large: "Die E-Mail ist zu groß für Kopien",
    offline: "Die Verbindung ist abgebrochen",
    failing: "Mehrere Kopien nacheinander wurden abgelehnt",
    storage: "Rollcall kann nicht festhalten, welche Kopien gesendet sind",
    elsewhere: "Ein anderes Gerät macht mit den Kopien weiter",
    gone: "Die Kopien wurden zurückgenommen",
  },
  stopRemedies: {
    sign_in: "Machen Sie weiter, und melden Sie sich an, wenn Sie darum gebeten werden.",
    refused:
      "Ihr Postfach hat vielleicht sein Tageslimit erreicht, oder Ihre Administration muss Mail.Send erlauben.",
    too_large: "Verkleinern Sie die E-Mail und beginnen Sie neu, oder wählen Sie den Modus „Zählen“.",
    offline:
      "Machen Sie weiter, sobald Sie verbunden sind. Kopien, die gerade unterwegs waren, stehen unten.",
    failing: "Sehen Sie sich unten den Grund an. Beim Weitermachen kommen die nächsten an die Reihe.",
    storage:
      "Gesendet wird nur, was festgehalten ist, damit niemand die E-Mail doppelt erhält. Machen Sie weiter, sobald Rollcall erreichbar ist.",
    elsewhere:
      "Hier wird nichts mehr gesendet. Öffnen Sie diesen Bereich erneut, um zu sehen, wie weit sie sind.",
    gone: "Die E-Mail wurde in Rollcall gelöscht, es gehen also keine Kopien mehr hinaus. Schließen und öffnen Sie diesen Bereich, um neu zu beginnen.",
  },
};
