/** What became of the mail in each list that its sender typed. */

import type { JSX } from "preact";
import type { ListReport, Report } from "../../api";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";
import { countText } from "../messages/naming";
import { RangeBar } from "./headline";
import { type Crowd, crowdOf, howMany, shareText } from "./ranges";

const said = pageWords.byList;

export function ListsSection({ report }: { report: Report }): JSX.Element | null {
  const rows = report.by_list ?? [];
  if (rows.length === 0) {
    return null;
  }
  return (
    <section class="stack">
      <h2>{said.heading}</h2>
      <p class="quiet prose">
        {said.overlap}{" "}
        {fill(report.step > 1 ? said.steps : said.groups, { n: report.smallest_group, step: report.step })}
      </p>
      <Wide label={said.caption}>
        <table class="links">
          <caption class="visually-hidden">{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.list}</th>
              <th scope="col" class="numeric">
                {said.recipients}
              </th>
              {report.has_pixel && <th scope="col">{pageWords.report.opened}</th>}
              <th scope="col">{pageWords.report.clicked}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.lists.join(" ")}>
                <th scope="row">
                  <ListNames lists={row.lists} />
                </th>
                <td class="numeric">{countText(row.recipients)}</td>
                {report.has_pixel && <People people={row.opened_by} row={row} report={report} />}
                <People people={row.clicked_by} row={row} report={report} />
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}

/** The list's address; of several that are told of together how many they are, and then which. */
function ListNames({ lists }: { lists: readonly string[] }): JSX.Element {
  if (lists.length === 1) {
    return <span class="address">{lists[0]}</span>;
  }
  return (
    <>
      <div>{fill(said.together, { n: number(lists.length) })}</div>
      <div class="quiet small address">{lists.join(", ")}</div>
    </>
  );
}

function People(props: { people: ListReport["opened_by"]; row: ListReport; report: Report }): JSX.Element {
  if (!props.people) {
    return <td class="quiet">{props.report.measured_until ? said.notKept : said.tooFew}</td>;
  }
  const crowd: Crowd = crowdOf(props.people, props.row.recipients);
  return (
    <td>
      {howMany(crowd)} <span class="quiet small">{shareText(crowd)}</span>
      <RangeBar crowd={crowd} />
    </td>
  );
}
