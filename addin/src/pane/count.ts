/**
 * One count, from its request to its result.
 *
 * The request is answered when the work is done, and is looked after meanwhile. An answer that got lost costs
 * nothing: the work goes on, and its id finds it. Work that fell silent is asked for again, which takes it over.
 */

import {
  type AnyExpansion,
  type Api,
  asTrouble,
  type Expansion,
  type RunningExpansion,
  Trouble,
  withText,
} from "../api";

type Backend = Pick<Api, "expand" | "getExpansion" | "forgetExpansion">;

export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunningExpansion["progress"]) => void;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly now?: () => number;
}

const FIRST_LOOK = 400; // milliseconds
const FIRST_LOOKS = 3; // so soon, since a guess is there by then
const LOOK = 1000;
const SLOW_LOOK = 2000;
const SLOW_AFTER = 60_000;
const SILENT_AFTER = 20_000;
const MOST_TRIES = 4;
const MOST_MISSES = 5;

/** The finished count of `addresses` under `id`. Throws Trouble, or an AbortError once `signal` fires. */
export async function count(
  api: Backend,
  id: string,
  addresses: readonly string[],
  { signal, onProgress, wait = pause, now = Date.now }: Watch,
): Promise<Expansion> {
  const began = now();
  let asking: Ask | null = null;
  let tries = 0;
  let misses = 0;
  let beat = "";
  let beatSeen = now();
  const ask = () => {
    tries += 1;
    beatSeen = now();
    asking = new Ask(api.expand(id, addresses, signal));
  };
  ask();
  for (let look = 0; ; look++) {
    const pending: Ask | null = asking;
    const next = look < FIRST_LOOKS ? FIRST_LOOK : now() - began > SLOW_AFTER ? SLOW_LOOK : LOOK;
    await Promise.race([wait(next), ...(pending ? [(pending as Ask).settled] : [])]);
    signal.throwIfAborted();
    const done = (pending as Ask | null)?.outcome;
    if (done) {
      asking = null;
      if ("value" in done) {
        const result = resultOf(done.value);
        if (result) {
          return result;
        }
      } else if (!isLost(done.trouble)) {
        throw done.trouble;
      }
    }
    try {
      const found = await api.getExpansion(id, signal);
      misses = 0;
      if (found.state === "running") {
        onProgress(found.progress);
        if (found.progress.beat_at !== beat) {
          beat = found.progress.beat_at;
          beatSeen = now();
        }
      } else if (found.state === "done" || !asking) {
        return resultOf(found) as Expansion;
      }
      if (!asking && now() - beatSeen > SILENT_AFTER) {
        ask();
      }
    } catch (thrown) {
      signal.throwIfAborted();
      const trouble = asTrouble(thrown);
      if (asking) {
        continue; // It may not be stored yet; whatever is wrong, the request itself will tell.
      }
      misses += 1;
      if (trouble.status === 404 && tries < MOST_TRIES) {
        ask();
      } else if (!isLost(trouble) || misses > MOST_MISSES) {
        throw trouble;
      }
    }
  }
}

/** Calls a count off. What was not even begun yet, when asked first, is asked for once more. */
export async function callOff(api: Backend, id: string, wait = pause): Promise<void> {
  for (const again of [true, false]) {
    try {
      await api.forgetExpansion(id);
      return;
    } catch (thrown) {
      if (!again || asTrouble(thrown).status !== 404) {
        return; // It expires by itself within the hour.
      }
      await wait(1500);
    }
  }
}

class Ask {
  outcome: { value: AnyExpansion } | { trouble: Trouble } | null = null;
  readonly settled: Promise<void>;

  constructor(answer: Promise<AnyExpansion>) {
    this.settled = answer.then(
      (value) => {
        this.outcome = { value };
      },
      (thrown) => {
        this.outcome = { trouble: asTrouble(thrown) };
      },
    );
  }
}

function resultOf(found: AnyExpansion): Expansion | null {
  if (found.state === "failed") {
    throw new Trouble(
      found.failure.code,
      found.failure.text,
      withText(found.failure.remedy, found.failure.forward),
    );
  }
  return found.state === "done" ? found : null;
}

/** Whether the answer was lost on the way, so that the work may well go on. */
function isLost(trouble: Trouble): boolean {
  return (
    trouble.code === "offline" ||
    (trouble.code === "unexpected" && [0, 500, 502, 504].includes(trouble.status))
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
