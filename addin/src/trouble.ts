/** What did not work, in words for people, wherever it was said. */

import type { components } from "./generated/api";
import { words } from "./words/common";

/** Something that did not work, in words for people: what happened, and what helps. */
export class Trouble extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly remedy: string,
    readonly status = 0,
    /** Seconds to wait before another try, where the answer says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
  }
}

/** What to do, with the text to send to whoever can. */
export function withText(remedy: string, forward: string | null | undefined): string {
  return forward ? `${remedy} “${forward}”` : remedy;
}

/** What an answer that is no success says went wrong (RFC 9457). */
export async function troubleIn(answer: Response): Promise<Trouble> {
  let said: Partial<components["schemas"]["ProblemAnswer"]> = {};
  try {
    said = (await answer.json()) as typeof said;
  } catch {
    // A proxy's page, or nothing at all.
  }
  return new Trouble(
    said.code ?? "unexpected",
    said.detail ?? words.trouble.unexpected,
    withText(said.remedy ?? words.trouble.unexpectedRemedy, said.forward),
    answer.status,
    said.retry_after ?? null,
  );
}

/** Whatever was thrown, as something to show. */
export function asTrouble(thrown: unknown): Trouble {
  return thrown instanceof Trouble
    ? thrown
    : new Trouble("unexpected", words.trouble.unexpected, words.trouble.unexpectedRemedy);
}
