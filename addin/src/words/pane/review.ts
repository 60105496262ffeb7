/** What a count says. */

export const review = {
  atLeast: "At least",
  people: "people will get this mail",
  person: "person will get this mail",
  recipients: "recipients will get this mail",
  recipient: "recipient will get this mail",
  counted: "Counted at {time}",
  countedOn: "Counted on {time}",
  again: "Count again",
  complete: "Everyone Outlook told us about is counted",
  unknown: "Not known",
  unknownText: "how many people will get this mail",
  nobody: "Nobody",
  nobodyText: "is at this address: the mail will bounce",
  nobodyTextSeveral: "is at these addresses: the mail will bounce",
  instead: "Did you mean {address}?",
  short: "Not everyone is counted",
  shortText: "Rollcall could not see all members. The reasons are below.",
  changed: "The count changed since you reviewed it: {from} → {to}",
  changedRecipients: "You changed whom the mail is addressed to.",
  changedMembers: "The lists have other members now.",
  stale: "The recipients changed",
  staleText: "The count below is about the recipients as they were before.",
  external: "outside your organisation",
  externalUnknown: "Outside your organisation: not known",
  shared: "shared mailboxes",
  sharedOne: "shared mailbox",
  rooms: "rooms and equipment",
  roomsOne: "room or equipment",
  onlyPeople: "There is no list among the recipients.",
  nothingLeft:
    "The details of this count are no longer on the server. They are deleted as soon as a mail is prepared or sent without tracking.",
} as const;

export const recipientNotes = {
  cut: "Outlook may not have told everybody",
  cutText:
    "It gives at most {cap} recipients of {fields}, and that many are there. Further ones are missing from the count. Put them into a list, or spread them over To, Cc and Bcc.",
  fields: { to: "To", cc: "Cc", bcc: "Bcc" },
  unresolved: "Names without an address are not counted",
  unresolvedText:
    "{names}. Have Outlook check the names, or open a contact group with the plus sign in front of it, and count again.",
  names: "{names} and {n} more",
  nameless: "somebody whom Outlook names neither by name nor by address",
} as const;

export const problems = {
  title: "What is missing",
  remedy: "What to do",
  concerns: "Lists affected",
  more: "and {n} more",
} as const;

export const actions = {
  go: "Continue with tracking",
  untracked: "Send without tracking",
  mobile: "On this device Rollcall counts. To track a mail, open the draft in Outlook on a computer.",
  noModes: "Tracking is switched off in your organisation.",
  ready: "Ready. Press Send in Outlook whenever you like.",
  readyText: "Rollcall has forgotten the recipients. Nothing about this mail will be recorded.",
} as const;
