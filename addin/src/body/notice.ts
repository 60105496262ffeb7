/**
 * The notice: the small line at the end of a tracked mail that says that it is measured, and leads to a page
 * about it. Made here, and found again to be taken out with everything that is its own and nothing else.
 */

import type { Mode } from "../config";
import type { Language } from "../words/languages";
import { noticeWords } from "../words/notice";
import { attributeOf } from "./attributes";
import type { Range } from "./author";
import { decodeText, encodeAttribute } from "./entities";
import type { StartTag, Token } from "./tokens";

const STYLE = "margin:16px 0 0;font-size:12px;line-height:16px;color:#616161";
/** Elements that the line may stand in once Outlook has written it in its own way. */
const BLOCKS = new Set(["p", "div"]);
const CHARACTER = /&(?:#\w+|\w+);|[\s\S]/gu;

/** The line's markup, in a mail of that mode. */
export function noticeMarkup(url: string, mode: Mode, language: Language): string {
  const [said, leads] = wordsOf(mode, language);
  return `<p style="${STYLE}">${said} <a href="${encodeAttribute(url, '"')}">${leads}</a></p>`;
}

/** What of `html` is the line that leads to `url`; nothing where it is not there. */
export function noticeRanges(html: string, tokens: readonly Token[], url: string): readonly Range[] {
  const place = tokens.findIndex(
    (token) => token.kind === "start" && token.name === "a" && attributeOf(html, token, "href") === url,
  );
  if (place < 0) {
    return [];
  }
  const block = blockAround(tokens, place);
  const inside = block ? tokens.slice(block[0] + 1, block[1]) : [];
  const all = textOf(html, inside);
  if (block && LINES.some(([said, leads]) => all.text === bare(said + leads)) && inside.every(isPlain)) {
    return [{ from: (tokens[block[0]] as Token).from, to: (tokens[block[1]] as Token).to }];
  }
  return pieces(html, tokens, place, block?.[0] ?? -1);
}

/** The line where the author wrote in it or beside it: its link, and such of its words as are still there. */
function pieces(html: string, tokens: readonly Token[], place: number, start: number): readonly Range[] {
  const end = endOf(tokens, place);
  const anchor = [tokens[place] as Token, ...(end < 0 ? [] : [tokens[end] as Token])];
  const before = textOf(html, tokens.slice(start + 1, place));
  const within = textOf(html, end < 0 ? [] : tokens.slice(place + 1, end));
  const found: Range[] = anchor.map(({ from, to }) => ({ from, to }));
  for (const [said, leads] of LINES) {
    if (before.text.endsWith(bare(said))) {
      found.push(...before.places.slice(before.text.length - bare(said).length));
    }
    const at = within.text.indexOf(bare(leads));
    if (at >= 0) {
      found.push(...within.places.slice(at, at + bare(leads).length));
      break;
    }
  }
  return merged(html, found);
}

interface Text {
  /** Without blanks, which are Outlook's to move about. */
  readonly text: string;
  /** Where each character stands. */
  readonly places: readonly Range[];
}

function textOf(html: string, tokens: readonly Token[]): Text {
  let text = "";
  const places: Range[] = [];
  for (const token of tokens) {
    if (token.kind !== "text") {
      continue;
    }
    for (const found of html.slice(token.from, token.to).matchAll(CHARACTER)) {
      const said = bare(decodeText(found[0]));
      const from = token.from + found.index;
      for (let unit = 0; unit < said.length; unit++) {
        places.push({ from, to: from + found[0].length });
      }
      text += said;
    }
  }
  return { text, places };
}

/** The innermost block around the tag at `place`: where it starts and ends. */
function blockAround(tokens: readonly Token[], place: number): readonly [number, number] | null {
  let depth = 0;
  for (let at = place - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.kind === "text" || !BLOCKS.has(token.name)) {
      continue;
    }
    depth += token.kind === "end" ? 1 : -1;
    if (depth < 0) {
      const end = endOf(tokens, at);
      return end < 0 ? null : [at, end];
    }
  }
  return null;
}

/** The end tag of the start tag at `place`; -1 without one. */
function endOf(tokens: readonly Token[], place: number): number {
  const { name } = tokens[place] as StartTag;
  let depth = 0;
  for (let at = place + 1; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind !== "text" && token.name === name) {
      depth += token.kind === "start" ? 1 : -1;
      if (depth < 0) {
        return at;
      }
    }
  }
  return -1;
}

/** Whether nothing is lost with it but words. */
function isPlain(token: Token): boolean {
  return token.kind !== "start" || !["img", "table", "p", "div"].includes(token.name);
}

/** In order, each character once; so are blanks between them. */
function merged(html: string, ranges: readonly Range[]): readonly Range[] {
  const all: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && (range.from <= last.to || !bare(html.slice(last.to, range.from)))) {
      last.to = Math.max(last.to, range.to);
    } else {
      all.push({ ...range });
    }
  }
  return all;
}

function bare(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, "");
}

function wordsOf(mode: Mode, language: Language): readonly [string, string] {
  const said = noticeWords[language];
  return [said[mode], mode === "counting" ? said.explains : said.objects];
}

const LINES = (Object.keys(noticeWords) as Language[]).flatMap((language) =>
  (["counting", "pseudonymous", "individual"] as const).map((mode) => wordsOf(mode, language)),
);
