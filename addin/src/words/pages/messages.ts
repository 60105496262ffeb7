/** The list of messages, and sharing one. */

export const messages = {
  heading: "Messages",
  intro:
    "Mails that were sent with tracking. The subject stays in your mailbox, so each mail is named by when it was sent, by whom and to how many.",
  introAdmin:
    "Everybody's mails that were sent with tracking, because you are an admin. The subject never reaches Rollcall, so each mail is named by when it was sent, by whom and to how many.",
  caption: "Tracked mails, newest first",
  choose: "Choose",
  chooseOne: "Choose the mail of {when} to compare",
  mail: "Mail",
  recipients: "Recipients",
  mode: "Mode",
  state: "State",
  actions: "Actions",
  from: "from {name}",
  unchecked: "{name} (not checked)",
  atLeast: "at least {n}",
  unknown: "an unknown number of recipients",
  incomplete: "not every list could be counted in full",
  shared: "shared with you",
  created: "prepared on {when}",
  createdAt: "prepared at {when}",
  deliverOn: "to be delivered on {when}",
  stages: {
    registering: "being prepared",
    registered: "not sent",
    sent: "sent",
    deleting: "being deleted",
  } as Record<string, string>,
  compare: "Compare the two",
  compareHint: "Choose two mails to compare their reports.",
  compareMore: "Choose one more mail.",
  compareReady: "Two mails chosen.",
  delete: "Delete",
  deleteOne: "Delete the mail of {when}",
  emptyTitle: "No tracked mails yet",
  emptyText:
    "In Outlook, write a mail, open Rollcall from the ribbon and choose Count recipients. After you reviewed the count, continue with tracking and send. The mail then appears here.",
  older: "Show older mails",
  shown: "{n} of {total} are shown.",
  deleted: "The mail of {when} was deleted from Rollcall.",
  deletion: {
    title: "Delete this mail from Rollcall?",
    which: "The mail of {when} from {sender}, {recipients}.",
    what: "Its recipients, its opens and clicks, and its report are deleted. This cannot be undone.",
    stays:
      "The mail itself stays in everybody's mailbox. Its links keep leading where they lead; nothing more is recorded.",
    confirm: "Delete for good",
  },
} as const;

export const sharing = {
  title: "Share this report",
  text: "People named here see this report, and nothing else of yours. They sign in with their work account.",
  address: "Work address",
  add: "Add",
  remove: "Remove",
  removeOne: "Remove {address}",
  nobody: "Not shared with anybody.",
  listLabel: "Shared with",
  invalid: "Write a whole address, like name@company.com.",
  already: "That address is in the list already.",
  saved: "Saved.",
  saving: "Saving …",
} as const;
