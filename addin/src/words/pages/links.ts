/** Where the links of a mail lead: withdrawing and correcting them. */

export const links = {
  open: "Links …",
  title: "Where the links lead",
  text: "Links of delivered mails can still be withdrawn or corrected. A change is in force within ten seconds.",
  none: "No link of this mail is tracked.",
  listLabel: "Links of this mail",
  withdrawn: "Withdrawn: it leads nowhere.",
  corrected: "Corrected: it leads to {target}.",
  byAdmin: "An administrator decided so.",
  withdraw: "Withdraw",
  withdrawOne: "Withdraw {link}",
  restore: "Put back",
  restoreOne: "Put back {link}",
  withdrawAll: "Withdraw all links",
  restoreAll: "Put all links back",
  which: "Link to correct",
  target: "New web address",
  correct: "Correct",
  saving: "Saving …",
  saved: "Saved.",
} as const;
