/**
 * The links of a mail's body: found, and replaced where they stand.
 *
 * Only values of href in the author's part change; a line and a pixel are added once. Every other byte stays
 * as Outlook wrote it, and `removeTracking` brings the old ones back.
 */

import { ourOrigins } from "../config";
import { attributeOf } from "./attributes";
import { type Author, type Doubt, findAuthor } from "./author";
import { decodeAttribute, decodeText, encodeAttribute } from "./entities";
import { isGuess, isUnsubscribing, judge, type Limits, MAX_LINKS, type Reason } from "./kinds";
import { noticeRanges } from "./notice";
import { type Edit, edit, isWithin } from "./ranges";
import { type Attribute, type Scan, type StartTag, scan, type Token } from "./tokens";

export type { Reason } from "./kinds";

/** A link as the person sees it: the same URL twice is one. */
export interface Link {
  /** Its place among all. */
  readonly index: number;
  /** What to register and what `splice` wants, if tracked; else what the mail says. */
  readonly url: string;
  /** How often it stands in the author's part. */
  readonly count: number;
  readonly tracked: boolean;
  /** Why it is not tracked. */
  readonly reason?: Reason;
  /** Whether that is a guess, which the sender may overrule. */
  readonly isGuess: boolean;
  /** Whether readers see an address as its words: some mail programs warn where it then leads elsewhere. */
  readonly saysUrl: boolean;
  /** Whether it stands in the signature only. */
  readonly signature: boolean;
  /** What readers see of it; empty where that is a picture, or an address. It stays in the mail. */
  readonly words: string;
}

export interface Found {
  readonly links: readonly Link[];
  /** Where the author's part ends, and the pixel goes. */
  readonly authorEnd: number;
  /** Whether a quoted thread follows, whose links are left alone. */
  readonly hasQuote: boolean;
  readonly doubt: Doubt | null;
}

/** One href of the author's part. */
interface Use {
  readonly url: string;
  readonly reason: Reason | undefined;
  readonly value: Attribute;
  readonly signature: boolean;
  readonly saysUrl: boolean;
  readonly words: string;
}

const ELEMENTS = new Set(["a", "area"]);
const LONGEST_TEXT = 300;
const URL_TEXT = /^\s*(?:https?:\/\/|www\.)\S+\s*$/i;
/** Bytes after which Gmail shows a mail no further, and fetches no picture (sendgrid/docs 6290, mautic 13522). */
const GMAIL_CUTS = 102 * 1024;
/** For what comes with a mail on its way: tracking URLs, other pictures' addresses, a gateway's banner. */
const ROOM = 22 * 1024;

/** The links in the author's part, in the order in which they stand there. */
export function findLinks(html: string, limits: Limits = here()): Found {
  const { uses, author } = findUses(html, limits);
  const links = new Map<string, { -readonly [Key in keyof Link]: Link[Key] }>();
  for (const use of uses) {
    const tracked = use.reason === undefined;
    const known = links.get(use.url);
    if (known === undefined) {
      links.set(use.url, {
        index: links.size,
        url: use.url,
        count: 1,
        tracked,
        ...(use.reason === undefined ? {} : { reason: use.reason }),
        isGuess: isGuess(use.reason),
        signature: use.signature,
        saysUrl: use.saysUrl,
        words: use.words,
      });
      continue;
    }
    known.count += 1;
    known.signature &&= use.signature;
    known.saysUrl ||= use.saysUrl;
    known.words ||= use.words;
    if (tracked && !known.tracked) {
      known.tracked = true;
      known.isGuess = false;
      delete known.reason;
    }
  }
  return {
    links: [...links.values()],
    authorEnd: author.end,
    hasQuote: author.hasQuote,
    doubt: author.doubt,
  };
}

/** `html` with each href that leads to a key of `targets` leading to its value, the pixel, if any, and `last`,
 * markup that is added at the end of the author's part. */
export function splice(
  html: string,
  targets: ReadonlyMap<string, string>,
  pixelUrl: string | null,
  last = "",
  limits: Limits = here(),
): string {
  return prepare(html, limits)(targets, pixelUrl, last);
}

/** `splice` for one body and many targets, as for copies: the body is read once. */
export function prepare(
  html: string,
  limits: Limits = here(),
): (targets: ReadonlyMap<string, string>, pixelUrl: string | null, last?: string) => string {
  const { uses, author, start } = findUses(html, limits);
  const open = uses.filter(({ reason }) => reason === undefined || isGuess(reason));
  const isLong = new TextEncoder().encode(html.slice(0, author.end)).length > GMAIL_CUTS - ROOM;
  const pixelPlace = isLong && start >= 0 ? start : author.end;
  return (targets, pixelUrl, last = "") => {
    const edits: Edit[] = [];
    const pixel = pixelUrl === null ? "" : pixelMarkup(pixelUrl);
    if (pixel && pixelPlace !== author.end) {
      edits.push({ from: pixelPlace, to: pixelPlace, text: pixel });
    }
    for (const { url, value } of open) {
      const target = targets.get(url);
      if (target !== undefined) {
        edits.push({ from: value.from, to: value.to, text: encodeAttribute(target, value.quote) });
      }
    }
    const added = last + (pixelPlace === author.end ? pixel : "");
    if (added) {
      edits.push({ from: author.end, to: author.end, text: added });
    }
    return edit(html, edits);
  };
}

