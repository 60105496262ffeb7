/** Words with values in them, as the reader writes numbers. */

/** `text` with each `{name}` replaced by its value; numbers in the reader's way of writing them. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A whole number as the reader writes it. */
export function number(value: number): string {
  return value.toLocaleString();
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

/** `one` or `many`, with `{n}` filled in. */
export function several(n: number, one: string, many: string): string {
  return fill(n === 1 ? one : many, { n });
}
