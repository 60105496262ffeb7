/** How many different people the mails of a period reached, and how many of them got how many. */

import type { JSX } from "preact";
import type { Audience } from "../../api";
import { Notice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Await, Wide } from "../frame";
import { crowdOf, howMany } from "../report/ranges";
import { audienceQuery, type DashboardSearch } from "../routes";
import { type Bar, ShareFigure } from "./figure";
import type { Share } from "./shares";

const said = pageWords.dashboard.audience;
type Level = Audience["levels"][number];

export function AudienceSection({ search }: { search: DashboardSearch }): JSX.Element {
  const { api } = useHere();
  const query = audienceQuery(search).toString();
  const loaded = useLoaded(() => api.getAudience(query), [api, query]);
  return (
    <section class="stack" aria-labelledby="audience">
      <h2 id="audience">{said.title}</h2>
      <Await loaded={loaded}>{(found) => <Reached found={found} />}</Await>
    </section>
  );
}

function Reached({ found }: { found: Audience }): JSX.Element {
  const { people, levels, unnamed, unread, untold } = found;
  if (!people) {
    return <Notice tone="info" title={said.untold[untold ?? ""] ?? said.untold.unknown ?? ""} />;
  }
  const many = levels.filter(({ mails }) => mails > 1);
  const bars: Bar[] = many.map((level) => ({
    label: fill(said.level, { n: level.mails }),
    share: partOf(level, people),
    cells: [peopleText(level.people, found)],
  }));
  const highest = many.filter(({ people: of }) => of.at_least > 0).at(-1);
  const text = highest
    ? fill(said.most, { n: highest.mails, people: peopleText(highest.people, found) })
    : said.noneSure;
  return (
    <>
      <p>
        <strong>{fill(said.reached, { people: peopleText(people, found) })}</strong>
      </p>
      {bars.some(({ share }) => share) ? (
        <ShareFigure
          title={said.overlap}
          text={text}
          first={said.mails}
          columns={[said.people]}
          bars={bars}
          unknown={pageWords.ranges.unknownShare}
        />
      ) : (
        bars.length > 0 && <LevelTable text={text} bars={bars} />
      )}
      <p class="quiet prose">
        {found.step > 1 ? fill(said.inSteps, { step: found.step }) : said.exact}
        {unnamed > 0 && ` ${several(unnamed, said.unnamedOne, said.unnamed)}`}
        {unread > 0 && ` ${several(unread, said.unreadOne, said.unread)}`}
      </p>
    </>
  );
}

/** The same, where it is not known which part of all these are. */
function LevelTable({ text, bars }: { text: string; bars: readonly Bar[] }): JSX.Element {
  return (
    <>
      <h3>{said.overlap}</h3>
      <p>{text}</p>
      <Wide label={said.overlap}>
        <table class="tight">
          <caption class="visually-hidden">{said.overlap}</caption>
          <thead>
            <tr>
              <th scope="col">{said.mails}</th>
              <th scope="col">{said.people}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{cells[0]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </>
  );
}

function peopleText(people: Level["people"], { sent }: Audience): string {
  return howMany(crowdOf(people, sent));
}

/** Which part of all that were reached these are; null where that is not known. */
function partOf({ people }: Level, reached: Level["people"]): Share | null {
  if (people.at_most === null || reached.at_most === null || reached.at_least === 0) {
    return null;
  }
  return {
    at_least: people.at_least / reached.at_most,
    at_most: Math.min(1, people.at_most / reached.at_least),
  };
}
