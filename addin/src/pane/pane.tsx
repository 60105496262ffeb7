/** Which screen is shown. */

import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asTrouble } from "../api";
import type { Config } from "../config";
import type { Session } from "../session";
import { Empty, TroubleNotice, Waiting } from "../ui/components";
import { locale } from "../words/languages";
import { paneWords } from "../words/pane";
import { speak } from "../words/speak";
import { Counting } from "./counting";
import type { Flow } from "./flow";
import { countSentence } from "./hero";
import { Idle } from "./idle";
import { Stopped } from "./stopped";

type Tracked = typeof import("./tracked");
type Tracker = InstanceType<Tracked["Tracker"]>;

type Reviewed = typeof import("./reviewed");

export interface PaneProps {
  readonly flow: Flow;
  readonly config: Config;
  readonly session: Session;
}

export function Pane({ flow, config, session }: PaneProps): JSX.Element {
  const [state, setState] = useState(flow.state);
  const [tracked, setTracked] = useState<{ module: Tracked; tracker: Tracker } | null>(null);
  useEffect(() => {
    setState(flow.state);
    return flow.subscribe(setState);
  }, [flow]);

  // Fetched while the mail is counted, so that it keeps nobody waiting before.
  const [reviewed, setReviewed] = useState<Reviewed | "missing" | null>(null);
  useEffect(() => {
    const load = async () => {
      const module = await import("./reviewed");
      await speak([locale()], module.reviewedWords, module.REVIEWED);
      return module;
    };
    load().then(setReviewed, () => setReviewed("missing"));
  }, []);

  /** The part of the pane that changes a mail, which counting does not need. */
  const withTracker = useCallback(
    async (use: (tracker: Tracker) => unknown) => {
      if (tracked) {
        await use(tracked.tracker);
      } else if (flow.mail) {
        const module = await import("./tracked");
        await speak([locale()], module.trackedWords, module.TRACKED);
        const tracker = new module.Tracker(flow, flow.mail, flow.api, config, session);
        setTracked({ module, tracker });
        await use(tracker);
      }
    },
    [flow, config, session, tracked],
  );

  const isResumable =
    state.at === "reviewed" && state.review.result === null && state.tracking.step === "none";
  useEffect(() => {
    if (isResumable) {
      void withTracker((tracker) => tracker.resume());
    }
  }, [isResumable]);

  // Whoever pressed a button that is gone must not begin at the top of Outlook again.
  const main = useRef<HTMLElement>(null);
  const screen = state.at === "reviewed" ? state.tracking.step : state.at;
  useEffect(() => {
    if (document.activeElement === document.body && document.hasFocus()) {
      main.current?.focus({ preventScroll: true });
    }
    main.current?.scrollIntoView?.({ block: "start" });
  }, [screen]);

  return (
    <main class="pane" ref={main} tabIndex={-1}>
      <h1 class="visually-hidden">{paneWords.heading}</h1>
      <p class="visually-hidden" role="status">
        {state.at === "reviewed" && state.tracking.step === "none" && countSentence(state.review)}
      </p>
      {content()}
    </main>
  );

  function content(): JSX.Element {
    switch (state.at) {
      case "starting":
        return <Waiting text={paneWords.starting} />;
      case "nowhere":
        return (
          <Empty title={paneWords.nowhere}>
            <p class="quiet">{paneWords.nowhereText}</p>
          </Empty>
        );
      case "idle":
        return <Idle state={state} onCount={() => void flow.count()} />;
      case "counting":
        return <Counting state={state} onCancel={() => flow.cancel()} />;
      case "stopped":
        return <Stopped state={state} onSignIn={() => void signIn()} onRetry={() => void flow.count()} />;
      case "reviewed": {
        const { review, tracking } = state;
        const isAside = tracking.step !== "none" && tracking.step !== "let go" && tracking.step !== "removed";
        if (isAside && tracked) {
          const { TrackingScreen } = tracked.module;
          return (
            <TrackingScreen tracker={tracked.tracker} review={review} tracking={tracking} config={config} />
          );
        }
        if (!reviewed) {
          return <Waiting text={paneWords.starting} />;
        }
        if (reviewed === "missing") {
          // The connection is gone, or a newer version was deployed since this pane was opened.
          const trouble = asTrouble(null);
          return <TroubleNotice trouble={trouble} onRetry={() => location.reload()} />;
        }
        return (
          <reviewed.ReviewScreen
            flow={flow}
            config={config}
            session={session}
            review={review}
            tracking={tracking}
            canTrack={flow.mail?.platform.canTrack === true && config.modes.length > 0}
            onTrack={() => void withTracker((tracker) => tracker.open())}
            onLetGo={() => void withTracker((tracker) => tracker.letGo())}
          />
        );
      }
    }
  }

  async function signIn(): Promise<void> {
    try {
      await session.token([config.scope], { ask: true });
    } finally {
      await flow.count();
    }
  }
}
