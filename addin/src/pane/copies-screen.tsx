/** Copies being sent to each recipient: how far, what stands in the way, and what the person can do. */

import type { JSX } from "preact";
import { ERASED } from "../copies/engine";
import { Button, Notice } from "../ui/components";
import { fill, number, several } from "../words/fill";
import { paneWords } from "../words/pane";
import { timeLeft } from "./counting";
import { Disclosure } from "./disclosure";
import { ReportLink } from "./report-link";
import { atTime } from "./times";
import type { Tracker } from "./tracker";
import type { CopiesView, CopyProgress, OpenCopies } from "./tracking";

const text = paneWords.copies;

export function CopiesScreen({ tracker, view }: { tracker: Tracker; view: CopiesView }): JSX.Element {
  switch (view.is) {
    case "loading":
      return <p role="status">{text.loading}</p>;
    case "over":
      return <Over id={view.messageId} missing={0} />;
    case "blocked":
      return (
        <Notice tone="warn" title={text.blocked} alert>
          <p>{text.blockedBy[view.why]}</p>
        </Notice>
      );
    case "known":
      return <Known tracker={tracker} id={view.messageId} progress={view.progress} open={view.open} />;
  }
}

function Over({ id, missing }: { id: string; missing: number }): JSX.Element {
  return (
    <div role="status" data-testid="copies-over">
      <Notice tone="good" title={missing ? several(missing, text.overButOne, text.overBut) : text.over}>
        <p>{text.close}</p>
        <ReportLink id={id} />
      </Notice>
    </div>
  );
}

function Known(props: {
  tracker: Tracker;
  id: string;
  progress: CopyProgress;
  open: OpenCopies;
}): JSX.Element {
  const { tracker, id, progress, open } = props;
  const { state, total, sent, failed, doubt } = progress;
  const isRunning = state === "running" || state === "pausing";
  const isOver = state === "finished";
  return (
    <>
      <div class="stack" data-testid={`copies-${state}`}>
        {isOver && <Over id={id} missing={failed} />}
        <section class="hero-card" aria-labelledby="copies-title">
          <h2 id="copies-title">{isOver ? text.summary : text.sending}</h2>
          <p class="hero" data-testid="copies-sent">
            <span class="hero-number">{number(sent)}</span>{" "}
            <span class="hero-unit">{fill(text.of, { total })}</span>
          </p>
          {!isOver && <progress aria-label={text.bar} max={total} value={sent} />}
          <p class="row spread small quiet">
            <span>{text.states[state]}</span>
            {state === "running" && progress.waitingUntil === null && (
              <span>{timeLeft(progress.timeLeft / 1000)}</span>
            )}
          </p>
          {(failed > 0 || doubt > 0) && (
            <ul class="facts">
              {failed > 0 && <li class="fact is-external">{several(failed, text.failedOne, text.failed)}</li>}
              {doubt > 0 && <li class="fact is-external">{several(doubt, text.doubtOne, text.doubt)}</li>}
            </ul>
          )}
        </section>
        {progress.waitingUntil !== null && (
          <Notice tone="info" title={fill(text.waiting, { time: atTime(progress.waitingUntil) })} />
        )}
        {progress.stop && (
          <Notice tone="warn" title={text.stops[progress.stop.why]} alert>
            <p>{text.stopRemedies[progress.stop.why]}</p>
            {progress.stop.code && <p class="quiet small">{fill(text.code, { code: progress.stop.code })}</p>}
          </Notice>
        )}
        {isRunning && (
          <Notice tone="info" title={text.stay}>
            <p>{text.doNotSend}</p>
          </Notice>
        )}
        {open.length > 0 && <Open tracker={tracker} open={open} isBusy={isRunning} />}
      </div>
      {!isOver && (
        <footer class="actions">
          {isRunning ? (
            <Button wide disabled={state === "pausing"} onClick={() => tracker.copies.pause()}>
              {text.pause}
            </Button>
          ) : (
            progress.waiting > 0 && (
              <Button look="primary" wide onClick={() => void tracker.copies.run()}>
                {text.goOn}
              </Button>
            )
          )}
        </footer>
      )}
    </>
  );
}

function Open(props: { tracker: Tracker; open: OpenCopies; isBusy: boolean }): JSX.Element {
  const { tracker, open, isBusy } = props;
  const decide = (places: number[], what: "again" | "leave") => void tracker.copies.decide(places, what);
  const failed = open.filter((copy) => copy.state === "failed").map((copy) => copy.place);
  return (
    <Disclosure title={text.attention} aside={number(open.length)} name="open-copies" open>
      {() => (
        <div class="stack">
          <ul class="addresses">
            {open.map(({ place, address, state, code }) => (
              <li key={place}>
                <p>{place === 0 ? text.own : address}</p>
                <p class="quiet small">
                  {state === "doubt"
                    ? text.inDoubt
                    : code === "left"
                      ? text.left
                      : code === ERASED
                        ? text.erased
                        : code
                          ? fill(text.code, { code })
                          : text.notSent}
                </p>
                {state === "doubt" && (
                  <p class="row">
                    <Button disabled={isBusy} onClick={() => decide([place], "again")}>
                      {text.again}
                    </Button>
                    <Button disabled={isBusy} onClick={() => decide([place], "leave")}>
                      {text.leave}
                    </Button>
                  </p>
                )}
              </li>
            ))}
          </ul>
          {failed.length > 0 && (
            <Button disabled={isBusy} onClick={() => decide(failed, "again")}>
              {text.failedAgain}
            </Button>
          )}
        </div>
      )}
    </Disclosure>
  );
}
