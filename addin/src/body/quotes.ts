/**
 * Where a mail that is answered or passed on begins in a body.
 *
 * Each client marks that place in its own way; nothing standard does. Besides those marks there is the quoted
 * mail's header, told by what it says (`header-words`) and never by how it looks: people draw lines and set
 * labels in bold, too. What may be the author's own, like a quotation with more text below it, is in doubt.
 */

import { attributeOf } from "./attributes";
import { meaningsOf, type Part } from "./header-words";
import { breaksLine, linesFrom, plain } from "./lines";
import type { StartTag, Token } from "./tokens";

/** What kind of mail Outlook says is being written; "" where it does not say. */
export type ComposeType = "newMail" | "reply" | "forward" | "";

export interface Quote {
  /** The place where it begins. */
  readonly from: number;
  /** Whether there is no doubt that all that follows is another mail. */
  readonly isSure: boolean;
  /** Whether it is taken for another mail where nobody decides. */
  readonly isLikely: boolean;
  /** Its first words. */
  readonly words: string;
}

// Outlook puts x_ in front of names that come from another mail, Gmail something longer.
const FOREIGN = "(?:x_|gmail-(?:m_-?\\d+)?)*";
/** Outlook: on the web and new; classic and older; for Mac; for phones; Hotmail of old. */
const QUOTE_ID = new RegExp(
  `^${FOREIGN}(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|stopSpelling)$`,
  "i",
);
/** Thunderbird, Outlook of old, Outlook for phones: what stands in front of the quoted mail. */
const QUOTE_CLASS = new RegExp(
  `(?:^|\\s)${FOREIGN}(?:moz-cite-prefix|OutlookMessageHeader|ms-outlook-mobile-reference-message)(?:\\s|$)`,
  "i",
);
/** Gmail, Yahoo, Proton, Zoho: what holds the quoted mail, and may be pasted with text below it. */
const HOLDER_CLASS = new RegExp(
  `(?:^|\\s)${FOREIGN}(?:gmail_quote(?:_container)?|yahoo_quoted|protonmail_quote|zmail_extra)(?:\\s|$)`,
  "i",
);
const LABEL = /^\*?([^:：]{1,30}?)\s?\*?[:：]/;
/** A line drawn with characters, perhaps with words in its middle: -----Original Message-----. */
const DRAWN_LINE = /^(?:[-_=–—]{5,}|[-–—]{3,}[^-–—]{3,60}[-–—]{3,})$/;
/** How many lines a header has at the most, those of many recipients included. */
const HEADER_LINES = 12;
/** How many tags may stand between a line and the header below it. */
const BETWEEN = 40;
const WORDS = 80;

/** The places at which another mail may begin, in order. */
export function* findQuotes(html: string, tokens: readonly Token[], compose: ComposeType): Generator<Quote> {
  const isAnswer = compose === "reply" || compose === "forward";
  const behind = new Behind(html, tokens);
  let isLineStart = true;
  let firstOwn = tokens.length; // The first text that is no drawn line.
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place] as Token;
    if (token.kind === "text") {
      const text = plain(html, token.from, token.to);
      if (text && isLineStart) {
        const header = headerAt(html, tokens, place);
        if (header) {
          const start = beginning(html, tokens, place);
          const hasOwn = firstOwn < start;
          yield {
            from: placeOf(html, tokens[start] as Token),
            isSure: isAnswer || (compose === "" && hasOwn && header.hasAddress),
            isLikely: isAnswer || (compose === "" && hasOwn),
            words: header.words,
          };
        }
      }
      if (text && !DRAWN_LINE.test(text)) {
        firstOwn = Math.min(firstOwn, place);
      }
      isLineStart &&= text === "";
      continue;
    }
    isLineStart ||= breaksLine(token);
    if (token.kind === "start" && token.attributes.length > 0) {
      const mark = markOf(html, token);
      if (mark) {
        const goesOn = mark === "holder" && behind.hasText(place);
        const { line } = above(html, tokens, place);
        yield {
          from: placeOf(html, line < 0 ? token : (tokens[line] as Token)),
          isSure: compose !== "newMail" && !goesOn,
          isLikely: compose !== "newMail",
          words: firstWords(html, tokens, place),
        };
      }
    }
  }
}

function markOf(html: string, tag: StartTag): "place" | "holder" | null {
  if (QUOTE_ID.test(attributeOf(html, tag, "id"))) {
    return "place";
  }
  const name = attributeOf(html, tag, "class");
  if (QUOTE_CLASS.test(name)) {
    return "place";
  }
  const isCited = tag.name === "blockquote" && attributeOf(html, tag, "type").toLowerCase() === "cite";
  return isCited || HOLDER_CLASS.test(name) ? "holder" : null;
}

