/** What a set-up needs, and whether it is there: what cannot be seen from here is never shown as either. */

import type { JSX } from "preact";
import type { Connection } from "../../api";
import { Notice } from "../../ui/components";
import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { Wide } from "../frame";

const said = pageWords.setup;
type Need = Connection["setup"][number];
const BADGES: Record<string, string> = { well: "badge good", missing: "badge bad", look: "badge" };
/** As Entra shows them, in whatever language. */
const ROLES: Record<string, string> = {
  admin: "Admin",
  sender: "Sender",
  auditor: "Auditor",
  serviceAccount: "Service account",
};

/** The table, under a sentence that says how much of it is missing or unseen. */
export function Setup({ needs }: { needs: readonly Need[] }): JSX.Element {
  const count = (state: string) => needs.filter((need) => need.state === state).length;
  const [missing, look] = [count("missing"), count("look")];
  return (
    <section class="stack">
      <h2>{said.title}</h2>
      <p class="prose quiet">{said.text}</p>
      <Notice
        tone={missing > 0 ? "warn" : "info"}
        title={fill(missing > 0 ? said.somethingMissing : said.nothingMissing, { missing, look })}
      />
      <Wide label={said.caption}>
        <table>
          <caption class="visually-hidden">{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{said.need}</th>
              <th scope="col">{said.state}</th>
            </tr>
          </thead>
          <tbody>
            {needs.map((need) => (
              <tr key={`${need.name} ${need.of}`}>
                <th scope="row">{nameOf(need)}</th>
                <td>
                  <span class={BADGES[need.state] ?? "badge"}>{said.states[need.state] ?? need.state}</span>
                  <Said need={need} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {look > 0 && (
        <>
          <p class="prose">{said.unseen}</p>
          <pre class="command">{said.command}</pre>
        </>
      )}
    </section>
  );
}

/** What Microsoft's side said of it; otherwise what helps, or where it is to be seen. */
function Said({ need }: { need: Need }): JSX.Element | null {
  if (need.text) {
    return (
      <>
        <div>{need.text}</div>
        <div class="quiet">{need.remedy}</div>
      </>
    );
  }
  const words = { missing: said.helps, look: said.elsewhere }[need.state]?.[need.name];
  return words ? <div class="quiet">{words}</div> : null;
}

function nameOf({ name, of }: Need): string {
  return fill(said.names[name] ?? name, { of: ROLES[of] ?? of });
}
