/** Whom the mail is addressed to, as far as Outlook tells. */

import { asked } from "./call";
import { type Entry, readEntry } from "./stamp";

export type Field = "to" | "cc" | "bcc";

export interface Recipients {
  /** Each address once, as typed, in the order of To, Cc, Bcc. */
  readonly addresses: readonly string[];
  /**
   * Names to which Outlook gives no address, as often as it gives them: a personal contact group, or a name it
   * does not know. "" where it gives no name either.
   */
  readonly unresolved: readonly string[];
  /** Fields of which Outlook may have told a part only. */
  readonly cut: readonly Field[];
}

const FIELDS: readonly Field[] = ["to", "cc", "bcc"];

/** Reads To, Cc and Bcc of `item`. Throws OutlookError. */
export async function readRecipients(item: Office.MessageCompose, cap: number | null): Promise<Recipients> {
  const fields = await Promise.all(
    FIELDS.map((field) => asked<Entry[]>((done) => item[field].getAsync(done as never))),
  );
  return gather(fields, cap);
}

/** Takes everybody out of To, Cc and Bcc of `item`. Throws OutlookError. */
export async function clearRecipients(item: Office.MessageCompose): Promise<void> {
  for (const field of FIELDS) {
    await asked<void>((done) => item[field].setAsync([], done));
  }
}

/** `fields` are what Outlook tells of To, Cc and Bcc. */
export function gather(fields: readonly (readonly Entry[])[], cap: number | null): Recipients {
  const addresses = new Map<string, string>();
  const unresolved: string[] = [];
  for (const entry of fields.flat()) {
    const read = readEntry(entry);
    if ("address" in read) {
      const key = read.address.toLowerCase();
      addresses.set(key, addresses.get(key) ?? read.address);
    } else {
      unresolved.push(read.name);
    }
  }
  const cut = FIELDS.filter((_, place) => cap !== null && (fields[place]?.length ?? 0) >= cap);
  return { addresses: [...addresses.values()], unresolved, cut };
}

/** Whether these are all whom the mail is addressed to, as far as anybody can tell. */
export function isWhole({ unresolved, cut }: Recipients): boolean {
  return unresolved.length === 0 && cut.length === 0;
}

/** Calls `changed` whenever recipients were added or taken away, where Outlook tells that. */
export function onRecipientsChanged(item: Office.MessageCompose, changed: () => void): void {
  if (Office.context.requirements.isSetSupported("Mailbox", "1.7")) {
    item.addHandlerAsync(Office.EventType.RecipientsChanged, changed);
  }
}
