/** A message's report: its numbers, why an event is judged as it is, who did what. */

export const ranges = {
  people: {
    nobody: "nobody",
    exactly: "{least}",
    all: "all {least}",
    atLeast: "at least {least}",
    atMost: "at most {most}",
    between: "between {least} and {most}",
    unknown: "an unknown number",
  },
  share: "{least} to {most}",
  of: "of {of} recipient",
  ofSeveral: "of {of} recipients",
  ofAtLeast: "of at least {of} recipients",
  ofUnknown: "of an unknown number of recipients",
  unknownShare: "share not known",
  bar: "From 0 to {of}",
  surely: "surely",
  perhaps: "perhaps",
} as const;

/** What a report comes to, in one sentence. */
export const sentence = {
  opened: {
    nobody: "Nobody {of} was seen to open it",
    exactly: "{least} {of} opened it",
    all: "{least} {of} opened it",
    atLeast: "At least {least} {of} opened it",
    unknown: "An unknown number {of} opened it",
    atMost: "At most {most} {of} opened it",
    between: "Between {least} and {most} {of} opened it",
  },
  clicked: {
    nobody: "nobody was seen to follow a link",
    exactly: "{least} followed a link",
    all: "{least} followed a link",
    atLeast: "at least {least} followed a link",
    unknown: "an unknown number followed a link",
    atMost: "at most {most} followed a link",
    between: "between {least} and {most} followed a link",
  },
  most: "“{link}” was followed most, by at least {least}",
  mostExactly: "“{link}” was followed most, by {least}",
  some: "at least {least} followed “{link}”",
  someExactly: "{least} followed “{link}”",
  both: "{first}; {second}.",
  alone: "{first}.",
  partly: "{sentence} Not everything was recorded.",
  label: "In one sentence",
  copy: "Copy the sentence",
  copied: "Copied.",
} as const;

/** Why a report knows less for sure than it might. */
export const silence = {
  none: "The mail did not say that it is measured (ROLLCALL_NOTICE is none). The line that says so is also what tells security scanners from people, so that fewer people are counted for sure.",
  gone: "The line that says that the mail is measured was taken out before sending. It is also what tells security scanners from people, so that fewer people are counted for sure.",
} as const;

