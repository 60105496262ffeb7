/** What belongs to the connection beside the set-up: health, taking it away, permissions' names. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asTrouble, type Trouble } from "../../api";
import { Button, Notice, TroubleNotice } from "../../ui/components";
import { useLoaded } from "../../ui/loading";
import { Modal } from "../../ui/modal";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { Await } from "../frame";

const said = pageWords.connection;

/** The permissions' names; whose they are is in the tooltip. */
export function Scopes({ scopes }: { scopes: readonly string[] }): JSX.Element {
  return (
    <ul class="scopes">
      {scopes.map((scope) => (
        <li key={scope}>
          <code title={scope}>{scope.slice(scope.lastIndexOf("/") + 1)}</code>
        </li>
      ))}
    </ul>
  );
}

/** What Rollcall depends on, and what helps where it fails. */
export function HealthSection(): JSX.Element {
  const { api } = useHere();
  const loaded = useLoaded(() => api.getHealth(), [api]);
  return (
    <section class="stack">
      <h2>{said.health}</h2>
      <p class="quiet">{said.healthText}</p>
      <Await loaded={loaded}>
        {({ status, checks }) => (
          <>
            <Notice
              tone={status === "ok" ? "good" : "warn"}
              title={status === "ok" ? said.allWell : said.degraded}
            />
            {checks && (
              <ul class="checks" aria-label={said.healthCaption}>
                {checks.map((check) => (
                  <li key={check.name}>
                    <span class={check.ok ? "badge good" : "badge bad"}>
                      {check.ok ? said.works : said.fails}
                    </span>
                    <div>
                      <strong>{said.checkNames[check.name] ?? check.name}</strong>
                      {check.text && <div>{check.text}</div>}
                      {check.remedy && <div class="quiet">{check.remedy}</div>}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Await>
    </section>
  );
}

/** Forget the sign-in, after asking. */
export function Disconnecting(props: {
  account: string;
  onDone: (answer: { text: string; remedy: string }) => void;
}): JSX.Element {
  const { api } = useHere();
  const [isAsking, setAsking] = useState(false);
  const [isUnderWay, setUnderWay] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const words = said.disconnection;
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    try {
      const answer = await api.disconnect();
      setAsking(false);
      props.onDone(answer);
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
    setUnderWay(false);
  };
  return (
    <section class="stack">
      <h2>{said.disconnectTitle}</h2>
      <p class="prose">{said.disconnectText}</p>
      <p>
        <Button onClick={() => setAsking(true)}>{said.disconnect}</Button>
      </p>
      {isAsking && (
        <Modal title={words.title} onClose={() => setAsking(false)}>
          <p>{fill(words.text, { account: props.account })}</p>
          <p>{words.stays}</p>
          {trouble && <TroubleNotice trouble={trouble} />}
          <div class="row end">
            <Button onClick={() => setAsking(false)}>{pageWords.cancel}</Button>
            <Button look="primary" disabled={isUnderWay} onClick={() => void begin()}>
              {words.confirm}
            </Button>
          </div>
        </Modal>
      )}
    </section>
  );
}
