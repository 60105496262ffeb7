/** The recipients one by one, on demand: a part at a time, or those that match. */

import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Api, asTrouble, type Trouble } from "../api";
import { Button, TroubleNotice, Waiting } from "../ui/components";
import { CopyAddresses } from "../ui/copy-addresses";
import { fill } from "../words/fill";
import { paneWords } from "../words/pane";

const text = paneWords.people;
const PAGE = 10_000;
const PART = 100;

export function People({ api, id }: { api: Api; id: string }): JSX.Element {
  const loaded = useRef<string[]>([]);
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
          loaded.current.push(...page.rows);
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
  const matching = needle ? loaded.current.filter((address) => address.includes(needle)) : loaded.current;
  /** All that match, or all there are: what is not loaded yet is loaded first. */
  const listed = async () => {
    await load(Number.POSITIVE_INFINITY);
    if (next.current !== null) {
      throw new Error("not all are here");
    }
    return needle ? loaded.current.filter((address) => address.includes(needle)) : loaded.current;
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
        {matching.slice(0, shown).map((address) => (
          <li key={address}>{address}</li>
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
