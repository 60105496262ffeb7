/** Which language a mail is written in, of those that its notice is written in. */

import type { Language } from "../words/notice";
import { attributeOf } from "./attributes";
import { findAuthor } from "./author";
import { decodeText } from "./entities";
import { scan } from "./tokens";

/** Words that are frequent in one language and in none of the others. */
const FREQUENT: Record<Language, ReadonlySet<string>> = {
  en: new Set(
    "the and of to is are you your we our for with this that have please from not on be will can all new".split(
      " ",
    ),
  ),
  de: new Set(
    "der die das und ist sind sie ihr ihre wir uns unser unsere für mit nicht ein eine einen auf den dem zu im von bitte liebe alle ab zum zur".split(
      " ",
    ),
  ),
};

/** The language of the author's part of `html`; where its words do not tell, the one that it names, or `usual`. */
export function languageOf(html: string, usual: string = globalThis.navigator?.language ?? ""): Language {
  const found = scan(html);
  const { end } = findAuthor(html, found);
  const score: Record<Language, number> = { en: 0, de: 0 };
  let named = "";
  for (const token of found.tokens) {
    if (token.from >= end) {
      break;
    }
    if (token.kind === "start") {
      named ||= attributeOf(html, token, "lang");
    } else if (token.kind === "text") {
      for (const word of decodeText(html.slice(token.from, token.to))
        .toLowerCase()
        .match(/\p{L}+/gu) ?? []) {
        score.en += FREQUENT.en.has(word) ? 1 : 0;
        score.de += FREQUENT.de.has(word) ? 1 : 0;
      }
    }
  }
  if (score.en !== score.de) {
    return score.de > score.en ? "de" : "en";
  }
  return /^de\b/i.test(named || usual) ? "de" : "en";
}
