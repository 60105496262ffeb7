/** How far the copies of a message are, for the person who waits. */

import type { Job } from "./job";
import type { Stop } from "./wire";

/** `paused`: some wait or are in doubt, and the person is to go on; `stopped`: and something stands in the way. */
export type RunState = "ready" | "running" | "pausing" | "paused" | "stopped" | "finished";

export interface Progress {
  readonly state: RunState;
  /** Recipients; the sender's own copy is not counted. */
  readonly total: number;
  readonly sent: number;
  readonly failed: number;
  readonly doubt: number;
  readonly waiting: number;
  /** Milliseconds until all are sent, if nothing slows it down. */
  readonly timeLeft: number;
  /** Until when nothing leaves, so that all can be taken back; null where that is over. */
  readonly beginsAt: number | null;
  /** Whether no copy left, nor may have left: all can be taken back. */
  readonly isUntouched: boolean;
  /** Until when Graph asked to wait; null if it did not. */
  readonly waitingUntil: number | null;
  readonly stop: { readonly why: Stop; readonly code: string } | null;
}

/** A copy that needs the person's attention. */
export interface OpenCopy {
  readonly place: number;
  /** Empty where its recipient was erased. */
  readonly address: string;
  readonly state: "failed" | "doubt";
  readonly code: string;
}

/** What an engine knows besides its job. */
export interface Moment {
  readonly state: RunState;
  readonly stop: Progress["stop"];
  readonly notBefore: number;
  readonly interval: number;
  readonly now: number;
}

/** Counts. */
export function progressOf({ states, next, beginsAt }: Job, moment: Moment): Progress {
  const counts = { waiting: 0, trying: 0, sent: 0, failed: 0, doubt: 0 };
  for (const state of states) {
    counts[state] += 1;
  }
  const left = counts.waiting;
  const isUntouched = counts.sent + counts.doubt + counts.trying === 0;
  const own = states[0];
  if (own) {
    counts[own] -= 1;
  }
  const pause = Math.max(moment.notBefore, next, beginsAt) - moment.now;
  return {
    state: moment.state,
    total: Math.max(0, states.length - 1),
    sent: counts.sent,
    failed: counts.failed,
    doubt: counts.doubt,
    waiting: counts.waiting + counts.trying,
    timeLeft: left > 0 ? Math.max(0, pause) + (left - 1) * moment.interval : 0,
    beginsAt: beginsAt > moment.now && isUntouched ? beginsAt : null,
    isUntouched,
    waitingUntil: moment.notBefore > moment.now ? moment.notBefore : null,
    stop: moment.stop,
  };
}

/** The copies that failed or are in doubt. */
export function openIn({ entries, states, codes }: Job): readonly OpenCopy[] {
  return states.flatMap((state, place) =>
    state === "failed" || state === "doubt"
      ? [{ place, address: entries.get(place)?.address ?? "", state, code: codes.get(place) ?? "" }]
      : [],
  );
}
