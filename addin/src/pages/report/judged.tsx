/** Requests as they came beside what they were judged to be, and why. */

import type { JSX } from "preact";
import type { Report } from "../../api";
import { PartBar, Swatch, VERDICTS, type Verdict } from "../../ui/chart";
import { words } from "../../words/common";
import { number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";
import { reasonsOf } from "./reasons";
import { type Split, total } from "./timeline";

const said = pageWords.report;

export function JudgedSection({ report }: { report: Report }): JSX.Element | null {
  const { opened, clicked } = report;
  if (!opened || !clicked) {
    return null;
  }
  return (
    <details class="fold">
      <summary>
        <h2>{said.judged}</h2>
      </summary>
      <div class="stack">
        <p class="prose">{said.judgedText}</p>
        <Wide label={said.judgedCaption}>
          <table class="judged">
            <caption class="visually-hidden">{said.judgedCaption}</caption>
            <thead>
              <tr>
                <td />
                <th scope="col" class="numeric raw">
                  {said.raw}
                </th>
                {VERDICTS.map((verdict) => (
                  <th key={verdict} scope="col" class="numeric">
                    <VerdictWord verdict={verdict} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <JudgedRow name={said.opens} split={opened} />
              <JudgedRow name={said.clicks} split={clicked} />
            </tbody>
          </table>
        </Wide>
        <h3>{said.reasons}</h3>
        <ReasonTable counts={report.reasons} />
        {Object.keys(report.not_counted).length > 0 && (
          <>
            <h3>{said.notCounted}</h3>
            <p class="quiet">{said.notCountedText}</p>
            <ReasonTable counts={report.not_counted} isPlain />
          </>
        )}
      </div>
    </details>
  );
}

function JudgedRow({ name, split }: { name: string; split: Split }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        {name}
        <PartBar whole={total(split)} parts={VERDICTS.map((each) => ({ name: each, size: split[each] }))} />
      </th>
      <td class="numeric raw">{number(total(split))}</td>
      {VERDICTS.map((verdict) => (
        <td key={verdict} class="numeric">
          {number(split[verdict])}
        </td>
      ))}
    </tr>
  );
}

function ReasonTable({
  counts,
  isPlain,
}: {
  counts: Record<string, number>;
  isPlain?: boolean;
}): JSX.Element {
  const rows = reasonsOf(counts);
  if (!rows.length) {
    return <p class="quiet">{said.noReasons}</p>;
  }
  const title = isPlain ? said.notCounted : said.reasons;
  return (
    <>
      {!isPlain && <p class="quiet">{said.reasonsText}</p>}
      <Wide label={title}>
        <table class="tight reasons">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{said.reason}</th>
              {!isPlain && (
                <th scope="col" class="wide-only">
                  {said.speaksFor}
                </th>
              )}
              <th scope="col" class="numeric">
                {said.times}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, text, verdict, times }) => (
              <tr key={name}>
                <th scope="row">
                  {text}
                  {verdict && (
                    <div class="narrow-only">
                      <VerdictWord verdict={verdict} />
                    </div>
                  )}
                </th>
                {!isPlain && <td class="wide-only">{verdict && <VerdictWord verdict={verdict} />}</td>}
                <td class="numeric">{number(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}

function VerdictWord({ verdict }: { verdict: Verdict }): JSX.Element {
  return (
    <span class="verdict">
      <Swatch name={verdict} />
      {words.verdicts[verdict]}
    </span>
  );
}
