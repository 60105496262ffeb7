/** What a report comes to, in one sentence to be passed on: made of the same numbers, and never stronger. */

import type { Report } from "../../api";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { type Crowd, crowdOf, ofHowMany, type People } from "./ranges";

const said = pageWords.sentence;

/** The sentence; null where the report has no numbers. */
export function sentenceOf(report: Report): string | null {
  const { sent_at, opened_by, clicked_by } = report;
  if (!sent_at || !opened_by || !clicked_by) {
    return null;
  }
  const crowd = (people: People) => crowdOf(people, report.recipients, report.complete);
  const opened = crowd(opened_by);
  const first = fill(said.opened[shapeOf(opened)], {
    least: opened.least,
    most: opened.most,
    of: ofHowMany(opened),
  });
  const second = linkPart(report, crowd(clicked_by));
  return second ? fill(said.both, { first, second }) : fill(said.alone, { first });
}

/** What is said of the links: of one by name only where it is the one, whatever the truth in the ranges is. */
function linkPart({ links, recipients, complete }: Report, clicked: Crowd): string | null {
  if (links.length === 0) {
    return null;
  }
  const crowds = links.flatMap(({ url, clicked_by }) =>
    clicked_by ? [{ url, ...crowdOf(clicked_by, recipients, complete) }] : [],
  );
  const [best, ...others] = crowds.sort((a, b) => b.least - a.least || b.most - a.most);
  if (!best || best.least === 0 || links.length === 1) {
    return fill(said.clicked[shapeOf(clicked)], { least: clicked.least, most: clicked.most });
  }
  const isMost = others.length === links.length - 1 && others.every(({ most }) => most < best.least);
  return fill(isMost ? said.most : said.some, { link: nameOf(best.url), least: best.least });
}

type Shape = "nobody" | "exactly" | "atMost" | "between";

function shapeOf({ least, most }: Crowd): Shape {
  if (most === 0) {
    return "nobody";
  }
  return least === most ? "exactly" : least === 0 ? "atMost" : "between";
}

/** A link as people would say it: without what only programs read. */
function nameOf(url: string): string {
  const bare = url.replace(/^https?:\/\//i, "").replace(/[?#].*$/, "");
  return bare.replace(/^www\./i, "").replace(/\/$/, "");
}
