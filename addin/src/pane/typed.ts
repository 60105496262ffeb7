/** Lists that this sender typed lately, kept in the add-in alone: a mistyped address is put right by them. */

const KEY = "rollcall-lists";
const KEPT = 100;
/** So many letters may be wrong, missing, too many or swapped. */
const MOST_SLIPS = 2;

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
}

/** The lists typed lately, the last one first; none where this device keeps nothing. */
export function typedLately(shelf: Shelf | undefined = here()): readonly string[] {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((address) => typeof address === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** Keeps that these lists were typed. */
export function remember(lists: readonly string[], shelf: Shelf | undefined = here()): void {
  try {
    const all = [...new Set([...lists.map((list) => list.toLowerCase()), ...typedLately(shelf)])];
    shelf?.setItem(KEY, JSON.stringify(all.slice(0, KEPT)));
  } catch {
    // A device that keeps nothing suggests nothing.
  }
}

/** Which of `known` was meant by `address`, which nobody has; null where none is near, or two are as near. */
export function meantBy(address: string, known: readonly string[]): string | null {
  const typed = address.toLowerCase();
  const ranked = known
    .filter((one) => one !== typed)
    .map((one) => ({ one, slips: slipsBetween(typed, one) }))
    .filter(({ one, slips }) => slips <= Math.min(MOST_SLIPS, Math.floor(one.indexOf("@") / 3)))
    .sort((a, b) => a.slips - b.slips);
  const [first, second] = ranked;
  return first && first.slips !== second?.slips ? first.one : null;
}

/** How many slips lead from one to the other: optimal string alignment, which takes a swap for one. */
function slipsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_SLIPS) {
    return MOST_SLIPS + 1;
  }
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column] as number) + 1,
        (now[column - 1] as number) + 1,
        (last[column - 1] as number) + same,
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        least = Math.min(least, (before[column - 2] as number) + 1);
      }
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[other.length] as number;
}

function here(): Shelf | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined; // A browser may refuse even to be asked.
  }
}
