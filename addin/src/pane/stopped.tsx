/** The count came to nothing, and why. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Notice } from "../ui/components";
import { words } from "../words/common";
import { several } from "../words/fill";
import { paneWords } from "../words/pane";
import type { State } from "./state";

const text = paneWords.stopped;

export function Stopped(props: {
  state: State & { at: "stopped" };
  onRetry: () => void;
  onSignIn: () => void;
}): JSX.Element {
  const { trouble, notBefore } = props.state;
  const left = useSecondsUntil(notBefore);
  const needsSignIn = trouble.code === "sign_in" || trouble.code === "popup_blocked";
  return (
    <section class="stack" aria-labelledby="stopped-title" data-testid={`stopped-${trouble.code}`}>
      <h2 id="stopped-title">{text.title}</h2>
      <Notice tone={needsSignIn || notBefore !== null ? "info" : "bad"} title={trouble.detail} alert>
        {notBefore === null && <p>{needsSignIn ? words.session.why : trouble.remedy}</p>}
        {left > 0 && <p aria-live="off">{several(left, text.waitOne, text.wait)}</p>}
        {notBefore !== null && left === 0 && <p>{text.now}</p>}
      </Notice>
      {needsSignIn ? (
        <Button look="primary" wide onClick={props.onSignIn}>
          {text.signIn}
        </Button>
      ) : (
        <Button look="primary" wide disabled={left > 0} onClick={props.onRetry}>
          {words.trouble.again}
        </Button>
      )}
      <p class="quiet small">{text.untilThen}</p>
    </section>
  );
}

/** How many seconds are left until `time`, in milliseconds since 1970; counts down. */
function useSecondsUntil(time: number | null): number {
  const left = () => (time === null ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [time]);
  return seconds;
}
