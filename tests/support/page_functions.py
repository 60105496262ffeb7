"""The pages' functions, and answers to ask them about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.amounts import exactly

SOURCE = """
import { counted } from "./amounts.ts";
import { crowdOf, crowdText, larger, shareOf, shareText } from "./pages/report/ranges.ts";
import * as timeline from "./pages/report/timeline.ts";
import { auditQuery, hrefOf, parseRoute } from "./pages/routes.ts";
import { reasonsOf } from "./pages/report/reasons.ts";
import { fetchAll, search } from "./pages/report/fetching.ts";
import { fileOf, followed, inParts, mailtoOf } from "./pages/report/following.ts";
import { tellingHtml, tellingLink } from "./pages/messages/telling.ts";
import * as person from "./pages/people/person.ts";
import { factsOf, sentenceOf } from "./pages/audit/records.ts";
import { asOne, mailsOf, together } from "./pages/messages/halves.ts";
import { linkParts } from "./pages/messages/naming.ts";
import { pageWords } from "./words/pages/index.ts";
const { toBuckets, unitFor, tickPlaces, sinceSent, pointAt, upTo, unfairness } = timeline;
const crowd = (least, most, of, complete = true) =>
  crowdOf({ at_least: least, at_most: most }, counted(of, complete));
export const text = (...of) => crowdText(crowd(...of));
export const share = (...of) => shareText(crowd(...of));
export const percent = (...of) => shareOf(crowd(...of));
export const compared = (one, other) => larger(crowd(...one), crowd(...other));
export const rules = () => pageWords.rules;
export const kinds = () => Object.keys(pageWords.audit.kinds);
const dates = (starts) => starts.map((start) => new Date(start));
export const ticks = (starts, unit, most) => tickPlaces(dates(starts), unit, most);
export const course = (told) => {
  const { parts, unit } = timeline.courseOf(told);
  return { unit, columns: toBuckets(parts, unit).map(({ start, opened }) => [start, opened.person]) };
};
export const columns = (hours) => toBuckets(hours, unitFor(hours));
export const pages = async (sizes) => {
  const told = [];
  const api = {
    listRecipientReports: async (id, after, limit, query) => {
      const page = Number(after);
      return {
        rows: Array.from({ length: sizes[page] }, (_, n) => ({ address: `${page}-${n}@company.com` })),
        total: sizes.reduce((all, size) => all + size, 0),
        next: page + 1 < sizes.length ? String(page + 1) : null,
      };
    },
  };
  const tell = ({ found, isLoading, isCapped }) => void told.push([found.length, isLoading, isCapped]);
  await fetchAll(api, "id", "all", tell);
  return told;
};
export const addressIn = (typed) => person.addressIn(typed) ?? null;
export const saidOf = (found) => person.outcomeText(found);
const through = (add) => async (answers, from) => {
  const [told, asked] = [[], []];
  const ask = async (after) => {
    asked.push(after);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error("the network is gone");
    return answer;
  };
  await person.walk(ask, add, (state) => void told.push(state), from ?? person.START);
  return { asked, told: told.map(({ trouble, ...state }) => ({ ...state, code: trouble?.code ?? null })) };
};
export const looked = through(person.addFound);
export const erased = through(person.addErased);
export const erasedSaid = (erasure) => person.erasedText(erasure);
export { auditQuery, factsOf, hrefOf, linkParts, parseRoute, pointAt, reasonsOf, search, sentenceOf };
export { asOne, mailsOf, together };
export { sinceSent, unfairness, upTo };
export { followed, inParts, mailtoOf, tellingHtml, tellingLink };
export const fileText = async (addresses) => (await fileOf(addresses, "id").body.text()).split("\\r\\n");
export const query = (search) => String(auditQuery(search));
"""


SENT = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)


Report = dict[str, Any]


def report(*hours: dict[str, Any], age: timedelta = timedelta(days=9), **changes: Any) -> Report:
    """A report of a mail sent at SENT, with these events."""
    as_of = (SENT + age).isoformat()
    kind = {"mode": "counting", "recipients": exactly(1204), "sent_at": SENT.isoformat(), "as_of": as_of}
    return kind | {"hours": list(hours)} | changes


def found(**more: Any) -> dict[str, Any]:
    """An answer about a person of whom nothing is kept, but for `more`."""
    nothing: dict[str, Any] = {
        "received": [],
        "sent": [],
        "claimed": [],
        "expansions": [],
        "shown": [],
        "next": None,
    }
    nothing["addresses"] = []
    return nothing | {"address": "ana@company.com", "reference": "person-1", "objected_at": None} | more