/** The header of a quoted mail whose first line begins at `place`, if one does: who sent it comes first, then
 * when, and to whom or what about, in one language. */
function headerAt(
  html: string,
  tokens: readonly Token[],
  place: number,
): { words: string; hasAddress: boolean } | null {
  const known = new Map<string, Set<Part>>();
  let words = "";
  let hasAddress = false;
  for (const { text } of linesFrom(html, tokens, place, HEADER_LINES)) {
    const meanings = meaningsOf(LABEL.exec(text)?.[1] ?? "");
    if (!words) {
      for (const { language, part } of meanings) {
        if (part === "from") {
          known.set(language, new Set());
        }
      }
      if (known.size === 0) {
        return null;
      }
      words = text.slice(0, WORDS);
    }
    hasAddress ||= text.includes("@");
    for (const { language, part } of meanings) {
      const parts = known.get(language)?.add(part);
      if (parts?.has("sent") && (parts.has("to") || parts.has("subject"))) {
        return { words, hasAddress: hasAddress || hasAddressSoon(html, tokens, place) };
      }
    }
  }
  return null;
}

function hasAddressSoon(html: string, tokens: readonly Token[], place: number): boolean {
  for (const { text } of linesFrom(html, tokens, place, HEADER_LINES / 2)) {
    if (text.includes("@")) {
      return true;
    }
  }
  return false;
}

/** Where the quoted mail with a header or mark at `place` begins: at the line above it, else with its own tags. */
function beginning(html: string, tokens: readonly Token[], place: number): number {
  const { line, start } = above(html, tokens, place);
  return line < 0 ? start : line;
}

/** The line above `place`, without text between, or -1; and where the tags around it begin. */
function above(html: string, tokens: readonly Token[], place: number): { line: number; start: number } {
  let line = -1;
  let start = place;
  for (let at = place - 1; at >= 0 && at >= place - BETWEEN; at--) {
    const token = tokens[at] as Token;
    if (token.kind === "text") {
      const text = plain(html, token.from, token.to);
      if (text && !DRAWN_LINE.test(text)) {
        break;
      }
      line = text ? at : line;
    } else if (token.kind === "start") {
      if (token.name === "body" || token.name === "html") {
        break;
      }
      if (token.name === "hr" || isBorder(html, token)) {
        line = at;
      }
      if (start === at + 1) {
        start = at;
      }
    }
  }
  return { line, start };
}

/** The line above the header: Word's, Outlook for Mac's, Windows Mail's; in whatever colour. */
function isBorder(html: string, tag: StartTag): boolean {
  return tag.name === "div" && /border/i.test(attributeOf(html, tag, "style"));
}

function placeOf(html: string, token: Token): number {
  const blank = token.kind === "text" ? html.slice(token.from, token.to).search(/\S/) : 0;
  return token.from + Math.max(0, blank);
}

/** Tells whether text follows behind an element. */
class Behind {
  private readonly ends = new Map<string, ReadonlyMap<number, number>>();
  private readonly lastText: number;

  constructor(
    html: string,
    private readonly tokens: readonly Token[],
  ) {
    let last = tokens.length - 1;
    while (last >= 0 && !holdsText(html, tokens[last] as Token)) {
      last -= 1;
    }
    this.lastText = last;
  }

  /** Whether some stands after the end tag of the element that begins at `place`, if it has one. */
  hasText(place: number): boolean {
    const { name } = this.tokens[place] as StartTag;
    const ends = this.ends.get(name) ?? this.endsOf(name);
    this.ends.set(name, ends);
    return (ends.get(place) ?? this.tokens.length) < this.lastText;
  }

  /** Where each element of that name ends. */
  private endsOf(name: string): ReadonlyMap<number, number> {
    const ends = new Map<number, number>();
    const open: number[] = [];
    this.tokens.forEach((token, place) => {
      if (token.kind === "start" && token.name === name) {
        open.push(place);
      } else if (token.kind === "end" && token.name === name) {
        ends.set(open.pop() ?? -1, place);
      }
    });
    return ends;
  }
}

function holdsText(html: string, token: Token): boolean {
  return token.kind === "text" && plain(html, token.from, token.to) !== "";
}

function firstWords(html: string, tokens: readonly Token[], place: number): string {
  for (const { text } of linesFrom(html, tokens, place, 1)) {
    return text.slice(0, WORDS);
  }
  return "";
}
