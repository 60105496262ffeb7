/** A count, and everything that makes it one to trust. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Amount } from "../amounts";
import type { Expansion } from "../api";
import type { Config } from "../config";
import type { Session } from "../session";
import { Button, Notice, TroubleNotice } from "../ui/components";
import { words } from "../words/common";
import { amount as amountOf, fill, number, several } from "../words/fill";
import { paneWords } from "../words/pane";
import { reviewedWords } from "../words/pane/reviewed";
import { BalanceTable } from "./balance-table";
import { Disclosure } from "./disclosure";
import { Delivery } from "./doubts-section";
import { Problems, Warnings } from "./findings";
import type { Flow } from "./flow";
import { Hero } from "./hero";
import { ListTree } from "./list-tree";
import { People } from "./people";
import { RecipientNotes } from "./recipient-notes";
import { mayReach, standingOf } from "./review";
import type { Review } from "./state";
import type { Tracking } from "./tracking";

const text = paneWords.review;

export function ReviewScreen(props: {
  flow: Flow;
  config: Config;
  session: Session;
  review: Review;
  tracking: Tracking;
  canTrack: boolean;
  onTrack: () => void;
  onLetGo: () => void;
}): JSX.Element {
  const { flow, review, tracking, config, session } = props;
  const { result } = review;
  const recount = () => void flow.count();
  return (
    <>
      <div class="stack">
        {review.isStale && (
          <Notice tone="warn" title={text.stale} alert>
            <p>{text.staleText}</p>
          </Notice>
        )}
        {review.before && !review.isStale && <Changed review={review} />}
        <Hero review={review} onRecount={recount} />
        <RecipientNotes recipients={review.recipients} cap={flow.mail?.platform.cap ?? null} />
        {result && (
          <>
            <Problems problems={result.problems} />
            <Warnings warnings={result.warnings} />
            {standingOf(review) !== "nobody" && (
              <Delivery flow={flow} review={review} result={result} config={config} session={session} />
            )}
            <Details flow={flow} result={result} />
          </>
        )}
      </div>
      <Actions
        {...props}
        hasModes={config.modes.length > 0}
        isReady={result !== null && !review.isStale && mayReach(review)}
        isStale={review.isStale}
        tracking={tracking}
      />
    </>
  );
}

function Changed({ review }: { review: Review }): JSX.Element {
  const before = review.before as NonNullable<Review["before"]>;
  const said = (count: Amount) => amountOf(count, words.amounts);
  return (
    <div data-testid="changed">
      <Notice
        tone="warn"
        title={fill(text.changed, {
          from: said(before.count),
          to: said(review.count),
        })}
        alert
      >
        <p>{before.otherRecipients ? text.changedRecipients : text.changedMembers}</p>
      </Notice>
    </div>
  );
}

function Details({ flow, result }: { flow: Flow; result: Expansion }): JSX.Element {
  const { lists, overlaps } = result;
  const words = reviewedWords.lists;
  return (
    <div>
      {lists.length > 0 ? (
        <Disclosure
          title={words.title}
          aside={several(lists.length, words.amountOne, words.amount)}
          name="lists"
          open
        >
          {() => <ListTree lists={lists} />}
        </Disclosure>
      ) : (
        <p class="quiet only-people">{text.onlyPeople}</p>
      )}
      {overlaps.length > 0 && (
        <Disclosure
          title={reviewedWords.overlaps.title}
          aside={overlapsOf(result, reviewedWords.overlaps.amount)}
          name="overlaps"
        >
          {() => <Overlaps result={result} />}
        </Disclosure>
      )}
      <Disclosure title={reviewedWords.balance.title} name="balance">
        {() => <BalanceTable result={result} />}
      </Disclosure>
      {result.count.at_least > 0 && (
        <Disclosure title={reviewedWords.people.title} name="recipients">
          {() => <People api={flow.api} id={result.id} lists={lists} />}
        </Disclosure>
      )}
    </div>
  );
}

const FIRST_OVERLAPS = 3;

/** How many overlaps, or of how many these are the largest: a cap is no total. */
function overlapsOf(
  { overlaps, overlaps_in_all: all }: Expansion,
  said: { all: string; largest: string; largestOfMany: string },
): string {
  const n = overlaps.length;
  return all === null
    ? fill(said.largestOfMany, { n })
    : fill(all === n ? said.all : said.largest, { n, all });
}

function Overlaps({ result }: { result: Expansion }): JSX.Element {
  const { overlaps } = result;
  const words = reviewedWords.overlaps;
  const [all, setAll] = useState(false);
  const sorted = [...overlaps].sort((one, other) => other.recipients - one.recipients);
  return (
    <div class="stack">
      <p class="quiet">{words.text}</p>
      <ul class="overlaps">
        {sorted.slice(0, all ? sorted.length : FIRST_OVERLAPS).map(({ lists: [one, other], recipients }) => (
          <li key={`${one} ${other}`}>
            <span class="overlap-lists">
              <span>{one}</span>
              <span>{other}</span>
            </span>
            <span class="overlap-number">
              <strong>{number(recipients)}</strong>
              <span class="quiet small">{words.pair}</span>
            </span>
          </li>
        ))}
      </ul>
      {!all && sorted.length > FIRST_OVERLAPS && (
        <Button look="subtle" onClick={() => setAll(true)}>
          {overlapsOf(result, words.show)}
        </Button>
      )}
    </div>
  );
}

function Actions(props: {
  tracking: Tracking;
  flow: Flow;
  canTrack: boolean;
  hasModes: boolean;
  isReady: boolean;
  isStale: boolean;
  onTrack: () => void;
  onLetGo: () => void;
}): JSX.Element {
  const { tracking } = props;
  const words = paneWords.actions;
  if (tracking.step === "let go") {
    return (
      <footer class="actions">
        {tracking.trouble ? (
          <TroubleNotice trouble={tracking.trouble} />
        ) : (
          <div role="status">
            <Notice tone="good" title={words.ready}>
              <p>{words.readyText}</p>
            </Notice>
          </div>
        )}
      </footer>
    );
  }
  return (
    <footer class="actions">
      {tracking.step === "removed" && (
        <div role="status">
          <Notice tone="good" title={paneWords.removed}>
            <p>{paneWords.removedText}</p>
          </Notice>
        </div>
      )}
      {!props.canTrack && <p class="quiet small">{props.hasModes ? words.mobile : words.noModes}</p>}
      {props.canTrack && props.isReady && (
        <Button look="primary" wide onClick={props.onTrack}>
          {words.go}
        </Button>
      )}
      {!props.isReady && (
        <Button look="primary" wide onClick={() => void props.flow.count()}>
          {text.again}
        </Button>
      )}
      {!props.isStale && props.flow.mail?.platform.kind !== "mobile" && (
        <Button wide onClick={props.onLetGo}>
          {words.untracked}
        </Button>
      )}
    </footer>
  );
}
