/** What a count lacks, and what to look at before sending. Calm: these are things to know. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Expansion } from "../api";
import { Notice } from "../ui/components";
import { Icon } from "../ui/icons";
import { fill } from "../words/fill";
import { paneWords } from "../words/pane";
import { type Group, grouped } from "./review";

export function Problems({ problems }: { problems: Expansion["problems"] }): JSX.Element | null {
  return problems.length ? (
    <section class="findings" data-testid="problems" aria-labelledby="problems-title">
      <Notice tone="warn" title={<span id="problems-title">{paneWords.review.short}</span>}>
        <ul class="finding-list">
          {grouped(problems).map((group) => (
            <Finding key={`${group.code} ${group.text}`} group={group} />
          ))}
        </ul>
      </Notice>
    </section>
  ) : null;
}

export function Warnings({ warnings }: { warnings: Expansion["warnings"] }): JSX.Element | null {
  // How many are external stands beside the count already.
  const told = warnings.filter((warning) => warning.code !== "external_recipients");
  return told.length ? (
    <section class="findings" data-testid="warnings" aria-labelledby="warnings-title">
      <h2 id="warnings-title">{paneWords.warnings.title}</h2>
      <ul class="finding-list">
        {grouped(told).map((group) => (
          <Finding key={`${group.code} ${group.text}`} group={group} hasIcon />
        ))}
      </ul>
    </section>
  ) : null;
}

const FIRST = 3;
const PART = 100;

function Finding({ group, hasIcon }: { group: Group; hasIcon?: boolean }): JSX.Element {
  const [shown, setShown] = useState(FIRST);
  const more = group.lists.length - shown;
  return (
    <li class="finding">
      {hasIcon && <Icon name="info" size={16} />}
      <div>
        {group.lists.length > 0 && (
          <ul class="finding-lists" aria-label={paneWords.problems.concerns}>
            {group.lists.slice(0, shown).map((list) => (
              <li key={list}>{list}</li>
            ))}
            {more > 0 && (
              <li>
                <button type="button" class="link" onClick={() => setShown(shown + PART)}>
                  {fill(paneWords.problems.more, { n: more })}
                </button>
              </li>
            )}
          </ul>
        )}
        <p>{group.text}</p>
        {group.remedy && <p class="quiet small">{group.remedy}</p>}
      </div>
    </li>
  );
}
