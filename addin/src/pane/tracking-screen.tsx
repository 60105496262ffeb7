/** From a reviewed count to a mail that is tracked. */

import type { JSX } from "preact";
import type { Config } from "../config";
import { Button, Notice, TroubleNotice, Waiting } from "../ui/components";
import { fill, several } from "../words/fill";
import { paneWords } from "../words/pane";
import { trackedWords } from "../words/pane/tracked";
import { ChoiceScreen } from "./choice-screen";
import { ConfirmScreen } from "./confirm-screen";
import { CopiesScreen } from "./copies-screen";
import type { Delivery } from "./delivery";
import { Problems, Warnings } from "./findings";
import { Hero } from "./hero";
import { ReportLink } from "./report-link";
import { shownOf } from "./review";
import type { Review } from "./state";
import { inFull } from "./times";
import type { Tracker } from "./tracker";
import type { Prepared, Tracking } from "./tracking";
import { TurnoverNote } from "./turnover-note";

const text = trackedWords.prepared;

export interface TrackingProps {
  readonly tracker: Tracker;
  readonly review: Review;
  readonly tracking: Tracking;
  readonly config: Config;
}

export function TrackingScreen(props: TrackingProps): JSX.Element | null {
  const { tracker, tracking, review, config } = props;
  switch (tracking.step) {
    case "opening":
      return <Waiting text={trackedWords.choose.reading} />;
    case "impossible":
      return <Impossible why={tracking.why} onBack={() => tracker.close()} />;
    case "choosing":
      return (
        <ChoiceScreen
          tracker={tracker}
          choice={tracking.choice}
          trouble={tracking.trouble}
          review={review}
          config={config}
        />
      );
    case "confirming":
      return <ConfirmScreen tracker={tracker} review={review} config={config} asked={tracking} />;
    case "copies":
      return <CopiesScreen tracker={tracker} view={tracking.view} />;
    case "preparing":
      return <Waiting text={trackedWords.preparing[tracking.stage]} />;
    case "sending":
      return <Waiting text={trackedWords.preparing.sending} />;
    case "restored":
      return <Restored isBack={tracking.isBack} tracker={tracker} />;
    case "prepared":
      return <PreparedScreen {...props} tracking={tracking} />;
    case "sent":
      return (
        <div role="status">
          <Notice tone="good" title={text.sent}>
            <p>{tracking.messageId ? text.sentText : text.sentUntracked}</p>
            {tracking.messageId && <ReportLink id={tracking.messageId} />}
          </Notice>
        </div>
      );
    default:
      return null;
  }
}

function Impossible(props: { why: "text" | "unreadable"; onBack: () => void }): JSX.Element {
  const words = trackedWords.choose;
  const isText = props.why === "text";
  return (
    <div class="stack" data-testid={`impossible-${props.why}`}>
      <Notice tone="info" title={isText ? words.text : words.unreadable} alert>
        <p>{isText ? words.textText : words.unreadableText}</p>
      </Notice>
      <Button onClick={props.onBack}>{words.back}</Button>
    </div>
  );
}

function Restored({ isBack, tracker }: { isBack: boolean; tracker: Tracker }): JSX.Element {
  const words = trackedWords.restored;
  return (
    <div class="stack" data-testid={isBack ? "restored" : "not-restored"}>
      <Notice tone={isBack ? "info" : "bad"} title={words.title} alert>
        <p>{isBack ? words.back : words.notBack}</p>
        <p>{words.after}</p>
      </Notice>
      {isBack && <Button onClick={() => void tracker.letGo()}>{paneWords.actions.untracked}</Button>}
      <Button onClick={() => tracker.close()}>{trackedWords.choose.back}</Button>
    </div>
  );
}

function PreparedScreen(props: TrackingProps & { tracking: Tracking & { step: "prepared" } }): JSX.Element {
  const { tracker, review, tracking } = props;
  const { prepared, trouble, isBusy } = tracking;
  const shown = shownOf(review);
  return (
    <>
      <div class="stack" data-testid={prepared.isArmed ? "armed" : "prepared"}>
        {trouble && <TroubleNotice trouble={trouble} />}
        {review.isStale ? (
          <Notice tone="warn" title={text.staleTitle} alert>
            <p>{text.stale}</p>
          </Notice>
        ) : (
          <Edited edited={prepared.edited} />
        )}
        <Later delivery={prepared.delivery} tracker={tracker} isBusy={isBusy} />
        <Hero review={review} />
        <TurnoverNote tracker={tracker} id={prepared.messageId} />
        {shown && <Problems problems={shown.problems} />}
        {shown && <Warnings warnings={shown.warnings} />}
        <div role="status">
          {prepared.isArmed ? (
            <Notice tone="good" title={text.press}>
              <p>{text.pressText}</p>
            </Notice>
          ) : (
            <Notice tone="good" title={text.title}>
              <p>{sentence(prepared)}</p>
            </Notice>
          )}
        </div>
        {isBusy && <Waiting text={paneWords.working} />}
      </div>
      <footer class="actions">
        {review.isStale && (
          <Button look="primary" wide disabled={isBusy} onClick={() => void tracker.prepared.startOver()}>
            {text.recount}
          </Button>
        )}
        {prepared.isArmed ? (
          <Button wide disabled={isBusy} onClick={() => void tracker.prepared.disarm()}>
            {text.notSent}
          </Button>
        ) : (
          <>
            {tracker.canSend && !review.isStale && (
              <Button look="primary" wide disabled={isBusy} onClick={() => void tracker.prepared.send()}>
                {text.send}
              </Button>
            )}
            {!review.isStale && (
              <Button
                wide
                {...(tracker.canSend ? {} : { look: "primary" as const })}
                disabled={isBusy}
                onClick={() => void tracker.prepared.arm()}
              >
                {text.arm}
              </Button>
            )}
            <Button look="subtle" wide disabled={isBusy} onClick={() => void tracker.prepared.remove()}>
              {text.remove}
            </Button>
          </>
        )}
      </footer>
    </>
  );
}

/** When Outlook delivers it, where that is not at once. */
function Later(props: { delivery: Delivery; tracker: Tracker; isBusy: boolean }): JSX.Element | null {
  const { later } = text;
  const { at, lost } = props.delivery;
  if (lost !== null) {
    return (
      <Notice tone="warn" title={later.lostTitle} alert>
        <p>{fill(later.lost, { time: inFull(lost) })}</p>
        <div class="row">
          <Button disabled={props.isBusy} onClick={() => void props.tracker.prepared.setAgain()}>
            {later.again}
          </Button>
          <Button disabled={props.isBusy} onClick={() => void props.tracker.prepared.forgetDelivery()}>
            {later.atOnce}
          </Button>
        </div>
      </Notice>
    );
  }
  return at === null ? null : (
    <Notice tone="info" title={fill(later.title, { time: inFull(at) })}>
      <p>{later.text}</p>
    </Notice>
  );
}

function Edited({ edited }: { edited: Prepared["edited"] }): JSX.Element | null {
  if (edited === "no") {
    return null;
  }
  const { title, text: explains } = text.changes[edited];
  return (
    <Notice tone={edited === "yes" ? "info" : "warn"} title={title} alert>
      <p>{explains}</p>
    </Notice>
  );
}

function sentence({ links }: Prepared): string {
  return links === 0 ? text.textNone : several(links, text.textOne, text.text);
}
