/** A count under way. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/components";
import { fill, number, several } from "../words/fill";
import { paneWords } from "../words/pane";
import { type Progress, roughly } from "./progress";
import type { State } from "./state";

const text = paneWords.counting;
// Screen readers are told how far it is now and then, not each time a number moves.
const TELL_EVERY = 8000;

export function Counting(props: { state: State & { at: "counting" }; onCancel: () => void }): JSX.Element {
  const { progress } = props.state;
  // Before anything was found, nothing is known: nought would be a number.
  const isBegun = progress !== null && (progress.recipients > 0 || progress.listsKnown > 0);
  const details = detailsOf(progress, isBegun);
  const left = progress?.waits === null ? progress.secondsLeft : null;
  const found = progress?.recipients ?? 0;
  const spoken = useSlowly(found > 0 ? `${number(found)} ${text.soFar}, ${details}` : details);
  return (
    <section class="stack counting" aria-labelledby="counting-title">
      <h2 id="counting-title">{text.title}</h2>
      {found > 0 && (
        <p class="hero">
          <span class="hero-number" data-testid="so-far">
            {number(found)}
          </span>
          <span class="hero-unit">{text.soFar}</span>
        </p>
      )}
      <progress aria-label={text.bar} {...(isBegun ? { max: 1, value: progress.fraction } : {})} />
      <p class="row spread quiet small" data-testid="progress">
        <span>{details}</span>
        {left !== null && <span>{timeLeft(left)}</span>}
      </p>
      {progress && <Expected {...progress} />}
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
      <Button onClick={props.onCancel}>{text.cancel}</Button>
      <p class="quiet small">{text.away}</p>
    </section>
  );
}

/** A lower bound says more than a guess, once it is no smaller. */
function Expected({ provisional, estimate }: Progress): JSX.Element | null {
  const words = (provisional ?? 0) >= (estimate ?? 0) ? text.provisional : text.estimate;
  const n = Math.max(provisional ?? 0, estimate ?? 0);
  return n > 0 ? <p class="quiet small">{fill(words, { n })}</p> : null;
}

function detailsOf(progress: Progress | null, isBegun: boolean): string {
  if (progress?.waits != null) {
    return several(progress.waits, text.waitsOne, text.waits);
  }
  if (progress?.before) {
    return several(progress.before, text.beforeOne, text.before);
  }
  return isBegun && progress
    ? fill(text.lists, { done: progress.lists, known: progress.listsKnown })
    : text.begun;
}

export function timeLeft(seconds: number): string {
  const { unit, n } = roughly(seconds);
  return unit === "minutes" && n === 1 ? text.left.minute : fill(text.left[unit], { n });
}

function useSlowly(value: string): string {
  const [told, setTold] = useState({ value, at: 0 });
  useEffect(() => {
    const wait = Math.max(0, told.at + TELL_EVERY - Date.now());
    const timer = setTimeout(() => setTold({ value, at: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [value]);
  return told.value;
}
