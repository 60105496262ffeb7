/** How many people, said so that it is not more than is known: mostly a range, never above all there are. */

import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";

export interface People {
  readonly at_least: number;
  readonly at_most: number;
}

/** Some of `of` people. `complete`: whether `of` is all of them, and not only a lower bound. */
export interface Crowd {
  readonly least: number;
  readonly most: number;
  readonly of: number;
  readonly complete: boolean;
}

export type Standing = "first" | "second" | "unknown";

/** The range within what is possible. */
export function crowdOf(people: People, recipients: number, complete: boolean): Crowd {
  // A lower bound of the recipients bounds nobody.
  const most = complete ? Math.min(Math.max(people.at_most, 0), recipients) : Math.max(people.at_most, 0);
  return { least: Math.min(Math.max(people.at_least, 0), most), most, of: recipients, complete };
}

/** "between 210 and 260", "at most 3", "12", "nobody". */
export function howMany({ least, most, of, complete }: Crowd): string {
  const said = pageWords.ranges;
  if (most === 0) {
    return said.nobody;
  }
  if (least === most) {
    return fill(least === of && complete ? said.all : said.exactly, { n: least });
  }
  return least === 0 ? fill(said.atMost, { most }) : fill(said.between, { least, most });
}

/** "of 1,204 recipients", "of at least 1,204 recipients", "of an unknown number of recipients". */
export function ofHowMany({ of, complete, most }: Crowd): string {
  const { of: one, ofSeveral, ofAtLeast, ofUnknown } = pageWords.ranges;
  if (!complete && of < Math.max(most, 1)) {
    return ofUnknown;
  }
  return fill(complete ? (of === 1 ? one : ofSeveral) : ofAtLeast, { of });
}

/** The whole range in words: "between 210 and 260 of 1,204 recipients". */
export function crowdText(crowd: Crowd): string {
  return `${howMany(crowd)} ${ofHowMany(crowd)}`;
}

/** The share in percent, rounded outwards; null where it is not known. Of more recipients than are known, it may
 * be any smaller one. */
export function shareOf({ least, most, of, complete }: Crowd): { least: number; most: number } | null {
  if (!complete && of < Math.max(most, 1)) {
    return null;
  }
  if (of === 0) {
    return { least: 0, most: 0 };
  }
  const percent = (n: number) => (n * 100) / of;
  return { least: complete ? Math.floor(percent(least)) : 0, most: Math.ceil(percent(most)) };
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
    ? fill(pageWords.ranges.atMost, { most: percent(most) })
    : fill(pageWords.ranges.share, { least: percent(least), most: percent(most) });
}

/** Of which of two the share is larger; `unknown` while the ranges have anything in common. */
export function larger(first: Crowd, second: Crowd): Standing {
  if (!shareOf(first) || !shareOf(second)) {
    return "unknown";
  }
  const share = (n: number, crowd: Crowd) => (crowd.of ? n / crowd.of : 0);
  const least = (crowd: Crowd) => (crowd.complete ? share(crowd.least, crowd) : 0);
  if (least(first) > share(second.most, second)) {
    return "first";
  }
  return least(second) > share(first.most, first) ? "second" : "unknown";
}
