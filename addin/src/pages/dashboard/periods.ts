/** Weeks and months of the dashboard: those without a mail stand in the row, too. */

import { locale } from "../../words/languages";
import { day } from "../dates";

export interface Period<T> {
  readonly start: Date;
  /** Nothing was sent in it, where this is null. */
  readonly value: T | null;
}

const DAY = 86_400_000;
const MOST = 600;

/** Every period from the first to the last. */
export function periodsOf<T extends { readonly start: string }>(
  course: readonly T[],
  by: string,
): Period<T>[] {
  const found: Period<T>[] = [];
  for (const value of course) {
    const start = new Date(value.start);
    for (let last = found.at(-1); last && found.length < MOST; last = found.at(-1)) {
      const next = following(last.start, by);
      // An hour of summer time is less than half a week.
      if (next.getTime() > start.getTime() - 3 * DAY) {
        break;
      }
      found.push({ start: next, value: null });
    }
    found.push({ start, value });
  }
  return found;
}

/** "Mar 26", or "2 Mar" for the week that begins then. */
export function periodText(start: Date, by: string): string {
  return by === "week"
    ? day(start, false)
    : start.toLocaleDateString(locale(), { month: "short", year: "2-digit" });
}

/** The weekday of that number, of which 0 is Monday. */
export function weekdayText(number: number): string {
  return new Date(2024, 0, 1 + number).toLocaleDateString(locale(), { weekday: "long" });
}

/** "14:00" */
export function hourText(number: number): string {
  return new Date(2024, 0, 1, number).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
}

function following(start: Date, by: string): Date {
  return by === "week"
    ? new Date(start.getFullYear(), start.getMonth(), start.getDate() + 7)
    : new Date(start.getFullYear(), start.getMonth() + 1, 1);
}
