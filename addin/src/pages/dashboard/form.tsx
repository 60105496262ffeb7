/** Which mails the dashboard is about. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/components";
import { pageWords } from "../../words/pages";
import { type DashboardSearch, hrefOf, LAST_YEAR } from "../routes";

const said = pageWords.dashboard.filters;
const LONGEST = { campaign: 60, tag: 40, sender: 320 } as const;

export function DashboardForm(props: { search: DashboardSearch; seesSeveral: boolean }): JSX.Element {
  const { search } = props;
  const [wanted, setWanted] = useState(search);
  const address = hrefOf({ name: "dashboard", search });
  useEffect(() => setWanted(search), [address]);
  const change = (name: keyof DashboardSearch) => (event: { currentTarget: { value: string } }) =>
    setWanted({ ...wanted, [name]: event.currentTarget.value });
  const text = (name: keyof typeof LONGEST) => (
    <div class="field">
      <label for={`dashboard-${name}`}>{said[name]}</label>
      <input
        id={`dashboard-${name}`}
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
      <label for={`dashboard-${name}`}>{said[name]}</label>
      <input id={`dashboard-${name}`} type="date" value={wanted[name]} onInput={change(name)} />
    </div>
  );
  return (
    <form
      class="filters"
      aria-label={said.label}
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hrefOf({ name: "dashboard", search: wanted });
      }}
    >
      {date("since")}
      {date("until")}
      {text("campaign")}
      {text("tag")}
      {props.seesSeveral && text("sender")}
      <div class="row">
        <Button type="submit" look="primary">
          {said.apply}
        </Button>
        {Object.values(search).some(Boolean) && (
          <a class="button subtle" href={hrefOf({ name: "dashboard", search: LAST_YEAR })}>
            {said.clear}
          </a>
        )}
      </div>
    </form>
  );
}
