/** A body's text as lines, as a reader sees them. */

import { decodeText } from "./entities";
import type { Token } from "./tokens";

export interface Line {
  readonly text: string;
  /** The place of its first text among the tokens. */
  readonly first: number;
}

/** Elements after whose tags text goes on in the same line. */
const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code del em font i img ins kbd mark q s samp small span strike strong sub sup tt u var wbr o:p".split(
    " ",
  ),
);
const LONGEST = 400;

/** Up to `most` lines that hold text, from the token at `place` on. Of a long one the beginning. */
export function* linesFrom(
  html: string,
  tokens: readonly Token[],
  place: number,
  most: number,
): Generator<Line> {
  let text = "";
  let first = -1;
  let count = 0;
  for (let at = place; at < tokens.length && count < most; at++) {
    const token = tokens[at] as Token;
    if (token.kind === "text") {
      if (first < 0 && plain(html, token.from, token.to)) {
        first = at;
      }
      if (first >= 0 && text.length < LONGEST) {
        text += html.slice(token.from, Math.min(token.to, token.from + LONGEST));
      }
    } else if (!INLINE.has(token.name) && first >= 0) {
      count += 1;
      yield { text: tidy(decodeText(text)), first };
      [text, first] = ["", -1];
    }
  }
  if (first >= 0 && count < most) {
    yield { text: tidy(decodeText(text)), first };
  }
}

/** Whether a tag begins another line. */
export function breaksLine(token: Token): boolean {
  return token.kind !== "text" && !INLINE.has(token.name);
}

/** Text without the blanks around it and with single ones in it. */
export function plain(html: string, from: number, to: number): string {
  return tidy(decodeText(html.slice(from, Math.min(to, from + LONGEST))));
}

function tidy(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, " ").trim();
}
