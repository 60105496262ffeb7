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
  /** Until when Graph asked to wait; null if it did not. */
  readonly waitingUntil: number | null;
  readonly stop: { readonly why: Stop; readonly code: string } | null;
}

/** A copy that needs the person's attention. */
export interface OpenCopy {
  readonly place: number;
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
export function progressOf({ states, next }: Job, moment: Moment): Progress {
  const recipients = states.slice(1);
  const count = (wanted: string) => recipients.filter((state) => state === wanted).length;
  const left = states.filter((state) => state === "waiting").length;
  const pause = Math.max(moment.notBefore, next) - moment.now;
  return {
    state: moment.state,
    total: recipients.length,
    sent: count("sent"),
    failed: count("failed"),
    doubt: count("doubt"),
    waiting: count("waiting") + count("trying"),
    timeLeft: left > 0 ? Math.max(0, pause) + (left - 1) * moment.interval : 0,
    waitingUntil: moment.notBefore > moment.now ? moment.notBefore : null,
    stop: moment.stop,
  };
}

/** The copies that failed or are in doubt. */
export function openIn({ entries, states, codes }: Job): readonly OpenCopy[] {
  return entries.flatMap(({ address }, place) => {
    const state = states[place];
    return state === "failed" || state === "doubt"
      ? [{ place, address, state, code: codes.get(place) ?? "" }]
      : [];
  });
}
