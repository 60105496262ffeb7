/** What the webhook tells. */

export const notifications = {
  heading: "Notifications",
  intro:
    "What Rollcall tells the address that an administrator chose: reports after a day and a week, the service account lost and back, and changes of the canary list. What is over is shown for 30 days.",
  target: "Told: {host}",
  offTitle: "Nobody is told",
  offText:
    "To have an address told, set {setting} to it in the function app's settings (https only), and put a signing secret into the vault as {secret}.",
  stalledTitle: "Something is due and was not tried",
  stalledText:
    "Either the secret {secret} is missing in the vault or is no secret, or the timer that tells does not run. The platform's log says which.",
  emptyTitle: "No notifications",
  emptyOff: "Nothing is told as long as no address is set.",
  emptyText: "Nothing has happened since that is told, or it was over more than 30 days ago.",
  caption: "Notifications: those that wait first, then the latest",
  since: "Came up",
  what: "What",
  state: "State",
  fates: { waiting: "Waiting", taken: "Delivered", given_up: "Given up" },
  failing: "Retrying",
  at: { waiting: "Next try: {moment}", taken: "Delivered: {moment}", given_up: "Given up: {moment}" },
  tried: "Tried {n} times.",
  triedOne: "Tried once.",
  untried: "Not tried yet.",
  answered: "The last answer had the status {status}.",
  outcomes: {
    taken: "It was accepted.",
    tls_failed: "The last try failed: no valid certificate.",
    timed_out: "The last try had no answer in time.",
    private_address: "The last try was stopped: the name leads to an address that is not public.",
    unreachable: "The last try reached nobody.",
  } as Record<string, string>,
  kinds: {
    report_ready: "A report is ready",
    connection_lost: "Service account lost",
    connection_back: "Service account back",
    canary_changed: "Canary list changed",
  } as Record<string, string>,
  more: "Show more",
  count: "{n} notifications shown",
  countOne: "1 notification shown",
} as const;
