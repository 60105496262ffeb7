/** What stands above every page: the way to the others, and who is signed in. */

import type { ComponentChildren, JSX } from "preact";
import type { Me } from "../api";
import { words } from "../words/common";
import { fill } from "../words/fill";
import { pageWords } from "../words/pages";
import type { Route } from "./routes";

/** The pages that somebody is led to. */
export type Navigation = readonly (keyof typeof pageWords.nav & Route["name"])[];

export function Header(props: {
  me: Me | undefined;
  navigation: Navigation;
  route: Route;
  children: ComponentChildren;
}): JSX.Element {
  const { me, navigation, route } = props;
  const current = ["report", "compare", "several"].includes(route.name) ? "messages" : route.name;
  return (
    <header class="top">
      <span class="brand">
        <Mark />
        {words.name}
      </span>
      {me && me.roles.length > 0 && (
        <nav aria-label={pageWords.nav.label}>
          <ul>
            {navigation.map((page) => (
              <li key={page}>
                <a href={`#/${page}`} aria-current={page === current ? "page" : undefined}>
                  {pageWords.nav[page]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <span class="who">
        {me?.name && <span class="quiet">{fill(pageWords.signedInAs, { name: me.name })}</span>}
        {props.children}
      </span>
    </header>
  );
}

function Mark(): JSX.Element {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="18" height="18" rx="4" fill="var(--brand)" />
      <path
        d="M5.5 6.500h9M5.5 10h9M5.5 13.500h4"
        stroke="var(--on-brand)"
        stroke-width="1.8"
        stroke-linecap="round"
      />
    </svg>
  );
}
