/** The set-up of the service account in one page, for admins. */

import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Connection, type Trouble } from "../../api";
import { Button, Notice, type Tone } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { ago, moment, zone } from "../dates";
import { Await, Fact, Heading, PageTrouble, Wide } from "../frame";
import { Grants } from "./grants";
import { ListTest } from "./list-test";
import { Disconnecting, HealthSection, Scopes } from "./parts";
import { Setup } from "./setup";

const TONES: Record<string, Tone> = {
  connected: "good",
  limited: "warn",
  stopped: "bad",
  disconnected: "warn",
};
const said = pageWords.connection;
// The words as they are when they are shown: at first they are English.
const STEPS = {
  done: () => said.done,
  perhaps: () => said.perhaps,
  next: () => said.next,
  later: () => said.waiting,
};

export function ConnectionPage(): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getConnection(), [api]);
  const [told, setTold] = useState<{ text: string; remedy: string }>();
  return (
    <div class="stack loose">
      <Heading page={said.heading}>
        {loaded.value && <Button onClick={loaded.reload}>{pageWords.refresh}</Button>}
      </Heading>
      <p class="prose quiet">{said.intro}</p>
      <div role="status">
        {told && (
          <Notice tone="info" title={told.text}>
            <p>{told.remedy}</p>
          </Notice>
        )}
      </div>
      <Await loaded={loaded}>
        {(connection) => (
          <>
            <State connection={connection} />
            <ol class="steps">
              <ConsentStep connection={connection} />
              <SignInStep connection={connection} />
              <TestStep connection={connection} />
            </ol>
            <Grants grants={connection.grants} />
            <Setup needs={connection.setup} />
            <HealthSection />
            {connection.account && (
              <Disconnecting
                account={connection.account.username}
                onDone={(answer) => {
                  setTold(answer);
                  loaded.reload();
                }}
              />
            )}
          </>
        )}
      </Await>
    </div>
  );
}

function State({ connection }: { connection: Connection }): JSX.Element {
  const { state, text, remedy, account, directories, days_left } = connection;
  return (
    <section class="stack">
      <Notice tone={TONES[state] ?? "info"} title={said.states[state] ?? state}>
        <p>{text}</p>
        {remedy && <p>{remedy}</p>}
      </Notice>
      {account && (
        <dl class="facts">
          <Fact name={said.account}>
            {account.username}
            <div class="quiet small">{account.id}</div>
          </Fact>
          {connection.connected_at && <Fact name={said.since}>{moment(connection.connected_at)}</Fact>}
          <Fact name={said.lastSuccess}>
            {connection.last_success_at ? (
              <>
                {ago(connection.last_success_at)}
                <div class="quiet small">{moment(connection.last_success_at)}</div>
              </>
            ) : (
              said.never
            )}
          </Fact>
          {days_left !== null && (
            <Fact name={said.daysLeft}>
              {fill(said.daysLeftText, { n: days_left })}
              <div class="quiet small">{said.daysLeftNote}</div>
            </Fact>
          )}
        </dl>
      )}
      <h2>{said.directories}</h2>
      <Wide label={said.directoriesCaption}>
        <table>
          <caption class="visually-hidden">{said.directoriesCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.directory}</th>
              <th scope="col">{said.permissions}</th>
              <th scope="col">{said.state}</th>
            </tr>
          </thead>
          <tbody>
            {directories.map((directory) => (
              <tr key={directory.name}>
                <th scope="row">{said.directoryNames[directory.name] ?? directory.name}</th>
                <td>{directory.scopes.length ? <Scopes scopes={directory.scopes} /> : said.noPermissions}</td>
                <td>
                  {directory.ok ? (
                    <span class="badge good">{said.works}</span>
                  ) : (
                    <>
                      <strong>{directory.text}</strong>
                      <div class="quiet">{directory.remedy}</div>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p class="quiet small">{fill(pageWords.zone, { zone: zone() })}</p>
    </section>
  );
}

function Step(props: {
  n: number;
  title: string;
  state: "done" | "perhaps" | "next" | "later";
  children: ComponentChildren;
}): JSX.Element {
  const { state } = props;
  return (
    <li class={`card step ${state}`}>
      <div class="row">
        <span class="step-number" aria-hidden="true">
          {props.n}
        </span>
        <h2>{props.title}</h2>
        <span class={state === "done" ? "badge good" : "badge"}>{STEPS[state]()}</span>
      </div>
      <div class="stack">{props.children}</div>
    </li>
  );
}

function ConsentStep({ connection }: { connection: Connection }): JSX.Element {
  const [copied, setCopied] = useState<boolean>();
  const copy = () =>
    navigator.clipboard.writeText(connection.consent_url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const isRefused = connection.code?.startsWith("consent") ?? false;
  const isSignedIn = connection.state === "connected" || connection.state === "limited";
  const scopes = connection.directories.flatMap((directory) => directory.scopes);
  return (
    <Step n={1} title={said.consentTitle} state={isSignedIn ? "done" : isRefused ? "next" : "perhaps"}>
      <p class="prose">{said.consentText}</p>
      {scopes.length > 0 && <Scopes scopes={scopes} />}
      <p class="prose">{said.consentAssign}</p>
      <div class="row">
        <a class="button" href={connection.consent_url} target="_blank" rel="noopener noreferrer">
          {said.consent}
        </a>
        <Button look="subtle" onClick={() => void copy()}>
          {said.copyConsent}
        </Button>
      </div>
      <div role="status">
        {copied === true && <p>{said.copied}</p>}
        {copied === false && (
          <p>
            {said.copyFailed} <code class="long">{connection.consent_url}</code>
          </p>
        )}
      </div>
    </Step>
  );
}

function SignInStep({ connection }: { connection: Connection }): JSX.Element {
  const { api } = useHere();
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const isDone = connection.state === "connected" || connection.state === "limited";
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    try {
      // The answer also sets a cookie, by which the callback knows this browser again.
      location.assign((await api.startConnection()).authorize_url);
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
      setUnderWay(false);
    }
  };
  return (
    <Step n={2} title={said.signInTitle} state={isDone ? "done" : "next"}>
      <p class="prose">{said.signInText}</p>
      <p>
        <Button {...(isDone ? {} : { look: "primary" })} disabled={isUnderWay} onClick={() => void begin()}>
          {isUnderWay ? said.starting : isDone ? said.signInAgain : said.signIn}
        </Button>
      </p>
      {trouble && <PageTrouble trouble={trouble} onRetry={() => void begin()} />}
    </Step>
  );
}

function TestStep({ connection }: { connection: Connection }): JSX.Element {
  const [isDone, setDone] = useState(false);
  const isNext = connection.state === "connected" || connection.state === "limited";
  return (
    <Step n={3} title={said.testTitle} state={isDone ? "done" : isNext ? "next" : "later"}>
      <p class="prose">{said.testText}</p>
      {connection.state !== "disconnected" && <ListTest onDone={() => setDone(true)} />}
    </Step>
  );
}
