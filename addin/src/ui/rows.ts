/** The rows of a listing, page after page behind one another. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { asTrouble, type Page, type Trouble } from "../api";

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all; null where that is not known. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly trouble: Trouble | undefined;
  /** Asks for the next page; after trouble, once more for the one that did not come. */
  readonly more: () => void;
  /** Asks for the first page again; what is there stays until it comes. */
  readonly reload: () => void;
}

interface Asked {
  readonly key: string;
  readonly after: string;
  readonly turn: number;
}

const NOTHING = { rows: [], next: null, total: null };

/** What `ask` answers for each cursor, from the beginning whenever `key` changes. Answers that were overtaken
 * are dropped. */
export function useRows<Row>(ask: (after: string) => Promise<Page<Row>>, key = ""): Rows<Row> {
  const [page, setPage] = useState<Page<Row>>(NOTHING);
  const [isLoading, setLoading] = useState(true);
  const [trouble, setTrouble] = useState<Trouble>();
  const [asked, setAsked] = useState<Asked>({ key, after: "", turn: 0 });
  if (asked.key !== key) {
    setAsked({ key, after: "", turn: 0 });
    setPage(NOTHING);
    setLoading(true);
  }
  useEffect(() => {
    let isCurrent = true;
    setLoading(true);
    setTrouble(undefined);
    ask(asked.after).then(
      (found) => {
        if (isCurrent) {
          setPage((before) => (asked.after ? { ...found, rows: [...before.rows, ...found.rows] } : found));
          setLoading(false);
        }
      },
      (thrown) => {
        if (isCurrent) {
          setTrouble(asTrouble(thrown));
          setLoading(false);
        }
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  const askFor = useCallback(
    (after: string) => setAsked(({ turn }) => ({ key, after, turn: turn + 1 })),
    [key],
  );
  return {
    rows: page.rows,
    total: page.total,
    hasMore: page.next !== null,
    isLoading,
    trouble,
    more: () => askFor(trouble ? asked.after : (page.next ?? "")),
    reload: () => askFor(""),
  };
}
