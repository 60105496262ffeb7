/** Puts another language's words in the place of the English ones, before the first screen is drawn. */

import { words } from "./common";
import { type Catalogues, type In, languageIn, setLocale } from "./languages";

type Texts = { [name: string]: string | Texts };

/**
 * Speak the first of the languages `asked` for that we have, English without one, and say so in the page.
 * Words that cannot be loaded leave the page English: it is better read so than not at all.
 */
export async function speak<Own extends object>(
  asked: readonly string[],
  own: Own,
  catalogues: Catalogues<Own>,
): Promise<void> {
  const tag = asked.find((one) => languageIn(one)) ?? "en";
  const language = languageIn(tag) ?? "en";
  if (language !== "en") {
    try {
      const catalogue = await catalogues[language]();
      install(words, catalogue.common);
      install(own, catalogue.own);
    } catch {
      return;
    }
  }
  setLocale(tag);
  document.documentElement.lang = language;
}

/** Every text of `words` as `translated` has it. */
export function install<Words extends object>(words: Words, translated: In<Words>): void {
  const into = words as Texts;
  for (const [name, text] of Object.entries(translated as unknown as Texts)) {
    const there = into[name];
    if (typeof text === "string" || typeof there !== "object") {
      into[name] = text;
    } else {
      install(there, text);
    }
  }
}
