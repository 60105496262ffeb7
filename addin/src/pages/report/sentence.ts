/** What a report comes to, in one sentence to be passed on: made of the same numbers, and never stronger. */

import { isExact } from "../../amounts";
import type { Report } from "../../api";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { byPeople, type Crowd, crowdOf, endOf, inWords } from "./ranges";

const said = pageWords.sentence;

/** The sentence; null where the report has no numbers. `names` are those of links, by number. */
export function sentenceOf(report: Report, names: readonly string[] = []): string | null {
  const sentence = numbersIn(report, names);
  return sentence && report.unrecorded?.length ? fill(said.partly, { sentence }) : sentence;
}

function numbersIn(report: Report, names: readonly string[]): string | null {
  const { sent_at, opened_by, clicked_by } = report;
  if (!sent_at || !clicked_by) {
    return null;
  }
  const second = linkPart(report, crowdOf(clicked_by, report.recipients), names);
  if (!opened_by) {
    return second && fill(said.alone, { first: second.charAt(0).toLocaleUpperCase() + second.slice(1) });
  }
  const first = inWords(crowdOf(opened_by, report.recipients), said.opened);
  return second ? fill(said.both, { first, second }) : fill(said.alone, { first });
}

/** What is said of the links: of one by name only where it is the one, whatever the truth in the ranges is. */
function linkPart({ links, recipients }: Report, clicked: Crowd, names: readonly string[]): string | null {
  if (links.length === 0) {
    return null;
  }
  const crowds = links.flatMap(({ url, clicked_by }, number) =>
    clicked_by ? [{ name: names[number] || nameOf(url), ...crowdOf(clicked_by, recipients) }] : [],
  );
  const [best, ...others] = crowds.sort(byPeople);
  const least = best?.people.at_least ?? 0;
  if (!best || least === 0 || links.length === 1) {
    return inWords(clicked, said.clicked);
  }
  const isMost =
    others.length === links.length - 1 &&
    others.every(({ people }) => people.at_most !== null && endOf(people) < least);
  const [most, some] = isExact(best.people) ? [said.mostExactly, said.someExactly] : [said.most, said.some];
  return fill(isMost ? most : some, { link: best.name, least });
}

/** A link as people would say it: without what only programs read. */
function nameOf(url: string): string {
  const bare = url.replace(/^https?:\/\//i, "").replace(/[?#].*$/, "");
  return bare.replace(/^www\./i, "").replace(/\/$/, "");
}
