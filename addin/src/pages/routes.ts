/** Which page an address stands for, and the address of each page. The part behind # is never sent anywhere. */

export type Route =
  | { name: "messages"; search: MessageSearch }
  | { name: "report"; id: string }
  | { name: "compare"; first: string; second: string }
  | { name: "several"; ids: readonly string[] }
  | { name: "dashboard"; search: DashboardSearch }
  | { name: "connection" }
  | { name: "people" }
  | { name: "links" }
  | { name: "notifications" }
  | { name: "audit"; search: AuditSearch }
  | { name: "statement" }
  | { name: "me" }
  | { name: "unknown" };

/** What of the audit trail is asked for: a kind of deed, somebody's, from a day to a day. */
export interface AuditSearch {
  readonly kind: string;
  readonly actor: string;
  readonly since: string;
  readonly until: string;
}

/** Which messages are asked for: words, a campaign, a tag, a sender's address, from a day to a day, sent or not, a team's; and in which order. */
export interface MessageSearch {
  readonly q: string;
  readonly campaign: string;
  readonly tag: string;
  readonly sender: string;
  readonly since: string;
  readonly until: string;
  readonly sent: string;
  readonly team: string;
  readonly sort: string;
}

/** So many mails are compared at once, at most. */
export const MOST_COMPARED = 20;

/** Characters of what is looked for, at most. */
export const LONGEST = { q: 200, campaign: 60, tag: 40, sender: 320 } as const;

export const ALL_MESSAGES: MessageSearch = {
  q: "",
  campaign: "",
  tag: "",
  sender: "",
  since: "",
  until: "",
  sent: "",
  team: "",
  sort: "",
};

/** Orders of messages, as the API calls them. */
export const ORDERS = [
  "-sent",
  "sent",
  "name",
  "-name",
  "-recipients",
  "recipients",
  "-opened",
  "opened",
  "-clicked",
  "clicked",
] as const;

/** Which mails the dashboard is about. */
export type DashboardSearch = Pick<MessageSearch, "campaign" | "tag" | "sender" | "since" | "until">;

export const LAST_YEAR: DashboardSearch = { campaign: "", tag: "", sender: "", since: "", until: "" };

export const EVERYTHING: AuditSearch = { kind: "", actor: "", since: "", until: "" };

const ID = /^[A-Za-z0-9-]{8,64}$/;
const WORD = /^[a-z0-9_-]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The route that a hash (`#/audit?kind=expanded`) stands for; `unknown` where there is none. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...ids] = path.split("/").filter(Boolean);
  const asked = new URLSearchParams(query);
  if (!ids.every((id) => ID.test(id))) {
    return { name: "unknown" };
  }
  const [first = "", second = "", ...more] = ids;
  if (name === "compare" && ids.length > 2) {
    const isFew = ids.length <= MOST_COMPARED && new Set(ids).size === ids.length;
    return isFew ? { name: "several", ids } : { name: "unknown" };
  }
  switch (`${name} ${ids.length}`) {
    case " 0":
    case "messages 0":
      return { name: "messages", search: messageSearch(asked) };
    case "messages 1":
      return { name: "report", id: first };
    case "compare 2":
      return more.length || first === second ? { name: "unknown" } : { name: "compare", first, second };
    case "dashboard 0":
      return { name: "dashboard", search: dashboardSearch(asked) };
    case "connection 0":
      return { name: "connection" };
    case "people 0":
      return { name: "people" }; // an address in the hash would stay in the browser's history
    case "links 0":
      return { name: "links" };
    case "notifications 0":
      return { name: "notifications" };
    case "statement 0":
      return { name: "statement" };
    case "me 0":
      return { name: "me" };
    case "audit 0":
      return { name: "audit", search: auditSearch(asked) };
    default:
      return { name: "unknown" };
  }
}

/** The hash of a route. */
export function hrefOf(route: Exclude<Route, { name: "unknown" }>): string {
  switch (route.name) {
    case "messages":
      return withQuery("#/messages", route.search);
    case "report":
      return `#/messages/${route.id}`;
    case "compare":
      return `#/compare/${route.first}/${route.second}`;
    case "several":
      return `#/compare/${route.ids.join("/")}`;
    case "dashboard":
      return withQuery("#/dashboard", route.search);
    case "connection":
      return "#/connection";
    case "people":
      return "#/people";
    case "links":
      return "#/links";
    case "notifications":
      return "#/notifications";
    case "statement":
      return "#/statement";
    case "me":
      return "#/me";
    case "audit":
      return withQuery("#/audit", route.search);
  }
}

/** Where the report of the message `id` is, as anybody may keep or pass it on. */
export function reportUrl(id: string): string {
  return new URL(`pages.html${hrefOf({ name: "report", id })}`, location.href).href;
}

function withQuery(path: string, search: AuditSearch | MessageSearch | DashboardSearch): string {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value)).toString();
  return query ? `${path}?${query}` : path;
}

/** The API's query for messages: days as in the audit trail. */
export function messageQuery(search: MessageSearch): URLSearchParams {
  return dated(search);
}

/** The API's query for the dashboard, in the reader's time zone. */
export function dashboardQuery(search: DashboardSearch): URLSearchParams {
  const query = dated(search);
  query.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  return query;
}

/** The API's query for whom those mails reached. */
export function audienceQuery(search: DashboardSearch): URLSearchParams {
  return dated(search);
}

function dated({ since, until, ...rest }: Partial<MessageSearch>): URLSearchParams {
  const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value));
  if (since) {
    query.set("since", midnight(since, 0));
  }
  if (until) {
    query.set("until", midnight(until, 1));
  }
  return query;
}

/** The API's query for a search: days are the reader's own, and the last one is searched to its end. */
export function auditQuery(search: AuditSearch): URLSearchParams {
  const query = new URLSearchParams();
  if (search.kind) {
    query.set("kind", search.kind);
  }
  if (search.actor) {
    query.set("actor", search.actor);
  }
  if (search.since) {
    query.set("since", midnight(search.since, 0));
  }
  if (search.until) {
    query.set("until", midnight(search.until, 1));
  }
  return query;
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function auditSearch(asked: URLSearchParams): AuditSearch {
  const find = (name: string, pattern: RegExp) => {
    const value = asked.get(name) ?? "";
    return pattern.test(value) ? value : "";
  };
  return {
    kind: find("kind", WORD),
    actor: find("actor", WORD),
    since: find("since", DAY),
    until: find("until", DAY),
  };
}

function dashboardSearch(asked: URLSearchParams): DashboardSearch {
  const { campaign, tag, sender, since, until } = messageSearch(asked);
  return { campaign, tag, sender, since, until };
}

function messageSearch(asked: URLSearchParams): MessageSearch {
  const find = (name: string, longest: number) => (asked.get(name) ?? "").trim().slice(0, longest);
  const day = (name: string) => (DAY.test(find(name, 10)) ? find(name, 10) : "");
  const sent = find("sent", 3);
  return {
    q: find("q", LONGEST.q),
    campaign: find("campaign", LONGEST.campaign),
    tag: find("tag", LONGEST.tag),
    sender: find("sender", LONGEST.sender),
    since: day("since"),
    until: day("until"),
    sent: sent === "yes" || sent === "no" ? sent : "",
    team: find("team", 60),
    sort: ORDERS.find((order) => order === asked.get("sort")) ?? "",
  };
}
