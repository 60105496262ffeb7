/** The frame of all pages: who is signed in, the navigation, and the page that the address names. */

import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Api, asTrouble, type Me, type Trouble } from "../api";
import { Patterns } from "../ui/chart";
import { Button, Notice, TroubleNotice, Waiting } from "../ui/components";
import { words } from "../words/common";
import { pageWords } from "../words/pages";
import { AuditPage } from "./audit/page";
import { ComparePage } from "./compare/page";
import { SeveralPage } from "./compare/several-page";
import { ConnectionPage } from "./connection/page";
import { type Here, HereContext } from "./context";
import { DashboardPage } from "./dashboard/page";
import { NoRole, Refused, Unknown } from "./elsewhere";
import { focusHeading } from "./frame";
import { Header, type Navigation } from "./header";
import { LinksPage } from "./links/page";
import { MePage } from "./me/page";
import { MessagesPage } from "./messages/page";
import { NotificationsPage } from "./notifications/page";
import { PeoplePage } from "./people/page";
import { ReportPage } from "./report/page";
import { hrefOf, parseRoute, type Route } from "./routes";
import { StatementPage } from "./statement/page";
import type { TabSession } from "./tab-session";

type Standing = { is: "waiting" } | { is: "out"; trouble: Trouble } | { is: "in"; me: Me };

const NO_TEAMS: readonly string[] = [];

export function App({ session, scope }: { session: TabSession; scope: string }): JSX.Element {
  const [standing, setStanding] = useState<Standing>({ is: "waiting" });
  const route = useRoute();
  const api = useMemo(
    () => new Api((refused) => session.token([scope], { fresh: refused })),
    [session, scope],
  );

  const meet = useCallback(
    async (ask: boolean) => {
      try {
        await session.token([scope], { ask });
        setStanding({ is: "in", me: await api.me() });
      } catch (thrown) {
        setStanding({ is: "out", trouble: asTrouble(thrown) });
      }
    },
    [session, scope, api],
  );
  useEffect(() => void meet(false), [meet]);

  const signIn = useCallback(async () => {
    await session.token([scope], { ask: true });
  }, [session, scope]);

  // The button that began the sign-in is gone with it.
  const wasOut = useRef(false);
  useEffect(() => {
    if (standing.is === "in" && wasOut.current) {
      focusHeading();
    }
    wasOut.current = standing.is === "out";
  }, [standing]);

  const me = standing.is === "in" ? standing.me : undefined;
  const roles = me?.roles ?? [];
  const isAdmin = roles.includes("admin");
  const navigation = navigationOf(roles);
  const teams = me?.sees_teams ?? NO_TEAMS;
  const here = useMemo<Here>(() => ({ api, isAdmin, teams, signIn }), [api, isAdmin, teams, signIn]);

  return (
    <HereContext.Provider value={here}>
      <Patterns />
      {/* biome-ignore lint/a11y/useValidAnchor: what looks and reads like a link everywhere else; the hash is taken */}
      <a class="skip button" href="#content" onClick={skip}>
        {pageWords.skip}
      </a>
      <Header me={me} navigation={navigation} route={shownOf(route, roles)}>
        {(me || (standing.is === "out" && !needsSignIn(standing.trouble))) && (
          <Button look="subtle" onClick={() => session.end()}>
            {pageWords.signOut.button}
          </Button>
        )}
      </Header>
      <main id="content" tabIndex={-1}>
        {standing.is === "waiting" && <Waiting text={words.session.signingIn} />}
        {standing.is === "out" && (
          <SignedOut
            trouble={standing.trouble}
            meet={meet}
            isForMe={route.name === "me"}
            wayOut={session.hasLeft ? session.wayOutOfAll : undefined}
          />
        )}
        {me &&
          (roles.length || route.name === "me" ? (
            <Page route={shownOf(route, roles)} roles={roles} navigation={navigation} />
          ) : (
            <NoRole />
          ))}
      </main>
    </HereContext.Provider>
  );
}

/** The pages that somebody with these roles is led to. */
function navigationOf(roles: readonly string[]): Navigation {
  return [
    ...(roles.includes("sender") ? (["messages", "dashboard"] as const) : []),
    ...(roles.includes("admin") ? (["connection", "people", "links", "notifications"] as const) : []),
    ...(roles.includes("auditor") ? (["audit", "statement"] as const) : []),
  ];
}

