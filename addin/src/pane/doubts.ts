/** What is said of who gets a mail in the end, worked out from a count and from mail tips: pure. */

import { isExact } from "../amounts";
import type { Expansion } from "../api";
import type { Recipients } from "../outlook/recipients";
import { fill, several } from "../words/fill";
import { reviewedWords } from "../words/pane/reviewed";
import { keyOf } from "./address-key";
import type { Group } from "./review";
import type { Tip, Told, Why } from "./tips";

const text = reviewedWords.delivery;

/** The addresses to ask about: the typed ones, then the lists below them, whose rules the sender meets too. */
export function addressesOf(recipients: Recipients, { lists }: Expansion): string[] {
  return [...recipients.addresses, ...lists.filter(({ depth }) => depth > 1).map(({ address }) => address)];
}

/** What nobody can know, as one sentence; null where there is nothing to doubt. `told` settles what it can. */
export function sentenceOf({ delivery, lists }: Expansion, told: Told | null): string | null {
  const isSettled = told !== null && lists.length > 0 && unknownOf(told).length === 0;
  const doubts = delivery.doubts
    .filter(({ code }) => !(code === "restricted" && isSettled))
    .map(({ code }) => text.doubts[code]);
  return doubts.length ? fill(text.sentence, { doubts: doubts.join("; ") }) : null;
}

/** What Exchange tells of a mail of at least `attached` bytes, the gravest first. */
export function findingsOf(told: Told, result: Expansion, attached: number | null): Group[] {
  const isTooLarge = ({ largest }: Tip) => largest !== null && attached !== null && attached > largest;
  const kinds: [keyof typeof text.findings, (tip: Tip) => boolean][] = [
    ["restricted", (tip) => tip.restricted === true],
    ["full", (tip) => tip.full === true],
    ["tooLarge", isTooLarge],
    ["moderated", (tip) => tip.moderated === true],
    ["away", (tip) => tip.away === true],
    // Where it was counted who is outside, the count says it better.
    ["outside", (tip) => tip.outside === true && result.external === null],
  ];
  const found = kinds.map(([kind, holds]) => group(kind, text.findings[kind], told.tips.filter(holds)));
  return [...found, ...witnesses(told, result)].filter(({ lists }) => lists.length > 0);
}

/**
 * Lists that were not read whole, of which Exchange counted more members than were read. A figure that may be old,
 * and counts a list as one: it says that somebody is missing, never how many there are.
 */
function witnesses(told: Told, { lists }: Expansion): Group[] {
  const short = new Map(
    lists
      .filter(({ recipients }) => !isExact(recipients))
      .map(({ address, members }) => [keyOf(address), members.at_least]),
  );
  return told.tips.flatMap((tip) => {
    const read = short.get(keyOf(tip.address));
    return read !== undefined && tip.members !== null && tip.members > read
      ? [group("members", fill(text.members, { n: tip.members }), [tip])]
      : [];
  });
}

/** Whether Exchange told what keeps mail from an address. Of one outside it tells nothing more than that. */
export function isKnown(tip: Tip): boolean {
  return tip.restricted !== null && tip.moderated !== null;
}

/** Of whom nothing is known, grouped by the reason. */
export function unknownOf(told: Told): Group[] {
  const silent = told.tips.filter((tip) => !isKnown(tip) && tip.outside !== true);
  const all = [...told.unknown, ...silent.map(({ address }) => ({ address, why: "silent" as const }))];
  const reasons = [...new Set(all.map(({ why }) => why))];
  return reasons.map((why) =>
    group(
      why,
      text.unknown[why],
      all.filter((one) => one.why === why),
    ),
  );
}

/** Whether nothing but the sender's consent is missing. */
export function wantsConsent(told: Told): boolean {
  const isConsent = (why: Why) => why === "consent" || why === "too many";
  return told.tips.length === 0 && told.unknown.length > 0 && told.unknown.every(({ why }) => isConsent(why));
}

/** Of how many nothing is known to be in the way, beside what was `found`; null where that is so of none. */
export function clearOf(told: Told, found: readonly Group[]): string | null {
  const named = new Set(found.flatMap(({ lists }) => lists));
  const clear = told.tips.filter((tip) => isKnown(tip) && !named.has(tip.address)).length;
  return clear ? several(clear, text.clearOne, text.clear) : null;
}

function group(code: string, said: string, about: readonly { readonly address: string }[]): Group {
  return { code, text: said, remedy: "", lists: about.map(({ address }) => address) };
}