/** The image that is asked for when a mail is opened. */
export function pixelMarkup(url: string): string {
  return `<img src="${encodeAttribute(url, '"')}" width="1" height="1" alt="" style="border:0">`;
}

/**
 * `html` as it was before `splice` with the same `targets` and `pixelUrl`, and the notice that leads to
 * `noticeUrl`.
 *
 * Given the body from `before` as well, links are spelled as they were there; otherwise as their canonical
 * URLs, which lead to the same place. What was changed since stays.
 */
export function removeTracking(
  html: string,
  targets: ReadonlyMap<string, string>,
  pixelUrl: string | null,
  noticeUrl: string | null = null,
  before?: string,
  limits: Limits = here(),
): string {
  const spelled = before === undefined ? new Map<string, Spelling[]>() : spellings(before, limits);
  const urls = new Map([...targets].map(([url, target]) => [target, url]));
  const scanned = scan(html);
  const line = noticeUrl === null ? [] : noticeRanges(html, scanned.tokens, noticeUrl);
  const edits: Edit[] = line.map((range) => ({ ...range, text: "" }));
  for (const tag of startTags(scanned)) {
    if (tag.name === "img" && pixelUrl !== null && attributeOf(html, tag, "src") === pixelUrl) {
      edits.push({ from: tag.from, to: tag.to, text: "" });
    }
    const value = hrefOf(tag);
    const url = value && urls.get(decodeAttribute(html.slice(value.from, value.to)).text);
    if (value && url !== undefined) {
      // Uses are found in the order in which they were replaced.
      const known = spelled.get(url);
      const old = known && known.length > 1 ? known.shift() : known?.[0];
      const text =
        old === undefined
          ? encodeAttribute(url, value.quote)
          : old.quote === value.quote
            ? old.raw
            : encodeAttribute(decodeAttribute(old.raw).text, value.quote);
      edits.push({ from: value.from, to: value.to, text });
    }
  }
  return edit(
    html,
    edits.sort((a, b) => a.from - b.from),
  );
}

interface Spelling {
  readonly raw: string;
  readonly quote: Attribute["quote"];
}

function spellings(html: string, limits: Limits): Map<string, Spelling[]> {
  const found = new Map<string, Spelling[]>();
  for (const { url, reason, value } of findUses(html, limits).uses) {
    if (reason === undefined || isGuess(reason)) {
      const known = found.get(url) ?? [];
      known.push({ raw: html.slice(value.from, value.to), quote: value.quote });
      found.set(url, known);
    }
  }
  return found;
}

/** The hrefs of the author's part; `start`: where the body begins, -1 where no tag says so. */
function findUses(html: string, limits: Limits): { uses: readonly Use[]; author: Author; start: number } {
  const scanned = scan(html);
  const author = findAuthor(html, scanned, limits.reading);
  const uses: Use[] = [];
  const unsubscribing = new Set<string>();
  scanned.tokens.forEach((token, place) => {
    const value = token.kind === "start" && token.from < author.end ? hrefOf(token) : undefined;
    if (value === undefined) {
      return;
    }
    const { text, unclear } = decodeAttribute(html.slice(value.from, value.to));
    const judged = judge(text, limits);
    const words = wordsOf(html, scanned, place);
    if (judged.reason === undefined && isUnsubscribing(judged.url, words)) {
      unsubscribing.add(judged.url);
    }
    const reason = judged.reason ?? (unclear ? "unclear" : undefined);
    const isCard = reason === undefined && isWithin(author.cards, token.from);
    const signature = isWithin(author.signatures, token.from);
    uses.push({
      url: judged.url,
      reason: isCard ? "card" : reason,
      value,
      signature,
      saysUrl: URL_TEXT.test(words),
      words: URL_TEXT.test(words) ? "" : words.replace(/\s+/g, " ").trim(),
    });
  });
  const body = scanned.tokens.find((token) => token.kind === "start" && token.name === "body");
  const start = body && body.to <= author.end ? body.to : -1;
  return { uses: limited(uses, unsubscribing), author, start };
}

/** The uses, less those that only all of them together show not to be tracked. */
function limited(uses: readonly Use[], unsubscribing: ReadonlySet<string>): readonly Use[] {
  const known = new Set<string>();
  return uses.map((use) => {
    if (use.reason !== undefined) {
      return use;
    }
    if (unsubscribing.has(use.url)) {
      return { ...use, reason: "unsubscribe" };
    }
    if (!known.has(use.url) && known.size === MAX_LINKS) {
      return { ...use, reason: "many" };
    }
    known.add(use.url);
    return use;
  });
}

function hrefOf(tag: StartTag): Attribute | undefined {
  return ELEMENTS.has(tag.name) ? tag.attributes.find(({ name }) => name === "href") : undefined;
}

/** What stands between <a> and </a>. */
function wordsOf(html: string, { tokens }: Scan, place: number): string {
  let words = "";
  for (const token of tokens.slice(place + 1, place + 40)) {
    if (token.kind !== "text" && token.name === "a") {
      break;
    }
    if (token.kind === "text") {
      words += html.slice(token.from, Math.min(token.to, token.from + LONGEST_TEXT));
    }
  }
  return decodeText(words.slice(0, LONGEST_TEXT)).replace(/\s+/g, " ");
}

function* startTags({ tokens }: Scan): Generator<StartTag> {
  for (const token of tokens as readonly Token[]) {
    if (token.kind === "start") {
      yield token;
    }
  }
}

function here(): Limits {
  return ourOrigins();
}
