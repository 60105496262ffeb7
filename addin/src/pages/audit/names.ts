/** What people are called, asked for while the page is shown and kept no longer. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useHere } from "../context";

const AT_ONCE = 20;
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Names = Readonly<Record<string, string>>;

/** The names of those among `actors` who are people that the directory knows now; nobody is asked for twice. */
export function useNames(actors: readonly string[]): Names {
  const { api } = useHere();
  const [names, setNames] = useState<Names>({});
  const asked = useRef(new Set<string>());
  const wanted = [...new Set(actors)].filter((actor) => OBJECT_ID.test(actor)).join();
  useEffect(() => {
    const fresh = wanted.split(",").filter((actor) => actor && !asked.current.has(actor));
    for (let start = 0; start < fresh.length; start += AT_ONCE) {
      const some = fresh.slice(start, start + AT_ONCE);
      for (const actor of some) {
        asked.current.add(actor);
      }
      api.getNames(some).then(
        (found) => setNames((before) => ({ ...before, ...found.names })),
        () => undefined, // their ids say who they are
      );
    }
  }, [api, wanted]);
  return names;
}
