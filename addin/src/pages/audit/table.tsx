/** Records of the audit trail as a table; each opens to all that it holds. */

import type { JSX } from "preact";
import type { AuditRecord } from "../../api";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { type AuditSearch, hrefOf } from "../routes";
import type { Names } from "./names";
import { BY_LINK, BY_SELF, factsOf, nameOfKind, ROLLCALL, reportOf, sentenceOf } from "./records";

const said = pageWords.audit;

interface Props {
  records: readonly AuditRecord[];
  search: AuditSearch;
  /** Of people whose names are known now. */
  names: Names;
}

export function AuditTable({ records, search, names }: Props): JSX.Element {
  return (
    <table class="audit">
      <caption class="visually-hidden">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.when}</th>
          <th scope="col">{said.what}</th>
          <th scope="col" class="wide-only">
            {said.who}
          </th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={`${record.chain} ${record.number}`}>
            <td class="when">{moment(record.at)}</td>
            <td>
              <strong>{nameOfKind(record.kind)}</strong>
              <div>{sentenceOf(record)}</div>
              <div class="narrow-only">
                <Actor actor={record.actor} search={search} name={names[record.actor]} />
              </div>
              <Report id={reportOf(record)} />
              <Details record={record} />
            </td>
            <td class="wide-only">
              <Actor actor={record.actor} search={search} name={names[record.actor]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Report({ id }: { id: string | undefined }): JSX.Element | null {
  return id ? (
    <div>
      <a href={hrefOf({ name: "report", id })}>{said.openReport}</a>
    </div>
  ) : null;
}

function Actor(props: { actor: string; search: AuditSearch; name: string | undefined }): JSX.Element {
  const { actor, search, name } = props;
  const nobodys: Record<string, string> = {
    [ROLLCALL]: said.rollcall,
    [BY_LINK]: said.byLink,
    [BY_SELF]: said.bySelf,
  };
  if (nobodys[actor]) {
    return <span class="quiet">{nobodys[actor]}</span>;
  }
  return (
    <a
      class="actor"
      href={hrefOf({ name: "audit", search: { ...search, actor } })}
      aria-label={fill(said.onlyActor, { actor: name ?? actor })}
      title={actor}
    >
      {name ? <bdi>{name}</bdi> : `${actor.slice(0, 8)} …`}
    </a>
  );
}

function Details({ record }: { record: AuditRecord }): JSX.Element {
  const facts = Object.entries(factsOf(record));
  const rows: [string, string][] = [
    ...(record.subject ? ([[said.facts.subject ?? "", record.subject]] as [string, string][]) : []),
    ...facts.map(([name, value]): [string, string] => [
      name.replaceAll("_", " "),
      typeof value === "object" ? JSON.stringify(value) : String(value),
    ]),
    [said.who, record.actor],
    [said.facts.chain ?? "", record.chain],
    [said.facts.number ?? "", String(record.number)],
    [said.facts.previous ?? "", record.previous || said.nothing],
    [said.facts.hash ?? "", record.hash],
  ];
  return (
    <details>
      <summary>{said.details}</summary>
      <dl class="record">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
