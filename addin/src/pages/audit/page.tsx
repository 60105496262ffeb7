/** The audit trail, for admins. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Empty, Waiting } from "../../ui/components";
import { useRows } from "../../ui/rows";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { zone } from "../dates";
import { Download, Heading, PageTrouble } from "../frame";
import { type AuditSearch, auditQuery, EVERYTHING, hrefOf } from "../routes";
import { useNames } from "./names";
import { nameOfKind } from "./records";
import { AuditTable } from "./table";

const LIMIT = 100;
const said = pageWords.audit;

export function AuditPage({ search }: { search: AuditSearch }): JSX.Element {
  const { api } = useHere();
  const query = auditQuery(search).toString();
  const fitting = useRows((after) => api.listRecords(query, after, LIMIT), query);
  const { rows: records, isLoading, trouble, more } = fitting;
  const names = useNames(records.map(({ actor }) => actor));
  return (
    <div class="stack loose">
      <Heading page={said.heading}>
        <Download fetch={() => api.getAuditSheet(query)} />
      </Heading>
      <p class="prose quiet">{said.intro}</p>
      <Filters search={search} />
      {records.length > 0 && (
        <>
          <AuditTable records={records} search={search} names={names} />
          <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
        </>
      )}
      {isLoading ? (
        <Waiting text={pageWords.loading} />
      ) : trouble ? (
        <PageTrouble trouble={trouble} onRetry={more} />
      ) : records.length === 0 ? (
        <Empty title={said.emptyTitle}>
          <p>{query ? said.emptyFiltered : said.emptyText}</p>
        </Empty>
      ) : (
        <div class="row">
          {fitting.hasMore && <Button onClick={more}>{said.older}</Button>}
          <span class="quiet" role="status">
            {several(records.length, said.countOne, said.count)}
          </span>
        </div>
      )}
      <section class="stack">
        <h2>{said.verifyTitle}</h2>
        <p class="prose">{said.verifyText}</p>
        <p>{said.verifyHow}</p>
        <pre class="command">{said.verifyCommand}</pre>
      </section>
    </div>
  );
}

function Filters({ search }: { search: AuditSearch }): JSX.Element {
  const [wanted, setWanted] = useState(search);
  const address = hrefOf({ name: "audit", search });
  useEffect(() => setWanted(search), [address]);
  const change = (name: keyof AuditSearch) => (event: { currentTarget: { value: string } }) =>
    setWanted({ ...wanted, [name]: event.currentTarget.value.trim().toLowerCase() });
  const kinds = Object.keys(said.kinds);
  const isFiltered = Object.values(search).some(Boolean);
  return (
    <form
      class="filters"
      aria-label={said.filters}
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hrefOf({ name: "audit", search: wanted });
      }}
    >
      <div class="field">
        <label for="kind">{said.kind}</label>
        <select id="kind" value={wanted.kind} onChange={change("kind")}>
          <option value="">{said.anyKind}</option>
          {[...new Set([...kinds, ...(wanted.kind ? [wanted.kind] : [])])].map((kind) => (
            <option key={kind} value={kind}>
              {nameOfKind(kind)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="actor">{said.actor}</label>
        <input id="actor" type="text" value={wanted.actor} onInput={change("actor")} />
      </div>
      <div class="field">
        <label for="since">{said.since}</label>
        <input id="since" type="date" value={wanted.since} onInput={change("since")} />
      </div>
      <div class="field">
        <label for="until">{said.until}</label>
        <input id="until" type="date" value={wanted.until} onInput={change("until")} />
      </div>
      <div class="row">
        <Button type="submit" look="primary">
          {said.apply}
        </Button>
        {isFiltered && (
          <a class="button subtle" href={hrefOf({ name: "audit", search: EVERYTHING })}>
            {said.clear}
          </a>
        )}
      </div>
    </form>
  );
}
