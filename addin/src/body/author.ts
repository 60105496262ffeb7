/**
 * Which part of a body is its author's, and which parts of that are Outlook's or the signature.
 *
 * A reply holds the thread it answers. Each client marks where that begins in its own way; nothing standard
 * does. What is marked is nobody's to change.
 */

import { decodeAttribute, decodeText } from "./entities";
import type { Scan, StartTag, Token } from "./tokens";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Author {
  /** Where the author's part ends: at the quoted thread, else at the end of the body. */
  readonly end: number;
  readonly hasQuote: boolean;
  /** Cards that Outlook keeps for a link or a file in the cloud. It writes them anew when it likes. */
  readonly cards: readonly Range[];
  readonly signatures: readonly Range[];
}

// Outlook puts x_ in front of names that come from another mail, Gmail something longer.
const FOREIGN = "(?:x_|gmail-(?:m_-?\\d+)?)*";
/** Outlook: on the web and new; classic and older; for Mac; for phones; Hotmail of old. */
const QUOTE_ID = new RegExp(
  `^${FOREIGN}(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|stopSpelling)$`,
  "i",
);
/** Gmail, Yahoo, Thunderbird, Proton, Zoho, Outlook of old, Outlook for phones. */
const QUOTE_CLASS = new RegExp(
  `(?:^|\\s)${FOREIGN}(?:gmail_quote(?:_container)?|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|OutlookMessageHeader|ms-outlook-mobile-reference-message)(?:\\s|$)`,
  "i",
);
/** The line above the header of a quoted mail: Word's, and Outlook for Mac's. */
const QUOTE_LINE = /#e1e1e1|#b5c4df|rgb\(225,225,225\)|rgb\(181,196,223\)/;
const CARD_ID = new RegExp(`^${FOREIGN}(?:LPBorder|OwaReferenceAttachments)`, "i");
const CARD_CLASS = /(?:^|\s)(?:x_)*_EType_OWALinkPreview(?:\s|$)/;
const SIGNATURE_ID = /^(?:x_)*(?:Signature|ms-outlook-mobile-signature|divtagdefaultwrapper_signature)$/i;
const SIGNATURE_CLASS = /(?:^|\s)(?:x_)*gmail_signature(?:\s|$)/i;
const DASHES = /^-{3,}[^-]{3,60}-{3,}$/;
const LABEL = /^[^:：]{1,40}[:：]/;

/** How many tags and texts after a line a header is looked for. */
const HEADER_TOKENS = 60;

/** Looks for the author's part. */
export function findAuthor(html: string, { tokens, sound }: Scan): Author {
  const quote = findQuote(html, tokens);
  const cards = rangesOf(tokens, (tag) => {
    return CARD_ID.test(attributeOf(html, tag, "id")) || CARD_CLASS.test(attributeOf(html, tag, "class"));
  });
  const end = quote < 0 ? endOfBody(tokens, sound) : quote;
  return { end, hasQuote: quote >= 0, cards, signatures: findSignatures(html, tokens, end) };
}

/** The value of the attribute `name`, decoded; "" where there is none. Of two, the first counts. */
export function attributeOf(html: string, tag: StartTag, name: string): string {
  const attribute = tag.attributes.find((each) => each.name === name);
  return attribute ? decodeAttribute(html.slice(attribute.from, attribute.to)).text : "";
}

function endOfBody(tokens: readonly Token[], sound: number): number {
  let html = -1;
  for (let place = tokens.length - 1; place >= 0; place--) {
    const token = tokens[place] as Token;
    if (token.kind === "end" && token.name === "body") {
      return token.from;
    }
    if (token.kind === "end" && token.name === "html" && html < 0) {
      html = token.from;
    }
  }
  return html < 0 ? sound : html;
}

function findQuote(html: string, tokens: readonly Token[]): number {
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place] as Token;
    const isQuote =
      token.kind === "start"
        ? isSeparator(html, token) || (mayBeLine(html, token) && hasHeader(html, tokens, place))
        : token.kind === "text" && isDashedLine(html, tokens, place);
    if (isQuote) {
      return token.from + html.slice(token.from, token.to).search(/\S/);
    }
  }
  return -1;
}

