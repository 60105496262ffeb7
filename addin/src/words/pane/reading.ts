/** What the pane says beside a mail that is read. */

export const readingWords = {
  heading: "Report of this mail",
  looking: "Looking for this mail’s report …",
  sent: "Sent {when}",
  notSent: "It was prepared, and Rollcall does not know that it was sent: nothing counts.",
  none: "Nothing is measured in this mail",
  noneText: "It was sent without tracking, or its tracking was taken out.",
  notYours: "There is no report that you can see",
  notYoursText:
    "Only whoever sent this mail sees its report, and whom they share it with. It may also be deleted already.",
} as const;
