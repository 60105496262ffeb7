/** What is kept of one person: shown, erased, objected to. */

export const people = {
  heading: "People",
  intro:
    "What Rollcall keeps of one person, to be shown, taken along or erased when that person asks. Each look and each erasure is recorded in the audit trail, by whom and when; the address itself is not.",
  address: "Address of the person",
  invalid: "Write a whole address, like name@company.com.",
  look: "Look",
  looking: "Looking through everything that Rollcall keeps. Found so far: {n} …",
  stop: "Stop",
  stopped: "Stopped. Nothing is shown, because not everything was looked through.",
  goOn: "What was found before is not lost: trying again goes on from there.",
  result: "What Rollcall keeps of {address}",
  summary: "Found: {found}.",
  received: "{n} mails received",
  receivedOne: "1 mail received",
  sent: "{n} mails sent",
  sentOne: "1 mail sent",
  claimed: "{n} mails in this name, not checked",
  claimedOne: "1 mail in this name, not checked",
  shown: "{n} reports shared with this person",
  shownOne: "1 report shared with this person",
  reviews: "{n} lists under review",
  reviewsOne: "1 list under review",
  empty: "Rollcall keeps nothing of this address",
  emptyButObjection: "Rollcall keeps nothing of this address but the objection",
  emptyText:
    "Is it spelled right, and does this person have other addresses? A mail that is just being prepared may still bring it along: to be sure, look again in ten minutes.",
  reference: "In the audit trail this person is named",
  openTrail: "Open the audit trail",
  download: "Download as JSON",
  downloadNote: "The file has all that was found, to be handed out.",
  more: "Show {n} more",

  receivedTitle: "Mails received",
  receivedText:
    "What a mail said was never here. Opened and clicked are what the report says of this person; the single requests are listed as they came, not judged.",
  mail: "Mail",
  mode: "Mode",
  kept: "What is kept",
  from: "from {name}",
  addressOnly: "The address alone, tied to no open and no click",
  notYet: "Nothing but the address so far",
  opened: { yes: "Opened", maybe: "Perhaps opened", no: "Not opened" } as Record<string, string>,
  clicked: {
    yes: "clicked a link",
    maybe: "perhaps clicked a link",
    no: "no link clicked",
  } as Record<string, string>,
  both: "{opened}, {clicked}",
  deeds: "{n} requests",
  deedsOne: "1 request",
  deedsShown: "The first {n} of {all} are listed.",
  deed: { opened: "The image was loaded.", clicked: "The link {link} was followed." } as Record<
    string,
    string
  >,
  deedOther: "Recorded as {did}.",
  noLink: "(no longer known)",
  agent: "Program: {agent}.",
  noAgent: "The program did not say what it is.",
  networks: {
    microsoft: "From Microsoft's network.",
    scanner: "From a network of mail security.",
  } as Record<string, string>,
  marks: {
    head: "It asked for headers only.",
    prefetch: "It said that it was made in advance.",
  } as Record<string, string>,

  sentTitle: "Mails sent",
  sentText:
    "The name and the address of a sender stay as long as the mail is in Rollcall. To erase them, delete the mail on the page Messages.",
  claimedTitle: "Mails that name this person as their sender",
  claimedText:
    "Whoever prepared them said so, and nobody checked it: a mail sent for somebody else, or a name that is not true.",
  sentName: "Sender's name",
  registeredBy: "Prepared by",
  registeredByLink: "What {actor} did, in the audit trail",

  shownTitle: "Reports shared with this person",
  shownReport: "Report {id}",

  reviewsTitle: "Lists under review",
  reviewsText:
    "The address is among the recipients that somebody is counting for a mail. Rollcall forgets them by itself.",
  review: "Forgotten on {when} at the latest",

  objectionTitle: "Objection",
  objectionText:
    "An objection is to all tracking of this address: in mails that were delivered long ago as well as in those to come, from every sender. Mails still arrive and links still work. Senders see the person as not measured.",
  objects: "This person objects to being tracked since {when}.",
  objectsNot: "No objection is recorded.",
  object: "Record an objection",
  withdraw: "Withdraw the objection",
  changing: "Being recorded …",
  objected: "The objection is recorded. It is in force everywhere within ten seconds.",
  withdrawn: "The objection is withdrawn. Mails to come are tracked again within ten seconds.",

  eraseNothing:
    "The file has all that was found, to be handed out. There is nothing to erase here: what is left belongs to mails that this person sent.",
  erase: "Erase …",
  erasure: {
    title: "Erase this person?",
    which: "All that Rollcall keeps of {address}:",
    goes: [
      "The address, among the recipients of mails. Opens and clicks stay in the totals and are nobody's from then on.",
      "Lists under review that hold the address. Their senders count again.",
      "That reports are shared with this person. They are not open to this person any more.",
    ],
    stays: "What stays:",
    staying: [
      "The name and the address of a sender, in mails that this person sent. Delete the mails for that.",
      "An objection, as a digest, so that no later mail tracks this person again.",
      "The audit trail, which names this person by a digest. A trail that can be changed is none.",
    ],
    warning: "This cannot be undone. Download the file first if this person wants it.",
    confirm: "Erase for good",
  },
  erasing: "Erasing {address}",
  erasingText: "Looking through everything that Rollcall keeps. Erased so far: {found} …",
  erasingStay: "Stay on this page until it is done.",
  erasingTrouble: "What was erased so far: {found}. Trying again goes on from there.",
  erased: "{address} is erased",
  erasedUnfinished: "{address} is erased, except perhaps from mails that are being prepared",
  erasedNothing: "Nothing had to be erased.",
  erasedWhat: "Erased: {found}.",
  erasedFrom: "the address from {n} mails",
  erasedFromOne: "the address from 1 mail",
  erasedReviews: "{n} lists under review",
  erasedReviewsOne: "1 list under review",
  erasedShown: "{n} shared reports",
  erasedShownOne: "1 shared report",
  nothing: "nothing yet",
  unfinished:
    "{n} mails were just being prepared and may have brought the address along. Erase again in ten minutes.",
  unfinishedOne:
    "1 mail was just being prepared and may have brought the address along. Erase again in ten minutes.",
  unfinishedNote: "A mail that was given up while it was prepared is swept away within a day.",
  eraseAgain: "Erase again",
  staysSent: "What stays: the name and address in {n} mails that this person sent.",
  staysSentOne: "What stays: the name and address in 1 mail that this person sent.",
  erasedLater:
    "A mail prepared from now on is a new one. Take the person off the lists first, if they are not to be in it.",
  lookAgain: "Look again",
} as const;
