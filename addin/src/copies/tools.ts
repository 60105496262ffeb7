/** What sending copies needs of the world, and why it may not begin. */

import type { Store } from "./job";
import type { Wire } from "./wire";

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Tools extends Wire {
  readonly copiesPerMinute: number;
  readonly store: Store;
  readonly clock?: Clock;
  /** Takes the copies of one message for this pane alone, until what it gives is called; null if another has them. */
  readonly lock?: (id: string) => Promise<(() => void) | null>;
  /** Where tracking URLs lead to. */
  readonly origin?: string;
}

/** The copies of this message are being sent by another pane. */
export class SentElsewhere extends Error {}

/** The copies of this message were sent before. */
export class SentAlready extends Error {}

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
} as const;

// Our own codes of copies: the person left it; nobody is to get it any more.
export const LEFT = "left";
export const ERASED = "erased";
