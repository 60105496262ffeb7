/** What sending copies needs of the world, and why it may not begin. */

import type { Origins } from "../config";
import type { Ledger } from "./ledger";
import type { Wire } from "./wire";

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Keeps text by key on this device. When `put` has resolved, it is kept. */
export interface Store {
  get(key: string): Promise<string | null>;
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Tools extends Wire {
  readonly copiesPerMinute: number;
  readonly store: Store;
  readonly ledger: Ledger;
  /** Done once the copies cannot be taken back any more, before the first leaves. Throws where it cannot be done. */
  readonly beforeFirst?: () => Promise<unknown>;
  readonly clock?: Clock;
  /** Takes the copies of one message for this pane alone, until what it gives is called; null if another has them. */
  readonly lock?: (id: string) => Promise<(() => void) | null>;
  readonly origins?: Origins;
}

/** The copies of this message are being sent by another pane, or another device. */
export class SentElsewhere extends Error {}

/** The copies of this message were taken back, with the message. */
export class Undone extends Error {}

export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

export const PACE = {
  /** Copies at a time. */
  inFlight: 4,
  /** Milliseconds in which nothing is asked after a refusal; twice as long after each further one. */
  firstWait: 10_000,
  longestWait: 300_000,
  /** So many refusals in a row, and something is wrong with all of them. */
  failing: 5,
  /** Milliseconds after which the server is told that this pane is still there. */
  signOfLife: 60_000,
  /** A copy whose note is older may be another device's by now: a laptop slept, and it is noted anew. */
  stale: 60_000,
} as const;

// Our own codes of copies: the person left it; nobody is to get it any more.
export const LEFT = "left";
export const ERASED = "erased";
