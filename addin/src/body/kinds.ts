/** Which links may be tracked, by their URL and their words. */

import type { Reading } from "./author";
import { isGateway } from "./gateways";

/** Why a link is not tracked. The pane has words for each. */
export type Reason =
  | "mail" // mailto:
  | "phone" // tel:, sms:, callto:
  | "anchor" // #place in this mail
  | "inline" // cid:, data:
  | "script" // javascript:, vbscript:
  | "file" // file:, \\server, C:\
  | "relative" // no scheme
  | "scheme" // any other scheme
  | "invalid" // what no browser could open
  | "user" // a name or a password before the host
  | "unclear" // a character reference that is not known here
  | "cloud" // SharePoint, OneDrive, Loop: recipients get access through the link as it is
  | "meeting" // Teams join links
  | "card" // what Outlook draws for a link or a file
  | "wrapped" // by Safe Links or the like
  | "unsubscribe"
  | "own" // Rollcall's own
  | "host" // an admin lets no tracked link lead there
  | "long"
  | "many"; // more than the server takes

export interface Limits {
  /** Where tracking URLs lead to. */
  readonly origin: string;
  /** The app itself, where tracking URLs lead elsewhere. */
  readonly app?: string;
  readonly reading?: Reading;
  readonly hosts?: Hosts;
}

/** Where an admin lets tracked links lead: to all hosts, or to those of `allow`; never to those of `deny`. */
export interface Hosts {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** How many different links the server takes. */
export const MAX_LINKS = 500;
const MAX_TRACKING_URL = 2000;
const TOKEN_OVERHEAD = 47;

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const SCHEMES: Record<string, Reason> = {
  mailto: "mail",
  tel: "phone",
  sms: "phone",
  callto: "phone",
  cid: "inline",
  data: "inline",
  javascript: "script",
  vbscript: "script",
  file: "file",
};
const CLOUD =
  /(?:^|\.)(?:sharepoint(?:-df|-mil)?\.(?:com|us|cn|de)|onedrive\.(?:com|live\.com)|1drv\.(?:ms|com)|docs\.live\.net|loop\.(?:microsoft\.com|cloud\.microsoft))$/;
/** Browsers take more than there are names for. */
const HOST = /^(?:\[.*\]|[a-z0-9._~!$&'()*+,;=-]+)$/;
const MEETING = /(?:^|\.)teams\.(?:microsoft\.(?:com|us)|live\.com|cloud\.microsoft|office\.com)$/;
/** In a URL, as a whole word between its marks. */
const UNSUBSCRIBE_URL =
  /(?:^|[^a-z0-9])(?:unsub(?:scribe[dr]?|scription)?|opt[-_]?out|abmeld(?:en|ung)|abbestell(?:en|ung)|d[eé]sabonne(?:r|ment)|d[eé]sinscri(?:re|ption)|afmeld(?:en|ing)|uitschrijv(?:en|ing))(?![a-z0-9])/i;
/** Said of subscriptions alone. */
const UNSUBSCRIBE_TEXT =
  /unsubscribe|abbestellen|d[ée]sabonner|d[ée]sinscri|darse de baja|cancelar (?:la )?suscripci|disiscri|annulla(?:re)? l.iscrizione|avsluta prenumeration|descadastr/i;
/** Said of much else, too: of a child that does not come to lunch. */
const SIGN_OFF_TEXT =
  /(?:^|[^\p{L}])(?:abmelden|austragen|opt(?:ing)?[- ]?out|afmelden|uitschrijven|avregistrer|wypisz)(?!\p{L})/iu;
const SUBSCRIPTION =
  /newsletter|nieuwsbrief|nyhetsbrev|mailing|rundbrief|verteiler|e-?mails?\b|\bliste?\b|\babo/i;
const FEW_WORDS = 2;

/** How long a URL may be so that its tracking URL, below `origin`, is not too long for old mail programs. */
export function longestTarget(origin: string): number {
  return Math.floor(((MAX_TRACKING_URL - `${origin}/c/x`.length) * 3) / 4) - TOKEN_OVERHEAD;
}

/** What browsers make of an href, or why that may not be tracked. */
export function judge(href: string, limits: Limits): { url: string; reason?: Reason } {
  const text = trimmed(href.replace(/[\t\n\r]/g, "")); // Browsers drop these wherever they stand.
  if (text.startsWith("#")) {
    return { url: text, reason: "anchor" };
  }
  if (text.startsWith("\\\\")) {
    return { url: text, reason: "file" };
  }
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { url: text, reason: "relative" };
  }
  if (scheme !== "http" && scheme !== "https") {
    return { url: text, reason: scheme.length === 1 ? "file" : (SCHEMES[scheme] ?? "scheme") };
  }
  const url = parse(text);
  if (url === null) {
    return { url: text, reason: "invalid" };
  }
  const reason = refusal(url, text, limits);
  return reason === undefined ? { url: url.href } : { url: url.href, reason };
}

/** Whether a reason is a guess of ours, which the sender may overrule, and no rule. */
export function isGuess(reason: Reason | undefined): boolean {
  return reason === "unsubscribe" || reason === "wrapped";
}

/** Whether a link's words, or the URL itself, say that it ends a subscription. */
export function isUnsubscribing(url: string, words: string): boolean {
  const slash = url.indexOf("/", 8);
  const behindHost = slash < 0 ? "" : url.slice(slash);
  if (UNSUBSCRIBE_URL.test(behindHost) || UNSUBSCRIBE_TEXT.test(words)) {
    return true;
  }
  const isShort = words.trim().split(/\s+/).length <= FEW_WORDS;
  return SIGN_OFF_TEXT.test(words) && (isShort || SUBSCRIPTION.test(words));
}

/** Without blanks and control characters at both ends. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= 32) {
    from += 1;
  }
  while (to > from && text.charCodeAt(to - 1) <= 32) {
    to -= 1;
  }
  return text.slice(from, to);
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function hostOf(origin: string): string {
  return new URL(origin).hostname.replace(/\.$/, "");
}

function refusal(url: URL, text: string, limits: Limits): Reason | undefined {
  if (url.username || url.password || /^[^/\\?#]*[/\\]+[^/\\?#]*@/.test(text)) {
    return "user";
  }
  const host = url.hostname.replace(/\.$/, "");
  if (!HOST.test(host) || !host.replace(/\./g, "") || host.startsWith("[::ffff:")) {
    // A browser would try, and find nothing that others can reach. Chromium keeps what may not stand in a
    // host, percent-encoded, where the URL standard has it refuse.
    return "invalid";
  }
  if ([limits.origin, limits.app ?? limits.origin].some((one) => host === hostOf(one))) {
    return "own";
  }
  if (MEETING.test(host) || (host === "aka.ms" && /^\/jointeams/i.test(url.pathname))) {
    return "meeting";
  }
  if (CLOUD.test(host)) {
    return "cloud";
  }
  if (url.href.length > longestTarget(limits.origin)) {
    return "long";
  }
  if (limits.hosts && !admits(limits.hosts, host)) {
    return "host";
  }
  return isGateway(host) ? "wrapped" : undefined;
}

/** A name stands for itself, and for all below it. */
function admits({ allow, deny }: Hosts, host: string): boolean {
  const isNamed = (name: string) => host === name || host.endsWith(`.${name}`);
  return !deny.some(isNamed) && (allow.length === 0 || allow.some(isNamed));
}
