/** What became of each link. */

import type { JSX } from "preact";
import type { Report } from "../../api";
import { VERDICTS } from "../../ui/chart";
import { words } from "../../words/common";
import { fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";
import { linkParts } from "../messages/naming";
import { RangeBar } from "./headline";
import { byPeople, crowdOf, endOf, howMany } from "./ranges";
import type { Split } from "./timeline";

const said = pageWords.report;

export function LinksSection(props: { report: Report; names: readonly string[] }): JSX.Element {
  const { report, names } = props;
  const links = report.links
    .flatMap(({ clicked_by, ...link }, number) =>
      clicked_by
        ? [{ ...link, name: names[number] ?? "", crowd: crowdOf(clicked_by, report.recipients) }]
        : [],
    )
    .sort((a, b) => byPeople(a.crowd, b.crowd));
  const hasRequests = links.some(({ clicked }) => clicked);
  const hasPeople = links.some(({ crowd }) => endOf(crowd.people) > 0);
  const scale = Math.max(1, ...links.map(({ crowd }) => endOf(crowd.people)));
  return (
    <section class="stack">
      <h2>{said.links}</h2>
      {links.length === 0 ? (
        <p class="quiet">{said.noLinks}</p>
      ) : (
        <>
          {hasPeople && <p class="quiet small">{fill(said.linksNote, { n: scale })}</p>}
          <Wide label={said.linksCaption}>
            <table class="links">
              <caption class="visually-hidden">{said.linksCaption}</caption>
              <thead>
                <tr>
                  <th scope="col">{said.link}</th>
                  <th scope="col">{said.clickedBy}</th>
                  {hasRequests &&
                    VERDICTS.map((verdict) => (
                      <th key={verdict} scope="col" class="numeric wide-only">
                        {said.clicks}: {words.verdicts[verdict]}
                      </th>
                    ))}
                </tr>
              </thead>
              <tbody>
                {links.map(({ url, name, clicked, crowd }) => (
                  <tr key={url}>
                    <th scope="row">
                      {name && <div>{name}</div>}
                      <LinkText url={url} />
                    </th>
                    <td>
                      {howMany(crowd)}
                      <RangeBar crowd={crowd} scale={scale} />
                      {clicked && <div class="narrow-only quiet small">{splitText(clicked)}</div>}
                    </td>
                    {clicked &&
                      VERDICTS.map((verdict) => (
                        <td key={verdict} class="numeric wide-only">
                          {number(clicked[verdict])}
                        </td>
                      ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        </>
      )}
    </section>
  );
}

/** "122 by people, 13 unsure, 480 by machines" */
export function splitText({ person, unsure, machine }: Split): string {
  return fill(said.split, { person, unsure, machine });
}

/** Where a link leads, as text: following it from here would only confuse whoever counts. */
export function LinkText({ url }: { url: string }): JSX.Element {
  const { host, rest } = linkParts(url);
  return (
    <span class="link-text" title={url}>
      {host}
      {rest && <span class="quiet">{rest}</span>}
    </span>
  );
}
