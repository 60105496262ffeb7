/** What is kept of one person, fetched and erased page by page. */

import { asTrouble, type Erasure, type Person, type Trouble } from "../../api";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";

const said = pageWords.people;

export type Found = Required<Person>;
export type Erased = Required<Erasure>;

/** A way through everything that is kept: what it has brought so far, and where it goes on. */
export interface Walk<T> {
  readonly sum?: T;
  readonly after: string;
  readonly isDone: boolean;
  readonly trouble?: Trouble;
}

export const START: Walk<never> = { after: "", isDone: false };

/** Asks until there is no more, from where `from` stopped. `tell` is false once nobody wants to go on. */
export async function walk<T extends { next?: string | null }>(
  ask: (after: string) => Promise<T>,
  add: (sum: Required<T> | undefined, page: T) => Required<T>,
  tell: (state: Walk<Required<T>>) => unknown,
  from: Walk<Required<T>> = START,
): Promise<void> {
  const { trouble: _, ...state } = from;
  let { sum, after } = state;
  try {
    for (let isDone = false; !isDone; ) {
      const page = await ask(after);
      sum = add(sum, page);
      after = page.next ?? "";
      isDone = !page.next;
      if (tell({ sum, after, isDone }) === false) {
        return;
      }
    }
  } catch (thrown) {
    tell({ ...(sum && { sum }), after, isDone: false, trouble: asTrouble(thrown) });
  }
}

/** What two answers of one look tell together. */
export function addFound(sum: Found | undefined, page: Person): Found {
  return {
    ...page,
    received: [...(sum?.received ?? []), ...(page.received ?? [])],
    sent: [...(sum?.sent ?? []), ...(page.sent ?? [])],
    claimed: [...(sum?.claimed ?? []), ...(page.claimed ?? [])],
    expansions: [...(sum?.expansions ?? []), ...(page.expansions ?? [])],
    shown: [...(sum?.shown ?? []), ...(page.shown ?? [])],
    addresses: page.addresses ?? [],
  };
}

/** What two answers of one erasure tell together. */
export function addErased(sum: Erased | undefined, page: Erasure): Erased {
  return {
    ...page,
    messages: [...(sum?.messages ?? []), ...(page.messages ?? [])],
    expansions: (sum?.expansions ?? 0) + page.expansions,
    unfinished: [...(sum?.unfinished ?? []), ...(page.unfinished ?? [])],
    sent: [...(sum?.sent ?? []), ...(page.sent ?? [])],
    shown: [...(sum?.shown ?? []), ...(page.shown ?? [])],
    addresses: page.addresses ?? [],
  };
}

/** How many things were found. */
export function amountOf(found: Found | undefined): number {
  return found ? erasableIn(found) + found.sent.length + found.claimed.length : 0;
}

/** How many of them go when the person is erased. */
export function erasableIn({ received, expansions, shown }: Found): number {
  return received.length + expansions.length + shown.length;
}

/** What a look came to: "Found: 3 mails received, 1 list under review." */
export function outcomeText(person: Found): string {
  const { received, sent, claimed, shown, expansions, objected_at } = person;
  if (amountOf(person) === 0) {
    return objected_at ? said.emptyButObjection : said.empty;
  }
  const found = listed(
    [received.length, said.receivedOne, said.received],
    [sent.length, said.sentOne, said.sent],
    [claimed.length, said.claimedOne, said.claimed],
    [shown.length, said.shownOne, said.shown],
    [expansions.length, said.reviewsOne, said.reviews],
  );
  return fill(said.summary, { found });
}

/** "the address from 3 mails, 1 shared report"; nothing where nothing was there. */
export function erasedText({ messages, shown, expansions }: Erased): string {
  return listed(
    [messages.length, said.erasedFromOne, said.erasedFrom],
    [shown.length, said.erasedShownOne, said.erasedShown],
    [expansions, said.erasedReviewsOne, said.erasedReviews],
  );
}

/** The file that the person may take along: the answers, put together. */
export function fileOf(found: Found): string {
  const { next: _, ...kept } = found;
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** The address in what was typed; undefined if there is none. As wide as the API, which finds whatever a
 * directory once gave. */
export function addressIn(typed: string): string | undefined {
  const address = typed.trim().toLowerCase();
  return address.length <= 320 && /^[^\s\p{C}]+@[^\s\p{C}]+$/u.test(address) ? address : undefined;
}

function listed(...amounts: [number, string, string][]): string {
  return amounts
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => several(n, one, many))
    .join(", ");
}
