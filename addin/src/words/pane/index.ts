/** The words of the task pane, one module for each part of its way; what all of them share stands here. */

import { counting, idle, stopped } from "./counting";
import { delivery } from "./delivery";
import { actions, balance, lists, overlaps, people, problems, recipientNotes, review } from "./review";

/** Everything the pane says. */
export const paneWords = {
  outlookFailed: "Outlook did not answer.",
  outlookRemedy: "Close this pane and open it again. If that does not help, restart Outlook.",
  heading: "Recipients of this mail",
  starting: "Reading the recipients …",
  nowhere: "Open a mail that you are writing",
  nowhereText: "Rollcall counts whom a mail will reach before you send it.",

  openReport: "Open the report",
  removed: "Tracking was removed",
  removedText: "Your mail holds the links as you wrote them.",

  reading: {
    heading: "Report of this mail",
    looking: "Looking for this mail’s report …",
    sent: "Sent {when}",
    notSent: "It was prepared, and Rollcall does not know that it was sent: nothing counts.",
    none: "Nothing is measured in this mail",
    noneText: "It was sent without tracking, or its tracking was taken out.",
    notYours: "There is no report that you can see",
    notYoursText:
      "Only whoever sent this mail sees its report, and whom they share it with. It may also be deleted already.",
  },

  warnings: { title: "Before you send" },

  working: "One moment …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  lists,
  overlaps,
  balance,
  problems,
  delivery,
  people,
  actions,
} as const;
