/** How many people opened and clicked, as ranges. */

import type { JSX } from "preact";
import type { Amount } from "../../amounts";
import type { Report } from "../../api";
import { PartBar, Swatch } from "../../ui/chart";
import { fill, number, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { type Crowd, crowdOf, endOf, howMany, ofHowMany, scaleOf, shareText } from "./ranges";

const said = pageWords.report;

export function Headline({ report }: { report: Report }): JSX.Element | null {
  const { opened_by, clicked_by } = report;
  if (!clicked_by) {
    return null;
  }
  const crowd = (people: Amount) => crowdOf(people, report.recipients);
  return (
    <div class="stack">
      <div class="pair">
        {opened_by && <RangeCard title={said.opened} crowd={crowd(opened_by)} />}
        <RangeCard title={said.clicked} crowd={crowd(clicked_by)} />
      </div>
      <p class="quiet prose">
        {report.mode === "counting" ? said.countingNote : said.toldApartNote}{" "}
        {opened_by ? said.openedNote : said.noOpens}
      </p>
      {!!report.not_measured && (
        <p class="quiet prose">{several(report.not_measured, said.notMeasuredOne, said.notMeasured)}</p>
      )}
      {report.notice !== "line" && <p class="quiet prose">{pageWords.silence[report.notice]}</p>}
    </div>
  );
}

/** "Opened: between 210 and 260 of 1,204 recipients", the share, and a bar of the whole. */
export function RangeCard({ title, crowd }: { title: string; crowd: Crowd }): JSX.Element {
  return (
    <section class="card range" aria-label={title}>
      <h2>{title}</h2>
      <p class="figure">
        <span class="big">{howMany(crowd)}</span> <span>{ofHowMany(crowd)}</span>
        <span class="share">{shareText(crowd)}</span>
      </p>
      <RangeBar crowd={crowd} tall />
      <div class="row small quiet" aria-hidden="true">
        <Swatch name="person" /> {pageWords.ranges.surely}
        <Swatch name="perhaps" /> {pageWords.ranges.perhaps}
        <span class="ends">{fill(pageWords.ranges.bar, { of: number(scaleOf(crowd)) })}</span>
      </div>
    </section>
  );
}

/** The range as a bar, of all recipients or of `scale`. */
export function RangeBar(props: { crowd: Crowd; scale?: number; tall?: boolean }): JSX.Element {
  const { people } = props.crowd;
  const { at_least: least } = people;
  return (
    <PartBar
      tall={props.tall ?? false}
      whole={props.scale ?? scaleOf(props.crowd)}
      parts={[
        { name: "person", size: least },
        { name: "perhaps", size: endOf(people) - least },
      ]}
    />
  );
}
