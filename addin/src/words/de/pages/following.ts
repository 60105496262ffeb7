import type { In } from "../../languages";
import type * as english from "../../pages/following";

export const following: In<typeof english.following> = {
  heading: "Nachfassen",
  text: "Wer sie nicht oder vielleicht nicht geöffnet hat, kann angeschrieben werden. Der Blick auf einzelne Personen wird im Protokoll festgehalten.",
  show: "Personen suchen",
  found: "{n} Personen haben sie nicht oder vielleicht nicht geöffnet.",
  foundOne: "Eine Person hat sie nicht oder vielleicht nicht geöffnet.",
  nobody: "Es ist niemand mehr anzuschreiben.",
  write: "E-Mail an sie schreiben",
  writePart: "E-Mail an {from} bis {to} schreiben",
  hidden: "Sie stehen im Bcc: Niemand sieht die anderen.",
  failed: "Outlook hat keine neue E-Mail geöffnet. Kopieren Sie stattdessen die Adressen.",
  file: "Adressen speichern",
  copy: "Adressen kopieren",
  copied: "{n} Adressen kopiert.",
  copiedOne: "1 Adresse kopiert.",
  notCopied: "Der Browser hat das Kopieren nicht zugelassen.",
  tooMany:
    "Für eine neue E-Mail von hier aus sind es zu viele. Kopieren Sie die Adressen, oder öffnen Sie Ihre gesendete E-Mail in Outlook: Dort öffnet Rollcall neue E-Mails an sie.",
  without: "Wer der Messung widersprochen hat, ist nicht dabei.",
};

export const telling: In<typeof english.telling> = {
  share: "Bericht teilen",
  why: "Rollcall sendet keine E-Mails. Sie können selbst Bescheid geben:",
  tell: "Per E-Mail Bescheid geben",
  subject: "Bericht zu einer E-Mail",
  subjectNamed: "Bericht: {name}",
  text: "Ich habe den Bericht zu einer E-Mail mit Ihnen geteilt. Melden Sie sich mit Ihrem Arbeitskonto an, um ihn zu sehen:",
};
