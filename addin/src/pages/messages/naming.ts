/** How a mail is named, which has no subject here: when, by whom, to how many. */

import type { Amount } from "../../amounts";
import type { Message } from "../../api";
import { amount, fill } from "../../words/fill";
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
export function countText(count: Amount): string {
  const { recipients: many, recipientsOne: one } = pageWords.audit;
  const { atLeast, unknown } = pageWords.messages;
  return amount(count, {
    one,
    many,
    oneOrMore: fill(atLeast, { n: one }),
    atLeast: fill(atLeast, { n: many }),
    unknown,
  });
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