/** The page that an address leads to: for whoever sends nothing, the first is the statement. */
function shownOf(route: Route, roles: readonly string[]): Route {
  const isFirst = route.name === "messages" && !roles.includes("sender");
  return isFirst && roles.includes("auditor") ? { name: "statement" } : route;
}

const NEEDED: Partial<Record<Route["name"], string>> = {
  messages: "sender",
  report: "sender",
  compare: "sender",
  several: "sender",
  dashboard: "sender",
  connection: "admin",
  people: "admin",
  links: "admin",
  notifications: "admin",
  audit: "auditor",
  statement: "auditor",
};

function Page(props: { route: Route; roles: readonly string[]; navigation: Navigation }): JSX.Element {
  const { route, roles, navigation } = props;
  const needed = NEEDED[route.name];
  if (needed && !roles.includes(needed)) {
    return <Refused first={navigation[0] ?? "messages"} />;
  }
  switch (route.name) {
    case "messages":
      return <MessagesPage search={route.search} />;
    case "report":
      return <ReportPage key={route.id} id={route.id} />;
    case "compare":
      return <ComparePage key={`${route.first} ${route.second}`} first={route.first} second={route.second} />;
    case "several":
      return <SeveralPage key={route.ids.join()} ids={route.ids} />;
    case "dashboard":
      return <DashboardPage search={route.search} />;
    case "connection":
      return <ConnectionPage />;
    case "people":
      return <PeoplePage />;
    case "links":
      return <LinksPage />;
    case "notifications":
      return <NotificationsPage />;
    case "audit":
      return <AuditPage search={route.search} />;
    case "statement":
      return <StatementPage />;
    case "me":
      return <MePage />;
    case "unknown":
      return <Unknown pages={navigation} />;
  }
}

function SignedOut(props: {
  trouble: Trouble;
  meet: (ask: boolean) => Promise<void>;
  isForMe: boolean;
  /** Where Microsoft 365 signs out whoever just signed out of the pages. */
  wayOut: string | undefined;
}): JSX.Element {
  const { trouble, meet, wayOut } = props;
  const title = props.isForMe ? pageWords.me.signIn : pageWords.signIn.title;
  const text = props.isForMe ? pageWords.me.signInText : pageWords.signIn.text;
  const [isUnderWay, setUnderWay] = useState(false);
  const ask = async () => {
    setUnderWay(true);
    await meet(true);
    setUnderWay(false);
  };
  if (trouble.status === 403) {
    return <NoRole />;
  }
  const isMissing = needsSignIn(trouble);
  return (
    <div class="narrow stack">
      {wayOut && (
        <Notice tone="good" title={pageWords.signOut.done}>
          <p>{pageWords.signOut.doneText}</p>
          <p>
            <a href={wayOut} rel="noreferrer">
              {pageWords.signOut.ofAll}
            </a>
          </p>
        </Notice>
      )}
      <h1>{isMissing ? title : pageWords.signIn.failed}</h1>
      {isMissing && <p>{text}</p>}
      {trouble.code !== "sign_in" && <TroubleNotice trouble={trouble} onRetry={() => void meet(false)} />}
      {isMissing && (
        <p>
          <Button look="primary" disabled={isUnderWay} onClick={() => void ask()}>
            {isUnderWay ? words.session.signingIn : words.session.signIn}
          </Button>
        </p>
      )}
    </div>
  );
}

function needsSignIn({ code }: Trouble): boolean {
  return code === "sign_in" || code === "popup_blocked";
}

/** The route in the address bar. A new page takes the focus to its heading, and the window to its top. */
function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  const isFirst = useRef(true);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  const route = useMemo(() => parseRoute(hash), [hash]);
  const place =
    route.name === "unknown" || route.name === "audit" || route.name === "dashboard"
      ? route.name
      : hrefOf(route);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scrollTo(0, 0);
    focusHeading();
  }, [place]);
  return route;
}

function skip(event: Event): void {
  event.preventDefault(); // the address names the page
  document.getElementById("content")?.focus();
}
