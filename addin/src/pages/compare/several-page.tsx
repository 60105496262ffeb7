/** Any number of mails side by side, and what can be said of which did better. */

import type { JSX } from "preact";
import type { Headline, Message } from "../../api";
import { Empty } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { ShareFigure } from "../dashboard/figure";
import { zone } from "../dates";
import { Await, Heading, Wide } from "../frame";
import { isRest } from "../messages/halves";
import { countText, fateOf, nameOf, whenOf } from "../messages/naming";
import { RangeBar } from "../report/headline";
import { findMessage } from "../report/page";
import { type Crowd, crowdOf, howMany, shareOf, shareText } from "../report/ranges";
import { hrefOf } from "../routes";
import { letterOf, mayBeLargest, surelyAbove } from "./several";

const said = pageWords.compare;
const DEEDS = ["opened", "clicked"] as const;
const TRIES = 4;

interface Side {
  readonly message: Message;
  readonly headline: Headline | undefined;
}

export function SeveralPage({ ids }: { ids: readonly string[] }): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(async () => {
    const messages = await Promise.all(ids.map((id) => findMessage(api, id)));
    const found = new Map<string, Headline>();
    let open = ids.filter((_, place) => messages[place]);
    for (let tried = 0; open.length > 0 && tried < TRIES; tried += 1) {
      const { headlines, gone } = await api.getHeadlines(open);
      for (const headline of headlines) {
        found.set(headline.message_id, headline);
      }
      open = open.filter((id) => !found.has(id) && !gone.includes(id));
    }
    return messages.flatMap((message) =>
      message ? [{ message, headline: found.get(message.message_id) }] : [],
    );
  }, [api, ids.join()]);
  return (
    <div class="stack loose">
      <p class="crumb">
        <a href="#/messages">{pageWords.allMessages}</a>
      </p>
      <Heading page={said.heading} />
      <Await loaded={loaded}>
        {(sides) =>
          sides.length > 1 ? (
            <Sides sides={sides} missing={ids.length - sides.length} />
          ) : (
            <Empty title={pageWords.report.gone}>
              <p>{pageWords.report.missing}</p>
            </Empty>
          )
        }
      </Await>
    </div>
  );
}

function Sides({ sides, missing }: { sides: readonly Side[]; missing: number }): JSX.Element {
  const crowds = Object.fromEntries(
    DEEDS.map((deed) => [deed, sides.map((side) => crowdIn(side, deed))]),
  ) as Record<(typeof DEEDS)[number], (Crowd | null)[]>;
  const modes = new Set(sides.map(({ message }) => message.mode));
  return (
    <>
      {missing > 0 && <p class="quiet">{fill(said.severalGone, { n: missing })}</p>}
      {modes.size > 1 && <p class="prose">{said.severalModes}</p>}
      <div class="pair">
        {DEEDS.map((deed) => (
          <ShareFigure
            key={deed}
            title={said.rows[deed] ?? deed}
            text={verdict(crowds[deed])}
            first={said.mail}
            columns={[said.people]}
            bars={crowds[deed].map((crowd, place) => ({
              label: letterOf(place),
              share: partOf(crowd),
              cells: [crowd ? howMany(crowd) : said.withheld],
            }))}
            unknown={said.withheld}
          />
        ))}
      </div>
      <Wide label={said.caption}>
        <table class="groups">
          <caption class="visually-hidden">{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.mail}</th>
              <th scope="col">{said.rows.opened}</th>
              <th scope="col">{said.rows.clicked}</th>
            </tr>
          </thead>
          <tbody>
            {sides.map(({ message, headline }, place) => (
              <tr key={message.message_id}>
                <th scope="row">
                  {letterOf(place)}:{" "}
                  <a class="subject" href={hrefOf({ name: "report", id: message.message_id })}>
                    {nameOf(message)}
                  </a>
                  <div class="quiet small">
                    {[message.labels.name && whenOf(message), countText(message.count), halfText(message)]
                      .filter(Boolean)
                      .join(" · ")}
                  </div>
                </th>
                {DEEDS.map((deed) => (
                  <Cell
                    key={deed}
                    crowd={crowds[deed][place] ?? null}
                    above={surelyAbove(crowds[deed])[place] ?? []}
                    why={message.stage === "sent" ? (fateOf(headline)?.why ?? said.withheld) : said.unsent}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
    </>
  );
}

/** Whom it is about, of a mail that is two messages. */
function halfText(message: Message): string {
  const { named, rest } = pageWords.halves;
  return message.other_half ? (isRest(message) ? rest : named) : "";
}

function Cell(props: { crowd: Crowd | null; above: readonly number[]; why: string }): JSX.Element {
  const { crowd, above } = props;
  if (!crowd) {
    return <td class="quiet">{props.why}</td>;
  }
  return (
    <td>
      <strong>{shareText(crowd)}</strong>
      <div class="quiet small">{howMany(crowd)}</div>
      <RangeBar crowd={crowd} />
      {above.length > 0 && (
        <div class="small">{fill(said.surelyAbove, { letters: above.map(letterOf).join(", ") })}</div>
      )}
    </td>
  );
}

/** What can be said of which share is the largest. */
function verdict(crowds: readonly (Crowd | null)[]): string {
  const largest = mayBeLargest(crowds);
  const letters = largest.map(letterOf).join(", ");
  if (largest.length === 0) {
    return said.severalUnknown;
  }
  if (largest.length === 1) {
    return fill(said.severalBest, { letter: letters });
  }
  const known = crowds.filter(Boolean).length;
  return fill(largest.length < known ? said.severalSome : said.severalAll, { letters });
}

function crowdIn({ headline }: Side, deed: (typeof DEEDS)[number]): Crowd | null {
  const people = headline?.[`${deed}_by`];
  return headline && people ? crowdOf(people, headline.recipients) : null;
}

function partOf(crowd: Crowd | null): { at_least: number; at_most: number } | null {
  const share = crowd && shareOf(crowd);
  return share ? { at_least: share.least / 100, at_most: share.most / 100 } : null;
}
