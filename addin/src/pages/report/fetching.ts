/** Who did what, fetched page by page, and searched. */

import { type Api, asTrouble, type Page, type RecipientReport, type Trouble } from "../../api";

const AT_ONCE = 1000;
/** So many are listed at most; a spreadsheet is better at more. */
export const AT_MOST = 20_000;

export type Filter = "unopened" | "unsure" | "maybe" | "opened" | "clicked" | "unmeasured" | "all";
export const QUERIES: Record<Filter, string> = {
  unopened: "opened=no",
  unsure: "opened=no,maybe",
  maybe: "opened=maybe",
  opened: "opened=yes",
  clicked: "clicked=yes",
  unmeasured: "opened=not_measured",
  all: "",
};

export interface Fetched {
  readonly found: readonly RecipientReport[];
  readonly total: number;
  readonly isLoading: boolean;
  readonly isCapped: boolean;
  readonly trouble?: Trouble;
}

export const BEGINNING: Fetched = { found: [], total: 0, isLoading: true, isCapped: false };

/** `tell` is false once nobody listens any more. */
export async function fetchAll(
  api: Pick<Api, "listRecipientReports">,
  id: string,
  filter: Filter,
  tell: (state: Fetched) => unknown,
): Promise<void> {
  let state = BEGINNING;
  let after: string | null = "";
  try {
    while (after !== null && state.found.length < AT_MOST) {
      const page: Page<RecipientReport> = await api.listRecipientReports(id, after, AT_ONCE, QUERIES[filter]);
      after = page.next;
      const found = [...state.found, ...page.rows];
      state = { ...state, found, total: page.total ?? found.length };
      if (tell(state) === false) {
        return;
      }
    }
    tell({ ...state, isLoading: false, isCapped: after !== null });
  } catch (thrown) {
    tell({ ...state, isLoading: false, trouble: asTrouble(thrown) });
  }
}

/** Those whose address has every word of `wanted` in it. */
export function search(found: readonly RecipientReport[], wanted: string): RecipientReport[] {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return found.filter(({ address }) => parts.every((part) => address.includes(part)));
}
