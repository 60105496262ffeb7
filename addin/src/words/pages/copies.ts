/** The copies of a mail, as its report tells how far they are. */

export const copies = {
  title: "Copies",
  sent: "{n} of {total} copies are sent.",
  failed: "{n} were not sent",
  failedOne: "1 was not sent",
  doubt: "Of {n} nobody knows whether they were sent",
  doubtOne: "Of 1 nobody knows whether it was sent",
  doubtText: "Open the draft in Outlook to send them again or to leave them.",
  begins: "The first leaves in {n} seconds",
  running: "They are being sent",
  runningText:
    "Outlook sends them, on the device where they were begun. This page looks again every ten seconds.",
  paused: "Nobody is sending them",
  pausedText:
    "Open the draft in Outlook, on any device, and go on there. Pseudonymous copies go on only on the device where they were begun.",
  undo: "Take all back",
  undoText: "Nobody has the mail yet. Rollcall forgets it, and you can begin anew.",
} as const;
