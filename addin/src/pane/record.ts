/** What is kept with a draft, in Outlook's custom property, so that a pane opened again knows it. */

import type { Mode } from "../config";
import { MAX_PROPERTY } from "../outlook/properties";
import { readStamp, type Stamp } from "../outlook/stamp";

export interface DraftRecord extends Stamp {
  /** Which recipients were counted: their stamp. `r` is empty until the count was seen. */
  readonly k: string;
  /** The expansion's id; empty once it was forgotten. */
  readonly e: string;
  /** How many there were, and whether that is all. */
  readonly n: number;
  readonly c: boolean;
  /** When, in milliseconds since 1970. */
  readonly t: number;
  /** Of a tracked message: its mode, how many links are tracked, and the digest of the body as written. */
  readonly o?: Mode;
  readonly l?: number;
  /** Which expansion it was made from: asked for again, the same message is answered. */
  readonly x?: string;
  readonly b?: string;
  /** Of copies: what the sender said of a part that was in doubt, 1 that it is theirs, 0 that it is not. */
  readonly y?: 0 | 1;
  /** When Outlook is to deliver it, in milliseconds since 1970, where a time was set. */
  readonly d?: number;
}

/** The record in a property's text; null where there is none that this version knows. */
export function readDraft(text: string | null): DraftRecord | null {
  const found = readStamp(text) as Partial<DraftRecord> | null;
  return found &&
    typeof found.k === "string" &&
    typeof found.e === "string" &&
    typeof found.n === "number" &&
    typeof found.t === "number"
    ? ({ ...found, c: Boolean(found.c) } as DraftRecord)
    : null;
}

/** The property's text for a record. */
export function writeDraft(record: DraftRecord): string {
  const text = JSON.stringify(record);
  if (text.length > MAX_PROPERTY) {
    throw new RangeError(`a record of ${text.length} characters`);
  }
  return text;
}
