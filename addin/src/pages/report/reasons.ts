/** Why requests were judged as they were, in sentences. */

import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";

type Verdict = "person" | "unsure" | "machine";

export interface Reason {
  readonly name: string;
  readonly text: string;
  readonly verdict: Verdict | undefined;
  readonly times: number;
}

/** Counts by rule, in the order in which rules decide, with their sentences; a rule without one last. */
export function reasonsOf(counts: Record<string, number>): Reason[] {
  const order = Object.keys(pageWords.rules);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(counts)
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([name, times]) => {
      const rule = pageWords.rules[name];
      const verdict = rule && rule.verdict !== "none" ? rule.verdict : undefined;
      return { name, times, verdict, text: rule?.text ?? fill(pageWords.report.otherReason, { name }) };
    });
}
