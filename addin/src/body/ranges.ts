/** Places in a body: looked up, and replaced. */

import type { Range } from "./author";

/** Whether a place is in one of the `ranges`, which are in order. */
export function isWithin(ranges: readonly Range[], place: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).from <= place) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return place < (ranges[low - 1]?.to ?? 0);
}

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** `html` with the `edits` done; they are in order, and none within another. */
export function edit(html: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text } of edits) {
    parts.push(html.slice(at, from), text);
    at = to;
  }
  parts.push(html.slice(at));
  return parts.join("");
}
