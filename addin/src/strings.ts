/** Every word that people read in the pane and on the pages. `word {name}` is filled in by `fill`. */

export const words = {
  name: "Rollcall",

  trouble: {
    offline: "Rollcall cannot be reached.",
    offlineRemedy: "Check your connection and try again.",
    unexpected: "Something went wrong in Rollcall.",
    unexpectedRemedy: "Try again in a minute. If it stays so, tell your administrator.",
    signIn: "You are not signed in.",
    signInRemedy: "Sign in with your work account and try again.",
    popupBlocked: "The browser did not open the window to sign in.",
    popupBlockedRemedy: "Allow pop-up windows for this page and try again.",
    again: "Try again",
  },

  session: {
    signIn: "Sign in",
    signingIn: "Signing you in …",
    why: "Rollcall needs to know who you are, so that only you see your counts and reports.",
    done: "You are signed in. This window closes by itself.",
  },

  kinds: {
    distribution_list: "distribution list",
    dynamic_distribution_list: "dynamic distribution list",
    mail_enabled_security_group: "mail-enabled security group",
    microsoft_365_group: "Microsoft 365 group",
  } as Record<string, string>,

  modes: {
    overall: "Overall",
    overallText: "One pixel for everybody. Reports give ranges, never names.",
    anonymous: "Anonymous",
    anonymousText: "One copy for each recipient, with links that nobody can assign to a person.",
    individual: "Individual",
    individualText: "One copy for each recipient. The report says who opened and clicked.",
  },

  verdicts: {
    person: "People",
    unsure: "Unsure",
    machine: "Machines",
  },
} as const;

