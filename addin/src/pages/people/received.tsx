/** What is kept of what one person did with one mail, in plain words. */

import type { JSX } from "preact";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import type { Found } from "./person";

const said = pageWords.people;

type Received = Found["received"][number];
type Deed = NonNullable<Received["events"]>[number];

/** In the mode `individual` what the report says and the single requests; else that there is the address. */
export function ReceivedKept({ received }: { received: Received }): JSX.Element {
  const { mode, opened, clicked, events = [], events_in_all, lists = [] } = received;
  if (mode !== "individual") {
    return <>{said.addressOnly}</>;
  }
  const through = lists.length > 0 && (
    <p class="quiet small">{fill(said.inLists, { lists: lists.join(", ") })}</p>
  );
  if (opened === null || clicked === null) {
    return (
      <>
        {said.notYet}
        {through}
      </>
    );
  }
  return (
    <>
      {fill(said.both, {
        opened: said.opened[opened] ?? opened,
        clicked: said.clicked[clicked] ?? clicked,
      })}
      {through}
      {events.length > 0 && (
        <details>
          <summary>{several(events_in_all, said.deedsOne, said.deeds)}</summary>
          {events_in_all > events.length && (
            <p class="quiet small">{fill(said.deedsShown, { n: events.length, all: events_in_all })}</p>
          )}
          <ul class="deeds">
            {events.map((deed, place) => (
              <li key={`${deed.at} ${place}`}>
                <span class="quiet small">{moment(deed.at)}</span> {sentenceOf(deed)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** One request: what it was, and what is kept of where it came from. */
function sentenceOf({ did, link, agent, network, marks }: Deed): string {
  return [
    fill(said.deed[did] ?? fill(said.deedOther, { did }), { link: link ?? said.noLink }),
    agent ? fill(said.agent, { agent }) : said.noAgent,
    said.networks[network],
    ...marks.map((mark) => said.marks[mark] ?? mark),
  ]
    .filter(Boolean)
    .join(" ");
}
