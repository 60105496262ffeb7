/** Words with values in them, as the reader writes numbers. */

import type { Amount } from "../amounts";
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

/** How many, where that may not be known: so many; at least so many; or `unknown`. Of a range the lower end is
 * said, which is true without the other. */
export function amount(
  { at_least: n, at_most }: Amount,
  said: { one: string; many: string; oneOrMore: string; atLeast: string; unknown: string },
): string {
  if (n === at_most) {
    return several(n, said.one, said.many);
  }
  return n === 0 ? said.unknown : several(n, said.oneOrMore, said.atLeast);
}

/** `one` or `many`, with `{n}` filled in. Where a language says none as it says one, as French does, it is
 * said so, unless `one` spells the number out. */
export function several(n: number, one: string, many: string): string {
  const isOne = n === 1 || (one.includes("{n}") && new Intl.PluralRules(locale()).select(n) === "one");
  return fill(isOne ? one : many, { n });
}
