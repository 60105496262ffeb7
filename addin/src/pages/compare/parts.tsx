/** Two mails on one clock, and their links beside each other. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { isExact } from "../../amounts";
import type { Report } from "../../api";
import { Figure } from "../../ui/chart";
import { fill, number, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";
import { LinkText } from "../report/links";
import { crowdOf, howMany } from "../report/ranges";
import { type Point, pointAt, sinceSent, upTo } from "../report/timeline";

const said = pageWords.compare;
const MARKS = [1, 2, 4, 8, 24, 48, 72, 168, 336, 720];

type Sides = { first: Report; second: Report };

const DAYS_FROM = 96; // hours

/** What people did since each mail was sent. */
export function CourseSection({ first, second }: Sides): JSX.Element | null {
  const courses = useMemo(() => [sinceSent(first), sinceSent(second)] as const, [first, second]);
  const [one, other] = courses;
  if (!one.length || !other.length || !first.opened || !second.opened) {
    return null;
  }
  const both = Math.min(one.at(-1)?.hour ?? 0, other.at(-1)?.hour ?? 0);
  const areDays = both > DAYS_FROM;
  if (![first, second].every(({ recipients }) => isExact(recipients))) {
    return (
      <section class="stack">
        <h2>{said.course}</h2>
        <p class="quiet">{said.courseUnknown}</p>
      </section>
    );
  }
  const per = ({ recipients }: Report, n: number) =>
    recipients.at_least ? (n * 100) / recipients.at_least : 0;
  const curve = (report: Report, points: readonly Point[], label: string, look: "first" | "second") => ({
    label,
    look,
    points: upTo(points, both).map(({ hour, opened }) => ({
      x: areDays ? hour / 24 : hour,
      y: per(report, opened),
    })),
  });
  const curves = [curve(first, one, said.first, "first"), curve(second, other, said.second, "second")];
  const at = (points: readonly Point[], report: Report) =>
    tenth(per(report, pointAt(points, areDays ? Math.floor(both / 24) * 24 : both).opened));
  return (
    <section class="stack">
      <h2>{said.course}</h2>
      <Figure
        title={pageWords.report.opens}
        text={`${said.courseText} ${fill(said.courseAt, {
          hours: areDays
            ? fill(said.daysMany, { n: Math.floor(both / 24) })
            : several(both, said.hoursOne, said.hoursMany),
          first: at(one, first),
          second: at(other, second),
        })}`}
        draw={(drawing, width) => drawing.curves(curves, width, areDays ? said.axisDays : said.axisHours)}
        inputs={[first, second]}
        table={<CourseTable one={one} other={other} until={both} />}
      />
    </section>
  );
}

function CourseTable(props: { one: readonly Point[]; other: readonly Point[]; until: number }): JSX.Element {
  const hours = [...MARKS.filter((hour) => hour < props.until), props.until];
  const letters = [said.first, said.second];
  return (
    <Wide label={said.course}>
      <table class="tight">
        <caption class="visually-hidden">{said.course}</caption>
        <thead>
          <tr>
            <th scope="col">{said.hour}</th>
            {[said.opensOf, said.clicksOf].flatMap((text) =>
              letters.map((letter) => (
                <th key={`${text}${letter}`} scope="col" class="numeric">
                  {fill(text, { letter })}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => {
            const [one, other] = [pointAt(props.one, hour), pointAt(props.other, hour)];
            return (
              <tr key={hour}>
                <th scope="row">{number(hour)}</th>
                <td class="numeric">{number(one.opened)}</td>
                <td class="numeric">{number(other.opened)}</td>
                <td class="numeric">{number(one.clicked)}</td>
                <td class="numeric">{number(other.clicked)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
}

/** The links of both mails, each with who clicked it. */
export function LinksTable({ first, second }: Sides): JSX.Element {
  const urls = [...new Set([...first.links, ...second.links].map(({ url }) => url))];
  const clickedBy = (report: Report, url: string) => {
    const link = report.links.find((each) => each.url === url);
    return link && (link.clicked_by ? howMany(crowdOf(link.clicked_by, report.recipients)) : said.withheld);
  };
  const cell = (text: string | undefined) => <td>{text ?? <span class="quiet">{said.notIn}</span>}</td>;
  return (
    <section class="stack">
      <h2>{said.links}</h2>
      {urls.length === 0 ? (
        <p class="quiet">{said.noLinks}</p>
      ) : (
        <Wide label={said.linksCaption}>
          <table class="links">
            <caption>{said.linksCaption}</caption>
            <thead>
              <tr>
                <th scope="col">{pageWords.report.link}</th>
                <th scope="col">{said.first}</th>
                <th scope="col">{said.second}</th>
              </tr>
            </thead>
            <tbody>
              {urls.map((url) => (
                <tr key={url}>
                  <th scope="row">
                    <LinkText url={url} />
                  </th>
                  {cell(clickedBy(first, url))}
                  {cell(clickedBy(second, url))}
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </section>
  );
}

function tenth(value: number): string {
  return number(value, { maximumFractionDigits: 1 });
}
