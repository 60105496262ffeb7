/** Which mails the dashboard is about. */

import type { JSX } from "preact";
import { pageWords } from "../../words/pages";
import { Filters } from "../filters";
import { type DashboardSearch, hrefOf, LAST_YEAR, LONGEST } from "../routes";

const said = pageWords.dashboard.filters;

export function DashboardForm(props: { search: DashboardSearch; seesSeveral: boolean }): JSX.Element {
  return (
    <Filters
      prefix="dashboard-"
      label={said.label}
      apply={said.apply}
      clear={said.clear}
      search={props.search}
      none={LAST_YEAR}
      hrefOf={(search) => hrefOf({ name: "dashboard", search })}
    >
      {({ text, date }) => (
        <>
          {date("since", said.since)}
          {date("until", said.until)}
          {text("campaign", said.campaign, LONGEST.campaign)}
          {text("tag", said.tag, LONGEST.tag)}
          {props.seesSeveral && text("sender", said.sender, LONGEST.sender)}
        </>
      )}
    </Filters>
  );
}
