/** Nothing is counted yet. */

import type { JSX } from "preact";
import { Button, Notice } from "../ui/components";
import { Icon } from "../ui/icons";
import { several } from "../words/fill";
import { paneWords } from "../words/pane";
import { RecipientNotes } from "./recipient-notes";
import type { State } from "./state";

const text = paneWords.idle;

export function Idle(props: { state: State & { at: "idle" }; onCount: () => void }): JSX.Element {
  const { recipients, wasCancelled } = props.state;
  const n = recipients.addresses.length;
  return (
    <div class="stack">
      <RecipientNotes recipients={recipients} />
      {wasCancelled && (
        <div role="status">
          <Notice tone="info" title={text.cancelled} />
        </div>
      )}
      <div class="empty">
        <span class="emblem">
          <Icon name="people" size={32} />
        </span>
        <h2>{text.title}</h2>
        <p class="quiet">{n ? several(n, text.readyOne, text.ready) : text.text}</p>
        <Button look="primary" disabled={n === 0} onClick={props.onCount}>
          {text.count}
        </Button>
      </div>
    </div>
  );
}
