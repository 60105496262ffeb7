/** What changed in the audience since the mail before, where the server can tell. */

import type { JSX } from "preact";
import { Notice } from "../ui/components";
import { useLoaded } from "../ui/loading";
import { TurnoverText } from "../ui/turnover";
import { words } from "../words/common";
import { fill } from "../words/fill";
import { inFull } from "./times";
import type { Tracker } from "./tracker";

export function TurnoverNote({ tracker, id }: { tracker: Tracker; id: string }): JSX.Element | null {
  const { value } = useLoaded(() => tracker.turnover(id), [tracker, id]);
  if (!value) {
    return null; // Nothing depends on it, so nobody is told that it could not be asked for.
  }
  return (
    <Notice tone="info" title={fill(words.turnover.since, { when: inFull(Date.parse(value.since)) })}>
      <TurnoverText turnover={value} />
    </Notice>
  );
}
