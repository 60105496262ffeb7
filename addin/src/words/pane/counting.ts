/** Before and while recipients are counted, and when that failed. */

export const idle = {
  title: "Who will get this mail?",
  text: "Add people or lists in To, Cc or Bcc. Rollcall then opens every list and counts each person once.",
  ready: "This mail is addressed to {n} recipients so far.",
  readyOne: "This mail is addressed to one recipient so far.",
  cancelled: "Counting was cancelled. Nothing was kept.",
  count: "Count recipients",
} as const;

export const counting = {
  title: "Counting recipients",
  begun: "Looking up the addresses …",
  soFar: "so far",
  lists: "{done} of {known} lists read",
  before: "{n} other counts come first",
  beforeOne: "One other count comes first",
  waits: "Microsoft asked us to wait, {n} s",
  waitsOne: "Microsoft asked us to wait, 1 s",
  provisional: "At least {n} expected",
  estimate: "About {n} expected",
  left: {
    seconds: "About {n} seconds left",
    minutes: "About {n} minutes left",
    minute: "About a minute left",
  },
  bar: "Progress of the count",
  away: "You can go on writing. If you close this pane, the count goes on and is here when you return.",
  cancel: "Cancel",
} as const;

export const stopped = {
  title: "The recipients are not counted",
  signIn: "Sign in",
  wait: "You can try again in {n} seconds.",
  waitOne: "You can try again in one second.",
  now: "You can try again now.",
  untilThen: "Your mail is untouched, and you can send it without a count.",
} as const;
