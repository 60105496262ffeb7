/** What became of the mails of each campaign and sender, and of each mail beside what is usual. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Dashboard } from "../../api";
import { Button } from "../../ui/components";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { Wide } from "../frame";
import { countText } from "../messages/naming";
import { RangeBar } from "../report/headline";
import { crowdOf, howMany } from "../report/ranges";
import { type DashboardSearch, hrefOf } from "../routes";
import { partText } from "./shares";

const said = pageWords.dashboard;
const FIRST = 25;
type Group = Dashboard["campaigns"][number];
type Line = Dashboard["mails"][number];

/** The mails of each campaign, or of each sender. */
export function Groups(props: {
  title: string;
  first: string;
  groups: readonly Group[];
  search: DashboardSearch;
  by: "campaign" | "sender";
}): JSX.Element {
  const { title, search, by } = props;
  return (
    <section class="stack">
      <h2>{title}</h2>
      <Wide label={title}>
        <table class="groups">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.first}</th>
              <th scope="col" class="numeric">
                {said.mails}
              </th>
              <th scope="col">{said.opened}</th>
              <th scope="col">{said.clicked}</th>
              <th scope="col">{said.usual}</th>
            </tr>
          </thead>
          <tbody>
            {props.groups.map(({ name, sum, usual_opened }) => (
              <tr key={name}>
                <th scope="row">
                  <a href={hrefOf({ name: "dashboard", search: { ...search, [by]: name } })}>{name}</a>
                </th>
                <td class="numeric">{number(sum.mails)}</td>
                <DoneCell done={sum.opened} />
                <DoneCell done={sum.clicked} />
                <td>{usual_opened ? partText(usual_opened) : <span class="quiet">{said.noUsual}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}

function DoneCell({ done }: { done: Group["sum"]["opened"] }): JSX.Element {
  if (!done.mails) {
    return <td class="quiet">{said.noNumbers}</td>;
  }
  const crowd = crowdOf(done.people, done.of);
  return (
    <td>
      {partText(done.share)}
      <RangeBar crowd={crowd} />
      <div class="quiet small">{howMany(crowd)}</div>
    </td>
  );
}

/** The latest mails, each beside what is usual. */
export function MailLines({ found }: { found: Dashboard }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const lines = isWhole ? found.mails : found.mails.slice(0, FIRST);
  return (
    <section class="stack">
      <h2>{said.each}</h2>
      <p class="quiet prose">{fill(said.eachNote, { n: lines.length, all: found.total.mails })}</p>
      <Wide label={said.each}>
        <table class="groups">
          <caption class="visually-hidden">{said.each}</caption>
          <thead>
            <tr>
              <th scope="col">{said.name}</th>
              <th scope="col">{said.opened}</th>
              <th scope="col">{said.clicked}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.message_id}>
                <th scope="row">
                  <a class="subject" href={hrefOf({ name: "report", id: line.message_id })}>
                    {line.name || moment(line.sent_at)}
                  </a>
                  <div class="quiet small">
                    {[line.name && moment(line.sent_at), line.campaign, countText(line.recipients)]
                      .filter(Boolean)
                      .join(" · ")}
                  </div>
                </th>
                <Stands
                  people={line.opened_by}
                  line={line}
                  share={line.opened}
                  usual={line.usual_opened}
                  stands={line.opened_stands}
                />
                <Stands
                  people={line.clicked_by}
                  line={line}
                  share={line.clicked}
                  usual={line.usual_clicked}
                  stands={line.clicked_stands}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {lines.length < found.mails.length && (
        <p>
          <Button onClick={() => setWhole(true)}>{fill(said.showAll, { n: found.mails.length })}</Button>
        </p>
      )}
    </section>
  );
}

function Stands(props: {
  people: Line["opened_by"];
  line: Line;
  share: Line["opened"];
  usual: Line["usual_opened"];
  stands: string;
}): JSX.Element {
  const { people, usual, stands } = props;
  if (!people) {
    return <td class="quiet">{said.noNumbers}</td>;
  }
  const isApart = stands === "more" || stands === "fewer";
  return (
    <td>
      {partText(props.share)}
      <RangeBar crowd={crowdOf(people, props.line.recipients)} />
      {usual && (
        <div class="small">
          {isApart ? <strong>{said.stands[stands]}</strong> : said.stands[stands]}{" "}
          <span class="quiet">({partText(usual)})</span>
        </div>
      )}
    </td>
  );
}
