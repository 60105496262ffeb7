/** What Outlook did not tell of the recipients. */

import type { JSX } from "preact";
import type { Recipients } from "../outlook/recipients";
import { Notice } from "../ui/components";
import { fill } from "../words/fill";
import { paneWords } from "../words/pane";

const text = paneWords.recipientNotes;
const MOST_NAMES = 5;

export function RecipientNotes(props: { recipients: Recipients; cap?: number | null }): JSX.Element | null {
  const { cut, unresolved } = props.recipients;
  return cut.length || unresolved.length ? (
    <>
      {cut.length > 0 && (
        <Notice tone="warn" title={text.cut}>
          <p>
            {fill(text.cutText, {
              cap: props.cap ?? 0,
              fields: cut.map((field) => text.fields[field]).join(", "),
            })}
          </p>
        </Notice>
      )}
      {unresolved.length > 0 && (
        <Notice tone="warn" title={text.unresolved}>
          <p>{fill(text.unresolvedText, { names: listed(unresolved) })}</p>
        </Notice>
      )}
    </>
  ) : null;
}

function listed(unresolved: readonly string[]): string {
  const names = [...new Set(unresolved.map((name) => name || text.nameless))];
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length - MOST_NAMES;
  return more > 0 ? fill(text.names, { names: shown, n: more }) : shown;
}
