/** Two reports side by side, and whether the comparison is fair. */

import type { JSX } from "preact";
import type { Message, Report } from "../../api";
import { Empty, Notice, Waiting } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { words } from "../../words/common";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { moment, zone } from "../dates";
import { Heading, isGone, PageTrouble, Wide } from "../frame";
import { countText, senderText } from "../messages/naming";
import { RangeBar } from "../report/headline";
import { splitText } from "../report/links";
import { findMessage } from "../report/page";
import { type Crowd, crowdOf, crowdText, larger, shareText } from "../report/ranges";
import { unfairness } from "../report/timeline";
import { hrefOf } from "../routes";
import { CourseSection, LinksTable } from "./parts";

const said = pageWords.compare;

export function ComparePage({ first, second }: { first: string; second: string }): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(
    () => Promise.all([api.getReport(first), api.getReport(second)]),
    [api, first, second],
  );
  const messages = useLoaded(
    () => Promise.all([findMessage(api, first), findMessage(api, second)]),
    [api, first, second],
  );
  const { value, trouble, reload } = loaded;
  return (
    <div class="stack loose">
      <p class="crumb">
        <a href="#/messages">{pageWords.allMessages}</a>
      </p>
      <Heading page={said.heading}>
        <a class="button" href={hrefOf({ name: "compare", first: second, second: first })}>
          {said.swap}
        </a>
      </Heading>
      {value ? (
        <Compared reports={value} messages={messages.value ?? [undefined, undefined]} />
      ) : isGone(trouble) ? (
        <Empty title={pageWords.report.gone}>
          <p>{pageWords.report.missing}</p>
        </Empty>
      ) : trouble ? (
        <PageTrouble trouble={trouble} onRetry={reload} />
      ) : (
        <Waiting text={pageWords.loading} />
      )}
    </div>
  );
}

type Two<T> = readonly [T, T];

function Compared(props: { reports: Two<Report>; messages: Two<Message | undefined> }): JSX.Element {
  const [first, second] = props.reports;
  const faults = unfairness(first, second);
  const modes = { first: words.modes[first.mode], second: words.modes[second.mode] };
  return (
    <>
      <div class="pair">
        <Which letter={said.first} report={first} message={props.messages[0]} />
        <Which letter={said.second} report={second} message={props.messages[1]} />
      </div>
      {faults.length > 0 && (
        <Notice tone="warn" title={said.unfairTitle}>
          <ul class="bulleted">
            {faults.map((fault) => (
              <li key={fault}>{fill(said.unfair[fault] ?? fault, modes)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section class="stack">
        <h2>{said.caption}</h2>
        <Sides first={first} second={second} isFair={faults.length === 0} />
      </section>
      <CourseSection first={first} second={second} />
      <LinksTable first={first} second={second} />
      <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
    </>
  );
}

function Which(props: { letter: string; report: Report; message: Message | undefined }): JSX.Element {
  const { letter, report, message } = props;
  const title = report.sent_at
    ? fill(said.which, { letter, when: moment(report.sent_at) })
    : fill(said.whichUnsent, { letter });
  return (
    <section class="card stack" aria-label={title}>
      <h2>{title}</h2>
      <p>
        {message && <span class="line">{fill(pageWords.messages.from, { name: senderText(message) })}</span>}
        <span class="line">
          {countText(report.recipients)} · {words.modes[report.mode]}
        </span>
      </p>
      <p>
        <a href={hrefOf({ name: "report", id: report.message_id })}>{said.openReport}</a>
      </p>
    </section>
  );
}

function Sides(props: { first: Report; second: Report; isFair: boolean }): JSX.Element {
  return (
    <Wide label={said.caption}>
      <table class="sides">
        <caption class="visually-hidden">{said.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{said.measure}</th>
            <th scope="col">{said.first}</th>
            <th scope="col">{said.second}</th>
            <th scope="col">{said.answer}</th>
          </tr>
        </thead>
        <tbody>
          {(["opened", "clicked"] as const).map((deed) => {
            const [one, other] = [props.first, props.second].map((report) => {
              const people = report[`${deed}_by`];
              return people && crowdOf(people, report.recipients);
            });
            const isFair = props.isFair && one && other;
            return (
              <tr key={deed}>
                <th scope="row">{said.rows[deed]}</th>
                <Side crowd={one} />
                <Side crowd={other} />
                <td>{isFair ? said.standings[larger(one, other)] : said.standings.unfair}</td>
              </tr>
            );
          })}
          <Requests name={pageWords.report.opens} first={props.first.opened} second={props.second.opened} />
          <Requests
            name={pageWords.report.clicks}
            first={props.first.clicked}
            second={props.second.clicked}
          />
        </tbody>
      </table>
    </Wide>
  );
}

function Side({ crowd }: { crowd: Crowd | null | undefined }): JSX.Element {
  if (!crowd) {
    return <td class="quiet">{said.withheld}</td>;
  }
  return (
    <td>
      <strong>{shareText(crowd)}</strong>
      <div class="quiet small">{crowdText(crowd)}</div>
      <RangeBar crowd={crowd} />
    </td>
  );
}

function Requests(props: {
  name: string;
  first: Report["opened"];
  second: Report["opened"];
}): JSX.Element | null {
  if (!props.first && !props.second) {
    return null;
  }
  const cell = (split: Report["opened"]) =>
    split ? <td>{splitText(split)}</td> : <td class="quiet">{said.withheld}</td>;
  return (
    <tr>
      <th scope="row">{props.name}</th>
      {cell(props.first)}
      {cell(props.second)}
      <td />
    </tr>
  );
}
