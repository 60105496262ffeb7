/** A count that is gone: an hour old, or used for another mail. */

import type { JSX } from "preact";
import type { Trouble } from "../api";
import { Button } from "../ui/components";
import { paneWords } from "../words/pane";
import type { Tracker } from "./tracker";

export function isGone(trouble: Trouble | null): boolean {
  return trouble?.code === "not_found" || trouble?.code === "conflict";
}

/** What helps then. */
export function CountAgain({ tracker }: { tracker: Tracker }): JSX.Element {
  return (
    <Button look="primary" wide onClick={() => void tracker.recount()}>
      {paneWords.review.again}
    </Button>
  );
}
