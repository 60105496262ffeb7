/** What is shown where the page that was asked for cannot be: unknown, forbidden, or nobody's. */

import type { JSX } from "preact";
import { Notice } from "../ui/components";
import { words } from "../words/common";
import { pageWords } from "../words/pages";
import { Heading } from "./frame";

/** No page has this address. */
export function Unknown({ pages }: { pages: readonly (keyof typeof pageWords.nav)[] }): JSX.Element {
  const said = pageWords.unknown;
  return (
    <div class="stack narrow">
      <Heading page={said.heading} />
      <Notice tone="info" title={said.title}>
        <p>{said.text}</p>
        <ul class="bulleted">
          {pages.map((page) => (
            <li key={page}>
              <a href={`#/${page}`}>{pageWords.nav[page]}</a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** A page for admins, asked for by somebody else, who finds `first` instead. */
export function Refused({ first }: { first: keyof typeof pageWords.nav }): JSX.Element {
  const said = pageWords.refused;
  return (
    <div class="stack narrow">
      <Heading page={said.title} />
      <Notice tone="warn" title={said.text}>
        <p>{said.remedy}</p>
      </Notice>
      <p>
        <a class="button" href={`#/${first}`}>
          {pageWords.nav[first]}
        </a>
      </p>
    </div>
  );
}

/** Somebody signed in who has no role at all. */
export function NoRole(): JSX.Element {
  const said = pageWords.refused;
  return (
    <div class="stack narrow">
      <Heading page={said.noRole} />
      <Notice tone="warn" title={said.noRoleText}>
        <p>{said.noRoleRemedy}</p>
      </Notice>
      <p>
        <a href="#/me">{pageWords.me.open}</a>
      </p>
      <p class="quiet">{words.name}</p>
    </div>
  );
}
