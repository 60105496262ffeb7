/**
 * What is to be sent to whom, and how far that is.
 *
 * Before a copy is handed over, the server notes that it is being tried. What is found so later is in doubt: it
 * may have been sent, and is never sent again unless the person says so. Whose pseudonymous copy is whose is kept
 * on this device alone, until all are sent.
 */

import type { Reading } from "../body/author";
import { languageOf } from "../body/language";
import { prepare } from "../body/links";
import { noticeMarkup } from "../body/notice";
import { type Origins, ourOrigins } from "../config";
import type { Letter, Run } from "./ledger";
import type { Store } from "./tools";
import type { Mail } from "./wire";

export type CopyState = "waiting" | "trying" | "sent" | "failed" | "doubt";

/** What stands in one copy, as the server gave it. */
export interface Urls {
  /** Its place in the sending, from 1, whoever was erased. */
  readonly number: number;
  /** Null where nobody may know whose it is. */
  readonly address: string | null;
  readonly pixel_url: string | null;
  /** Where the recipient is told what is recorded, and can object; null where the mail shall not say so. */
  readonly notice_url: string | null;
  readonly links: Readonly<Record<string, string>>;
  /** Whether others get the very same mail: it takes a yes to be told apart, and this recipient gave none. */
  readonly shared?: boolean;
}

/** One copy: to whom, and which URLs stand in it; 0 in the sender's own, which is not tracked. */
export interface Entry {
  readonly address: string;
  readonly number: number;
}

/** By their place; whoever was erased has none. */
export type Entries = ReadonlyMap<number, Entry>;

export interface Job {
  readonly id: string;
  /** What is known of whose the mail's parts are. */
  readonly reading: Reading;
  readonly entries: Entries;
  readonly states: CopyState[];
  /** Why a copy failed, by its place. */
  readonly codes: Map<number, string>;
  /** Before when no copy may be handed over, to keep the pace. */
  next: number;
  /** Until when the copies can be taken back. */
  beginsAt: number;
}

export const LETTERS: Record<CopyState, Letter> = {
  waiting: "w",
  trying: "t",
  sent: "s",
  failed: "f",
  doubt: "d",
};
const STATES = new Map<string, CopyState>(
  Object.entries(LETTERS).map(([state, letter]) => [letter, state as CopyState]),
);

/**
 * One copy for each recipient, and one for the sender first: it is kept in Sent Items, holds no tracking, and shows
 * that Graph takes the mail before anybody else gets it.
 */
export function entriesOf(sender: string, urls: readonly Urls[]): Entries {
  const own: [number, Entry] = [0, { address: sender, number: 0 }];
  return new Map([
    own,
    ...urls.flatMap(({ address, number }): [number, Entry][] =>
      address === null ? [] : [[number, { address, number }]],
    ),
  ]);
}

/**
 * The same where URLs have no addresses: they go to `addresses` at random, and nobody but this device knows how.
 * Where each address has a group, by its number, the first copies go to those of the first group, and so on.
 */
export function drawn(
  sender: string,
  count: number,
  addresses: readonly string[],
  groups: readonly number[] = [],
  random: (below: number) => number = randomBelow,
): Entries {
  if (addresses.length !== count || (groups.length > 0 && groups.length !== count)) {
    throw new RangeError(`${count} copies for ${addresses.length} recipients`);
  }
  const sets = dealt(groups.length > 0 ? groups : addresses.map(() => 0), random);
  return new Map([
    [0, { address: sender, number: 0 }],
    ...addresses.map((address, at): [number, Entry] => [
      at + 1,
      { address, number: (sets[at] as number) + 1 },
    ]),
  ]);
}

/** A job as far as the server knows it. */
export function jobOf(id: string, entries: Entries, reading: Reading, run: Run, now: number): Job {
  const job: Job = { id, reading, entries, states: [], codes: new Map(), next: 0, beginsAt: 0 };
  adopt(job, run, now);
  return job;
}

/**
 * Takes over what the server knows. What it takes for being tried, and this pane for waiting, was never handed over;
 * of all else this pane does not know better.
 */
export function adopt(job: Job, run: Run, now: number): void {
  const before = [...job.states];
  job.states.splice(0, before.length, ...Array.from(run.states, stateOf));
  job.states.forEach((state, place) => {
    if (state === "trying") {
      job.states[place] = before[place] ?? "doubt";
    }
  });
  job.codes.clear();
  for (const { place, reason } of run.reasons) {
    job.codes.set(place, reason);
  }
  job.beginsAt = run.begins_in > 0 ? now + run.begins_in * 1000 : 0;
}

/** Makes of `mail` what each recipient gets; the mail is read once. */
export function writerOf(
  mail: Mail,
  reading: Reading,
  origins: Origins = ourOrigins(),
): (urls: Urls) => Mail {
  const write = prepare(mail.html, { ...origins, reading });
  const language = languageOf(mail.html, reading);
  return ({ address, links, pixel_url, notice_url, shared }) => {
    const mode = shared ? "counting" : address === null ? "pseudonymous" : "individual";
    const notice = notice_url === null ? "" : noticeMarkup(notice_url, mode, language);
    return { ...mail, html: write(new Map(Object.entries(links)), pixel_url, notice) };
  };
}

/** What this device drew for the message `id`; null if it drew nothing, or forgot it. */
export async function loadDraw(store: Store, id: string): Promise<Entries | null> {
  const text = await store.get(key(id));
  if (text === null) {
    return null;
  }
  const rows = JSON.parse(text) as [string, number][];
  return new Map(rows.map(([address, number], place) => [place, { address, number }]));
}

/** Keeps what was drawn, before anything is begun: without it nobody could go on. */
export async function saveDraw(store: Store, id: string, entries: Entries): Promise<void> {
  const rows = Array.from(entries.values(), ({ address, number }) => [address, number]);
  await store.put(key(id), JSON.stringify(rows));
}

/** Forgets whom which copy went to. */
export async function forgetDraw(store: Store, id: string): Promise<void> {
  await store.remove(key(id));
}

function stateOf(letter: string): CopyState {
  return STATES.get(letter) ?? "doubt";
}

function key(id: string): string {
  return `copies/${id}/drawn`;
}

/** For each place the number of a set, at random among those of its group. */
function dealt(groups: readonly number[], random: (below: number) => number): number[] {
  const members: number[][] = [];
  groups.forEach((group, place) => {
    members[group] ??= [];
    members[group].push(place);
  });
  const sets: number[] = [];
  let first = 0;
  for (const places of members.filter(Boolean)) {
    const order = shuffled(places.length, random);
    places.forEach((place, at) => {
      sets[place] = first + (order[at] as number);
    });
    first += places.length;
  }
  return sets;
}

/** 0 to `count` - 1 in random order, every order as likely as any other. */
function shuffled(count: number, random: (below: number) => number): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = random(last + 1);
    [places[last], places[other]] = [places[other] as number, places[last] as number];
  }
  return places;
}

function randomBelow(below: number): number {
  const one = new Uint32Array(1);
  const fair = 2 ** 32 - (2 ** 32 % below);
  do {
    crypto.getRandomValues(one);
  } while ((one[0] as number) >= fair);
  return (one[0] as number) % below;
}
