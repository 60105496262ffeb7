/** What became of each mail of a list: asked for behind the list, some at a time. */

import { useEffect, useState } from "preact/hooks";
import type { Api, Headline, Message } from "../../api";

const AT_ONCE = 20;
const TRIES = 3;

/** A headline; `null` where it cannot be had, `undefined` until it is there. */
export type Found = Headline | null | undefined;

export function useHeadlines(api: Api, messages: readonly Message[]): (id: string) => Found {
  const [found, setFound] = useState<ReadonlyMap<string, Headline | null>>(new Map());
  const wanted = messages.filter(({ stage }) => stage === "sent").map(({ message_id }) => message_id);
  const key = wanted.join(",");
  useEffect(() => {
    let isCurrent = true;
    const learn = (more: readonly (readonly [string, Headline | null])[]) => {
      if (isCurrent) {
        setFound((before) => new Map([...before, ...more]));
      }
    };
    void (async () => {
      let open = wanted.filter((id) => !found.has(id));
      for (let failed = 0; isCurrent && open.length > 0 && failed < TRIES; ) {
        const asked = open.slice(0, AT_ONCE);
        try {
          const { headlines, gone } = await api.getHeadlines(asked);
          learn(headlines.map((one) => [one.message_id, one] as const));
          learn(gone.map((id) => [id, null] as const));
          const done = new Set([...headlines.map(({ message_id }) => message_id), ...gone]);
          open = open.filter((id) => !done.has(id));
          failed = done.size > 0 ? 0 : failed + 1;
        } catch {
          failed += 1;
        }
      }
      learn(open.map((id) => [id, null] as const)); // the report itself says what is wrong
    })();
    return () => {
      isCurrent = false;
    };
  }, [api, key]);
  return (id) => found.get(id);
}
