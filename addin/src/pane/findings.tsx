/** What a count lacks, and what to look at before sending. Calm: these are things to know. */

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Expansion } from "../api";
import { Notice } from "../ui/components";
import { Icon } from "../ui/icons";
import { fill } from "../words/fill";
import { paneWords } from "../words/pane";
import { type Group, grouped } from "./review";
import { meantBy, typedLately } from "./typed";

export function Problems({ problems }: { problems: Expansion["problems"] }): JSX.Element | null {
  const known = useMemo(() => typedLately(), [problems]);
  return problems.length ? (
    <section class="findings" data-testid="problems" aria-labelledby="problems-title">
      <Notice tone="warn" title={<span id="problems-title">{paneWords.review.short}</span>}>
        <ul class="finding-list">
          {grouped(problems).map((group) => (
            <Finding key={`${group.code} ${group.text}`} group={group} known={known} />
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

export function Finding(props: { group: Group; hasIcon?: boolean; known?: readonly string[] }): JSX.Element {
  const { group, hasIcon, known = [] } = props;
  const meant = group.code === "not_found" ? group.lists.map((list) => meantBy(list, known)) : [];
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
        {[...new Set(meant)].map(
          (address) =>
            address && (
              <p key={address} data-testid="meant">
                <strong>{fill(paneWords.review.instead, { address })}</strong>
              </p>
            ),
        )}
        {group.remedy && <p class="quiet small">{group.remedy}</p>}
      </div>
    </li>
  );
}
