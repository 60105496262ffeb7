/** The lists, each opening the lists inside it. Only what is open is drawn, and long levels in parts. */

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { ListEntry } from "../api";
import { Button } from "../ui/components";
import { Icon } from "../ui/icons";
import { words } from "../words/common";
import { amount, fill } from "../words/fill";
import { reviewedWords } from "../words/pane/reviewed";
import { type Tree, treeOf } from "./review";
import { atTime } from "./times";

const text = reviewedWords.lists;
const PART = 50;

export function ListTree({ lists }: { lists: readonly ListEntry[] }): JSX.Element {
  const tree = useMemo(() => treeOf(lists), [lists]);
  return (
    <div class="stack">
      <Level tree={tree} entries={tree.roots} />
      {lists.length > tree.roots.length && <p class="quiet small">{text.once}</p>}
    </div>
  );
}

function Level({ tree, entries }: { tree: Tree; entries: readonly ListEntry[] }): JSX.Element {
  const [shown, setShown] = useState(PART);
  const more = Math.min(PART * 4, entries.length - shown);
  return (
    <ul class="tree">
      {entries.slice(0, shown).map((entry) => (
        <Node key={entry.id} tree={tree} entry={entry} />
      ))}
      {more > 0 && (
        <li>
          <Button look="subtle" onClick={() => setShown(shown + more)}>
            {fill(text.more, { n: more })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Node({ tree, entry }: { tree: Tree; entry: ListEntry }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const children = tree.childrenOf.get(entry.id);
  const name = entry.name || entry.address;
  const body = (
    <>
      <span class="tree-name">
        <span class="tree-title">{name}</span>
        {entry.name && <span class="quiet small tree-address">{entry.address}</span>}
        <span class="quiet small">
          {words.kinds[entry.kind]} · {amount(entry.members, text.members)}
          {entry.as_of && ` · ${fill(text.asOf, { time: atTime(Date.parse(entry.as_of)) })}`}
        </span>
        {entry.problem && (
          <span class="small tree-problem">
            <Icon name="warn" size={12} /> {text.notWhole}
          </span>
        )}
      </span>
      <span class="tree-number">
        <span aria-hidden="true">{amount(entry.recipients, text.numbers)}</span>
        <span class="visually-hidden">{amount(entry.recipients, text.recipients)}</span>
      </span>
    </>
  );
  return (
    <li data-testid="list" data-address={entry.address}>
      {children ? (
        <button type="button" class="tree-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span class={isOpen ? "chevron is-open" : "chevron"}>
            <Icon name="open" size={16} />
          </span>
          {body}
        </button>
      ) : (
        <div class="tree-row">
          <span class="chevron" />
          {body}
        </div>
      )}
      {isOpen && children && <Level tree={tree} entries={children} />}
    </li>
  );
}
