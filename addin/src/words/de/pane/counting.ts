/** Vor und während der Zählung, und wenn sie nicht gelang. */

import type { In } from "../../languages";
import type * as english from "../../pane/counting";

export const idle: In<typeof english.idle> = {
  title: "Wer erhält diese E-Mail?",
  text: "Fügen Sie in An, Cc oder Bcc Personen oder Listen hinzu. Rollcall öffnet dann jede Liste und zählt jede Person einmal.",
  ready: "Diese E-Mail geht bisher an {n} Adressen.",
  readyOne: "Diese E-Mail geht bisher an eine Adresse.",
  cancelled: "Die Zählung wurde abgebrochen. Nichts wurde gespeichert.",
  count: "Empfänger zählen",
};

export const counting: In<typeof english.counting> = {
  title: "Empfänger werden gezählt",
  begun: "Adressen werden nachgeschlagen …",
  soFar: "bisher",
  lists: "{done} von {known} Listen gelesen",
  before: "{n} andere Zählungen sind vorher dran",
  beforeOne: "Eine andere Zählung ist vorher dran",
  waits: "Microsoft bittet um Geduld, noch {n} s",
  waitsOne: "Microsoft bittet um Geduld, noch 1 s",
  provisional: "Mindestens {n} erwartet",
  estimate: "Ungefähr {n} erwartet",
  left: {
    seconds: "Noch etwa {n} Sekunden",
    minutes: "Noch etwa {n} Minuten",
    minute: "Noch etwa eine Minute",
  },
  bar: "Fortschritt der Zählung",
  away: "Sie können weiterschreiben. Wenn Sie diesen Bereich schließen, läuft die Zählung weiter und ist bei Ihrer Rückkehr hier.",
  cancel: "Abbrechen",
};

export const stopped: In<typeof english.stopped> = {
  title: "Die Empfänger sind nicht gezählt",
  signIn: "Anmelden",
  wait: "Sie können es in {n} Sekunden erneut versuchen.",
  waitOne: "Sie können es in einer Sekunde erneut versuchen.",
  now: "Sie können es jetzt erneut versuchen.",
  untilThen: "Ihre E-Mail ist unverändert, und Sie können sie ohne Zählung senden.",
};
