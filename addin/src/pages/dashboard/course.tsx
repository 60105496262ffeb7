/** Shares over weeks or months, and by weekday and hour. */

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Dashboard } from "../../api";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { crowdOf, howMany } from "../report/ranges";
import { type Bar, ShareFigure } from "./figure";
import { hourText, periodsOf, periodText, weekdayText } from "./periods";
import { largestOf, partText } from "./shares";

const said = pageWords.dashboard;
const DEEDS = ["opened", "clicked"] as const;

export function CourseSection({ found }: { found: Dashboard }): JSX.Element {
  const { by } = found;
  const periods = useMemo(() => periodsOf(found.course, by), [found]);
  return (
    <section class="stack">
      <h2>{`${said.course}, ${said.courseOf[by] ?? by}`}</h2>
      <div class="pair">
        {DEEDS.map((deed) => {
          const bars: Bar[] = periods.map(({ start, value }) => {
            const done = value?.sum[deed];
            return {
              label: periodText(start, by),
              share: done?.share ?? null,
              cells: [
                number(value?.sum.mails ?? 0),
                done?.mails ? howMany(crowdOf(done.people, done.of)) : said.noNumbers,
              ],
            };
          });
          const largest = largestOf(bars.map(({ share }) => share));
          const best = largest === null ? undefined : bars[largest];
          return (
            <ShareFigure
              key={deed}
              title={said[deed]}
              text={
                best
                  ? fill(said.highest, { when: best.label, share: partText(best.share) })
                  : largest === null
                    ? said.overlap
                    : said.oneOnly
              }
              first={said.period[by] ?? by}
              columns={[said.mails, said.people]}
              bars={bars}
              unknown={said.noNumbers}
            />
          );
        })}
      </div>
    </section>
  );
}

export function RhythmSection({ found }: { found: Dashboard }): JSX.Element {
  return (
    <section class="stack">
      <div class="pair">
        <RhythmFigure
          title={said.weekdays}
          first={said.weekday}
          rhythm={found.weekdays}
          textOf={weekdayText}
        />
        <RhythmFigure title={said.hours} first={said.hour} rhythm={found.hours} textOf={hourText} />
      </div>
      <p class="quiet prose">{said.rhythmNote}</p>
    </section>
  );
}

function RhythmFigure(props: {
  title: string;
  first: string;
  rhythm: Dashboard["weekdays"];
  textOf: (number: number) => string;
}): JSX.Element {
  const { rhythm, textOf } = props;
  const bars = rhythm.beats.map((beat) => ({
    label: textOf(beat.number),
    share: beat.share,
    cells: [number(beat.mails)],
  }));
  const text =
    rhythm.best !== null
      ? fill(said.best, { when: textOf(rhythm.best) })
      : rhythm.sureness === "too_few"
        ? said.tooFew
        : said.unsure;
  return (
    <ShareFigure
      title={props.title}
      text={text}
      first={props.first}
      columns={[said.mails]}
      bars={bars}
      unknown={said.fewMails}
    />
  );
}
