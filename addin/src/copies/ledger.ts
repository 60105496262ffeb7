/**
 * The ledger of copies: what became of each, kept by the server, which decides which device sends. What it did not
 * note is not sent.
 */

import { type Api, Trouble } from "../api";
import { type Clock, REAL_CLOCK, SentElsewhere, Undone } from "./tools";

/** What the server knows. */
export interface Run {
  /** A letter for each copy, the sender's own first: waiting, trying, sent, failed, doubt. */
  readonly states: string;
  readonly reasons: readonly { readonly place: number; readonly reason: string }[];
  /** Seconds in which no copy may leave. */
  readonly begins_in: number;
  /** Which device sends, or did last; and in how many seconds another may go on. */
  readonly device: string;
  readonly free_in: number;
}

export type Letter = "w" | "t" | "s" | "f" | "d";

/** What became of one copy. */
export interface Noted {
  readonly place: number;
  readonly state: Letter;
  readonly reason: string;
}

export interface Ledger {
  readonly device: string;
  /** How far it is; null where none were begun. */
  look(): Promise<Run | null>;
  /** The run, which is this pane's from now on; begun where there was none. Throws SentElsewhere and Undone. */
  take(): Promise<Run>;
  /** Has the server note it, and keeps the run this pane's, or lets go. Throws SentElsewhere and Undone. */
  note(changes: readonly Noted[], letsGo: boolean): Promise<void>;
}

/** Milliseconds between tries of a server that does not answer; then it is given up. */
const PAUSES = [500, 2_000, 5_000, 15_000, 30_000];
const MOST_CHANGES = 500;
const NOT_A_WORD = /[^A-Za-z0-9_.-]/g;
const LONGEST_WORD = 60;

/** The ledger that Rollcall keeps of the message `id`; `holder` is this life of the pane. */
export function serverLedger(
  api: Pick<Api, "getCopies" | "takeCopies" | "noteCopies">,
  id: string,
  device: string,
  holder = crypto.randomUUID(),
  clock: Clock = REAL_CLOCK,
): Ledger {
  return {
    device,
    look: () =>
      api.getCopies(id).catch((thrown: unknown) => {
        if (thrown instanceof Trouble && thrown.status === 404) {
          return null;
        }
        throw thrown;
      }),
    take: () => insist(() => api.takeCopies(id, { holder, device }), clock),
    note: async (changes, letsGo) => {
      const said = changes.map((one) => ({
        ...one,
        reason: one.reason.replace(NOT_A_WORD, "").slice(0, LONGEST_WORD),
      }));
      do {
        const some = said.splice(0, MOST_CHANGES);
        const lets_go = letsGo && said.length === 0;
        await insist(() => api.noteCopies(id, { holder, changes: some, lets_go }), clock);
      } while (said.length > 0);
    },
  };
}

/** What the server answers, asked again while it cannot; it may hear the same twice. */
async function insist<T>(ask: () => Promise<T>, clock: Clock): Promise<T> {
  for (const pause of [...PAUSES, null]) {
    try {
      return await ask();
    } catch (thrown) {
      const status = thrown instanceof Trouble ? thrown.status : 0;
      if (status === 409) {
        throw new SentElsewhere();
      }
      if (status === 404) {
        throw new Undone();
      }
      const isPassing =
        thrown instanceof Trouble && (thrown.code === "offline" || status === 429 || status >= 500);
      if (!isPassing || pause === null) {
        throw thrown;
      }
      await clock.sleep(pause);
    }
  }
  throw new Error("unreachable");
}
