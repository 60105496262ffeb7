/** In which language, and in whose way of writing numbers and dates, people are spoken to. */

import type { words as common } from "./common";

/** Each has its words in a folder of that name; English stands beside them. */
export type Language = "en" | "de" | "fr" | "es";

/** `Words` in another language: the same names, and texts that tsc demands one by one. */
export type In<Words> = Words extends string
  ? string
  : Words extends readonly string[]
    ? readonly string[]
    : { readonly [Name in keyof Words]: In<Words[Name]> };

/** What a page loads for one language: what all pages share, and what it says itself. */
export interface Catalogue<Own> {
  readonly common: In<typeof common>;
  readonly own: In<Own>;
}

/** How the words of each language but English are loaded. */
export type Catalogues<Own> = Record<Exclude<Language, "en">, () => Promise<Catalogue<Own>>>;

let spoken = "en";

/** The reader's language with its region, as BCP 47 has it: for numbers, dates, and what the app answers. */
export function locale(): string {
  return spoken;
}

/** Speak as `tag` says from now on. Only where its words are there. */
export function setLocale(tag: string): void {
  spoken = tag;
}

/** The language of a tag like `de-AT`; null where it is none of ours. */
export function languageIn(tag: string): Language | null {
  const primary = /^(en|de|fr|es)(?![a-z])/i.exec(tag)?.[1];
  return primary ? (primary.toLowerCase() as Language) : null;
}
