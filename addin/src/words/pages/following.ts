/** What can be done about recipients who were found. */

export const following = {
  heading: "Following up",
  text: "Who did not open it, or perhaps not, can be written to. Looking at single people is recorded in the audit trail.",
  show: "Find them",
  found: "{n} people did not open it, or perhaps not.",
  foundOne: "One person did not open it, or perhaps not.",
  nobody: "Nobody is left to write to.",
  write: "Write to them",
  writePart: "Write to {from} to {to}",
  hidden: "They stand in Bcc: nobody sees the others.",
  failed: "Outlook did not open a new mail. Copy the addresses instead.",
  file: "Save addresses",
  copy: "Copy addresses",
  copied: "Copied: {n} addresses.",
  copiedOne: "Copied: 1 address.",
  notCopied: "The browser did not allow copying.",
  tooMany:
    "They are too many for a new mail from here. Copy the addresses, or open your sent mail in Outlook: there Rollcall opens new mails to them.",
  without: "Whoever objected to being measured is left out.",
} as const;

/** The mail that tells somebody of a report that was shared with them. */
export const telling = {
  share: "Share the report",
  why: "Rollcall sends no mail. You can tell them yourself:",
  tell: "Tell them by mail",
  subject: "Report of a mail",
  subjectNamed: "Report: {name}",
  text: "I have shared the report of a mail with you. Sign in with your work account to see it:",
} as const;
