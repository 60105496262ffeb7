/**
 * What Outlook is told of the add-in, once: both manifests are made of it.
 *
 * The unified manifest serves Outlook on the web and on Windows, the other one Outlook for Mac, phones and older
 * versions, so both stay. Microsoft wants them to have ids and names of their own, and the unified one to hide
 * the other where both are deployed ("Manage both a unified manifest and an add-in only manifest version of your
 * Office Add-in", 2026-05-10). What stands in double braces is filled in by the app, which serves them as
 * /addin/manifest.xml and /addin/manifest.json.
 */

import { TRANSLATIONS } from "./manifest-words.mjs";

export const ORIGIN = "{{origin}}/addin";
export const MAILBOX = "1.5";
export const EVENTS_MAILBOX = "1.12";

export const ADDIN = {
  name: "Rollcall",
  unifiedName: "Rollcall for Microsoft 365",
  fullName: "Rollcall for Outlook",
  color: "#0F6CBD",
  pane: `${ORIGIN}/pane.html`,
  events: { page: `${ORIGIN}/events.html`, script: `${ORIGIN}/events.js`, onSend: "onMessageSend" },
};

/** The buttons, each in a ribbon of its own. All open the pane, which sees what it is beside. */
export const COMMANDS = [
  {
    id: "rollcallCount",
    group: "rollcallGroup",
    action: "openPane",
    surface: "MessageComposeCommandSurface",
    context: "mailCompose",
    string: "Count",
  },
  {
    id: "rollcallReport",
    group: "rollcallReportGroup",
    action: "openReport",
    surface: "MessageReadCommandSurface",
    context: "mailRead",
    string: "Report",
  },
];

export const LANGUAGES = Object.keys(TRANSLATIONS);

export const icon = (size) => `${ORIGIN}/icons/icon-${size}.png`;
