/** What can be said of more than two mails: which share is surely larger than which. */

import { type Crowd, larger } from "../report/ranges";

/** For each crowd the places of those whose share is surely smaller; nothing where one is not known. */
export function surelyAbove(crowds: readonly (Crowd | null)[]): number[][] {
  return crowds.map((one) =>
    crowds.flatMap((other, place) => (one && other && larger(one, other) === "first" ? [place] : [])),
  );
}

/** The places of those that may be the largest: than which no other is surely larger. Nothing of fewer than two. */
export function mayBeLargest(crowds: readonly (Crowd | null)[]): number[] {
  const known = crowds.flatMap((crowd, place) => (crowd ? [place] : []));
  if (known.length < 2) {
    return [];
  }
  const beaten = new Set(surelyAbove(crowds).flat());
  return known.filter((place) => !beaten.has(place));
}

/** "A", "B", and so on. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}
