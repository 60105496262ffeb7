/** The words of the task pane, one module for each part of its way; what all of them share stands here. */

import { counting, idle, stopped } from "./counting";
import { actions, problems, recipientNotes, review } from "./review";

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

  warnings: { title: "Before you send" },

  working: "One moment …",

  idle,
  counting,
  stopped,
  review,
  recipientNotes,
  problems,
  actions,
} as const;
