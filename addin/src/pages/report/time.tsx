/** Opens and clicks over time, by verdict. */

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Report } from "../../api";
import { Figure, VERDICTS, type Verdict, VerdictLegend } from "../../ui/chart";
import { words } from "../../words/common";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { clock, day, moment, weekday } from "../dates";
import { Wide } from "../frame";
import {
  type Bucket,
  courseOf,
  NOTHING,
  type Split,
  sum,
  tickPlaces,
  toBuckets,
  total,
  type Unit,
} from "./timeline";

const said = pageWords.report;

export function TimeSection({ report }: { report: Report }): JSX.Element {
  const { parts, unit } = courseOf(report);
  const buckets = useMemo(() => toBuckets(parts, unit), [parts, unit]);
  const [wanted, setMachines] = useState<boolean>();
  const hasMachines = wanted ?? !dwarfs(buckets);
  return (
    <section class="stack">
      <h2>{said.time}</h2>
      {buckets.length === 0 ? (
        <p class="quiet">{said.nothingYet}</p>
      ) : (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={hasMachines}
              onChange={(event) => setMachines(event.currentTarget.checked)}
            />
            {said.showMachines}
          </label>
          <div class="pair">
            <Course name="opened" title={said.opensOverTime} {...{ buckets, unit, hasMachines }} />
            <Course name="clicked" title={said.clicksOverTime} {...{ buckets, unit, hasMachines }} />
          </div>
        </>
      )}
    </section>
  );
}

function Course(props: {
  name: "opened" | "clicked";
  title: string;
  buckets: readonly Bucket[];
  unit: Unit;
  hasMachines: boolean;
}): JSX.Element {
  const { name, title, buckets, unit, hasMachines } = props;
  const all = buckets.reduce((before, bucket) => sum(before, bucket[name]), NOTHING);
  const shown = VERDICTS.filter((verdict) => hasMachines || verdict !== "machine");
  const columns = buckets.map((bucket) => ({
    start: bucket.start,
    end: bucket.end,
    title: [
      label(bucket.start, unit),
      ...shown.map((verdict) => `${words.verdicts[verdict]}: ${number(bucket[name][verdict])}`),
    ].join("\n"),
    layers: shown.map((verdict) => ({ name: verdict, size: bucket[name][verdict] })),
  }));
  const starts = buckets.map(({ start }) => start);
  const numbers = Object.fromEntries(VERDICTS.map((each) => [each, number(all[each])]));
  return (
    <Figure
      title={title}
      text={summary(name, buckets, unit, total(all))}
      legend={
        <VerdictLegend
          numbers={numbers as Record<Verdict, string>}
          notes={hasMachines ? {} : { machine: said.notDrawn }}
        />
      }
      draw={(drawing, width) => {
        const ticks = tickPlaces(starts, unit, width < 480 ? 4 : 7);
        return drawing.columns(columns, width, ticks, tickText(unit, ticks, width >= 480));
      }}
      inputs={[buckets, hasMachines, name]}
      table={<CourseTable name={name} title={title} buckets={buckets} unit={unit} />}
    />
  );
}

/** Whether machines would make everybody else's columns too low to see. */
function dwarfs(buckets: readonly Bucket[]): boolean {
  const highest = (size: (split: Split) => number) =>
    Math.max(0, ...buckets.flatMap(({ opened, clicked }) => [size(opened), size(clicked)]));
  const people = highest(({ person, unsure }) => person + unsure);
  return people > 0 && highest(({ machine }) => machine) > 3 * people;
}

function CourseTable(props: {
  name: "opened" | "clicked";
  title: string;
  buckets: readonly Bucket[];
  unit: Unit;
}): JSX.Element {
  const rows = props.buckets.filter((bucket) => total(bucket[props.name]) > 0);
  return (
    <Wide label={props.title}>
      <table class="tight">
        <caption class="visually-hidden">
          {props.title}, {said.unit[props.unit]}
        </caption>
        <thead>
          <tr>
            <th scope="col">{said.unitOf[props.unit]}</th>
            {VERDICTS.map((verdict) => (
              <th key={verdict} scope="col" class="numeric">
                {words.verdicts[verdict]}
              </th>
            ))}
            <th scope="col" class="numeric">
              {said.allRequests}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((bucket) => (
            <tr key={bucket.start.getTime()}>
              <th scope="row">{label(bucket.start, props.unit)}</th>
              {VERDICTS.map((verdict) => (
                <td key={verdict} class="numeric">
                  {number(bucket[props.name][verdict])}
                </td>
              ))}
              <td class="numeric">{number(total(bucket[props.name]))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** What stands below a tick: the hour, with the day where a day begins; or the day. */
function tickText(unit: Unit, ticks: readonly Date[], isWide: boolean): (at: Date) => string {
  const first = ticks[0]?.getTime();
  return (at) => {
    if (unit === "day" || unit === "week") {
      return isWide ? `${weekday(at)}\n${day(at, false)}` : day(at, false);
    }
    const isNewDay = at.getHours() === 0 || at.getTime() === first;
    return isNewDay ? `${clock(at)}\n${day(at)}` : clock(at);
  };
}

function summary(name: "opened" | "clicked", buckets: readonly Bucket[], unit: Unit, all: number): string {
  const busiest = buckets.reduce((most, bucket) => (bucket[name].person > most[name].person ? bucket : most));
  const most = busiest[name].person;
  return fill(most ? said.overTimeText : said.overTimeNoPeople, {
    all,
    unit: said.unit[unit] ?? unit,
    most,
    when: label(busiest.start, unit),
  });
}

function label(at: Date, unit: Unit): string {
  return unit === "hour" || unit === "minute" ? moment(at) : day(at);
}
