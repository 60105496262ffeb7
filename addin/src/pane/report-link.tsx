/** The way from a mail to its report, on the pages: in a tab of its own. */

import type { JSX } from "preact";
import { paneWords } from "../words/pane";

export function ReportLink({ id }: { id: string }): JSX.Element {
  return (
    <p>
      <a href={reportOf(id)} target="_blank" rel="noreferrer">
        {paneWords.openReport}
      </a>
    </p>
  );
}

/** Where the report of the message `id` is, from any page of the add-in. */
export function reportOf(id: string): string {
  return `pages.html#/messages/${id}`;
}
