/** Words with values in them, as the reader writes numbers. */

import { locale } from "./languages";

/** `text` with each `{name}` replaced by its value; numbers in the reader's way of writing them. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A number as the reader writes it. */
export function number(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(locale(), options);
}

/** How many, where that may not be known: so many, if they are `whole`; at least so many; or `unknown`. */
export function amount(
  n: number | null,
  isWhole: boolean,
  said: { one: string; many: string; oneOrMore: string; atLeast: string; unknown: string },
): string {
  if (n === null || (n === 0 && !isWhole)) {
    return said.unknown;
  }
  return isWhole ? several(n, said.one, said.many) : several(n, said.oneOrMore, said.atLeast);
}

/** `one` or `many`, with `{n}` filled in. Where a language says none as it says one, as French does, it is
 * said so, unless `one` spells the number out. */
export function several(n: number, one: string, many: string): string {
  const isOne = n === 1 || (one.includes("{n}") && new Intl.PluralRules(locale()).select(n) === "one");
  return fill(isOne ? one : many, { n });
}
