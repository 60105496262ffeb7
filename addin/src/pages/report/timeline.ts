/** Events over time: hours into columns that can be looked at, and two mails on one clock. */

import { type Amount, isExact } from "../../amounts";

export interface Split {
  readonly person: number;
  readonly unsure: number;
  readonly machine: number;
}

export interface Hour {
  readonly at: string;
  readonly opened: Split;
  readonly clicked: Split;
}

export type Unit = "minute" | "hour" | "day" | "week";

export interface Bucket {
  readonly start: Date;
  readonly end: Date;
  readonly opened: Split;
  readonly clicked: Split;
}

/** Sums since sending, after so many whole hours. */
export interface Point {
  readonly hour: number;
  readonly opened: number;
  readonly clicked: number;
}

export interface Told {
  readonly sent_at: string | null;
  /** When Outlook was to deliver it, where that was later: its clock starts then. */
  readonly deliver_at?: string | null;
  readonly as_of: string;
  readonly mode: string;
  readonly recipients: Amount;
  readonly withheld?: string | null;
  readonly hours: readonly Hour[];
}

export type Unfairness = "not_sent" | "withheld" | "modes" | "incomplete" | "ages";

export const NOTHING: Split = { person: 0, unsure: 0, machine: 0 };
const MINUTE = 60_000;
const HOUR = 3_600_000;
const BY_MINUTE = 3 * HOUR;
const HOURS_AT_MOST = 72;
const DAYS_AT_MOST = 120;
/** After so long, most of what comes has come, and a difference in age says little. */
const SETTLED = 7 * 24 * HOUR;

/** What a report's course is drawn of: in the first hours of a mail its minutes, then its hours. */
export function courseOf(told: Told & { readonly minutes?: readonly Hour[] }): {
  readonly parts: readonly Hour[];
  readonly unit: Unit;
} {
  const { minutes = [], hours } = told;
  return minutes.length > 0 && ageOf(told) < BY_MINUTE
    ? { parts: minutes, unit: "minute" }
    : { parts: hours, unit: unitFor(hours) };
}

/** Whether hours, days or weeks show the whole time in not too many columns. */
export function unitFor(hours: readonly Hour[]): Unit {
  const first = hours[0];
  const last = hours.at(-1);
  const span = first && last ? (Date.parse(last.at) - Date.parse(first.at)) / HOUR : 0;
  return span < HOURS_AT_MOST ? "hour" : span < DAYS_AT_MOST * 24 ? "day" : "week";
}

/** One column for each unit of time from the first event to the last, empty ones included. Days and weeks
 * are the reader's own; a week begins on Monday. */
export function toBuckets(hours: readonly Hour[], unit: Unit): Bucket[] {
  const found = new Map<number, { opened: Split; clicked: Split }>();
  for (const { at, opened, clicked } of hours) {
    const start = beginning(new Date(at), unit).getTime();
    const before = found.get(start);
    found.set(start, {
      opened: before ? sum(before.opened, opened) : opened,
      clicked: before ? sum(before.clicked, clicked) : clicked,
    });
  }
  const starts = [...found.keys()];
  if (!starts.length) {
    return [];
  }
  const buckets: Bucket[] = [];
  const last = Math.max(...starts);
  for (let start = new Date(Math.min(...starts)); start.getTime() <= last; ) {
    const end = following(start, unit);
    const { opened = NOTHING, clicked = NOTHING } = found.get(start.getTime()) ?? {};
    buckets.push({ start, end, opened, clicked });
    start = end;
  }
  return buckets;
}

export function sum(one: Split, other: Split): Split {
  return {
    person: one.person + other.person,
    unsure: one.unsure + other.unsure,
    machine: one.machine + other.machine,
  };
}

export function total({ person, unsure, machine }: Split): number {
  return person + unsure + machine;
}

/** What people did since the mail was delivered, added up by hours of its own clock: hour 1 ends the hour in
 * which it was. Events that are no person's, or doubtful, are left out. */
