/** The audit trail, for admins. */

import type { JSX } from "preact";
import { useRows } from "../../ui/rows";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { zone } from "../dates";
import { Filters } from "../filters";
import { Download, Heading, ListEnd } from "../frame";
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
  const records = fitting.rows;
  const names = useNames(records.map(({ actor }) => actor));
  return (
    <div class="stack loose">
      <Heading page={said.heading}>
        <Download fetch={() => api.getAuditSheet(query)} />
      </Heading>
      <p class="prose quiet">{said.intro}</p>
      <Narrowing search={search} />
      {records.length > 0 && (
        <>
          <AuditTable records={records} search={search} names={names} />
          <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
        </>
      )}
      <ListEnd
        list={fitting}
        emptyTitle={said.emptyTitle}
        emptyText={query ? said.emptyFiltered : said.emptyText}
        more={said.older}
        count={several(records.length, said.countOne, said.count)}
      />
      <section class="stack">
        <h2>{said.verifyTitle}</h2>
        <p class="prose">{said.verifyText}</p>
        <p>{said.verifyHow}</p>
        <pre class="command">{said.verifyCommand}</pre>
      </section>
    </div>
  );
}

function Narrowing({ search }: { search: AuditSearch }): JSX.Element {
  const known = Object.keys(said.kinds);
  // A link may ask for a kind that this page does not know yet.
  const kinds = new Set([...known, ...(search.kind ? [search.kind] : [])]);
  return (
    <Filters
      prefix=""
      label={said.filters}
      apply={said.apply}
      clear={said.clear}
      search={search}
      none={EVERYTHING}
      hrefOf={(wanted) => hrefOf({ name: "audit", search: wanted })}
      settle={(typed) => typed.trim().toLowerCase()}
    >
      {({ text, date, choice }) => (
        <>
          {choice("kind", said.kind, [
            ["", said.anyKind],
            ...[...kinds].map((kind) => [kind, nameOfKind(kind)] as const),
          ])}
          {text("actor", said.actor)}
          {date("since", said.since)}
          {date("until", said.until)}
        </>
      )}
    </Filters>
  );
}
