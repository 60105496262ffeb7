/** What a count is made of, list by list and one by one: what is loaded with the screen of a count. */

export const lists = {
  title: "Lists",
  amount: "{n} lists",
  amountOne: "1 list",
  members: {
    one: "1 member",
    many: "{n} members",
    oneOrMore: "at least 1 member",
    atLeast: "at least {n} members",
    unknown: "how many members is not known",
  },
  recipients: {
    one: "1 recipient",
    many: "{n} recipients",
    oneOrMore: "at least 1 recipient",
    atLeast: "at least {n} recipients",
    unknown: "how many recipients is not known",
  },
  /** The same, short, in a column of numbers. */
  numbers: { one: "{n}", many: "{n}", oneOrMore: "≥ {n}", atLeast: "≥ {n}", unknown: "?" },
  open: "Show the lists in {name}",
  more: "Show {n} more lists",
  asOf: "as of {time}",
  notWhole: "not read in full",
  once: "A list that turns up several times is shown the first time only.",
} as const;

export const overlaps = {
  title: "Overlaps",
  text: "Nobody gets the mail twice, even if they are in several lists.",
  pair: "in both",
  amount: { all: "{n}", largest: "the largest {n} of {all}", largestOfMany: "the largest {n}" },
  show: {
    all: "Show all {n} overlaps",
    largest: "Show the largest {n} of {all} overlaps",
    largestOfMany: "Show the largest {n} overlaps",
  },
} as const;

export const balance = {
  title: "How this number adds up",
  read: "Addresses and members read",
  lists: "Lists themselves",
  duplicates: "Duplicates",
  without_address: "People without a mailbox",
  unreadable: "Members hidden from Rollcall",
  not_mail: "Devices and other members that get no mail",
  recipients: "Recipients",
  item: "Item",
  amount: "Amount",
  minus: "minus {n}",
} as const;

export const people = {
  title: "All recipients",
  search: "Search recipients",
  found: "{n} of {total}",
  all: "{n} recipients",
  none: "No recipient matches.",
  through: "through {list}",
  throughAndOne: "through {list} and 1 more list",
  throughAndMore: "through {list} and {n} more lists",
  more: "Show more",
  loading: "Loading the recipients …",
  copy: "Copy the addresses",
  copied: "Copied: {n} addresses.",
  copiedOne: "Copied: 1 address.",
  notCopied: "The browser did not allow copying.",
} as const;