export function sinceSent(told: Told): Point[] {
  const start = startOf(told);
  if (start === null) {
    return [];
  }
  const zero = Math.floor(start / HOUR);
  const points: Point[] = [{ hour: 0, opened: 0, clicked: 0 }];
  let opened = 0;
  let clicked = 0;
  const sorted = [...told.hours].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const each of sorted) {
    const hour = Math.floor(Date.parse(each.at) / HOUR) - zero + 1;
    const before = points.at(-1)?.hour ?? 0;
    if (hour - 1 > before) {
      points.push({ hour: hour - 1, opened, clicked }); // nothing happened until then
    }
    opened += each.opened.person;
    clicked += each.clicked.person;
    points.push({ hour: Math.max(hour, 1), opened, clicked });
  }
  const now = Math.max(1, Math.ceil(ageOf(told) / HOUR));
  if (now > (points.at(-1)?.hour ?? 0)) {
    points.push({ hour: now, opened, clicked });
  }
  return points;
}

/** The sums as they stood after so many hours. */
export function pointAt(points: readonly Point[], hour: number): Point {
  const reached = points.filter((point) => point.hour <= hour).at(-1);
  return { hour, opened: reached?.opened ?? 0, clicked: reached?.clicked ?? 0 };
}

/** The points until then, with one for that moment: as far as both of two mails have come. */
export function upTo(points: readonly Point[], hour: number): Point[] {
  return [...points.filter((point) => point.hour < hour), pointAt(points, hour)];
}

const STEPS: Record<Unit, readonly number[]> = {
  minute: [1, 2, 5, 10, 15, 30, 60],
  hour: [1, 2, 3, 6, 12, 24],
  day: [1, 2, 7, 14, 28],
  week: [1, 2, 7, 14, 28],
};

/** Where ticks go below columns: at their beginnings, at round hours of the day, and not too many. */
export function tickPlaces(starts: readonly Date[], unit: Unit, most: number): Date[] {
  for (const step of STEPS[unit]) {
    const places = starts.filter((start, place) => {
      const round = unit === "minute" ? start.getMinutes() : unit === "hour" ? start.getHours() : place;
      return round % step === 0;
    });
    if (places.length <= most) {
      return places;
    }
  }
  const step = Math.ceil(starts.length / most);
  return starts.filter((_, place) => place % step === 0);
}

/** Why two mails cannot be compared fairly; nothing where they can. */
export function unfairness(first: Told, second: Told): Unfairness[] {
  const found: Unfairness[] = [];
  if (first.sent_at === null || second.sent_at === null) {
    found.push("not_sent");
  } else {
    const ages = [ageOf(first), ageOf(second)].sort((a, b) => a - b);
    const [younger = 0, older = 0] = ages;
    if (younger < SETTLED && older > younger * 1.25) {
      found.push("ages");
    }
  }
  if (first.withheld || second.withheld) {
    found.push("withheld");
  }
  if (first.mode !== second.mode) {
    found.push("modes");
  }
  if (!isExact(first.recipients) || !isExact(second.recipients)) {
    found.push("incomplete");
  }
  return found;
}

function ageOf(told: Told): number {
  return Date.parse(told.as_of) - (startOf(told) ?? Date.parse(told.as_of));
}

function startOf({ sent_at, deliver_at }: Told): number | null {
  return sent_at === null ? null : Math.max(Date.parse(sent_at), deliver_at ? Date.parse(deliver_at) : 0);
}

function beginning(at: Date, unit: Unit): Date {
  if (unit === "hour" || unit === "minute") {
    return at;
  }
  const monday = unit === "week" ? (at.getDay() + 6) % 7 : 0;
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() - monday);
}

function following(start: Date, unit: Unit): Date {
  return unit === "hour" || unit === "minute"
    ? new Date(start.getTime() + (unit === "hour" ? HOUR : MINUTE))
    : new Date(start.getFullYear(), start.getMonth(), start.getDate() + (unit === "week" ? 7 : 1));
}
