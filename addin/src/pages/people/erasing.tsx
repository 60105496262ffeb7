/** A person being erased, until nothing is left to look through; then what was erased, and what stays. */

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Notice, Waiting } from "../../ui/components";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { PageTrouble } from "../frame";
import { addErased, type Erased, erasedText, START, type Walk, walk } from "./person";

const said = pageWords.people;

export function Erasing(props: {
  address: string;
  onBusy: (isBusy: boolean) => void;
  onLook: () => void;
}): JSX.Element {
  const { address, onBusy, onLook } = props;
  const { way, begin } = useErasure(address, onBusy);
  const { sum, trouble } = way;
  const heading = useRef<HTMLHeadingElement>(null);
  const found = (sum && erasedText(sum)) || said.nothing;
  const title = !way.isDone ? said.erasing : sum?.unfinished.length ? said.erasedUnfinished : said.erased;

  // What had the focus is gone; and whoever waited is told that it is over.
  useEffect(() => heading.current?.focus(), [way.isDone]);

  return (
    <section class="stack">
      <h2 ref={heading} tabIndex={-1} class="whose">
        {fill(title, { address })}
      </h2>
      {!way.isDone && !trouble && (
        <>
          <Waiting text={fill(said.erasingText, { found })} />
          <p class="quiet">{said.erasingStay}</p>
        </>
      )}
      {trouble && (
        <>
          <PageTrouble trouble={trouble} onRetry={() => begin(way)} />
          <p>{fill(said.erasingTrouble, { found })}</p>
        </>
      )}
      {way.isDone && sum && (
        <>
          <Outcome erased={sum} />
          <div class="row">
            {sum.unfinished.length > 0 && <Button onClick={() => begin(START)}>{said.eraseAgain}</Button>}
            <Button onClick={onLook}>{said.lookAgain}</Button>
          </div>
        </>
      )}
    </section>
  );
}

function Outcome({ erased }: { erased: Erased }): JSX.Element {
  const { unfinished, sent } = erased;
  const what = erasedText(erased);
  return (
    <>
      <div role="status" class="stack">
        <Notice tone="good" title={what ? fill(said.erasedWhat, { found: what }) : said.erasedNothing} />
        {unfinished.length > 0 && (
          <Notice tone="warn" title={several(unfinished.length, said.unfinishedOne, said.unfinished)}>
            <p>{said.unfinishedNote}</p>
          </Notice>
        )}
      </div>
      {sent.length > 0 && <p>{several(sent.length, said.staysSentOne, said.staysSent)}</p>}
      <p class="prose">{erased.text}</p>
      <p class="prose">{said.erasedLater}</p>
    </>
  );
}

/** Begins by itself. It goes on to its end even where the page is left, and asks before the tab is closed. */
function useErasure(address: string, onBusy: (isBusy: boolean) => void) {
  const { api } = useHere();
  const [way, setWay] = useState<Walk<Erased>>(START);
  const begin = (from: Walk<Erased>) => {
    const { trouble: _, ...rest } = from;
    setWay(rest);
    void walk((after) => api.erasePerson(address, after), addErased, setWay, rest);
  };
  useEffect(() => begin(START), []);
  const isUnderWay = !way.isDone && !way.trouble;
  useEffect(() => {
    onBusy(isUnderWay);
    if (!isUnderWay) {
      return;
    }
    const ask = (event: Event) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isUnderWay]);
  return { way, begin };
}
