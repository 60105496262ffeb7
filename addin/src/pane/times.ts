/** Times as the reader writes them. */

import { locale } from "../words/languages";

/** The time of day, with the date where it is not today's. */
export function atTime(time: number, now = Date.now()): string {
  const is = new Date(time);
  const isToday = is.toDateString() === new Date(now).toDateString();
  return isToday
    ? is.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" })
    : is.toLocaleString(locale(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** "25 Nov 2026, 14:03" */
export function inFull(time: number): string {
  return new Date(time).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });
}
