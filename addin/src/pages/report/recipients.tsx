/** Who opened and who did not, where the mode allows to know. Nothing is fetched before it is asked for,
 * because a look at single people goes into the audit trail. */

import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { RecipientReport, Report } from "../../api";
import { Button, Empty, Waiting } from "../../ui/components";
import { fill, number, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { PageTrouble } from "../frame";
import { AT_MOST, BEGINNING, type Fetched, type Filter, fetchAll, QUERIES, search } from "./fetching";
import { FollowingUp } from "./following-up";

const SHOWN = 50;
const said = pageWords.who;

export function RecipientsSection({ report }: { report: Report }): JSX.Element {
  const [isShown, setShown] = useState(false);
  return (
    <section class={isShown ? "stack" : "stack screen-only"}>
      <h2>{said.heading}</h2>
      <p class="prose">{said.text}</p>
      {isShown ? (
        <Recipients id={report.message_id} />
      ) : (
        <p>
          <Button onClick={() => setShown(true)}>{said.show}</Button>
        </p>
      )}
    </section>
  );
}

function Recipients({ id }: { id: string }): JSX.Element {
  const [filter, setFilter] = useState<Filter>("unopened");
  const [wanted, setWanted] = useState("");
  const [start, setStart] = useState(0);
  const fetched = useAll(id, filter);
  const fitting = useMemo(() => search(fetched.found, wanted), [fetched.found, wanted]);
  return (
    <>
      <div class="filters">
        <div class="field">
          <label for="who-filter">{said.filter}</label>
          <select
            id="who-filter"
            value={filter}
            onChange={(event) => {
              setFilter(event.currentTarget.value as Filter);
              setStart(0);
            }}
          >
            {Object.keys(QUERIES).map((each) => (
              <option key={each} value={each}>
                {said.filters[each]}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="who-search">{said.search}</label>
          <input
            id="who-search"
            type="search"
            value={wanted}
            onInput={(event) => {
              setWanted(event.currentTarget.value);
              setStart(0);
            }}
          />
        </div>
      </div>
      {(filter === "unopened" || filter === "unsure") && <p class="quiet prose">{said.unopenedNote}</p>}
      {filter === "unmeasured" && <p class="quiet prose">{said.unmeasuredNote}</p>}
      {fetched.trouble && <PageTrouble trouble={fetched.trouble} onRetry={fetched.again} />}
      {fetched.isLoading ? (
        <Waiting text={fill(said.loading, { n: fetched.found.length, total: fetched.total })} />
      ) : (
        <p role="status">
          <strong>{several(fitting.length, said.foundOne, said.found)}</strong>
        </p>
      )}
      {fetched.isCapped && <p class="quiet">{fill(said.capped, { n: AT_MOST })}</p>}
      {!fetched.isLoading && !fetched.trouble && <FollowingUp id={id} found={fitting} />}
      {fitting.length > 0 && <RecipientTable shown={fitting.slice(start, start + SHOWN)} />}
      {!fetched.isLoading && !fetched.trouble && fitting.length === 0 && <Empty title={said.nobody} />}
      {fitting.length > SHOWN && (
        <nav class="row" aria-label={said.caption}>
          <Button disabled={start === 0} onClick={() => setStart(Math.max(0, start - SHOWN))}>
            {said.previous}
          </Button>
          <Button disabled={start + SHOWN >= fitting.length} onClick={() => setStart(start + SHOWN)}>
            {said.next}
          </Button>
          <span class="quiet">
            {fill(pageWords.rows, {
              from: start + 1,
              to: Math.min(start + SHOWN, fitting.length),
              total: number(fitting.length),
            })}
          </span>
        </nav>
      )}
    </>
  );
}

function RecipientTable({ shown }: { shown: readonly RecipientReport[] }): JSX.Element {
  return (
    <table class="tight recipients">
      <caption class="visually-hidden">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.address}</th>
          <th scope="col">{said.opened}</th>
          <th scope="col">{said.clicked}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ address, opened, clicked }, place) => (
          <tr key={`${address} ${place}`}>
            <th scope="row">{address}</th>
            <td>{said.answers[opened] ?? opened}</td>
            <td>{said.answers[clicked] ?? clicked}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Everybody who fits the filter, page by page, shown as they come. */
function useAll(id: string, filter: Filter) {
  const { api } = useHere();
  const [state, setState] = useState<Fetched>(BEGINNING);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const current = { is: true };
    setState(BEGINNING);
    void fetchAll(api, id, filter, (next) => current.is && setState(next));
    return () => {
      current.is = false;
    };
  }, [api, id, filter, turn]);
  return { ...state, again: () => setTurn((before) => before + 1) };
}
