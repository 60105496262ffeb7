/** Where nobody is told apart: why a report has no numbers, or how its numbers are told. */

import type { JSX } from "preact";
import type { Report } from "../../api";
import { Notice } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { Wide } from "../frame";
import { crowdOf, howMany } from "./ranges";

const said = pageWords.report;

/** Why there are no numbers, in one sentence. */
export function withheldText({ withheld, smallest_group, next_at }: Report): string {
  return fill(said.withheld[withheld ?? ""] ?? said.noNumbers, {
    n: smallest_group,
    when: next_at ? moment(next_at) : "",
  });
}

export function WithheldNotice({ report }: { report: Report }): JSX.Element {
  return (
    <Notice tone="info" title={said.withheldTitle}>
      <p>{withheldText(report)}</p>
    </Notice>
  );
}

/** The times at which numbers were published, and what they were. */
export function PublishedSection({ report }: { report: Report }): JSX.Element {
  const text = (people: { at_least: number; at_most: number } | null) =>
    people ? howMany(crowdOf(people, report.recipients)) : said.notMeasuredAtAll;
  return (
    <section class="stack">
      <h2>{said.time}</h2>
      <p class="prose">
        {fill(said.publishedText, { step: report.step, n: report.smallest_group })}{" "}
        {report.next_at ? fill(said.publishedNext, { when: moment(report.next_at) }) : said.publishedLast}
      </p>
      <Wide label={said.publishedCaption}>
        <table class="tight">
          <caption class="visually-hidden">{said.publishedCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.publishedAt}</th>
              <th scope="col">{said.opened}</th>
              <th scope="col">{said.clicked}</th>
            </tr>
          </thead>
          <tbody>
            {report.published.map(({ at, opened_by, clicked_by }) => (
              <tr key={at}>
                <th scope="row">{moment(at)}</th>
                <td>{text(opened_by)}</td>
                <td>{text(clicked_by)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}
