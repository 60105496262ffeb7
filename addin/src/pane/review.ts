/** What a review shows, worked out from a count: pure, and quick for thousands of lists. */

import { shapeOf } from "../amounts";
import { type Expansion, type ListEntry, withText } from "../api";
import type { Review } from "./state";

const NOBODY_THERE = ["not_found", "not_an_address"];

/** What there is to show of a count, the server having forgotten it or not; null where this pane never saw it. */
export function shownOf({ result, seen }: Review): Expansion | null {
  return result ?? seen ?? null;
}

/** What a count amounts to: some people, or nobody because the addresses are nobody's, or nothing that is known. */
export function standingOf(review: Review): "some" | "nobody" | "unknown" {
  const { count } = review;
  const result = shownOf(review);
  if (shapeOf(count) !== "unknown") {
    return "some";
  }
  // Whose domain an address is in is not known: it may be somebody's outside.
  const isSure = result !== null && result.external !== null && result.problems.length > 0;
  return isSure && result.problems.every(({ code }) => NOBODY_THERE.includes(code)) ? "nobody" : "unknown";
}

/** Whether anybody may get the mail, as far as is known. */
export function mayReach(review: Review): boolean {
  return standingOf(review) !== "nobody" && review.count.at_most !== 0;
}

export interface Tree {
  readonly roots: readonly ListEntry[];
  readonly childrenOf: ReadonlyMap<string, readonly ListEntry[]>;
}

/** The lists as a tree, in the order in which they were told. */
export function treeOf(lists: readonly ListEntry[]): Tree {
  const known = new Set(lists.map((entry) => entry.id));
  const roots: ListEntry[] = [];
  const childrenOf = new Map<string, ListEntry[]>();
  for (const entry of lists) {
    if (entry.parent === null || !known.has(entry.parent)) {
      roots.push(entry);
    } else {
      const siblings = childrenOf.get(entry.parent);
      if (siblings) {
        siblings.push(entry);
      } else {
        childrenOf.set(entry.parent, [entry]);
      }
    }
  }
  return { roots, childrenOf };
}

export interface Line {
  readonly name: (typeof SUBTRACTED)[number];
  readonly amount: number;
}

const SUBTRACTED = ["lists", "duplicates", "without_address", "unreadable", "not_mail"] as const;

/** The lines that are taken away from what was read; those of nothing are left out. */
export function balanceLines(balance: Expansion["balance"]): Line[] {
  return SUBTRACTED.map((name) => ({ name, amount: balance[name] })).filter((line) => line.amount > 0);
}

export interface Group {
  readonly code: string;
  readonly text: string;
  readonly remedy: string;
  /** The lists it is about; empty where it is the whole mail. */
  readonly lists: readonly string[];
}

/** Problems or warnings that say the same, together; what concerns the whole mail first. */
export function grouped(
  entries: readonly {
    code: string;
    list: string | null;
    text: string;
    remedy?: string;
    forward?: string | null;
  }[],
): Group[] {
  const groups = new Map<string, { code: string; text: string; remedy: string; lists: string[] }>();
  for (const { code, list, text, remedy: helps = "", forward } of entries) {
    const remedy = withText(helps, forward);
    const key = JSON.stringify([code, text, remedy]);
    const group = groups.get(key) ?? { code, text, remedy, lists: [] };
    groups.set(key, group);
    if (list !== null) {
      group.lists.push(list);
    }
  }
  return [...groups.values()].sort(
    (one, other) => Number(one.lists.length > 0) - Number(other.lists.length > 0),
  );
}

/** Mailboxes that are no person's own. */
export function withoutPerson({ shared, room, equipment }: Expansion["mailboxes"]): number {
  return shared + room + equipment;
}
