/** One list read by every directory: who is missing where. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isExact } from "../../amounts";
import { asTrouble, type CrossCheck, type Trouble } from "../../api";
import { Button, Notice, Waiting } from "../../ui/components";
import { words } from "../../words/common";
import { amount, fill, number } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { useHere } from "../context";
import { PageTrouble, Wide } from "../frame";

const said = pageWords.connection;
type Reading = CrossCheck["readings"][number];

export function ListTest({ onDone }: { onDone: () => void }): JSX.Element {
  const { api } = useHere();
  const [address, setAddress] = useState("");
  const [isUnderWay, setUnderWay] = useState(false);
  const [found, setFound] = useState<CrossCheck>();
  const [trouble, setTrouble] = useState<Trouble>();
  const begin = async () => {
    setUnderWay(true);
    setTrouble(undefined);
    setFound(undefined);
    try {
      setFound(await api.testConnection(address.trim()));
      onDone();
    } catch (thrown) {
      setTrouble(asTrouble(thrown));
    }
    setUnderWay(false);
  };
  return (
    <>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <div class="field">
          <label for="list">{said.testField}</label>
          <input
            id="list"
            type="email"
            required
            autocomplete="off"
            value={address}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" look="primary" disabled={isUnderWay}>
          {said.test}
        </Button>
      </form>
      {isUnderWay && <Waiting text={said.testing} />}
      {trouble && <PageTrouble trouble={trouble} onRetry={() => void begin()} />}
      {found && <Found check={found} />}
    </>
  );
}

function Found({ check }: { check: CrossCheck }): JSX.Element {
  const caption = fill(said.testCaption, { address: check.address });
  return (
    <div class="stack">
      <div role="status">
        <Outcome check={check} />
      </div>
      <h3>{caption}</h3>
      <Wide label={caption}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.directory}</th>
              <th scope="col" class="numeric">
                {said.found}
              </th>
              <th scope="col">{said.complete}</th>
              <th scope="col">{said.missing}</th>
              <th scope="col" class="numeric">
                {said.seconds}
              </th>
            </tr>
          </thead>
          <tbody>
            {check.readings.map((reading) => (
              <Row key={reading.directory} reading={reading} />
            ))}
          </tbody>
        </table>
      </Wide>
      {check.readings
        .filter(({ missing_count }) => missing_count > 0)
        .map((reading) => (
          <Missing key={reading.directory} reading={reading} />
        ))}
    </div>
  );
}

function Outcome({ check }: { check: CrossCheck }): JSX.Element {
  const { agree, readings } = check;
  const most = Math.max(...readings.map(({ count }) => count.at_least));
  const [only] = readings;
  const isComplete = readings.every(({ count }) => isExact(count));
  if (most === 0) {
    return <Notice tone="bad" title={said.nobodyFound} />;
  }
  if (!agree) {
    return (
      <Notice tone="warn" title={said.differ}>
        <p>{said.differAdvice}</p>
      </Notice>
    );
  }
  const title =
    readings.length === 1 && only
      ? fill(said.agreeAlone, { directory: nameOf(only), n: most })
      : fill(said.agree, { n: most });
  return <Notice tone={isComplete ? "good" : "warn"} title={title} />;
}

function Row({ reading }: { reading: Reading }): JSX.Element {
  return (
    <tr>
      <th scope="row">{nameOf(reading)}</th>
      <td class="numeric">{amount(reading.count, words.amounts)}</td>
      <td>
        {isExact(reading.count) ? said.completeYes : said.completeNo}
        {reading.problems.map((problem) => (
          <div key={`${problem.code} ${problem.list}`} class="small">
            {problem.text} <span class="quiet">{problem.remedy}</span>
          </div>
        ))}
      </td>
      <td>{reading.missing_count ? number(reading.missing_count) : said.missingNobody} </td>
      <td class="numeric">
        {number(reading.seconds, { maximumFractionDigits: 1, minimumFractionDigits: 1 })}
      </td>
    </tr>
  );
}

function Missing({ reading }: { reading: Reading }): JSX.Element {
  const { missing, missing_count } = reading;
  return (
    <details>
      <summary>{fill(said.missingIn, { directory: nameOf(reading), n: missing_count })}</summary>
      {missing_count > missing.length && (
        <p class="quiet small">{fill(said.missingShown, { n: missing.length })}</p>
      )}
      <ul class="missing">
        {missing.map((address) => (
          <li key={address}>{address}</li>
        ))}
      </ul>
    </details>
  );
}

function nameOf({ directory }: Reading): string {
  return said.directoryNames[directory] ?? directory;
}