/** The words of the web pages. */
export const pageWords = {
  title: "{page} · Rollcall",
  skip: "Skip to the content",
  loading: "Loading …",
  zone: "Times are those of your time zone, {zone}.",
  signedInAs: "Signed in as {name}",
  close: "Close",
  cancel: "Cancel",
  refresh: "Refresh",
  refreshed: "The numbers are up to date.",
  download: "Download CSV",
  preparing: "Preparing the file …",
  older: "Older",
  newer: "Newer",
  rows: "{from} to {to} of {total}",
  allMessages: "All messages",
  list: { and: "{first} and {last}", more: "{first} and {n} more" },

  nav: { label: "Pages", messages: "Messages", connection: "Connection", audit: "Audit trail" },

  signIn: {
    title: "Sign in to see your messages",
    text: "Use the account that you write mail with. Rollcall shows you only what you may see.",
  },

  refused: {
    title: "This page is for Rollcall admins",
    text: "You are signed in, but without the role Rollcall.Admin. Your own messages and reports are open to you.",
    remedy:
      "If you need this page, ask whoever looks after Rollcall in your organisation for that role in Entra.",
    noRole: "You have no role in Rollcall yet",
    noRoleText: "You are signed in, but nobody has given you the role Rollcall.Sender.",
    noRoleRemedy: "Ask whoever looks after Rollcall in your organisation to add you, then sign in again.",
  },

  unknown: {
    heading: "Page not found",
    title: "There is no page at this address",
    text: "The address may be cut off or out of date. These pages exist:",
  },

  messages: {
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
    linksTo: "links to {hosts}",
    atLeast: "at least {n}",
    incomplete: "not every list could be counted whole",
    shared: "shared with you",
    created: "prepared {when}",
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
      "In Outlook, write a mail, open Rollcall from the ribbon and choose Count recipients. After you reviewed the count, go on with tracking and send. The mail then appears here.",
    emptyPage: "There are no mails on this page any more.",
    deleted: "The mail of {when} was deleted from Rollcall.",
    deletion: {
      title: "Delete this mail from Rollcall?",
      which: "The mail of {when} from {sender}, {recipients}.",
      what: "Its recipients, its opens and clicks, and its report are deleted. This cannot be undone.",
      stays:
        "The mail itself stays in everybody's mailbox. Its links keep leading where they lead; nothing is recorded of it any more.",
      confirm: "Delete for good",
    },
  },

  ranges: {
    nobody: "nobody",
    exactly: "{n}",
    all: "all {n}",
    atMost: "at most {most}",
    between: "between {least} and {most}",
    share: "{least} to {most}",
    of: "of {of} recipient",
    ofSeveral: "of {of} recipients",
    ofAtLeast: "of at least {of} recipients",
    bar: "From 0 to {of}",
    surely: "surely",
    perhaps: "perhaps",
  },

  report: {
    heading: "Report",
    sent: "Sent",
    from: "From",
    recipients: "Recipients",
    mode: "Mode",
    prepared: "Prepared",
    asOf: "As of {time}. Renewed every 30 seconds while you look.",
    stale: "The numbers could not be renewed since {time}.",
    notSentTitle: "This mail has not been sent yet",
    notSentText:
      "Opens and clicks count from the moment it is sent. What came before is the composer showing its own draft.",
    incompleteTitle: "The number of recipients is a lower bound",
    incompleteText:
      "Not every list could be counted whole before sending. Shares are therefore upper limits: of more recipients, they are smaller.",
    missing: "It may have been deleted, or it was not shared with you.",
    opened: "Opened",
    clicked: "Clicked a link",
    people: "people",
    openedNote:
      "Whoever clicked counts as having opened. Who looks at the mail without loading images and clicks nothing leaves no trace, so more may have opened it.",
    overallNote:
      "All copies share one image, so people are estimated: at least half as many as places that asked within one hour, at most as many as there were requests.",
    toldApartNote:
      "Each copy has an image of its own. The range reaches from those who surely did it to those with doubtful signs added.",
    time: "Over time",
    opensOverTime: "Opens",
    clicksOverTime: "Clicks",
    unit: { hour: "by hour", day: "by day", week: "by week" } as Record<string, string>,
    unitOf: { hour: "Hour", day: "Day", week: "Week from" } as Record<string, string>,
    overTimeText: "{all} in all, {unit}. Most by people: {most}, {when}.",
    overTimeNoPeople: "{all} in all, {unit}. None that was surely a person's.",
    showMachines: "Show machines",
    nothingYet: "Nothing has come yet.",
    asTable: "As a table",
    chartFailed: "The drawing could not be loaded; the table below has all of it.",
    allRequests: "All",
    links: "Links",
    linksCaption: "Clicks by link, most clicked by people first",
    link: "Link",
    clickedBy: "People",
    noLinks: "No link of this mail is tracked.",
    linksNote: "Bars show people, on a scale that ends at {n}.",
    judged: "What was recorded, and what we make of it",
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
    gone: "There is no such report",
  },

  rules: {
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
    apple_prefetch: {
      verdict: "unsure",
      text: "Apple's Mail Privacy Protection loads every image after delivery, whether or not anybody looks.",
    },
    no_agent_open: {
      verdict: "unsure",
      text: "The image was loaded by a program that does not say what it is.",
    },
    scan_time_click: {
      verdict: "unsure",
      text: "A click within a minute of sending, when most security scans happen.",
    },
    scan_time_open: {
      verdict: "unsure",
      text: "An open from Microsoft's network within a minute of sending: its image proxy, or a scan.",
    },
    sweep: {
      verdict: "unsure",
      text: "Five links of one recipient within five minutes: a slow scanner, or somebody very keen.",
    },
    unopened_click: {
      verdict: "unsure",
      text: "A click in the first five minutes by a recipient who had not opened the mail.",
    },
    no_sign_of_a_machine: { verdict: "person", text: "No sign of a machine." },
  } as Record<string, { verdict: "person" | "unsure" | "machine" | "none"; text: string }>,

  who: {
    heading: "Recipients",
    text: "This mail was sent in copies, so the report knows who opened and clicked. Looking at single people is recorded in the audit trail.",
    show: "Show recipients",
    filter: "Show",
    filters: {
      all: "Everybody",
      unopened: "Not opened",
      maybe: "Perhaps opened",
      opened: "Opened",
      clicked: "Clicked",
    } as Record<string, string>,
    search: "Search addresses",
    unopenedNote:
      "Not opened means that no image was loaded and no link was clicked. Who blocks images may have looked at the mail all the same.",
    caption: "Recipients and what they did",
    address: "Address",
    opened: "Opened",
    clicked: "Clicked",
    answers: { yes: "yes", maybe: "perhaps", no: "no" } as Record<string, string>,
    erased: "erased at the person's request",
    nobody: "Nobody fits.",
    found: "{n} recipients",
    foundOne: "1 recipient",
    loading: "Loading recipients: {n} of {total} …",
    previous: "Previous",
    next: "Next",
    capped: "The first {n} are listed. The CSV has all of them.",
  },

  sharing: {
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
  },

  compare: {
    heading: "Compare",
    first: "A",
    second: "B",
    which: "{letter}: sent {when}",
    whichUnsent: "{letter}: not sent",
    openReport: "Open this report",
    swap: "Swap A and B",
    unfairTitle: "These two cannot be compared fairly",
    unfair: {
      not_sent: "One of them has not been sent yet.",
      ages: "One is much younger than the other: opens and clicks still come in. Compare the course since sending instead of the totals.",
      modes: "They were sent in different modes, {first} and {second}, which count people in different ways.",
      incomplete: "Not every list could be counted whole, so a share is an upper limit.",
    } as Record<string, string>,
    caption: "Side by side",
    measure: "Measure",
    rows: { opened: "Opened", clicked: "Clicked a link" } as Record<string, string>,
    share: "{measure}, share",
    answer: "Difference",
    split: "{person} by people, {unsure} unsure, {machine} by machines",
    standings: {
      first: "A has the larger share.",
      second: "B has the larger share.",
      unknown: "The ranges overlap: which is larger cannot be told.",
      unfair: "Not fair to say, see above.",
    } as Record<string, string>,
    course: "Since sending",
    courseText:
      "Opens by people for every 100 recipients, added up from the hour of sending. One person can open several times.",
    courseAt: "{hours}: A {first}, B {second}.",
    hoursOne: "After 1 hour",
    hoursMany: "After {n} hours",
    axis: "hours since sending",
    hour: "Hours",
    opensOf: "{letter}, opens",
    clicksOf: "{letter}, clicks",
    links: "Links",
    linksCaption: "People who clicked, by link",
    notIn: "not in this mail",
    noLinks: "Neither mail has tracked links.",
  },

  connection: {
    heading: "Connection",
    intro:
      "Rollcall reads lists as one service account of your organisation. Set it up here, in three steps.",
    states: { connected: "Connected", stopped: "Stopped", disconnected: "Not connected" } as Record<
      string,
      string
    >,
    account: "Service account",
    since: "Connected since",
    lastSuccess: "Last success",
    daysLeft: "Sign-in lapses",
    daysLeftText: "in {n} days if it is never used; Rollcall uses it every day",
    daysLeftSoon: "in {n} days unless it is used",
    never: "never",
    directories: "Directories",
    directoriesCaption: "Directories that are read, with their delegated permissions",
    directory: "Directory",
    permissions: "Permissions",
    state: "State",
    works: "works",
    fails: "does not work",
    noPermissions: "none in Entra: it signs in by itself",
    directoryNames: {
      graph: "Microsoft Graph",
      exchange: "Exchange Online Admin API",
      ews: "Exchange Web Services",
    } as Record<string, string>,
    stepOf: "Step {n}",
    done: "Done",
    next: "Next",
    waiting: "After step 2",
    consentTitle: "Grant the permissions",
    consentText:
      "A tenant administrator opens this link and grants exactly the permissions listed here, all of them delegated: Rollcall never sees more than the service account does.",
    consentAssign:
      "Then assign the service account to the enterprise application Rollcall in Entra, so that nobody else can be connected.",
    consent: "Open the consent page",
    copyConsent: "Copy the link for an administrator",
    copied: "The link is on the clipboard.",
    copyFailed: "The browser did not allow copying. Here is the link:",
    signInTitle: "Sign in as the service account",
    signInText:
      "Microsoft's page opens in this window. Sign in as the service account, not as yourself, within ten minutes. Afterwards come back to this page.",
    signInAgain: "Sign in again, or as another account",
    signIn: "Sign in as the service account",
    starting: "Going to Microsoft …",
    testTitle: "Test a list",
    testText: "Name a list whose members you know. Every directory reads it, and differences are named.",
    testField: "Address of a list",
    test: "Test",
    testing: "Every directory is reading the list …",
    agree: "All directories found the same {n} recipients.",
    agreeAlone: "{directory} found {n} recipients.",
    nobodyFound: "No directory found any recipient.",
    differ: "The directories differ.",
    differAdvice:
      "Rollcall takes the recipients of all directories together, so nobody is lost; this shows whom one of them leaves out.",
    testCaption: "What each directory found in {address}",
    found: "Recipients",
    complete: "Complete",
    completeYes: "yes",
    completeNo: "no",
    seconds: "Seconds",
    missing: "Missing here",
    missingNobody: "nobody",
    missingMany: "{n} missing",
    missingShown: "The first {n} are listed.",
    health: "Health",
    healthText: "What Rollcall depends on, looked at now.",
    healthCaption: "Checks",
    check: "Check",
    checkNames: {
      key_vault: "Key Vault",
      storage: "Storage",
      service_account: "Service account",
      events: "Event journal",
      canary: "Canary list",
    } as Record<string, string>,
    allWell: "Everything works.",
    degraded: "Something needs attention.",
    disconnectTitle: "Disconnect",
    disconnectText:
      "Rollcall forgets the sign-in. Nobody can count lists until an admin connects an account again. Tracking, links and reports go on.",
    disconnect: "Disconnect …",
    disconnection: {
      title: "Disconnect the service account?",
      text: "Rollcall forgets the sign-in of {account}. Counting lists stops here at once, elsewhere within five minutes.",
      stays:
        "Mails that were sent go on being tracked, links keep working and reports stay open. Any admin can connect an account again.",
      confirm: "Disconnect",
    },
  },

  audit: {
    heading: "Audit trail",
    intro:
      "Who did what, and when: counted lists, connections, exports, looks at single people, deletions. Never the members of a list, and never what a mail says.",
    caption: "Records, newest first",
    filters: "Filter",
    kind: "Kind",
    anyKind: "Every kind",
    actor: "Actor (object id)",
    since: "From",
    until: "To",
    apply: "Apply",
    clear: "Clear",
    when: "When",
    what: "What",
    who: "Who",
    rollcall: "Rollcall",
    onlyActor: "Only what {actor} did",
    details: "Details",
    facts: {
      chain: "Chain",
      number: "Number in its chain",
      previous: "Hash of the record before",
      hash: "Hash",
      subject: "Subject",
    } as Record<string, string>,
    older: "Show older records",
    count: "{n} records shown",
    countOne: "1 record shown",
    emptyTitle: "No records",
    emptyText: "Nothing was recorded yet.",
    emptyFiltered: "No record fits this filter.",
    verifyTitle: "How to check that nothing was changed",
    verifyText:
      "Every record holds the hash of the one before it in its chain; each process of Rollcall writes a chain of its own. Once a day the newest hash of every chain is written into another record, and every hash goes to the platform's log as well. Who changes, removes or inserts a record breaks a chain.",
    verifyHow: "Whoever looks after the deployment runs this, and reads which record does not fit:",
    verifyCommand: "python3 dev.py verify-audit",
    kinds: {
      expanded: { name: "List counted", text: "Counted {subject}: {count}, {complete}." },
      expansion_failed: { name: "Count failed", text: "A count came to nothing ({failure})." },
      connection_started: { name: "Sign-in begun", text: "Began to sign the service account in." },
      connection_refused: {
        name: "Sign-in refused",
        text: "A sign-in of the service account was refused ({reason}).",
      },
      connected: { name: "Connected", text: "Connected the service account." },
      disconnected: { name: "Disconnected", text: "Disconnected the service account." },
      list_tested: { name: "List tested", text: "Tested the list {subject} in every directory." },
      audit_exported: { name: "Trail exported", text: "Downloaded the audit trail." },
      process_started: { name: "Process started", text: "A process of Rollcall began a chain of records." },
      anchored: { name: "Chains anchored", text: "The newest hash of every chain was recorded." },
    } as Record<string, { name: string; text: string }>,
    otherKind: "{kind}: {subject}.",
    otherKindAlone: "{kind}.",
    complete: "complete",
    notComplete: "not complete",
    recipients: "{n} recipients",
    recipientsOne: "1 recipient",
    nothing: "nothing",
  },
} as const;

