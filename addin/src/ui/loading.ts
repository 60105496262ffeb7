/** Asking for something, and showing that it is under way, has come, or did not work. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { asTrouble, type Trouble } from "../api";

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly trouble: Trouble | undefined;
  readonly isLoading: boolean;
  /** Asks again; what is there stays until the answer comes. */
  readonly reload: () => void;
}

/** What `ask` answers; asked anew whenever one of `inputs` changes. Answers that were overtaken are dropped. */
export function useLoaded<T>(ask: () => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; trouble?: Trouble; isLoading: boolean }>({
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setState(({ value }) => ({ ...(value === undefined ? {} : { value }), isLoading: true }));
    ask().then(
      (value) => isCurrent && setState({ value, isLoading: false }),
      (thrown) => isCurrent && setState({ trouble: asTrouble(thrown), isLoading: false }),
    );
    return () => {
      isCurrent = false;
    };
  }, [...inputs, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { value: state.value, trouble: state.trouble, isLoading: state.isLoading, reload };
}
