/** What is said of who gets a mail in the end. */

export const delivery = {
  title: "Who gets it in the end",
  sentence:
    "The count says who the mail is addressed to. Who gets it in the end, nobody can know in advance: {doubts}.",
  doubts: {
    followers: "of a Microsoft 365 group only those who follow it get a copy in their inbox",
    restricted: "a list may take mail from some senders alone",
    outside: "an address outside your organisation may be a list of another one",
    forwarding: "anybody may pass it on",
  },
  asking: "Asking Exchange what it knows of these addresses …",
  consent:
    "Rollcall may ask Exchange in your name whether anything keeps your mail from these addresses. It reads no mail.",
  ask: "Ask Exchange",
  findings: {
    restricted: "Takes mail from certain senders only, and not from you.",
    full: "The mailbox is full and takes no mail at the moment.",
    tooLarge: "Takes no mail as large as yours: the attachments alone are larger.",
    moderated: "A moderator reads your mail first, and lets it through or not.",
    away: "Sends an automatic reply, so your mail may be read late.",
    outside: "Outside your organisation, or with members who are, says Exchange.",
  },
  members: "Had {n} members when Exchange last counted, more than were read. A list among them is one.",
  clear: "Of {n} addresses Exchange knows nothing that keeps your mail away. Members were not asked about.",
  clearOne: "Of one address Exchange knows nothing that keeps your mail away. Members were not asked about.",
  unknown: {
    consent: "Exchange was not asked: you have not allowed it, or your organisation does not.",
    refused: "Exchange refused to answer you.",
    off: "Your organisation has turned off what Exchange tells of recipients.",
    busy: "Exchange was too busy to answer in time.",
    failed: "Exchange could not be asked, or its answer made no sense.",
    silent: "Exchange told nothing of this.",
    "too many": "Exchange was not asked about so many addresses.",
  },
} as const;
