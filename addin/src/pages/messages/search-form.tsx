/** What of the messages is looked for. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/components";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { ALL_MESSAGES, hrefOf, type MessageSearch } from "../routes";

const said = pageWords.messages.search;
const LONGEST = { q: 200, campaign: 60, tag: 40, sender: 320 } as const;

export function SearchForm({ search }: { search: MessageSearch }): JSX.Element {
  const { isAdmin, teams } = useHere();
  const [wanted, setWanted] = useState(search);
  const address = hrefOf({ name: "messages", search });
  useEffect(() => setWanted(search), [address]);
  const change = (name: keyof MessageSearch) => (event: { currentTarget: { value: string } }) =>
    setWanted({ ...wanted, [name]: event.currentTarget.value });
  const text = (name: keyof typeof LONGEST) => (
    <div class="field">
      <label for={`search-${name}`}>{said[name]}</label>
      <input
        id={`search-${name}`}
        type="text"
        autocomplete="off"
        maxLength={LONGEST[name]}
        value={wanted[name]}
        onInput={change(name)}
      />
    </div>
  );
  const date = (name: "since" | "until") => (
    <div class="field">
      <label for={`search-${name}`}>{said[name]}</label>
      <input id={`search-${name}`} type="date" value={wanted[name]} onInput={change(name)} />
    </div>
  );
  return (
    <form
      class="filters"
      aria-label={said.label}
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hrefOf({ name: "messages", search: wanted });
      }}
    >
      {text("q")}
      {text("campaign")}
      {text("tag")}
      {(isAdmin || teams.length > 0) && text("sender")}
      {date("since")}
      {date("until")}
      <div class="field">
        <label for="search-sent">{said.sent}</label>
        <select id="search-sent" value={wanted.sent} onChange={change("sent")}>
          <option value="">{said.sentAny}</option>
          <option value="yes">{said.sentYes}</option>
          <option value="no">{said.sentNo}</option>
        </select>
      </div>
      {teams.length > 0 && (
        <div class="field">
          <label for="search-team">{said.team}</label>
          <select id="search-team" value={wanted.team} onChange={change("team")}>
            <option value="">{said.teamAny}</option>
            {teams.map((team) => (
              <option key={team} value={team}>
                {team}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="row">
        <Button type="submit" look="primary">
          {said.apply}
        </Button>
        {Object.values(search).some(Boolean) && (
          <a class="button subtle" href={hrefOf({ name: "messages", search: ALL_MESSAGES })}>
            {said.clear}
          </a>
        )}
      </div>
    </form>
  );
}
