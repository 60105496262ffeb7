/** How far the copies of a mail are, on whichever device they are sent; and the way back before the first leaves. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type CopyRunAnswer, type Trouble } from "../../api";
import { Button, Notice, TroubleNotice } from "../../ui/components";
import { fill, number, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { useRenewed } from "../renewed";

const EVERY = 10; // seconds
const UNTOUCHED = /^[wf]*$/;
const said = pageWords.copies;

/** Nothing where none were begun, or all went out without trouble. */
export function CopiesSection({ id, onUndone }: { id: string; onUndone: () => void }): JSX.Element | null {
  const { api } = useHere();
  const { value } = useRenewed(() => ask(), [api, id], EVERY);
  const [trouble, setTrouble] = useState<Trouble>();

  /** Null where none were begun. */
  async function ask(): Promise<CopyRunAnswer | null> {
    return api.getCopies(id).catch((thrown) => {
      if (asTrouble(thrown).status === 404) {
        return null;
      }
      throw thrown;
    });
  }

  async function undo(): Promise<void> {
    try {
      await api.deleteMessage(id);
      onUndone();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
  }

  if (!value || (value.waiting + value.failed + value.doubt === 0 && value.total > 0)) {
    return null;
  }
  const { total, sent, failed, doubt, waiting } = value;
  const isUndoable = waiting > 0 && UNTOUCHED.test(value.states);
  return (
    <section class="stack" aria-labelledby="copies-title" data-testid="copies">
      <h2 id="copies-title">{said.title}</h2>
      <p>{fill(said.sent, { n: sent, total })}</p>
      {waiting > 0 && <progress aria-label={said.title} max={total} value={sent} />}
      {(failed > 0 || doubt > 0) && (
        <div>
          {failed > 0 && <p>{several(failed, said.failedOne, said.failed)}</p>}
          {doubt > 0 && <p>{several(doubt, said.doubtOne, said.doubt)}</p>}
        </div>
      )}
      {waiting > 0 && <Standing run={value} />}
      {waiting === 0 && doubt > 0 && <p class="quiet">{said.doubtText}</p>}
      {trouble && <TroubleNotice trouble={trouble} />}
      {isUndoable && (
        <div class="row">
          <Button onClick={() => void undo()}>{said.undo}</Button>
          <span class="quiet small">{said.undoText}</span>
        </div>
      )}
    </section>
  );
}

function Standing({ run }: { run: CopyRunAnswer }): JSX.Element {
  if (run.begins_in > 0 && run.free_in > 0) {
    return <Notice tone="info" title={fill(said.begins, { n: number(run.begins_in) })} />;
  }
  return run.free_in > 0 ? (
    <Notice tone="info" title={said.running}>
      <p>{said.runningText}</p>
    </Notice>
  ) : (
    <Notice tone="warn" title={said.paused}>
      <p>{said.pausedText}</p>
    </Notice>
  );
}
