/**
 * What is to be sent to whom, and how far that is: kept where a closed pane or a crash cannot lose it.
 *
 * Before a copy is handed over, it is written down that it is being tried. What is found so later is in
 * doubt: it may have been sent, and is never sent again unless the person says so.
 */

import type { Reading } from "../body/author";
import { languageOf } from "../body/language";
import { prepare } from "../body/links";
import { noticeMarkup } from "../body/notice";
import { digestOf } from "../outlook/stamp";
import type { Mail } from "./wire";

/** Keeps text by key on this device. When `put` has resolved, it is kept. */
export interface Store {
  get(key: string): Promise<string | null>;
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export type CopyState = "waiting" | "trying" | "sent" | "failed" | "doubt";

/** What stands in one copy, as the server gave it. */
export interface Urls {
  /** Null where nobody may know whose it is. */
  readonly address: string | null;
  readonly pixel_url: string | null;
  /** Where the recipient is told what is recorded, and can object; null where the mail shall not say so. */
  readonly notice_url: string | null;
  readonly links: Readonly<Record<string, string>>;
  /** Whether others get the very same mail: it takes a yes to be told apart, and this recipient gave none. */
  readonly shared?: boolean;
}

/** One copy: to whom, and the place of its URLs among all; null for the sender's own, which is not tracked. */
export interface Entry {
  readonly address: string;
  readonly set: number | null;
}

export interface Job {
  readonly id: string;
  /** Tells whether the mail is still the one that was begun. */
  readonly digest: string;
  /** What is known of whose the mail's parts are. */
  readonly reading: Reading;
  readonly entries: readonly Entry[];
  readonly states: CopyState[];
  /** Why a copy failed, by its place. */
  readonly codes: Map<number, string>;
  /** Before when no copy may be handed over, to keep the pace. */
  next: number;
}

const FINISHED = "finished";

/** The mail is not the one whose copies were begun. */
export class MailChanged extends Error {}

const LETTERS: Record<CopyState, string> = {
  waiting: "w",
  trying: "t",
  sent: "s",
  failed: "f",
  doubt: "d",
};
const STATES = new Map(Object.entries(LETTERS).map(([state, letter]) => [letter, state as CopyState]));

/**
 * Plans one copy for each of `addresses`, and one for the sender first: it is kept in Sent Items, holds no
 * tracking, and shows that Graph takes the mail before anybody else gets it.
 *
 * URLs without an address go to the addresses at random; nobody but this device knows which to whom.
 */
export function plan(
  id: string,
  mail: Mail,
  sender: string,
  urls: readonly Urls[],
  addresses: readonly string[],
  random: (below: number) => number = randomBelow,
): Job {
  const own = urls.filter(({ address }) => address !== null);
  const entries =
    own.length > 0 ? urls.flatMap(({ address }, set) => (address === null ? [] : [{ address, set }])) : [];
  if (own.length === 0) {
    if (addresses.length !== urls.length) {
      throw new RangeError(`${urls.length} copies for ${addresses.length} recipients`);
    }
    const sets = shuffled(urls.length, random);
    addresses.forEach((address, place) => {
      entries.push({ address, set: sets[place] as number });
    });
  }
  const all = [{ address: sender, set: null }, ...entries];
  return {
    id,
    digest: digestOfMail(mail),
    reading: mail.reading ?? {},
    entries: all,
    states: all.map(() => "waiting"),
    codes: new Map(),
    next: 0,
  };
}

/** Makes of `mail` what each recipient gets; the mail is read once. `origin` is where tracking URLs lead. */
export function writerOf(
  mail: Mail,
  reading: Reading,
  origin = globalThis.location?.origin,
): (urls: Urls) => Mail {
  const write = prepare(mail.html, { origin, reading });
  const language = languageOf(mail.html, reading);
  return ({ address, links, pixel_url, notice_url, shared }) => {
    const mode = shared ? "counting" : address === null ? "pseudonymous" : "individual";
    const notice = notice_url === null ? "" : noticeMarkup(notice_url, mode, language);
    return { ...mail, html: write(new Map(Object.entries(links)), pixel_url, notice) };
  };
}

/** Whether `job` is about this mail, word for word. */
export function isAbout(job: Job, mail: Mail): boolean {
  return job.digest === digestOfMail(mail);
}

/** The copies that were begun for the message `id`; "finished" if they are, null if there are none. */
export async function load(store: Store, id: string): Promise<Job | "finished" | null> {
  const [plan, progress] = [await store.get(planKey(id)), await store.get(progressKey(id))];
  if (plan === null || plan === FINISHED) {
    return plan && "finished";
  }
  const { digest, entries, reading } = JSON.parse(plan) as {
    digest: string;
    entries: [string, number | null][];
    reading?: Reading;
  };
  const { states, codes, next } =
    progress === null
      ? { states: "", codes: [], next: 0 }
      : (JSON.parse(progress) as { states: string; codes: [number, string][]; next: number });
  return {
    id,
    digest,
    reading: reading ?? {},
    entries: entries.map(([address, set]) => ({ address, set })),
    states: entries.map((_, place) => {
      const state = STATES.get(states[place] ?? "") ?? "doubt";
      return state === "trying" ? "doubt" : state;
    }),
    codes: new Map(codes),
    next,
  };
}

/** Keeps what never changes. Progress is kept before: without it, all would be in doubt. */
export async function savePlan(store: Store, { id, digest, entries, reading }: Job): Promise<void> {
  const rows = entries.map(({ address, set }) => [address, set]);
  await store.put(planKey(id), JSON.stringify({ digest, entries: rows, reading }));
}

/** Keeps how far it is. */
export async function saveProgress(store: Store, { id, states, codes, next }: Job): Promise<void> {
  const letters = states.map((state) => LETTERS[state]).join("");
  await store.put(progressKey(id), JSON.stringify({ states: letters, codes: [...codes], next }));
}

/** Forgets whom which copy went to, and all else but that copies of this message were sent. */
export async function finish(store: Store, id: string): Promise<void> {
  await store.put(planKey(id), FINISHED);
  await store.remove(progressKey(id));
}

function digestOfMail({ subject, html, importance = "normal" }: Mail): string {
  return digestOf(`${subject}\n${importance}\n${html}`);
}

function planKey(id: string): string {
  return `copies/${id}`;
}

function progressKey(id: string): string {
  return `copies/${id}/progress`;
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
