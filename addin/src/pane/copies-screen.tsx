/** Copies being sent to each recipient: how far, what stands in the way, and what the person can do. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Notice, TroubleNotice } from "../ui/components";
import { fill, number, several } from "../words/fill";
import { trackedWords } from "../words/pane/tracked";
import { OpenCopiesList } from "./copies-open";
import { timeLeft } from "./counting";
import { ReportLink } from "./report-link";
import { atTime } from "./times";
import type { Tracker } from "./tracker";
import type { CopiesView, CopyProgress } from "./tracking";
import { TurnoverNote } from "./turnover-note";

const text = trackedWords.copies;
/** A longer wait is told by when it ends. */
const LONG = 10 * 60_000;

export function CopiesScreen({ tracker, view }: { tracker: Tracker; view: CopiesView }): JSX.Element {
  switch (view.is) {
    case "loading":
      return <p role="status">{text.loading}</p>;
    case "over":
      return <Over view={view} missing={view.missing} />;
    case "elsewhere":
      return <Elsewhere view={view} />;
    case "blocked":
      return <Blocked tracker={tracker} view={view} />;
    case "known":
      return <Known tracker={tracker} view={view} />;
  }
}

function Over(props: {
  view: { readonly messageId: string; readonly isEmptied: boolean };
  missing: number;
}): JSX.Element {
  const { view, missing } = props;
  return (
    <div role="status" data-testid="copies-over">
      <Notice tone="good" title={missing ? several(missing, text.overButOne, text.overBut) : text.over}>
        <p>{view.isEmptied ? text.emptied : text.close}</p>
        <ReportLink id={view.messageId} />
      </Notice>
    </div>
  );
}

function Elsewhere({ view }: { view: CopiesView & { is: "elsewhere" } }): JSX.Element {
  return (
    <div class="stack" data-testid="copies-elsewhere">
      <section class="hero-card" aria-labelledby="copies-title">
        <h2 id="copies-title">{text.sending}</h2>
        <Sent sent={view.sent} total={view.total} />
      </section>
      <Notice tone="info" title={text.elsewhere}>
        <p>{fill(text.elsewhereText, { time: atTime(view.freeAt) })}</p>
      </Notice>
    </div>
  );
}

function Blocked(props: { tracker: Tracker; view: CopiesView & { is: "blocked" } }): JSX.Element {
  const { tracker, view } = props;
  return (
    <div class="stack">
      <Notice tone="warn" title={text.blocked} alert>
        <p>{text.blockedBy[view.why]}</p>
        <ReportLink id={view.messageId} />
      </Notice>
      {view.isUntouched && view.why !== "former" && (
        <Button onClick={() => void tracker.undoCopies(view.messageId)}>{text.undo}</Button>
      )}
    </div>
  );
}

function Known(props: { tracker: Tracker; view: CopiesView & { is: "known" } }): JSX.Element {
  const { tracker, view } = props;
  const { progress, open } = view;
  const { state, failed } = progress;
  const isRunning = state === "running" || state === "pausing";
  const isOver = state === "finished";
  return (
    <>
      <div class="stack" data-testid={`copies-${state}`}>
        {view.trouble && <TroubleNotice trouble={view.trouble} />}
        {isOver && <Over view={view} missing={failed} />}
        {progress.beginsAt !== null && isRunning && <Countdown at={progress.beginsAt} />}
        <Card progress={progress} />
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
            <ReportLink id={view.messageId} />
          </Notice>
        )}
        <TurnoverNote tracker={tracker} id={view.messageId} />
        {open.length > 0 && <OpenCopiesList tracker={tracker} open={open} isBusy={isRunning} />}
      </div>
      {!isOver && progress.stop?.why !== "gone" && <Actions tracker={tracker} view={view} />}
    </>
  );
}

function Card({ progress }: { progress: CopyProgress }): JSX.Element {
  const { state, total, sent, failed, doubt } = progress;
  const isOver = state === "finished";
  return (
    <section class="hero-card" aria-labelledby="copies-title">
      <h2 id="copies-title">{isOver ? text.summary : text.sending}</h2>
      <Sent sent={sent} total={total} />
      {!isOver && <progress aria-label={text.bar} max={total} value={sent} />}
      <p class="row spread small quiet">
        <span>{text.states[state]}</span>
        {state === "running" && progress.waitingUntil === null && progress.beginsAt === null && (
          <span>{leftOf(progress.timeLeft)}</span>
        )}
      </p>
      {(failed > 0 || doubt > 0) && (
        <ul class="facts">
          {failed > 0 && <li class="fact is-external">{several(failed, text.failedOne, text.failed)}</li>}
          {doubt > 0 && <li class="fact is-external">{several(doubt, text.doubtOne, text.doubt)}</li>}
        </ul>
      )}
    </section>
  );
}

function Sent({ sent, total }: { sent: number; total: number }): JSX.Element {
  return (
    <p class="hero" data-testid="copies-sent">
      <span class="hero-number">{number(sent)}</span>{" "}
      <span class="hero-unit">{fill(text.of, { total })}</span>
    </p>
  );
}

function leftOf(milliseconds: number): string {
  return milliseconds > LONG
    ? fill(text.doneAt, { time: atTime(Date.now() + milliseconds) })
    : timeLeft(milliseconds / 1000);
}

/** The time in which everything can be taken back, second by second. */
function Countdown({ at }: { at: number }): JSX.Element {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  return (
    <div role="timer" data-testid="copies-countdown">
      <Notice tone="info" title={several(seconds, text.leavesInOne, text.leavesIn)}>
        <p>{text.undoText}</p>
      </Notice>
    </div>
  );
}

function Actions(props: { tracker: Tracker; view: CopiesView & { is: "known" } }): JSX.Element {
  const { tracker, view } = props;
  const { state, beginsAt, isUntouched, waiting } = view.progress;
  const isRunning = state === "running" || state === "pausing";
  const undo = (
    <Button wide disabled={state === "pausing"} onClick={() => void tracker.undoCopies(view.messageId)}>
      {text.undo}
    </Button>
  );
  return (
    <footer class="actions">
      {!isRunning && waiting > 0 && (
        <Button look="primary" wide onClick={() => void tracker.copies.run()}>
          {text.goOn}
        </Button>
      )}
      {isRunning && beginsAt === null && (
        <Button wide disabled={state === "pausing"} onClick={() => tracker.copies.pause()}>
          {text.pause}
        </Button>
      )}
      {isUntouched && (beginsAt !== null || !isRunning) && undo}
    </footer>
  );
}
