/** What is about to be sent to whom, before anything is: and a copy to oneself, to look at it first. */

import type { JSX } from "preact";
import { isExact } from "../amounts";
import type { Config } from "../config";
import { Button, Notice, TroubleNotice, Waiting } from "../ui/components";
import { fill, several } from "../words/fill";
import { trackedWords } from "../words/pane/tracked";
import { CountAgain, isGone } from "./gone";
import type { Review } from "./state";
import { atTime } from "./times";
import type { Tracker } from "./tracker";
import type { Tracking } from "./tracking";

const text = trackedWords.copies;
const NAMED = 5;
/** From so many on, the mailbox may come to the end of what it may send in a day. */
const MANY = 1_000;

export function ConfirmScreen(props: {
  tracker: Tracker;
  review: Review;
  config: Config;
  asked: Tracking & { step: "confirming" };
}): JSX.Element {
  const { tracker, review, config } = props;
  const { choice, sample, trouble } = props.asked;
  const n = review.count.at_least;
  const mustRecount = isGone(trouble);
  return (
    <>
      <div class="stack" data-testid="confirming">
        <div>
          <button type="button" class="link" onClick={() => tracker.choose(choice)}>
            {text.back}
          </button>
        </div>
        <h2>{several(n, text.confirmOne, text.confirm)}</h2>
        {trouble && <TroubleNotice trouble={trouble} />}
        <section aria-labelledby="copies-to">
          <h3 id="copies-to">{text.to}</h3>
          <Addressed addresses={review.recipients.addresses} />
          {!isExact(review.count) && <p class="small">{text.incomplete}</p>}
        </section>
        <section aria-labelledby="copies-when">
          <h3 id="copies-when">{text.when}</h3>
          <Times n={n} config={config} />
          {n >= MANY && <p class="quiet small">{text.daily}</p>}
        </section>
        <section aria-labelledby="copies-sample" class="stack">
          <h3 id="copies-sample">{text.sample}</h3>
          <p class="quiet small">{text.sampleText}</p>
          {sample.is === "sending" ? (
            <Waiting text={text.sampleSending} />
          ) : (
            <div>
              <Button onClick={() => void tracker.sample(choice)}>{text.sampleSend}</Button>
            </div>
          )}
          <div role="status">
            {sample.is === "sent" && <Notice tone="good" title={text.sampleSent} />}
            {sample.is === "failed" && <TroubleNotice trouble={sample.trouble} />}
          </div>
        </section>
      </div>
      <footer class="actions">
        {mustRecount && <CountAgain tracker={tracker} />}
        <Button
          look="primary"
          wide
          disabled={mustRecount || sample.is === "sending"}
          onClick={() => void tracker.prepareCopies(choice)}
        >
          {several(n, text.sendOne, text.send)}
        </Button>
      </footer>
    </>
  );
}

/** Whom the mail is addressed to, as typed: of many the first. */
function Addressed({ addresses }: { addresses: readonly string[] }): JSX.Element {
  const more = addresses.length - NAMED;
  return (
    <ul class="addresses">
      {addresses.slice(0, NAMED).map((address) => (
        <li key={address}>{address}</li>
      ))}
      {more > 0 && <li class="quiet">{several(more, text.moreOne, text.more)}</li>}
    </ul>
  );
}

function Times({ n, config }: { n: number; config: Config }): JSX.Element {
  const last = Date.now() + config.copiesUndo * 1000 + (n * 60_000) / config.copiesPerMinute;
  return (
    <ul class="plain">
      {config.copiesUndo > 0 && <li>{fill(text.undoFor, { n: config.copiesUndo })}</li>}
      <li>
        {fill(n > config.copiesPerMinute ? text.lastAt : text.soon, {
          n: config.copiesPerMinute,
          time: atTime(last),
        })}
      </li>
      <li>{text.open}</li>
    </ul>
  );
}
