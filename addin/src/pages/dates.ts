/** Moments as the reader writes them, in the reader's own time zone. */

import { locale } from "../words/languages";

const MOMENT: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short" };

/** "25 Nov 2026, 14:03" */
export function moment(at: string | Date): string {
  return new Date(at).toLocaleString(locale(), MOMENT);
}

/** "Wed 25 Nov", or without its name "25 Nov" */
export function day(at: Date, isNamed = true): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  return at.toLocaleDateString(locale(), isNamed ? { ...options, weekday: "short" } : options);
}

/** "Wed" */
export function weekday(at: Date): string {
  return at.toLocaleDateString(locale(), { weekday: "short" });
}

/** "14:00" */
export function clock(at: string | Date, seconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  return new Date(at).toLocaleTimeString(locale(), seconds ? { ...options, second: "2-digit" } : options);
}

/** "Europe/Berlin (GMT+1)" */
export function zone(): string {
  const format = new Intl.DateTimeFormat(locale(), { timeZoneName: "short" });
  const short = format.formatToParts(new Date()).find((part) => part.type === "timeZoneName")?.value;
  const { timeZone } = format.resolvedOptions();
  return short && short !== timeZone ? `${timeZone} (${short})` : timeZone;
}

/** "3 hours ago", in the language of the pages. */
export function ago(at: string, now = Date.now()): string {
  const minutes = Math.round((Date.parse(at) - now) / 60_000);
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  if (minutes > -60) {
    return format.format(Math.min(0, minutes), "minute");
  }
  return minutes > -48 * 60
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.round(minutes / 1440), "day");
}
