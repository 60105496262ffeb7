/** A mail that is two messages, because only some said yes to being told apart, seen as the one that it is. */

import type { Amount } from "../../amounts";
import type { Headline, Message } from "../../api";
import type { Found } from "./headlines";

/** A mail: the message that its report is about, and that of everybody else where it has two. */
export interface Mail {
  readonly message: Message;
  readonly rest: Message | undefined;
}

/** The mails of these messages, in their order. A half whose other is not among them stands for itself. */
export function mailsOf(messages: readonly Message[]): Mail[] {
  const known = new Map(messages.map((message) => [message.message_id, message]));
  return messages.flatMap((message) => {
    const other = known.get(message.other_half ?? "");
    return other && isRest(message) ? [] : [{ message, rest: other }];
  });
}

/** Whether it is the half of those who did not say yes. */
export function isRest({ other_half, mode }: Pick<Message, "other_half" | "mode">): boolean {
  return other_half !== null && mode === "counting";
}

/** The mail as one message, to all of its recipients. */
export function asOne({ message, rest }: Mail): Message {
  return rest ? { ...message, count: added(message.count, rest.count) } : message;
}

/** Its messages, that of who is told apart first. */
export function messagesIn({ message, rest }: Mail): Message[] {
  return rest ? [message, rest] : [message];
}

/** How many that are at least and at most, whoever is in which. */
export function added(one: Amount, other: Amount): Amount {
  const isOpen = one.at_most === null || other.at_most === null;
  return {
    at_least: one.at_least + other.at_least,
    at_most: isOpen ? null : (one.at_most ?? 0) + (other.at_most ?? 0),
  };
}

/** What can be said of both: the sums of what is told of each; where nothing is told of one, that. */
export function together(one: Found, other: Found): Found {
  if (!one || !other) {
    return one === null || other === null ? null : undefined;
  }
  const silent = [one, other].find(({ opened_by, clicked_by }) => !opened_by && !clicked_by);
  return silent ?? { ...one, ...sums(one, other) };
}

type Sums = Pick<Headline, "recipients" | "opened_by" | "clicked_by" | "partly">;

function sums(one: Headline, other: Headline): Sums {
  const sum = (first: Amount | null, second: Amount | null) => first && second && added(first, second);
  return {
    recipients: added(one.recipients, other.recipients),
    opened_by: sum(one.opened_by, other.opened_by),
    clicked_by: sum(one.clicked_by, other.clicked_by),
    partly: one.partly || other.partly,
  };
}
