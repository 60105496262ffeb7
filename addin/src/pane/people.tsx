/** The recipients one by one, on demand, with name and list: a part at a time, or those that match. */

import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Api, asTrouble, type ListEntry, type Recipient, type Trouble } from "../api";
import { Button, TroubleNotice, Waiting } from "../ui/components";
import { CopyAddresses } from "../ui/copy-addresses";
import { fill, several } from "../words/fill";
import { reviewedWords } from "../words/pane/reviewed";

const text = reviewedWords.people;
const PAGE = 10_000;
const PART = 100;

interface Row extends Recipient {
  /** What a search looks through, in small letters. */
  readonly sought: string;
}

export function People(props: { api: Api; id: string; lists: readonly ListEntry[] }): JSX.Element {
  const { api, id, lists } = props;
  const names = useMemo(() => new Map(lists.map((list) => [list.id, list.name || list.address])), [lists]);
  const loaded = useRef<Row[]>([]);
  const next = useRef<string | null>("");
  const busy = useRef(false);
  const [version, setVersion] = useState(0);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [sought, setSought] = useState("");
  const [shown, setShown] = useState(PART);
  const [total, setTotal] = useState<number | null>(null);

  const load = useCallback(
    async (upTo: number) => {
      if (busy.current) {
        return;
      }
      busy.current = true;
      setTrouble(null);
      try {
        while (next.current !== null && loaded.current.length < upTo) {
          const page = await api.listRecipients(id, next.current, PAGE);
          for (const row of page.rows) {
            loaded.current.push({ ...row, sought: `${row.name ?? ""} ${row.address}`.toLowerCase() });
          }
          next.current = page.next;
          setTotal(page.total);
          setVersion((before) => before + 1);
        }
      } catch (thrown) {
        setTrouble(asTrouble(thrown));
      } finally {
        busy.current = false;
        setVersion((before) => before + 1);
      }
    },
    [api, id],
  );

  const wanted = sought ? Number.POSITIVE_INFINITY : shown;
  useEffect(() => {
    void load(wanted);
  }, [wanted, load]);

  const needle = sought.trim().toLowerCase();
  const found = () => (needle ? loaded.current.filter((row) => row.sought.includes(needle)) : loaded.current);
  const matching = found();
  /** All that match, or all there are: what is not loaded yet is loaded first. */
  const listed = async () => {
    await load(Number.POSITIVE_INFINITY);
    if (next.current !== null) {
      throw new Error("not all are here");
    }
    return found().map((row) => row.address);
  };
  const isLoading = next.current !== null && loaded.current.length < wanted && !trouble;
  return (
    <div class="stack" data-version={version}>
      <div class="field">
        <label for="people-search">{text.search}</label>
        <input
          id="people-search"
          type="search"
          value={sought}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            setSought(event.currentTarget.value);
            setShown(PART);
          }}
        />
      </div>
      <p class="quiet small" role="status">
        {total !== null && !isLoading && (matching.length || !needle)
          ? needle
            ? fill(text.found, { n: matching.length, total })
            : fill(text.all, { n: total })
          : needle && !isLoading && text.none}
      </p>
      {matching.length > 0 && (
        <p class="row">
          <CopyAddresses list={listed} said={text} />
        </p>
      )}
      <ul class="addresses">
        {matching.slice(0, shown).map((row) => (
          <li key={row.address}>
            {row.name && <span class="recipient-name">{row.name}</span>}
            <span class={row.name ? "quiet small" : undefined}>{row.address}</span>
            <Through row={row} list={names.get(row.list ?? "")} />
          </li>
        ))}
      </ul>
      {isLoading && <Waiting text={text.loading} />}
      {trouble && <TroubleNotice trouble={trouble} onRetry={() => void load(wanted)} />}
      {(matching.length > shown || (!needle && next.current !== null)) && !isLoading && !trouble && (
        <Button onClick={() => setShown(shown + PART)}>{text.more}</Button>
      )}
    </div>
  );
}

/** The list that somebody came through, where it is known; and how many others they are in. */
function Through({ row, list }: { row: Row; list: string | undefined }): JSX.Element | null {
  if (!list) {
    return null;
  }
  const said = row.more_lists
    ? several(row.more_lists, text.throughAndOne, text.throughAndMore)
    : text.through;
  return <span class="quiet small">{fill(said, { list })}</span>;
}
