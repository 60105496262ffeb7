/** What Entra grants beyond what the directories need, and what of it cannot be seen from here. */

import type { JSX } from "preact";
import type { Connection } from "../../api";
import { Notice } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Scopes } from "./parts";

const said = pageWords.connection.grants;
type Grant = Connection["grants"][number];

/** What is granted of each API beyond need; what is not known is never shown as nothing. */
export function Grants({ grants }: { grants: readonly Grant[] }): JSX.Element {
  const more = grants.filter((grant) => grant.beyond.length > 0);
  const unknown = grants.filter((grant) => !grant.known);
  const nothing = grants.filter((grant) => grant.known && grant.beyond.length === 0);
  return (
    <section class="stack">
      <h2>{said.title}</h2>
      {grants.length === 0 && <p class="prose">{said.notAsked}</p>}
      {more.length > 0 && (
        <Notice tone="warn" title={said.more}>
          <div class="stack">
            {more.map((grant) => (
              <div key={grant.api}>
                <p>{nameOf(grant)}</p>
                <Scopes scopes={grant.beyond} />
              </div>
            ))}
            <p>{said.moreText}</p>
            <pre class="command">{said.withdraw}</pre>
          </div>
        </Notice>
      )}
      {unknown.map((grant) => (
        <Notice key={grant.api} tone="info" title={fill(said.unknown, { api: nameOf(grant) })}>
          <p>
            {grant.text} {grant.remedy}
          </p>
        </Notice>
      ))}
      {nothing.length > 0 && <p>{fill(said.nothing, { apis: nothing.map(nameOf).join(said.and) })}</p>}
      <p class="prose">{said.unseen}</p>
      <pre class="command">{said.look}</pre>
    </section>
  );
}

function nameOf({ api }: Grant): string {
  return said.apis[api] ?? api;
}
