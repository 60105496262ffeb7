/** Fields for the names of links, each with what readers see of the link, to be taken where the sender wants to. */

import type { JSX } from "preact";
import { MAX } from "../labels";
import { words } from "../words/common";
import { fill } from "../words/fill";

export interface NamedLink {
  readonly key: string;
  /** Where it leads, for people. */
  readonly text: string;
  /** What readers see of it; empty where that is not known. */
  readonly words: string;
  readonly name: string;
}

export function LinkNames(props: {
  links: readonly NamedLink[];
  onChange: (key: string, name: string) => void;
}): JSX.Element {
  const said = words.labels;
  return (
    <div class="stack">
      <p class="quiet small">{said.linksText}</p>
      {props.links.map(({ key, text, words: seen, name }, place) => (
        <div class="field" key={key}>
          <label for={`link-name-${place}`}>{fill(said.linkName, { link: text })}</label>
          <input
            id={`link-name-${place}`}
            type="text"
            autocomplete="off"
            maxLength={MAX.link}
            value={name}
            onInput={(event) => props.onChange(key, event.currentTarget.value)}
          />
          {seen && seen.slice(0, MAX.link) !== name && (
            <div>
              <button type="button" class="link" onClick={() => props.onChange(key, seen.slice(0, MAX.link))}>
                {fill(said.useWords, { words: seen.slice(0, MAX.link) })}
              </button>
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
