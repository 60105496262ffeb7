/**
 * Signed in once: a tab that is opened takes over what MSAL keeps in another one of the same origin, so that nobody
 * is asked twice. Nothing is written anywhere but into the session storage of tabs, and it ends with the last, or
 * where somebody signs out, in all at once.
 */

const CHANNEL = "rollcall-sign-in";
const PATIENCE = 250; // milliseconds; another tab answers at once, or is asleep
/** What MSAL names accounts, tokens and the lists of both. A sign-in under way has other names, and stays. */
const KEPT = /^msal\.\d+[.|]/;

type Kept = readonly (readonly [name: string, text: string])[];
type Word =
  | { readonly asks: string }
  | { readonly answers: string; readonly kept: Kept }
  | { readonly ends: true };

/** Takes over the sign-in of another tab, where this one has none and another has; from then on answers other tabs,
 * and calls `ended` where one signs out. */
export async function shareSignIn(ended: () => void, store: Storage = sessionStorage): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  if (keptIn(store).length === 0) {
    for (const [name, text] of await ask(channel)) {
      if (KEPT.test(name)) {
        store.setItem(name, text);
      }
    }
  }
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if ("ends" in data) {
      ended();
      return;
    }
    const kept = keptIn(store);
    if ("asks" in data && kept.length > 0) {
      channel.postMessage({ answers: data.asks, kept } satisfies Word);
    }
  };
}

/** Tells every tab that somebody signed out. */
export function tellAll(): void {
  new BroadcastChannel(CHANNEL).postMessage({ ends: true } satisfies Word);
}

/** Takes what MSAL keeps out of a tab. */
export function forget(store: Storage): void {
  for (const [name] of keptIn(store)) {
    store.removeItem(name);
  }
}

function ask(channel: BroadcastChannel): Promise<Kept> {
  const asks = crypto.randomUUID();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve([]), PATIENCE);
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if ("answers" in data && data.answers === asks) {
        clearTimeout(timer);
        resolve(data.kept);
      }
    };
    channel.postMessage({ asks } satisfies Word);
  });
}

function keptIn(store: Storage): Kept {
  return Object.keys(store)
    .filter((name) => KEPT.test(name))
    .map((name) => [name, store.getItem(name) ?? ""]);
}
