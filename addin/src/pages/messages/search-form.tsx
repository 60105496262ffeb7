/** What of the messages is looked for. */

import type { JSX } from "preact";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Filters } from "../filters";
import { ALL_MESSAGES, hrefOf, LONGEST, type MessageSearch, ORDERS } from "../routes";

const { search: said, order, orders } = pageWords.messages;

export function SearchForm({ search }: { search: MessageSearch }): JSX.Element {
  const { isAdmin, teams } = useHere();
  const sent = [["", said.sentAny] as const, ["yes", said.sentYes] as const, ["no", said.sentNo] as const];
  const sorted = [
    ["", orders.newest ?? ""] as const,
    ...ORDERS.map((one) => [one, orders[one] ?? one] as const),
  ];
  const named = teams.map((team) => [team, team] as const);
  return (
    <Filters
      prefix="search-"
      label={said.label}
      apply={said.apply}
      clear={said.clear}
      search={search}
      none={ALL_MESSAGES}
      hrefOf={(wanted) => hrefOf({ name: "messages", search: wanted })}
    >
      {({ text, date, choice }) => (
        <>
          {text("q", said.q, LONGEST.q)}
          {text("campaign", said.campaign, LONGEST.campaign)}
          {text("tag", said.tag, LONGEST.tag)}
          {(isAdmin || teams.length > 0) && text("sender", said.sender, LONGEST.sender)}
          {date("since", said.since)}
          {date("until", said.until)}
          {choice("sent", said.sent, sent)}
          {teams.length > 0 && choice("team", said.team, [["", said.teamAny], ...named])}
          {choice("sort", order, sorted)}
        </>
      )}
    </Filters>
  );
}
