/** How far a count is, as a bar and as time left. Both are guesses, since lists turn up on the way. */

import type { RunningExpansion } from "../api";

export interface Progress {
  readonly lists: number;
  readonly listsKnown: number;
  readonly recipients: number;
  /** How many there will be at least, before that is certain. */
  readonly provisional: number | null;
  /** About how many there may be; a guess, to either side. */
  readonly estimate: number | null;
  /** From 0 to 1, and never back. */
  readonly fraction: number;
  /** Null while nothing can be said. */
  readonly secondsLeft: number | null;
  /** For how many seconds a directory asked to wait; null where it did not. */
  readonly waits: number | null;
  /** How many counts of others begin before this one. */
  readonly before: number;
}

type Reported = RunningExpansion["progress"];

// Sooner than this a guess jumps about so much that none is better.
const SECONDS_BEFORE_GUESSING = 3;
const MOST = 0.97;

/** What `now` reports, after `before`; `elapsed` seconds after the count began. */
export function progressOf(before: Progress | null, now: Reported, elapsed: number): Progress {
  const byLists = now.lists_known > 0 ? now.lists_done / now.lists_known : 0;
  const expected = Math.max(now.provisional ?? 0, now.estimate ?? 0);
  const byPeople = expected ? now.recipients / expected : 0;
  const fraction = Math.max(before?.fraction ?? 0, Math.min(MOST, Math.max(byLists, byPeople)));
  const canGuess = elapsed >= SECONDS_BEFORE_GUESSING && fraction >= 0.05;
  return {
    lists: now.lists_done,
    listsKnown: now.lists_known,
    recipients: now.recipients,
    provisional: now.provisional,
    estimate: now.estimate,
    fraction,
    waits: waitOf(now),
    before: now.before,
    secondsLeft: canGuess ? Math.max(1, Math.round((elapsed * (1 - fraction)) / fraction)) : null,
  };
}

/** By the server's clock alone. */
function waitOf({ waits_until, beat_at }: Reported): number | null {
  const left = waits_until == null ? 0 : Math.ceil((Date.parse(waits_until) - Date.parse(beat_at)) / 1000);
  return left > 0 ? left : null;
}

/** Seconds as people say them: to 5 seconds below a minute, to the minute above. */
export function roughly(seconds: number): { unit: "seconds" | "minutes"; n: number } {
  return seconds < 55
    ? { unit: "seconds", n: Math.max(5, Math.ceil(seconds / 5) * 5) }
    : { unit: "minutes", n: Math.max(1, Math.round(seconds / 60)) };
}
