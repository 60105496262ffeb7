/** Amounts: how many of something, which may not be known, or only to be so many at least. */

/** As the API has them. Without an upper end, `at_most` is null; at least none of that is not known at all. */
export interface Amount {
  readonly at_least: number;
  readonly at_most: number | null;
}

export type Shape = "exactly" | "atLeast" | "atMost" | "between" | "unknown";

export const UNKNOWN: Amount = { at_least: 0, at_most: null };

/** How much is known of an amount. */
export function shapeOf({ at_least, at_most }: Amount): Shape {
  if (at_most === null) {
    return at_least > 0 ? "atLeast" : "unknown";
  }
  return at_least === at_most ? "exactly" : at_least > 0 ? "between" : "atMost";
}

export function isExact(amount: Amount): boolean {
  return shapeOf(amount) === "exactly";
}

/** What was counted: so many, where nothing was left out; else at least so many. */
export function counted(n: number, isWhole: boolean): Amount {
  return { at_least: n, at_most: isWhole ? n : null };
}

/** The same, where something else may be missing too. */
export function unless(isWhole: boolean, amount: Amount): Amount {
  return isWhole ? amount : { ...amount, at_most: null };
}

export function isSame(one: Amount, other: Amount): boolean {
  return one.at_least === other.at_least && one.at_most === other.at_most;
}
