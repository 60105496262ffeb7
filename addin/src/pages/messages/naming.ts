/** How a mail is named, which has no subject here: when, by whom, to how many. */

import type { Message } from "../../api";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";

/** When the mail was sent, or prepared where it was not. */
export function whenOf(message: Pick<Message, "sent_at" | "created_at">): string {
  return moment(message.sent_at ?? message.created_at);
}

/** "Ana Lima <ana@company.com>", or the address alone; and whether nobody vouches for that. */
export function senderText({ sender }: Pick<Message, "sender">): string {
  const name =
    sender.name && sender.name !== sender.address ? `${sender.name} <${sender.address}>` : sender.address;
  return sender.checked ? name : fill(pageWords.messages.unchecked, { name });
}

/** "1,204 recipients", "at least 1,204 recipients", "an unknown number of recipients". */
export function countText(count: number, complete: boolean): string {
  const { recipients, recipientsOne } = pageWords.audit;
  if (count === 0 && !complete) {
    return pageWords.messages.unknown;
  }
  const text = several(count, recipientsOne, recipients);
  return complete ? text : fill(pageWords.messages.atLeast, { n: text });
}

/** A link for people: its host, and the rest of it. */
export function linkParts(url: string): { host: string; rest: string } {
  try {
    const parsed = new URL(url);
    const rest = `${parsed.pathname}${parsed.search}${parsed.hash}`;
    return { host: parsed.host, rest: rest === "/" ? "" : rest };
  } catch {
    return { host: url, rest: "" };
  }
}
