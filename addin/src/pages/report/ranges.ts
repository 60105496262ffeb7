/** How many people, said so that it is not more than is known: mostly a range, never above all there are. */

import { type Amount, isExact, type Shape, shapeOf } from "../../amounts";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";

/** Some of the recipients, of whom more may be than are known. */
export interface Crowd {
  readonly people: Amount;
  readonly of: Amount;
}

export type Standing = "first" | "second" | "unknown";

/** The range within what is possible. */
export function crowdOf(people: Amount, of: Amount): Crowd {
  // A lower bound of the recipients bounds nobody.
  const ends = [people.at_most, of.at_most].flatMap((end) => (end === null ? [] : [Math.max(end, 0)]));
  const most = ends.length > 0 ? Math.min(...ends) : null;
  const least = Math.max(people.at_least, 0);
  return { people: { at_least: most === null ? least : Math.min(least, most), at_most: most }, of };
}

/** The upper end, or the lower where there is none: how far a bar may reach. */
export function endOf({ at_least, at_most }: Amount): number {
  return at_most ?? at_least;
}

/** Those with more people first. */
export function byPeople({ people: one }: Crowd, { people: other }: Crowd): number {
  return other.at_least - one.at_least || endOf(other) - endOf(one);
}

/** How a range of people is said. */
export type Phrase = Shape | "nobody" | "all";

export function phraseOf({ people, of }: Crowd): Phrase {
  const shape = shapeOf(people);
  if (shape !== "exactly") {
    return shape;
  }
  const isAll = isExact(of) && people.at_least === of.at_least && of.at_least > 1;
  return people.at_least === 0 ? "nobody" : isAll ? "all" : shape;
}

/** "between 210 and 260", "at most 3", "12", "nobody". */
export function howMany(crowd: Crowd): string {
  return inWords(crowd, pageWords.ranges.people);
}

/** The range in words that are given for each phrase. */
export function inWords(crowd: Crowd, said: Record<Phrase, string>): string {
  const { people } = crowd;
  return fill(said[phraseOf(crowd)], { least: people.at_least, most: endOf(people), of: ofHowMany(crowd) });
}

/** "of 1,204 recipients", "of at least 1,204 recipients", "of an unknown number of recipients". */
export function ofHowMany({ people, of }: Crowd): string {
  const { of: one, ofSeveral, ofAtLeast, ofUnknown } = pageWords.ranges;
  if (isExact(of)) {
    return fill(of.at_least === 1 ? one : ofSeveral, { of: of.at_least });
  }
  return isTooFew(people, of) ? ofUnknown : fill(ofAtLeast, { of: of.at_least });
}

/** The whole range in words: "between 210 and 260 of 1,204 recipients". */
export function crowdText(crowd: Crowd): string {
  return `${howMany(crowd)} ${ofHowMany(crowd)}`;
}

/** The share in percent, rounded outwards; null where it is not known. Of more recipients than are known, it may
 * be any smaller one. */
export function shareOf({ people, of }: Crowd): { least: number; most: number } | null {
  const { at_least: least, at_most: most } = people;
  if (most === null || (!isExact(of) && isTooFew(people, of))) {
    return null;
  }
  if (of.at_least === 0) {
    return { least: 0, most: 0 };
  }
  const percent = (n: number) => (n * 100) / of.at_least;
  return { least: isExact(of) ? Math.floor(percent(least)) : 0, most: Math.ceil(percent(most)) };
}

/** "17 % to 22 %", "at most 22 %", "0 %", "not known". */
export function shareText(crowd: Crowd): string {
  const share = shareOf(crowd);
  if (!share) {
    return pageWords.ranges.unknownShare;
  }
  const { least, most } = share;
  const percent = (n: number) => number(n / 100, { style: "percent" });
  if (least === most) {
    return percent(most);
  }
  return least === 0
    ? fill(pageWords.ranges.people.atMost, { most: percent(most) })
    : fill(pageWords.ranges.share, { least: percent(least), most: percent(most) });
}

/** Of which of two the share is larger; `unknown` while the ranges have anything in common. */
export function larger(first: Crowd, second: Crowd): Standing {
  if (!shareOf(first) || !shareOf(second)) {
    return "unknown";
  }
  const share = (n: number, { of }: Crowd) => (of.at_least ? n / of.at_least : 0);
  const least = (crowd: Crowd) => (isExact(crowd.of) ? share(crowd.people.at_least, crowd) : 0);
  const most = (crowd: Crowd) => share(endOf(crowd.people), crowd);
  if (least(first) > most(second)) {
    return "first";
  }
  return least(second) > most(first) ? "second" : "unknown";
}

/** Where a bar of the crowd ends: at all recipients, or, of an unknown number, at the people. */
export function scaleOf({ people, of }: Crowd): number {
  return isExact(of) ? of.at_least : Math.max(of.at_least, endOf(people));
}

/** Whether fewer recipients are known than there may be people. */
function isTooFew(people: Amount, of: Amount): boolean {
  return of.at_least < Math.max(endOf(people), 1);
}
