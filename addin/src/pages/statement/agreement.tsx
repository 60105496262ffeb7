/** The agreement: how it stands, what it says of itself, and what people compare. */

import type { JSX } from "preact";
import type { Statement } from "../../api";
import { Notice, type Tone } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { moment } from "../dates";
import { Fact } from "../frame";

type Agreement = Statement["agreement"];

const said = pageWords.statement;
const TONES: Record<string, Tone> = { none: "info", in_force: "good", not_yet: "warn" };

export function AgreementSection({ agreement }: { agreement: Agreement }): JSX.Element {
  const { state, terms, key } = agreement;
  const words = said.states[state];
  return (
    <section class="stack">
      <h2>{said.agreement}</h2>
      <Notice tone={TONES[state] ?? "bad"} title={words?.title ?? state}>
        <p>{words?.text}</p>
      </Notice>
      {(terms || agreement.agreement) && (
        <dl class="facts">
          {terms && (
            <>
              <Fact name={said.called}>{terms.title}</Fact>
              <Fact name={said.parties}>
                {terms.parties.map((party) => (
                  <div key={party}>{party}</div>
                ))}
              </Fact>
              <Fact name={said.reference}>{terms.reference}</Fact>
              <Fact name={said.valid}>
                {fill(said.validText, { from: moment(terms.valid_from), until: moment(terms.valid_until) })}
              </Fact>
            </>
          )}
          <Fact name={said.code}>
            <code>{agreement.agreement}</code>
          </Fact>
          <Fact name={said.key}>
            <code>{key}</code>
          </Fact>
        </dl>
      )}
      {agreement.agreement && <p class="prose quiet">{said.compare}</p>}
    </section>
  );
}

/** What everybody is told of it: that it limits how mails are measured, and whether it does now. */
export function Bound({ agreement }: { agreement: Agreement }): JSX.Element {
  const { agreement: code, key, state } = agreement;
  return (
    <p class="prose" data-testid="agreement">
      {code ? fill(said.bound, { agreement: code, key }) : said.untold}{" "}
      {code && state !== "in_force" && said.stopped}
    </p>
  );
}