function isSeparator(html: string, tag: StartTag): boolean {
  if (tag.attributes.length === 0) {
    return false;
  }
  const isCited = tag.name === "blockquote" && attributeOf(html, tag, "type").toLowerCase() === "cite";
  return (
    isCited ||
    QUOTE_ID.test(attributeOf(html, tag, "id")) ||
    QUOTE_CLASS.test(attributeOf(html, tag, "class"))
  );
}

function mayBeLine(html: string, tag: StartTag): boolean {
  if (tag.name === "hr") {
    return true;
  }
  const style = tag.name === "div" ? attributeOf(html, tag, "style").toLowerCase().replace(/\s/g, "") : "";
  return style.includes("border") && QUOTE_LINE.test(style);
}

/** Whether From, Sent, To follow, in whatever language: three labels in bold, and an address with them. */
function hasHeader(html: string, tokens: readonly Token[], line: number): boolean {
  const isRule = (tokens[line] as StartTag).name === "hr";
  let bold = 0;
  let labels = 0;
  let hasAddress = false;
  for (let place = line + 1; place < Math.min(tokens.length, line + HEADER_TOKENS); place++) {
    const token = tokens[place] as Token;
    if (token.kind === "text") {
      const text = plain(html, token.from, token.to);
      hasAddress ||= text.includes("@");
      labels += bold > 0 && LABEL.test(text) ? 1 : 0;
      if (text && labels === 0) {
        return false; // A header comes first of all.
      }
      // Word's line stands for a header by itself. A plain rule does not: people draw such, too.
      if (labels >= 3 && (hasAddress || !isRule)) {
        return true;
      }
    } else if (token.name === "b" || token.name === "strong") {
      bold = Math.max(0, bold + (token.kind === "start" ? 1 : -1));
    } else if (isRule && token.kind === "start") {
      if (isSeparator(html, token)) {
        return true;
      }
      if (token.name === "hr") {
        return false;
      }
    }
  }
  return false;
}

/** -----Original Message----- in any language, with lines like From: below. */
function isDashedLine(html: string, tokens: readonly Token[], line: number): boolean {
  const token = tokens[line] as Token;
  if (token.to - token.from > 200 || !DASHES.test(plain(html, token.from, token.to))) {
    return false;
  }
  let labels = 0;
  for (const next of tokens.slice(line + 1, line + 1 + HEADER_TOKENS)) {
    const text = next.kind === "text" ? plain(html, next.from, next.to) : "";
    if (text) {
      labels += LABEL.test(text) ? 1 : 0;
      if (labels === 3 || labels === 0) {
        break;
      }
    }
  }
  return labels === 3;
}

function findSignatures(html: string, tokens: readonly Token[], end: number): readonly Range[] {
  const marked = rangesOf(tokens, (tag) => {
    return (
      SIGNATURE_ID.test(attributeOf(html, tag, "id")) || SIGNATURE_CLASS.test(attributeOf(html, tag, "class"))
    );
  });
  // Word marks only the place where it puts a signature.
  const place = tokens.find(
    (token) =>
      token.kind === "start" && token.name === "a" && attributeOf(html, token, "name") === "_MailAutoSig",
  );
  if (place === undefined) {
    return marked;
  }
  return [...marked.filter(({ from }) => from < place.from), { from: place.from, to: end }];
}

/** From start to end tag, each element that `isMeant`, if it has an end tag and stands in no other such. */
function rangesOf(tokens: readonly Token[], isMeant: (tag: StartTag) => boolean): readonly Range[] {
  const open = new Map<string, { from: number; meant: boolean }[]>();
  const ranges: Range[] = [];
  for (const token of tokens) {
    if (token.kind === "start") {
      const meant = token.attributes.length > 0 && isMeant(token);
      const others = open.get(token.name);
      if (others) {
        others.push({ from: token.from, meant });
      } else if (meant) {
        open.set(token.name, [{ from: token.from, meant }]);
      }
    } else if (token.kind === "end") {
      const begun = open.get(token.name)?.pop();
      if (begun?.meant) {
        while ((ranges.at(-1)?.from ?? -1) > begun.from) {
          ranges.pop();
        }
        ranges.push({ from: begun.from, to: token.to });
      }
    }
  }
  return ranges;
}

/** Text without the blanks around it and with single ones in it. */
function plain(html: string, from: number, to: number): string {
  const text = html.slice(from, Math.min(to, from + 400));
  return decodeText(text)
    .replace(/[\s\u200b]+/g, " ")
    .trim();
}
