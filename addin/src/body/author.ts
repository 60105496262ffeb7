/**
 * Which part of a body is its author's, and which parts of that are Outlook's or the signature.
 *
 * A reply holds the thread it answers. Each client marks where that begins in its own way; nothing standard
 * does. What is marked is nobody's to change.
 */

import { attributeOf } from "./attributes";
import { type ComposeType, findQuotes, type Quote } from "./quotes";
import type { Scan, StartTag, Token } from "./tokens";

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What is known of a body besides its text. */
export interface Reading {
  readonly compose?: ComposeType;
  /** What the sender says of what is in doubt: that it is theirs, or that it is not. */
  readonly isMine?: boolean;
}

/** A part that may be the author's own, or another mail. */
export interface Doubt {
  /** Its first words. */
  readonly words: string;
  readonly isMine: boolean;
}

export interface Author {
  /** Where the author's part ends: at the quoted thread, else at the end of the body. */
  readonly end: number;
  readonly hasQuote: boolean;
  readonly doubt: Doubt | null;
  /** Cards that Outlook keeps for a link or a file in the cloud. It writes them anew when it likes. */
  readonly cards: readonly Range[];
  readonly signatures: readonly Range[];
}

// Outlook puts x_ in front of names that come from another mail, Gmail something longer.
const FOREIGN = "(?:x_|gmail-(?:m_-?\\d+)?)*";
const CARD_ID = new RegExp(`^${FOREIGN}(?:LPBorder|OwaReferenceAttachments)`, "i");
const CARD_CLASS = /(?:^|\s)(?:x_)*_EType_OWALinkPreview(?:\s|$)/;
const SIGNATURE_ID = /^(?:x_)*(?:Signature|ms-outlook-mobile-signature|divtagdefaultwrapper_signature)$/i;
const SIGNATURE_CLASS = /(?:^|\s)(?:x_)*gmail_signature(?:\s|$)/i;
/** Looks for the author's part. */
export function findAuthor(html: string, { tokens, sound }: Scan, reading: Reading = {}): Author {
  const { quote, doubt } = decide(findQuotes(html, tokens, reading.compose ?? ""), reading);
  const cards = rangesOf(tokens, (tag) => {
    return CARD_ID.test(attributeOf(html, tag, "id")) || CARD_CLASS.test(attributeOf(html, tag, "class"));
  });
  const end = quote?.from ?? endOfBody(tokens, sound);
  return { end, hasQuote: quote !== null, doubt, cards, signatures: findSignatures(html, tokens, end) };
}

/** Where another mail begins, and what of that is in doubt: the first place that is. */
function decide(quotes: Iterable<Quote>, { isMine }: Reading): { quote: Quote | null; doubt: Doubt | null } {
  let doubt: Doubt | null = null;
  for (const quote of quotes) {
    if (quote.isSure) {
      return { quote, doubt };
    }
    doubt ??= { words: quote.words, isMine: isMine ?? !quote.isLikely };
    if (!doubt.isMine) {
      return { quote, doubt };
    }
  }
  return { quote: null, doubt };
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
