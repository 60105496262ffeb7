/**
 * What a draft remembers of its review, as far as a Smart Alert must know. Needs no page: Outlook's classic
 * runtime runs it too.
 */

import { isAddress } from "./address";

/** The name of the custom property that holds a draft's record, as JSON. */
export const PROPERTY = "rollcall";

/** The part of a record that the Smart Alert reads. */
export interface Stamp {
  /** Which recipients were reviewed: their `stampOf`. */
  readonly r: string;
  /** The tracked message that stands in the body, if any. */
  readonly m?: string;
  /** 1 once events of that message count, 2 once Outlook was told to send it as well. */
  readonly a?: number;
  /** Its mode; in other modes than `counting` copies are sent instead of this mail. */
  readonly o?: string;
}

/** A recipient as Outlook gives it, which may leave out either. */
export interface Entry {
  readonly emailAddress?: string | null;
  readonly displayName?: string | null;
}

/** What an older pane called the modes. */
const FORMER_MODES: Record<string, string> = { overall: "counting", anonymous: "pseudonymous" };

/** No address is this. */
const NO_ADDRESS = "@";

/** What of `entry`, as Outlook gives it, goes into the stamp: its address, or its name where it has none. */
export function readEntry(entry: Entry): { address: string } | { name: string } {
  const address = (entry.emailAddress || "").trim();
  return isAddress(address) ? { address } : { name: (entry.displayName || address || "").trim() };
}

/**
 * A short digest of `addresses`: the same for the same set, whatever the order, case or repetition. `others` are
 * the recipients without an address, by their names: they are whom the mail is addressed to, too.
 */
export function stampOf(addresses: readonly string[], others: readonly string[] = []): string {
  const unique = Array.from(new Set(addresses.map((address) => address.trim().toLowerCase()))).sort();
  const named = others.length > 0 ? [NO_ADDRESS, ...[...others].sort()] : [];
  return digestOf([...unique, ...named].join("\n"));
}

/** A short digest of a text. It tells texts apart that nobody made to look alike; it is no secret. */
export function digestOf(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}

/** What the property holds; null where it holds nothing of ours. */
export function readStamp(text: unknown): Stamp | null {
  if (typeof text !== "string") {
    return null;
  }
  try {
    const said = JSON.parse(text);
    if (said === null || typeof said !== "object" || typeof said.r !== "string") {
      return null;
    }
    said.o = FORMER_MODES[said.o] || said.o;
    return said;
  } catch {
    return null;
  }
}
