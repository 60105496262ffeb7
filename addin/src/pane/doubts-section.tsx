/** Who gets the mail in the end: what nobody can know, and what Exchange tells the sender who asks. */

import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Expansion } from "../api";
import type { Config } from "../config";
import type { Session } from "../session";
import { Button, Waiting } from "../ui/components";
import { reviewedWords } from "../words/pane/reviewed";
import { addressesOf, clearOf, findingsOf, sentenceOf, unknownOf, wantsConsent } from "./doubts";
import { Finding } from "./findings";
import type { Flow } from "./flow";
import type { Review } from "./state";
import type { Told } from "./tips";

const text = reviewedWords.delivery;

/** What was told of a count, so that it is asked once. */
interface Known {
  readonly told: Told;
  readonly attached: number | null;
}

const known = new WeakMap<Expansion, Known>();

interface Props {
  readonly flow: Flow;
  readonly review: Review;
  readonly result: Expansion;
  readonly config: Config;
  readonly session: Session;
}

export function Delivery(props: Props): JSX.Element | null {
  const { result, config } = props;
  const { state, ask } = useTips(props);
  const sentence = sentenceOf(result, state === "asking" ? null : (state?.told ?? null));
  return sentence === null && state === null ? null : (
    <section class="findings" data-testid="delivery" aria-labelledby="delivery-title">
      <h2 id="delivery-title">{text.title}</h2>
      {sentence !== null && <p class="quiet">{sentence}</p>}
      {config.mailTips && state === "asking" && <Waiting text={text.asking} />}
      {config.mailTips && state !== null && state !== "asking" && (
        <Answer known={state} result={result} onAsk={ask} />
      )}
    </section>
  );
}

function Answer(props: { known: Known; result: Expansion; onAsk: () => void }): JSX.Element {
  const { told, attached } = props.known;
  if (wantsConsent(told)) {
    return (
      <>
        <p class="quiet">{text.consent}</p>
        <Button onClick={props.onAsk}>{text.ask}</Button>
      </>
    );
  }
  const found = findingsOf(told, props.result, attached);
  const clear = clearOf(told, found);
  const unknown = unknownOf(told);
  return (
    <div class="stack" role="status">
      {found.length > 0 && (
        <ul class="finding-list" data-testid="tips">
          {found.map((group) => (
            <Finding key={`${group.code} ${group.text}`} group={group} hasIcon />
          ))}
        </ul>
      )}
      {clear !== null && <p class="quiet">{clear}</p>}
      {unknown.length > 0 && (
        <ul class="finding-list" data-testid="tips-unknown">
          {unknown.map((group) => (
            <Finding key={group.code} group={group} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Asks once for each count that is shown, beside everything else; `ask` does so again, and may ask the person. */
function useTips({ flow, review, result, config, session }: Props): {
  state: Known | "asking" | null;
  ask: () => void;
} {
  const [state, setState] = useState<Known | "asking" | null>(known.get(result) ?? null);
  const run = useRef<AbortController | null>(null);
  const asks = config.mailTips && !review.isStale;

  const begin = useCallback(
    async (mayAskPerson: boolean) => {
      run.current?.abort();
      const mine = new AbortController();
      run.current = mine;
      setState("asking");
      const attached = await (flow.mail?.attached() ?? Promise.resolve(null)).catch(() => null);
      const { askTips, SCOPES } = await import("./tips");
      const told = await askTips(addressesOf(review.recipients, result), {
        graphUrl: config.graphUrl,
        token: (fresh) => session.token(SCOPES, { ask: mayAskPerson, fresh }),
        signal: mine.signal,
      });
      if (run.current === mine) {
        known.set(result, { told, attached });
        setState({ told, attached });
      }
    },
    [flow, review.recipients, result, config, session],
  );

  useEffect(() => {
    const before = known.get(result);
    if (before || !asks) {
      setState(before ?? null);
    } else {
      void begin(false);
    }
    return () => {
      run.current?.abort();
      run.current = null;
    };
  }, [result, asks]);

  return { state, ask: () => void begin(true) };
}
