/** How a mail is named, which has no subject here: as its sender called it, else by when it was sent. */

import type { Amount } from "../../amounts";
import type { Message } from "../../api";
import { amount, fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { crowdOf, howMany } from "../report/ranges";
import type { Found } from "./headlines";

/** When the mail was sent, or prepared where it was not. */
export function whenOf(message: Pick<Message, "sent_at" | "created_at">): string {
  return moment(message.sent_at ?? message.created_at);
}

/** What the mail is called, or when it was sent. */
export function nameOf(message: Pick<Message, "labels" | "sent_at" | "created_at">): string {
  return message.labels.name || whenOf(message);
}

export interface Fate {
  readonly opened: string;
  readonly clicked: string;
  /** Why there are no numbers. */
  readonly why: string | null;
  /** What is to be said of the numbers. */
  readonly note: string | null;
}

/** How many opened and clicked, as the report's first sentence has it; null until that is known. */
export function fateOf(headline: Found): Fate | null {
  const said = pageWords.messages;
  if (headline === undefined) {
    return null;
  }
  const why = (text: string) => ({ opened: "", clicked: "", why: text, note: null });
  if (headline === null || (!headline.opened_by && !headline.withheld)) {
    return why(said.noHeadline);
  }
  const { opened_by, clicked_by, recipients, next_at } = headline;
  if (headline.withheld === "not_recorded") {
    return why(said.notRecorded);
  }
  if (!opened_by) {
    return why(next_at ? fill(said.numbersAt, { when: moment(next_at) }) : said.tooFew);
  }
  return {
    opened: howMany(crowdOf(opened_by, recipients)),
    clicked: clicked_by ? howMany(crowdOf(clicked_by, recipients)) : said.noLinks,
    why: null,
    note: headline.partly ? said.partly : null,
  };
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
