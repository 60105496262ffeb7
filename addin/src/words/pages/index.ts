/** The words of the web pages, one module for each page; what all of them share stands here. */

import { audit } from "./audit";
import { compare } from "./compare";
import { connection } from "./connection";
import { copies } from "./copies";
import { dashboard } from "./dashboard";
import { following, telling } from "./following";
import { halves } from "./halves";
import { allLinks, links } from "./links";
import { me } from "./me";
import { messages, naming, sharing } from "./messages";
import { notifications } from "./notifications";
import { people } from "./people";
import { byList, ranges, report, rules, sentence, silence, who } from "./report";
import { setup } from "./setup";
import { statement } from "./statement";
import { unrecorded } from "./unrecorded";

/** Everything the pages say. */
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
  rows: "{from} to {to} of {total}",
  allMessages: "All messages",

  nav: {
    label: "Pages",
    messages: "Messages",
    dashboard: "Dashboard",
    connection: "Connection",
    people: "People",
    links: "Links",
    notifications: "Notifications",
    audit: "Audit trail",
    statement: "Statement",
  },

  signIn: {
    title: "Sign in to see your messages",
    text: "Use the account that you write mail with. Rollcall shows you only what you may see.",
    failed: "Rollcall cannot be shown now",
  },

  signOut: {
    button: "Sign out",
    done: "You are signed out of Rollcall",
    doneText:
      "Nothing of your sign-in is left in Rollcall’s tabs. Microsoft 365 may still know who you are in this browser.",
    ofAll: "Sign out of Microsoft 365 as well",
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

  copies,
  messages,
  halves,
  dashboard,
  naming,
  sharing,
  links,
  allLinks,
  ranges,
  sentence,
  silence,
  byList,
  report,
  rules,
  who,
  following,
  telling,
  compare,
  connection,
  notifications,
  people,
  audit,
  me,
  setup,
  statement,
  unrecorded,
} as const;
