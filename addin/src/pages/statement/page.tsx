/** The statement in one page, to read, to print and to save: for auditors, and for admins. */

import type { ComponentChildren, JSX } from "preact";
import type { Statement } from "../../api";
import { Button } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { moment, zone } from "../dates";
import { Await, Download, Heading, Wide } from "../frame";
import { AgreementSection } from "./agreement";
import { duration, stretch } from "./durations";

const said = pageWords.statement;
const LONGEST = 80;

export function StatementPage(): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getStatement(), [api]);
  return (
    <div class="stack loose">
      <Heading page={said.heading}>
        {loaded.value && (
          <div class="row">
            <Button onClick={() => print()}>{said.print}</Button>
            <Download
              fetch={async () => ({
                body: asFile(await api.getStatement()),
                name: "rollcall-statement.json",
              })}
              label={said.download}
            />
          </div>
        )}
      </Heading>
      <p class="prose quiet">{said.intro}</p>
      <Await loaded={loaded}>
        {(statement) => (
          <>
            <AgreementSection agreement={statement.agreement} />
            <MeasuredSection inForce={statement.in_force} />
            <KeptSection inForce={statement.in_force} />
            <MaySection allowed={statement.in_force.allowed} />
            <SettingsSection settings={statement.settings} />
            <PlacesSection places={statement.places} />
            <p class="quiet small">
              {fill(said.made, { when: moment(statement.made_at) })} {fill(pageWords.zone, { zone: zone() })}
            </p>
          </>
        )}
      </Await>
    </div>
  );
}

type InForce = Statement["in_force"];

function MeasuredSection({ inForce }: { inForce: InForce }): JSX.Element {
  const { tracking, smallest_group, published_after } = inForce;
  return (
    <section class="stack">
      <h2>{said.measured}</h2>
      <p class="prose">{said.tracking[tracking]}</p>
      {tracking !== "off" && (
        <>
          <p class="prose">
            {smallest_group > 1 ? fill(said.groups, { n: smallest_group }) : said.groupsOne}
          </p>
          {smallest_group > 1 && (
            <p class="prose">{fill(said.appear, { times: published_after.map(duration).join(", ") })}</p>
          )}
        </>
      )}
    </section>
  );
}

function KeptSection({ inForce }: { inForce: InForce }): JSX.Element {
  const days = (n: number) => several(n, said.daysOne, said.days);
  const rows = [
    [said.things.events, days(inForce.events_kept)],
    [said.things.messages, days(inForce.messages_kept)],
    [said.things.lists, stretch(inForce.expansion_lifetime)],
    [said.things.objections, said.things.objectionsEnd],
    [said.things.answers, said.things.answersEnd],
    [said.things.trail, days(inForce.audit_kept)],
  ];
  return (
    <section class="stack">
      <h2>{said.kept}</h2>
      <Table name={said.kept} columns={[said.what, said.howLong]} rows={rows} />
    </section>
  );
}

function MaySection({ allowed }: { allowed: readonly string[] }): JSX.Element {
  return (
    <section class="stack">
      <h2>{said.may}</h2>
      <p class="prose quiet">{said.mayNote}</p>
      <Table
        name={said.may}
        columns={[said.what, ""]}
        rows={Object.entries(said.allowances).map(([word, text]) => [
          text,
          <span class="badge" key={word}>
            {allowed.includes(word) ? said.allowed : said.notAllowed}
          </span>,
        ])}
      />
    </section>
  );
}

function SettingsSection({ settings }: { settings: Statement["settings"] }): JSX.Element {
  return (
    <section class="stack">
      <h2>{said.settings}</h2>
      <Table
        name={said.settings}
        columns={[said.setting, said.value]}
        rows={settings.map(({ name, value, default: byDefault, agreed }) => [
          <code key={name}>{name}</code>,
          <>
            {value ? <code>{shortened(value)}</code> : <span class="quiet">{said.empty}</span>}{" "}
            {byDefault && value && <span class="quiet small">{said.byDefault}</span>}
            {agreed !== null && (
              <div>
                <strong>{fill(said.exceeds, { agreed: agreed || said.empty })}</strong>
              </div>
            )}
          </>,
        ])}
      />
    </section>
  );
}

function PlacesSection({ places }: { places: Statement["places"] }): JSX.Element {
  return (
    <details class="fold">
      <summary>{said.places}</summary>
      <p class="quiet">{said.placesNote}</p>
      <Table
        name={said.places}
        columns={[said.place, said.holds, said.until, said.endedBy]}
        rows={places.map(({ place, holds, until, ended_by }) =>
          [place, holds, until, ended_by].map((text) => (
            <span lang="en" key={text}>
              {text.replaceAll("`", "")}
            </span>
          )),
        )}
      />
    </details>
  );
}

function Table(props: {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
}): JSX.Element {
  return (
    <Wide label={props.name}>
      <table>
        <caption class="visually-hidden">{props.name}</caption>
        <thead>
          <tr>
            {props.columns.map((column) =>
              column ? (
                <th scope="col" key={column}>
                  {column}
                </th>
              ) : (
                <td key="" />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(([first, ...rest], row) => (
            <tr key={row}>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** The beginning of a long value: the whole of it is in the file. */
function shortened(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST)} …` : value;
}

function asFile(statement: Statement): Blob {
  return new Blob([`${JSON.stringify(statement, null, 2)}\n`], { type: "application/json" });
}
