/** How many joined and left a recurring mail's audience since it was sent last. */

import type { JSX } from "preact";
import type { Amount } from "../amounts";
import type { Turnover } from "../api";
import { words } from "../words/common";
import { fill } from "../words/fill";

const said = words.turnover;
type Phrases = Readonly<Record<keyof typeof said.joined, string>>;

/** "12 to 16 joined, at most 4 left", and how many of those who joined are in which list. */
export function TurnoverText({ turnover }: { turnover: Turnover }): JSX.Element {
  const lists = turnover.by_list.filter(({ joined }) => joined.at_most !== 0);
  return (
    <>
      <div data-testid="turnover">
        {fill(said.both, {
          joined: inWords(turnover.joined, said.joined),
          left: inWords(turnover.left, said.left),
        })}
      </div>
      {lists.length > 0 && (
        <div class="quiet small">
          {said.byList}
          {lists.map(({ list, joined }) => (
            <div key={list}>
              <span class="address">{list}</span>: {inWords(joined, said.some)}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** These amounts always have an upper end. */
function inWords({ at_least: least, at_most: most }: Amount, phrases: Phrases): string {
  const phrase = least === most ? phrases.exactly : least === 0 ? phrases.atMost : phrases.between;
  return fill(phrase, { least, most: most ?? least });
}
