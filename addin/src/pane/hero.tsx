/** The count, large, and what kinds of recipients are in it. */

import type { JSX } from "preact";
import { type Amount, counted, isExact, UNKNOWN } from "../amounts";
import type { Expansion } from "../api";
import { Icon } from "../ui/icons";
import { words } from "../words/common";
import { amount, fill, number } from "../words/fill";
import { paneWords } from "../words/pane";
import { shownOf, standingOf, withoutPerson } from "./review";
import type { Review } from "./state";
import { atTime } from "./times";

const text = paneWords.review;

export function Hero({ review, onRecount }: { review: Review; onRecount?: () => void }): JSX.Element {
  const { count } = review;
  const complete = isExact(count);
  const standing = standingOf(review);
  return (
    <section class={complete ? "hero-card" : "hero-card is-short"} aria-label={paneWords.heading}>
      <p class="hero" data-testid="count">
        {standing === "some" ? (
          <>
            {!complete && <span class="hero-least">{text.atLeast} </span>}
            <span class="hero-number">{number(count.at_least)}</span>{" "}
            <span class="hero-unit">{unitOf(review)}</span>
          </>
        ) : (
          <>
            <span class="hero-word">{text[standing]}</span> <span class="hero-unit">{unitOf(review)}</span>
          </>
        )}
      </p>
      {standing === "some" && <Facts result={shownOf(review)} isComplete={complete} />}
      <p class="row spread small">
        <span class="quiet" data-testid="counted-at">
          {fill(text.counted, { time: atTime(review.at) })}
        </span>
        {onRecount && (
          <button type="button" class="link" onClick={onRecount}>
            {text.again}
          </button>
        )}
      </p>
    </section>
  );
}

/** Of a draft that was opened again, nothing is known any more but whether everybody was counted. */
function Facts(props: { result: Expansion | null; isComplete: boolean }): JSX.Element | null {
  const { result, isComplete } = props;
  if (!result && !isComplete) {
    return null;
  }
  const { external, mailboxes } = result ?? NOTHING;
  const rooms = mailboxes.room + mailboxes.equipment;
  const known = (n: number) => counted(n, isComplete);
  const facts: [string, Amount, string][] = [
    ["external", external ?? UNKNOWN, text.external],
    ["shared", known(mailboxes.shared), mailboxes.shared === 1 ? text.sharedOne : text.shared],
    ["rooms", known(rooms), rooms === 1 ? text.roomsOne : text.rooms],
  ];
  const shown = facts.filter(([, { at_least }]) => at_least > 0);
  return shown.length === 0 && !isComplete && external !== null ? null : (
    <ul class="facts">
      {isComplete && (
        <li class="fact is-complete" data-testid="complete">
          <Icon name="good" size={16} />
          {text.complete}
        </li>
      )}
      {shown.map(([name, known, what]) => (
        <li key={name} data-testid={name} class={name === "external" ? "fact is-external" : "fact"}>
          {name === "external" && <Icon name="info" size={16} />}
          <span>
            <strong>{amount(known, words.amounts)}</strong> {what}
          </span>
        </li>
      ))}
      {external === null && <li class="fact">{text.externalUnknown}</li>}
    </ul>
  );
}

const NOTHING = { external: counted(0, true), mailboxes: { shared: 0, room: 0, equipment: 0 } };

/** The count as a sentence, for those who hear it. */
export function countSentence(review: Review): string {
  const standing = standingOf(review);
  if (standing !== "some") {
    return `${text[standing]} ${unitOf(review)}`;
  }
  const amount = `${number(review.count.at_least)} ${unitOf(review)}`;
  return isExact(review.count) ? amount : `${text.atLeast} ${amount}`;
}

function unitOf(review: Review): string {
  const { count } = review;
  const result = shownOf(review);
  const standing = standingOf(review);
  if (standing === "unknown") {
    return text.unknownText;
  }
  if (standing === "nobody") {
    return (result?.problems.length ?? 0) > 1 ? text.nobodyTextSeveral : text.nobodyText;
  }
  const isPeople = !result || withoutPerson(result.mailboxes) === 0;
  if (isPeople) {
    return count.at_least === 1 ? text.person : text.people;
  }
  return count.at_least === 1 ? text.recipient : text.recipients;
}
