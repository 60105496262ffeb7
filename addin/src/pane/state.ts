/** What the pane shows, and how one thing leads to the next. Pure: `next` knows no Outlook and no network. */

import { type Amount, isSame } from "../amounts";
import type { Expansion, RunningExpansion, Trouble } from "../api";
import type { Recipients } from "../outlook/recipients";
import { type Progress, progressOf } from "./progress";
import { shownOf } from "./review";
import { NO_TRACKING, type Tracking } from "./tracking";

/** A count that was seen before this one. */
export interface Before {
  readonly count: Amount;
  /** Whether the sender changed whom the mail is addressed to; else the lists themselves changed. */
  readonly otherRecipients: boolean;
}

/** A count that is shown. */
export interface Review {
  readonly recipients: Recipients;
  readonly stamp: string;
  readonly count: Amount;
  /** When it was counted, in milliseconds since 1970. */
  readonly at: number;
  readonly expansionId: string;
  /** Null where the server has forgotten it, since the mail was prepared or let go. */
  readonly result: Expansion | null;
  /** What the server has forgotten, as this pane saw it: still to be shown. */
  readonly seen?: Expansion | null;
  /** The count as reviewed before, where it was another. */
  readonly before: Before | null;
  /** Whether the recipients changed since. */
  readonly isStale: boolean;
}

export type State =
  | { readonly at: "starting" }
  /** No mail is being written. */
  | { readonly at: "nowhere" }
  /** Nothing is counted yet. */
  | { readonly at: "idle"; readonly recipients: Recipients; readonly wasCancelled: boolean }
  | {
      readonly at: "counting";
      readonly recipients: Recipients;
      readonly since: number;
      readonly progress: Progress | null;
    }
  | {
      readonly at: "stopped";
      readonly trouble: Trouble;
      /** Before when another try is refused, in milliseconds since 1970. */
      readonly notBefore: number | null;
    }
  | { readonly at: "reviewed"; readonly review: Review; readonly tracking: Tracking };

export type Happening =
  | { readonly is: "nowhere" }
  /** Outlook told whom the mail is addressed to. */
  | { readonly is: "recipients"; readonly recipients: Recipients; readonly stamp: string }
  | { readonly is: "counting"; readonly recipients: Recipients; readonly now: number }
  | { readonly is: "progress"; readonly progress: RunningExpansion["progress"]; readonly now: number }
  | { readonly is: "cancelled" }
  | { readonly is: "counted"; readonly review: Review }
  | { readonly is: "stopped"; readonly trouble: Trouble; readonly now: number }
  | { readonly is: "tracking"; readonly tracking: Tracking }
  /** The server forgot the expansion, as asked. */
  | { readonly is: "forgotten" };

export const START: State = { at: "starting" };

/** The state after `happening`. What does not fit the state changes nothing: it was overtaken. */
export function next(state: State, happening: Happening): State {
  switch (happening.is) {
    case "nowhere":
      return { at: "nowhere" };
    case "recipients":
      return withRecipients(state, happening.recipients, happening.stamp);
    case "counting":
      return { at: "counting", recipients: happening.recipients, since: happening.now, progress: null };
    case "progress":
      return state.at === "counting"
        ? {
            ...state,
            progress: progressOf(state.progress, happening.progress, (happening.now - state.since) / 1000),
          }
        : state;
    case "cancelled":
      return state.at === "counting"
        ? { at: "idle", recipients: state.recipients, wasCancelled: true }
        : state;
    case "counted":
      return { at: "reviewed", review: happening.review, tracking: NO_TRACKING };
    case "stopped": {
      const wait = happening.trouble.retryAfter;
      return {
        at: "stopped",
        trouble: happening.trouble,
        notBefore: wait === null ? null : happening.now + wait * 1000,
      };
    }
    case "tracking":
      return state.at === "reviewed" ? { ...state, tracking: happening.tracking } : state;
    case "forgotten":
      return state.at === "reviewed"
        ? {
            ...state,
            review: { ...state.review, seen: shownOf(state.review), result: null, expansionId: "" },
          }
        : state;
  }
}

function withRecipients(state: State, recipients: Recipients, stamp: string): State {
  switch (state.at) {
    case "starting":
      return { at: "idle", recipients, wasCancelled: false };
    case "idle":
      return { ...state, recipients };
    case "reviewed": {
      const isStale = stamp !== state.review.stamp;
      return isStale === state.review.isStale ? state : { ...state, review: { ...state.review, isStale } };
    }
    default:
      return state;
  }
}

/** What was seen before, where a new count says something else. */
export function changeOf(
  seen: { count: Amount; stamp: string } | null,
  now: { count: Amount; stamp: string },
): Before | null {
  return seen && !isSame(seen.count, now.count)
    ? { count: seen.count, otherRecipients: seen.stamp !== now.stamp }
    : null;
}
