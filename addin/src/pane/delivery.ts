/** When Outlook is to deliver the mail, where its sender set a time: shown, kept with the draft, and seen to be lost. */

/** Milliseconds since 1970; null: at once. */
export interface Delivery {
  readonly at: number | null;
  /** The time that was set before, where Outlook does not know of it any more: it has lost such times. */
  readonly lost: number | null;
}

export const AT_ONCE: Delivery = { at: null, lost: null };

/**
 * How delivery stands, when `known` is what was set as far as was known before, and Outlook `says` what is set:
 * null where nothing is, undefined where it does not tell. A time that has passed is none.
 */
export function deliveryOf(
  known: number | null,
  says: number | null | undefined,
  now: number = Date.now(),
): Delivery {
  const future = (time: number | null) => (time !== null && time > now ? time : null);
  if (says === undefined) {
    return { at: future(known), lost: null };
  }
  return says === null ? { at: null, lost: future(known) } : { at: future(says), lost: null };
}

/** Whether both are the same to a server and to a person. */
export function isSameDelivery(one: Delivery, other: Delivery): boolean {
  return one.at === other.at && one.lost === other.lost;
}
