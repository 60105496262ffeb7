/** The words that the pane and the pages share. `{name}` is filled in by `fill`. */

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
    counting: "Counting",
    countingText: "One pixel for everybody. Reports give ranges, never names.",
    pseudonymous: "Pseudonymous",
    pseudonymousText:
      "One copy for each recipient, with links of its own. No address is kept, so nobody sees whose they are.",
    individual: "Individual",
    individualText: "One copy for each recipient. The report says who opened and clicked.",
  },

  /** A number that may be open, by itself. */
  amounts: {
    one: "{n}",
    many: "{n}",
    oneOrMore: "at least {n}",
    atLeast: "at least {n}",
    unknown: "not known",
  },

  /** Who joined and left a recurring mail's audience. Numbers are ranges, mostly. */
  turnover: {
    since: "Since the mail of {when}",
    both: "{joined}, {left}",
    joined: {
      exactly: "{least} joined",
      atMost: "at most {most} joined",
      between: "{least} to {most} joined",
    },
    left: {
      exactly: "{least} left",
      atMost: "at most {most} left",
      between: "{least} to {most} left",
    },
    some: { exactly: "{least}", atMost: "at most {most}", between: "{least} to {most}" },
    byList: "Of those who joined, by list:",
  },

  labels: {
    name: "Name of this mail",
    nameText: "To find it again. Recipients do not see it.",
    useSubject: "Use the subject: “{subject}”",
    more: "Campaign and tags",
    morePurpose: "Campaign, tags and purpose",
    campaign: "Campaign",
    tags: "Tags",
    tagsText: "Separated by commas.",
    tooMany: "At most {n} tags can be kept.",
    tooLong: "A tag has at most {n} characters.",
    purpose: "Purpose",
    noPurpose: "None",
    links: "Names of links",
    linksText: "A link is called so in the report. Recipients do not see it.",
    linkName: "Name of {link}",
    useWords: "Use its words: “{words}”",
  },

  verdicts: {
    person: "People",
    unsure: "Unsure",
    machine: "Machines",
  },
} as const;