export const report = {
  heading: "Report",
  headingOf: "Report on the mail of {when}",
  sent: "Sent",
  from: "From",
  team: "Team",
  teamText: "Whoever is in it sees this report and manages it.",
  recipients: "Recipients",
  mode: "Mode",
  prepared: "Prepared",
  delivery: "To be delivered",
  deliveryText: "as set in Outlook; times count from then on",
  asOf: "As of {time}.",
  renewed: "Renewed every 30 seconds while you look.",
  stale: "The numbers could not be renewed since {time}.",
  asPublished: "As published for {time}.",
  withheldTitle: "This report shows no numbers",
  withheld: {
    too_few:
      "The mail has fewer than {n} recipients. Numbers about so few would tell what single people did.",
    too_few_known:
      "Fewer than {n} recipients of this mail are known. Numbers about so few would tell what single people did.",
    not_yet: "Numbers come out at fixed times after delivery, the same for everybody. The first: {when}.",
    not_recorded:
      "Nothing was recorded of this mail since it was sent, because of your organisation’s settings or its agreement. What its recipients did is not known.",
  } as Record<string, string>,
  noNumbers: "There are no numbers that may be shown.",
  publishedText:
    "So that nobody can be found in this report, people are told in steps of {step} that begin at secret places, and at fixed times. Fewer than {n}, or all but fewer than {n}, are never told apart.",
  publishedNext: "The next numbers: {when}.",
  publishedLast: "These are the last numbers.",
  publishedCaption: "People, as published",
  publishedAt: "As of",
  notSentTitle: "This mail has not been sent yet",
  notSentText:
    "Opens and clicks count from the moment it is sent. What came before is the composer showing its own draft.",
  incompleteTitle: "The number of recipients is a lower bound",
  incompleteText:
    "Not every list could be counted in full before sending. Shares are therefore upper limits: of more recipients, they are smaller.",
  unknownTitle: "How many recipients there are is not known",
  unknownText: "No list of this mail showed its members before sending, so no share can be told.",
  closedTitle: "Measured until {when}",
  closedText:
    "The numbers stay as they are. Opens and clicks became sums by then, so nothing says any more what a single recipient did.",
  missing: "It may have been deleted, or it was not shared with you.",
  opened: "Opened",
  clicked: "Clicked a link",
  openedNote:
    "Whoever clicked counts as having opened. Who looks at the mail without loading images and clicks nothing leaves no trace, so more may have opened it.",
  noOpens: "Opens are not measured in this mail, only clicks: how many opened it is not known.",
  notMeasuredAtAll: "not measured",
  notMeasured:
    "{n} recipients are not measured, because they objected. They may be among those who opened or clicked, so each upper end includes them.",
  notMeasuredOne:
    "One recipient is not measured, because they objected. They may be among those who opened or clicked, so each upper end includes them.",
  countingNote:
    "All copies share one image, so people are estimated: at least half as many as places that asked within one hour, at most as many as there were requests.",
  toldApartNote:
    "Each copy has an image of its own. The range reaches from those who surely did it to those with doubtful signs added.",
  time: "Over time",
  opensOverTime: "Opens",
  clicksOverTime: "Clicks",
  unit: { minute: "by minute", hour: "by hour", day: "by day", week: "by week" } as Record<string, string>,
  unitOf: { minute: "Minute", hour: "Hour", day: "Day", week: "Week from" } as Record<string, string>,
  overTimeText: "{all} in all, shown {unit}. Busiest for people: {when}, with {most}.",
  overTimeNoPeople: "{all} in all, shown {unit}. None that was surely a person's.",
  showMachines: "Draw machines too",
  notDrawn: "(not drawn)",
  nothingYet: "Nothing has come yet.",
  asTable: "As a table",
  chartFailed: "The drawing could not be loaded; the table below has all of it.",
  allRequests: "All",
  links: "Links",
  linksCaption: "Clicks by link, most clicked by people first",
  link: "Link",
  clickedBy: "People",
  split: "{person} by people, {unsure} unsure, {machine} by machines",
  noLinks: "No link of this mail is tracked.",
  linksNote: "Bars show people, on a scale that ends at {n}.",
  judged: "What was recorded, and how it is judged",
  judgedText:
    "Security software and mail programs request images and links too. Every request is kept as it came; beside it stands what it is judged to be, and why. When the rules get better, old mails are judged anew.",
  judgedCaption: "Requests as they came, and as they were judged",
  raw: "All requests",
  opens: "Opens",
  clicks: "Clicks",
  reasons: "Reasons",
  reasonsText:
    "How often each rule applied. A request can have several reasons; the first in this order decides.",
  reason: "Reason",
  speaksFor: "Points to",
  times: "Times",
  noReasons: "No request has been judged yet.",
  notCounted: "Not counted",
  notCountedText: "These requests are in none of the numbers above.",
  otherReason: "Another rule ({name}).",
  share: "Share …",
  print: "Print",
  workbook: "Download for Excel",
  gone: "There is no such report",
} as const;

/** How each list that the sender typed did. */
export const byList = {
  heading: "By list",
  caption: "What became of the mail in each list that was typed",
  list: "List",
  recipients: "Recipients",
  overlap: "Whoever is in several of these lists counts in each of them.",
  groups:
    "Lists with fewer than {n} recipients are told of together, and what tells of fewer than {n} people is a range.",
  steps:
    "People are told in groups that are no smaller than {step}, in the same steps and at the same times as above. Lists with fewer than {n} recipients are told of together.",
  together: "{n} small lists together",
  tooFew: "too few to tell",
  notKept: "not kept",
} as const;

