/** Something asked for again and again while the page is looked at. */

import { useEffect, useRef } from "preact/hooks";
import { type Loaded, useLoaded } from "../ui/loading";

/** Like useLoaded, every `seconds` while the page is visible. What was there stays when an answer fails to
 * come. */
export function useRenewed<T>(ask: () => Promise<T>, inputs: readonly unknown[], seconds: number): Loaded<T> {
  const loaded = useLoaded(ask, inputs);
  const last = useRef<T | undefined>(undefined);
  if (loaded.value !== undefined) {
    last.current = loaded.value;
  }
  const { reload } = loaded;
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === "visible") {
        reload();
      }
    };
    const timer = setInterval(renew, seconds * 1000);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, [reload, seconds]);
  return { ...loaded, value: loaded.value ?? last.current };
}
