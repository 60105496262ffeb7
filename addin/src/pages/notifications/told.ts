/** Notifications in plain words. */

import type { Notification } from "../../api";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";

const said = pageWords.notifications;
const STALLED = 15 * 60_000;
const ANSWERED = "answered_";

/** What it tells of. */
export function nameOf({ kind }: Pick<Notification, "kind">): string {
  return said.kinds[kind.replace(".", "_")] ?? kind;
}

/** How often it was tried, and what came of the last attempt. */
export function attemptsOf({ outcome, attempts }: Pick<Notification, "outcome" | "attempts">): string {
  if (!attempts) {
    return said.untried;
  }
  const last = outcome.startsWith(ANSWERED)
    ? fill(said.answered, { status: outcome.slice(ANSWERED.length) })
    : (said.outcomes[outcome] ?? outcome.replaceAll("_", " "));
  return `${several(attempts, said.triedOne, said.tried)} ${last}`;
}

/** Whether something was due long ago, and nobody has tried it. */
export function hasStalled(rows: readonly Notification[], now = Date.now()): boolean {
  return rows.some(
    ({ fate, attempts, at }) => fate === "waiting" && attempts === 0 && now - Date.parse(at) > STALLED,
  );
}
