/** When not everything was recorded of a mail: no number holds what happened then. */

import type { JSX } from "preact";
import type { Report } from "../../api";
import { Notice } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";

type Stretch = NonNullable<Report["unrecorded"]>[number];

export function UnrecordedNotice({ report }: { report: Report }): JSX.Element | null {
  const said = pageWords.unrecorded;
  const stretches = report.unrecorded ?? [];
  if (stretches.length === 0) {
    return null;
  }
  return (
    <Notice tone="warn" title={said.title}>
      {stretches.map((stretch) => (
        <p key={stretch.since}>{stretchText(stretch)}</p>
      ))}
      <p>{said.why}</p>
    </Notice>
  );
}

/** "Opens and clicks are not recorded since 5 May 2026, 12:00 at the latest. …" */
export function stretchText({ since, until, opens, clicks }: Stretch): string {
  const said = pageWords.unrecorded;
  const what = opens && clicks ? said.both : opens ? said.opens : said.clicks;
  const text = until ? (since ? said.between : said.before) : since ? said.since : said.sinceUnknown;
  return fill(text, { what, since: since ? moment(since) : "", until: until ? moment(until) : "" });
}
