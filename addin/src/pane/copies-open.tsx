/** Copies that were not sent or are in doubt, one by one, and what the person says of them. */

import type { JSX } from "preact";
import { ERASED } from "../copies/tools";
import { Button } from "../ui/components";
import { fill, number } from "../words/fill";
import { trackedWords } from "../words/pane/tracked";
import { Disclosure } from "./disclosure";
import type { Tracker } from "./tracker";
import type { OpenCopies } from "./tracking";

const text = trackedWords.copies;
/** So many are shown at once. */
const SHOWN = 100;

export function OpenCopiesList(props: { tracker: Tracker; open: OpenCopies; isBusy: boolean }): JSX.Element {
  const { tracker, open, isBusy } = props;
  const decide = (places: number[], what: "again" | "leave") => void tracker.copies.decide(places, what);
  const failed = open
    .filter((copy) => copy.state === "failed" && copy.code !== ERASED)
    .map((copy) => copy.place);
  return (
    <Disclosure title={text.attention} aside={number(open.length)} name="open-copies" open>
      {() => (
        <div class="stack">
          <ul class="addresses">
            {open.slice(0, SHOWN).map((copy) => (
              <li key={copy.place}>
                <p>{copy.place === 0 ? text.own : copy.address || text.erasedPerson}</p>
                <p class="quiet small">{reasonOf(copy)}</p>
                {copy.state === "doubt" && (
                  <p class="row">
                    <Button disabled={isBusy} onClick={() => decide([copy.place], "again")}>
                      {text.again}
                    </Button>
                    <Button disabled={isBusy} onClick={() => decide([copy.place], "leave")}>
                      {text.leave}
                    </Button>
                  </p>
                )}
              </li>
            ))}
          </ul>
          {open.length > SHOWN && <p class="quiet small">{fill(text.shown, { n: SHOWN })}</p>}
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

function reasonOf({ state, code }: OpenCopies[number]): string {
  switch (true) {
    case state === "doubt":
      return text.inDoubt;
    case code === "left":
      return text.left;
    case code === ERASED:
      return text.erased;
    default:
      return code ? fill(text.code, { code }) : text.notSent;
  }
}
