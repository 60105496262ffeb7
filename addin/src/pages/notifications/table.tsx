/** Notifications as a table: what was told or waits, how often it was tried, and what came of it. */

import type { JSX } from "preact";
import type { Notification } from "../../api";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { attemptsOf, nameOf } from "./told";

const said = pageWords.notifications;
const TONES = { waiting: "info", taken: "good", given_up: "bad" } as const;

export function NotificationTable({ rows }: { rows: readonly Notification[] }): JSX.Element {
  return (
    <table class="audit">
      <caption class="visually-hidden">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.since}</th>
          <th scope="col">{said.what}</th>
          <th scope="col" class="wide-only">
            {said.state}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((each) => (
          <tr key={each.id}>
            <td class="when">{moment(each.created_at)}</td>
            <td>
              <strong>{nameOf(each)}</strong>
              <div class="narrow-only">
                <State of={each} />
              </div>
              <div>{attemptsOf(each)}</div>
              <div class="quiet small">
                {fill(said.at[each.fate], { moment: moment(each.at) })}
                <br />
                <code>{each.id}</code>
              </div>
            </td>
            <td class="wide-only">
              <State of={each} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ of }: { of: Notification }): JSX.Element {
  const isTriedAgain = of.fate === "waiting" && of.attempts > 0;
  return (
    <span class={`badge ${isTriedAgain ? "warn" : TONES[of.fate]}`}>
      {isTriedAgain ? said.failing : said.fates[of.fate]}
    </span>
  );
}