/** The task pane. */
export const paneWords = {
  outlookFailed: "Outlook did not answer.",
  outlookRemedy: "Close this pane and open it again. If that does not help, restart Outlook.",
  heading: "Recipients of this mail",
  starting: "Reading the recipients …",
  nowhere: "Open a mail that you are writing",
  nowhereText: "Rollcall counts whom a mail will reach before you send it.",

  idle: {
    title: "Who will get this mail?",
    text: "Add people or lists in To, Cc or Bcc. Rollcall then opens every list and counts each person once.",
    ready: "This mail is addressed to {n} recipients so far.",
    readyOne: "This mail is addressed to one recipient so far.",
    cancelled: "Counting was cancelled. Nothing was kept.",
    count: "Count recipients",
  },

  counting: {
    title: "Counting recipients",
    begun: "Looking up the addresses …",
    soFar: "so far",
    lists: "{done} of {known} lists read",
    provisional: "{n} expected",
    left: {
      seconds: "About {n} seconds left",
      minutes: "About {n} minutes left",
      minute: "About a minute left",
    },
    bar: "Progress of the count",
    away: "You can go on writing. If you close this pane, the count goes on and is here when you return.",
    cancel: "Cancel",
  },

  stopped: {
    title: "The recipients are not counted",
    signIn: "Sign in",
    wait: "You can try again in {n} seconds.",
    waitOne: "You can try again in one second.",
    untilThen: "Your mail is untouched, and you can send it without a count.",
  },

  review: {
    atLeast: "At least",
    people: "people will get this mail",
    person: "person will get this mail",
    recipients: "recipients will get this mail",
    recipient: "recipient will get this mail",
    counted: "Counted at {time}",
    countedOn: "Counted on {time}",
    again: "Count again",
    complete: "Everybody is counted.",
    short: "This is not everybody",
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
      "The details of this count are gone from the server, as they are once a mail is prepared or let go.",
  },

  recipientNotes: {
    cut: "Outlook may not have told everybody",
    cutText:
      "It gives at most {cap} recipients of {fields}, and that many are there. Further ones are missing from the count. Put them into a list, or spread them over To, Cc and Bcc.",
    fields: { to: "To", cc: "Cc", bcc: "Bcc" },
    unresolved: "Names without an address are not counted",
    unresolvedText:
      "{names}. Have Outlook check the names, or open a contact group with the plus sign in front of it, and count again.",
    names: "{names} and {n} more",
  },

  lists: {
    title: "Lists",
    amount: "{n} lists",
    amountOne: "1 list",
    members: "{n} members",
    membersOne: "1 member",
    recipientsOf: "{n} recipients",
    recipientsOne: "1 recipient",
    open: "Show the lists in {name}",
    more: "Show {n} more lists",
    asOf: "as of {time}",
    notWhole: "not read whole",
    once: "Each list stands where it was met first.",
  },

  overlaps: {
    title: "Overlaps",
    text: "Nobody gets the mail twice, even if they are in several lists.",
    pair: "in both",
    all: "Show all {n} overlaps",
  },

  balance: {
    title: "How the number comes about",
    read: "Addresses and members read",
    lists: "Lists themselves",
    duplicates: "Met more than once",
    without_address: "People without a mailbox",
    unreadable: "Members that are not shown to us",
    not_mail: "Devices and others that get no mail",
    recipients: "Recipients",
    item: "Item",
    amount: "Amount",
    minus: "minus {n}",
  },

  problems: {
    title: "What is missing",
    remedy: "What helps",
    concerns: "Lists concerned",
    more: "and {n} more",
  },
  warnings: { title: "Before you send" },

  people: {
    title: "Recipients one by one",
    search: "Search recipients",
    found: "{n} of {total}",
    none: "No recipient matches.",
    more: "Show more",
    loading: "Loading the recipients …",
  },

  actions: {
    go: "Go on with tracking",
    untracked: "Send without tracking",
    mobile: "On this device Rollcall counts. To track a mail, open the draft in Outlook on a computer.",
    noModes: "Tracking is switched off in your organisation.",
    ready: "Ready. Press Send in Outlook whenever you like.",
    readyText: "Rollcall has forgotten the recipients. Nothing about this mail will be recorded.",
  },

  choose: {
    title: "Tracking",
    back: "Back to the count",
    reading: "Looking for links in your mail …",
    mode: "How to count",
    locked: "Switched off by your administrator.",
    links: "Links",
    linksText: "Clicks on the ticked links are counted. Readers still arrive where the link leads.",
    none: "There are no links in your part of this mail. Opens alone will be counted.",
    all: "Tick all",
    nothing: "Tick none",
    times: "{n} times",
    others: "{n} links stay as they are",
    othersOne: "1 link stays as it is",
    recorded: "What is recorded",
    overall:
      "That somebody opened or clicked, when, and with which kind of program. Not who, and no IP address.",
    anonymous:
      "That somebody opened or clicked, when, and with which kind of program. Each copy has its own links, and nobody can tell whose they are, not even Rollcall.",
    individual: "Who opened and clicked, when, and with which kind of program. Recipients can object.",
    content: "Subject, text and attachments never leave Outlook.",
    prepare: "Add tracking",
    copies: "Go on",
    text: "A plain text mail cannot be tracked",
    textText: "Change the format to HTML in Outlook and open this pane again, or send it without tracking.",
    unreadable: "Outlook does not let Rollcall read this mail",
    unreadableText: "Protected mails cannot be tracked. You can send it without.",
    signature: "in your signature",
    reasons: {
      mail: "opens a new mail",
      phone: "calls or texts a number",
      anchor: "leads to a place in this mail",
      inline: "is part of this mail",
      script: "is no web link",
      file: "leads to a file of a computer",
      relative: "is no complete address",
      scheme: "is no web link",
      invalid: "no browser could open it",
      user: "holds a name or a password",
      unclear: "cannot be read with certainty",
      cloud: "gives recipients access to a shared file",
      meeting: "joins a meeting",
      card: "is a card that Outlook draws",
      wrapped: "is wrapped by Safe Links or another gateway already",
      unsubscribe: "ends a subscription",
      own: "leads to Rollcall itself",
      long: "is too long",
      many: "there are more links than can be tracked",
    } as Record<string, string>,
  },

  working: "One moment …",

  copies: {
    title: "Your Outlook sends a copy to each recipient",
    pace: "{n} copies take about {minutes} minutes.",
    paceOne: "{n} copies take about a minute.",
    alone: "Each recipient sees only their own address, and replies come to you alone.",
    open: "This pane must stay open meanwhile. If it is closed, you can go on later.",
    impossible: "This mail cannot be sent as copies",
    obstacles: {
      reply: "It is a reply or is being forwarded: copies would not belong to the conversation.",
      attachments: "It has attachments. Put them where everybody can open them, and link to them.",
      pictures: "It holds pictures inside the text, which copies would lose.",
      limit: "It has more recipients than the {limit} that your administrator allows for copies.",
      incomplete: "Not all recipients are known, and whoever is missing would get no copy.",
    },
  },

  preparing: {
    registering: "Getting the links …",
    writing: "Adding tracking to your mail …",
    checking: "Checking that nothing else changed …",
    sending: "Sending …",
  },

  restored: {
    title: "Tracking was not added",
    back: "Outlook changed more than the links while it was added, so your mail was put back as it was.",
    notBack:
      "Outlook changed more than the links while it was added, and could not put everything back. Look at your mail before you send it; Undo in Outlook may help.",
    after: "You can send it without tracking. To try once more, count the recipients again.",
  },

  prepared: {
    title: "Tracking is in your mail",
    text: "It counts opens and clicks on {n} links, from the moment you send it.",
    textOne: "It counts opens and clicks on one link, from the moment you send it.",
    textNone: "It counts opens, from the moment you send it.",
    send: "Send now",
    press: "Now press Send",
    pressText: "Opens and clicks count from now on.",
    notSent: "I did not send it",
    disarmed: "Nothing counts until you send it.",
    arm: "I will press Send myself",
    remove: "Take tracking out again",
    editedTitle: "You changed the mail since",
    edited: "Links added after tracking are not counted.",
    lostTitle: "Some of the tracking is gone from the mail",
    lost: "What was taken out cannot be counted. Take the rest out and begin again, or send it as it is.",
    staleTitle: "The recipients changed since you reviewed them",
    stale: "Take tracking out and count again, so that the report is about the right people.",
    recount: "Take out and count again",
    removed: "Tracking was taken out",
    removedText: "Your mail holds the links as you wrote them.",
    removeFailed: "Outlook did not let tracking be taken out.",
    removeRemedy: "Use Undo in Outlook, or write the links again.",
    sendFailed: "Outlook did not send the mail.",
    sendUntrackedRemedy: "Look at what Outlook says, then press Send in Outlook.",
    sendRemedy: "Nothing counts until it is sent. Look at what Outlook says, then try again.",
    sent: "Sent",
    sentText: "The report fills as people open the mail.",
    sentUntracked: "Nothing about this mail is recorded.",
    report: "Open the report",
  },
} as const;

/** What the Smart Alert says, apart from the rest: it must stay small. At most 500 characters, the button 20. */
export const alertWords = {
  button: "Count recipients",
  lists: "This mail goes to {names}. See first how many people that is.",
  changed: "The recipients are not the ones that were counted. Count them again before you send.",
} as const;

/** `text` with each `{name}` replaced by its value; numbers in the reader's way of writing them. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A whole number as the reader writes it. */
export function number(value: number): string {
  return value.toLocaleString();
}

/** `one` or `many`, with `{n}` filled in. */
export function several(n: number, one: string, many: string): string {
  return fill(n === 1 ? one : many, { n });
}
