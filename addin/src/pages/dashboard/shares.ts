/** Shares of the dashboard in words, and which of several is the largest, where that can be said. */

import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";

/** A part of the recipients, from 0 to 1. */
export interface Share {
  readonly at_least: number;
  readonly at_most: number;
}

const NOISE = 1e-9;

/** The share in whole percents, rounded outwards. */
export function percents({ at_least, at_most }: Share): { least: number; most: number } {
  return { least: Math.floor(at_least * 100 + NOISE), most: Math.ceil(at_most * 100 - NOISE) };
}

/** "17 % to 22 %", "at most 22 %", "0 %"; or that it is not known. */
export function partText(share: Share | null | undefined): string {
  if (!share) {
    return pageWords.ranges.unknownShare;
  }
  const { least, most } = percents(share);
  const said = (n: number) => number(n / 100, { style: "percent" });
  if (least === most) {
    return said(most);
  }
  return least === 0
    ? fill(pageWords.ranges.people.atMost, { most: said(most) })
    : fill(pageWords.ranges.share, { least: said(least), most: said(most) });
}

/** The place of the share that is surely larger than each other; null where none is, -1 of fewer than two. */
export function largestOf(shares: readonly (Share | null)[]): number | null {
  const known = shares.flatMap((share, place) => (share ? [{ share, place }] : []));
  if (known.length < 2) {
    return -1;
  }
  const best = known.reduce((before, each) => (each.share.at_least > before.share.at_least ? each : before));
  const isSure = known.every((each) => each === best || best.share.at_least > each.share.at_most);
  return isSure ? best.place : null;
}
