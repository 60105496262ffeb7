/** Which language a mail is written in, of those that its notice is written in. */

import { type Language, languageIn } from "../words/languages";
import { attributeOf } from "./attributes";
import { findAuthor, type Reading } from "./author";
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
  fr: new Set(
    "le les et est sont vous nous votre vos notre pour dans avec une du au aux ce cette ces pas sur qui merci bonjour".split(
      " ",
    ),
  ),
  es: new Set(
    "el los las y por para con una del al su sus nuestro nuestra este esta estos ustedes usted gracias hola más".split(
      " ",
    ),
  ),
};

const LANGUAGES = Object.keys(FREQUENT) as Language[];

/**
 * The language of the author's part of `html`, as far as `reading` says that goes; where its words do not tell,
 * the one that it names, or `usual`.
 */
export function languageOf(
  html: string,
  reading: Reading = {},
  usual: string = globalThis.navigator?.language ?? "",
): Language {
  const found = scan(html);
  const { end } = findAuthor(html, found, reading);
  const score: Record<Language, number> = { en: 0, de: 0, fr: 0, es: 0 };
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
        for (const language of LANGUAGES) {
          score[language] += FREQUENT[language].has(word) ? 1 : 0;
        }
      }
    }
  }
  const most = Math.max(...Object.values(score));
  const best = LANGUAGES.filter((language) => score[language] === most);
  return best.length === 1 ? (best[0] as Language) : (languageIn(named || usual) ?? "en");
}