export const rules = {
  before_send: {
    verdict: "none",
    text: "It came before the mail was sent: the composer showing its own draft.",
  },
  head_request: { verdict: "none", text: "It asked for headers only, not for the image or the link." },
  prefetch_header: { verdict: "machine", text: "The request itself says that it is made in advance." },
  gmail_prefetch: {
    verdict: "machine",
    text: "Gmail loads images ahead while a mailbox is open; it looked exactly like that.",
  },
  image_proxy: {
    verdict: "person",
    text: "The mailbox provider's proxy loads the image when somebody opens the mail.",
  },
  notice_followed: {
    verdict: "machine",
    text: "The same program also followed the small line that says that the mail is measured.",
  },
  burst: {
    verdict: "machine",
    text: "Several links, or all of them, were requested within seconds, or the image just beside that.",
  },
  scanner_network: {
    verdict: "machine",
    text: "It came from a network of mail security, or a click came from Microsoft's, which checks links.",
  },
  scanner_agent: {
    verdict: "machine",
    text: "The program names itself as mail security, or is on the maintained list of crawlers.",
  },
  no_agent_click: {
    verdict: "machine",
    text: "A link was followed by a program that does not say what it is; browsers always do.",
  },
  no_browser_click: {
    verdict: "machine",
    text: "A link was followed by a program that says that it is no browser.",
  },
  before_delivery: {
    verdict: "unsure",
    text: "It came before the time set for delivery: the sender's own look, or Outlook sent the mail at once.",
  },
  apple_prefetch: {
    verdict: "unsure",
    text: "Apple's Mail Privacy Protection loads every image after delivery, whether or not anybody looks.",
  },
  no_agent_open: {
    verdict: "unsure",
    text: "The image was loaded by a program that does not say what it is.",
  },
  no_browser_open: {
    verdict: "unsure",
    text: "The image was loaded by a program that is neither a browser nor a known mail program.",
  },
  scan_time_click: {
    verdict: "unsure",
    text: "A click within a minute of arrival, when most security scans happen.",
  },
  scan_time_open: {
    verdict: "unsure",
    text: "An open from Microsoft's network within a minute of arrival: its image proxy, or a scan.",
  },
  microsoft_click: {
    verdict: "unsure",
    text: "A click from Microsoft's network: a link check at the time of the click, or a cloud desktop.",
  },
  hurry: {
    verdict: "unsure",
    text: "Too quick for reading: a click right after the first look, or several links at once.",
  },
  sweep: {
    verdict: "unsure",
    text: "Five links of one recipient within five minutes: a slow scanner, or somebody very keen.",
  },
  unopened_click: {
    verdict: "unsure",
    text: "A click in the first half hour by a recipient who had not opened the mail.",
  },
  no_sign_of_a_machine: { verdict: "person", text: "No sign of a machine." },
} as Record<string, { verdict: "person" | "unsure" | "machine" | "none"; text: string }>;

export const who = {
  heading: "Recipients",
  text: "This mail was sent in copies, so the report knows who opened and clicked. Looking at single people is recorded in the audit trail.",
  show: "Show recipients",
  filter: "Show",
  filters: {
    all: "Everybody",
    unopened: "Not opened",
    unsure: "Not opened, or perhaps not",
    maybe: "Perhaps opened",
    opened: "Opened",
    clicked: "Clicked",
    unmeasured: "Not measured",
  } as Record<string, string>,
  search: "Search addresses",
  unopenedNote:
    "Not opened means that no image was loaded and no link was clicked. Who blocks images may have looked at the mail all the same. Who objected to being measured is not listed here.",
  unmeasuredNote:
    "They objected to being measured, so nothing is known of what they did. Do not remind them of it.",
  caption: "Recipients and what they did",
  address: "Address",
  opened: "Opened",
  clicked: "Clicked",
  answers: { yes: "yes", maybe: "perhaps", no: "no", not_measured: "not measured" } as Record<string, string>,
  nobody: "Nobody fits.",
  found: "{n} recipients",
  foundOne: "1 recipient",
  loading: "Loading recipients: {n} of {total} …",
  previous: "Previous",
  next: "Next",
  capped: "The first {n} are listed. The CSV has all of them.",
} as const;
