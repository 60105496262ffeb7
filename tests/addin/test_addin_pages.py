"""The pages say no more than is known: ranges, columns, comparisons, reasons and records in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.audit import Kind
from shared.tracking.reporting.verdicts import RULES
from tests.support.node import Node

ROOT = Path(__file__).parents[2]
SOURCE = """
import { crowdOf, crowdText, larger, shareOf, shareText } from "./pages/report/ranges.ts";
import * as timeline from "./pages/report/timeline.ts";
import { auditQuery, hrefOf, parseRoute } from "./pages/routes.ts";
import { reasonsOf } from "./pages/report/reasons.ts";
import { fetchAll, search } from "./pages/report/fetching.ts";
import * as person from "./pages/people/person.ts";
import { factsOf, sentenceOf } from "./pages/audit/records.ts";
import { linkParts } from "./pages/messages/naming.ts";
import { pageWords } from "./words/pages/index.ts";
const { toBuckets, unitFor, tickPlaces, sinceSent, pointAt, upTo, unfairness } = timeline;
const crowd = (least, most, of, complete = true) => crowdOf({ at_least: least, at_most: most }, of, complete);
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
    listRecipientReports: async (id, start, limit, query) => ({
      recipients: Array.from({ length: sizes[start] }, (_, n) => ({ address: `${start}-${n}@company.com` })),
      total: sizes.reduce((all, size) => all + size, 0),
      next: start + 1 < sizes.length ? start + 1 : null,
    }),
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
export { sinceSent, unfairness, upTo };
export const query = (search) => String(auditQuery(search));
"""
NOTHING = {"person": 0, "unsure": 0, "machine": 0}
SENT = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
Report = dict[str, Any]


@pytest.fixture(scope="module")
def pages() -> Iterator[Node]:
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("TZ", "Europe/Berlin")
        environ.setenv("LC_ALL", "en_US.UTF-8")
        with Node(SOURCE) as node:
            yield node


def hour(at: datetime, opened: int = 0, clicked: int = 0, machine: int = 0) -> dict[str, Any]:
    """The events of the hour that begins then, as a report has them."""
    return {
        "at": at.isoformat(),
        "opened": NOTHING | {"person": opened, "machine": machine},
        "clicked": NOTHING | {"person": clicked},
    }


def report(*hours: dict[str, Any], age: timedelta = timedelta(days=9), **changes: Any) -> Report:
    """A report of a mail sent at SENT, with these events."""
    as_of = (SENT + age).isoformat()
    kind = {"mode": "overall", "complete": True, "sent_at": SENT.isoformat(), "as_of": as_of}
    return kind | {"hours": list(hours)} | changes


@pytest.mark.parametrize(
    ("age", "unit", "columns"),
    [
        (timedelta(minutes=40), "minute", 6),
        (timedelta(hours=2, minutes=59), "minute", 6),
        (timedelta(hours=4), "hour", 2),
    ],
)
def test_a_young_mails_course_is_drawn_by_the_minute(
    pages: Node, age: timedelta, unit: str, columns: int
) -> None:
    minutes = [hour(SENT + timedelta(minutes=place), 2) for place in (1, 3, 6)]
    told = report(hour(SENT, 6), hour(SENT + timedelta(hours=1), 1), age=age, minutes=minutes)
    found = pages.call("course", told)
    assert (found["unit"], len(found["columns"])) == (unit, columns)
    assert sum(people for _, people in found["columns"]) == (6 if unit == "minute" else 7)


def test_an_old_answer_without_minutes_is_drawn_by_the_hour(pages: Node) -> None:
    assert pages.call("course", report(hour(SENT, 6), age=timedelta(minutes=5)))["unit"] == "hour"


@pytest.mark.parametrize(
    ("crowd", "said"),
    [
        ((210, 260, 1204), "between 210 and 260 of 1,204 recipients"),
        ((210, 260, 1204, False), "between 210 and 260 of at least 1,204 recipients"),
        ((0, 3, 8), "at most 3 of 8 recipients"),
        ((3, 3, 8), "3 of 8 recipients"),
        ((8, 8, 8), "all 8 of 8 recipients"),
        ((8, 8, 8, False), "8 of at least 8 recipients"),
        ((0, 0, 1), "nobody of 1 recipient"),
        ((5, 12, 8), "between 5 and 8 of 8 recipients"),
    ],
)
def test_a_range_is_said_as_it_is_known(pages: Node, crowd: tuple[Any, ...], said: str) -> None:
    assert pages.call("text", *crowd) == said


@pytest.mark.parametrize(
    ("crowd", "said"),
    [
        ((210, 260, 1204), "17% to 22%"),
        ((210, 260, 1204, False), "at most 22%"),
        ((1, 1, 1000), "at most 1%"),
        ((999, 1000, 1000), "99% to 100%"),
        ((0, 0, 0), "0%"),
    ],
)
def test_a_share_is_rounded_away_from_certainty(pages: Node, crowd: tuple[Any, ...], said: str) -> None:
    assert pages.call("share", *crowd) == said


def test_no_range_ever_passes_the_number_of_recipients(pages: Node) -> None:
    counts = st.integers(0, 10**6)

    @given(counts, counts, counts, st.booleans())
    def check(least: int, most: int, of: int, complete: bool) -> None:
        found = pages.call("percent", least, most, of, complete)
        if found is None:  # of too few known recipients there is no share
            assert not complete
            assert of < max(most, 1)
            return
        assert 0 <= found["least"] <= found["most"] <= 100
        assert found["most"] * of >= min(most, of) * 100 - 1e-6
        assert not complete or found["least"] * of <= min(least, most, of) * 100

    check()


@pytest.mark.parametrize(
    ("crowd", "people", "share"),
    [
        ((2, 2, 0, False), "2 of an unknown number of recipients", "share not known"),
        ((0, 0, 0, False), "nobody of an unknown number of recipients", "share not known"),
        ((1, 9, 4, False), "between 1 and 9 of an unknown number of recipients", "share not known"),
        ((1, 2, 4, False), "between 1 and 2 of at least 4 recipients", "at most 50%"),
        ((2, 2, 4, True), "2 of 4 recipients", "50%"),
    ],
)
def test_a_lower_bound_of_the_recipients_bounds_nobody(
    pages: Node, crowd: tuple[int, int, int, bool], people: str, share: str
) -> None:
    assert pages.call("text", *crowd) == people
    assert pages.call("share", *crowd).replace("\u00a0", "") == share
    if not crowd[3]:
        assert pages.call("compared", crowd, (0, 0, 1000)) == "unknown"


def test_a_mail_is_ahead_only_where_the_ranges_have_nothing_in_common(pages: Node) -> None:
    assert pages.call("compared", (300, 350, 1000), (100, 299, 1000)) == "first"
    assert pages.call("compared", (10, 20, 1000), (300, 400, 1000)) == "second"
    assert pages.call("compared", (100, 300, 1000), (300, 400, 1000)) == "unknown"
    # Of more recipients than are known, the share may be any smaller one.
    assert pages.call("compared", (300, 350, 1000, False), (100, 200, 1000)) == "unknown"


def test_hours_become_days_of_the_readers_own_time_zone(pages: Node) -> None:
    late = datetime(2026, 11, 20, 22, tzinfo=UTC)  # 23:00 in Berlin
    hours = [hour(late, 1), hour(late + timedelta(hours=1), 2), hour(late + timedelta(days=4), 4)]
    found = pages.call("columns", hours)
    assert [column["start"] for column in found] == [f"2026-11-{day}T23:00:00.000Z" for day in range(19, 24)]
    assert [column["opened"]["person"] for column in found] == [1, 2, 0, 0, 4]


def test_a_day_is_a_day_when_clocks_are_put_back(pages: Node) -> None:
    hours = [hour(datetime(2026, 10, day, 12, tzinfo=UTC), 1) for day in range(22, 29)]
    found = pages.call("columns", hours)
    assert [column["opened"]["person"] for column in found] == [1] * 7
    lengths = [
        datetime.fromisoformat(column["end"]) - datetime.fromisoformat(column["start"]) for column in found
    ]
    assert [length / timedelta(hours=1) for length in lengths] == [24, 24, 24, 25, 24, 24, 24]


def test_columns_lose_and_add_no_event(pages: Node) -> None:
    @given(st.dictionaries(st.integers(0, 5000), st.integers(1, 99), max_size=20))
    def check(events: dict[int, int]) -> None:
        hours = [hour(SENT + timedelta(hours=n), opened) for n, opened in sorted(events.items())]
        found = pages.call("columns", hours)
        assert sum(column["opened"]["person"] for column in found) == sum(events.values())
        assert len(found) <= 121
        assert [column["end"] for column in found[:-1]] == [column["start"] for column in found[1:]]

    check()


def test_ticks_are_few_and_at_round_hours(pages: Node) -> None:
    starts = [(SENT.replace(minute=0) + timedelta(hours=n)).isoformat() for n in range(60)]
    found = [datetime.fromisoformat(at) for at in pages.call("ticks", starts, "hour", 7)]
    assert [(at + timedelta(hours=1)).hour for at in found] == [12, 0, 12, 0, 12]


def test_two_mails_are_laid_on_one_clock(pages: Node) -> None:
    found = pages.call(
        "sinceSent", report(hour(SENT.replace(minute=0), 5, 1), hour(SENT.replace(hour=12, minute=0), 2))
    )
    assert found[:4] == [
        {"hour": 0, "opened": 0, "clicked": 0},
        {"hour": 1, "opened": 5, "clicked": 1},
        {"hour": 3, "opened": 5, "clicked": 1},
        {"hour": 4, "opened": 7, "clicked": 1},
    ]
    assert found[4:] == [{"hour": 9 * 24, "opened": 7, "clicked": 1}]
    assert pages.call("pointAt", found, 2) == {"hour": 2, "opened": 5, "clicked": 1}
    assert pages.call("upTo", found, 2)[-1] == {"hour": 2, "opened": 5, "clicked": 1}
    assert pages.call("sinceSent", report(sent_at=None)) == []


def test_what_machines_did_is_in_no_comparison(pages: Node) -> None:
    found = pages.call("sinceSent", report(hour(SENT.replace(minute=0), machine=900)))
    assert {point["opened"] for point in found} == {0}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"mode": "individual"}, ["modes"]),
        ({"complete": False}, ["incomplete"]),
        ({"sent_at": None}, ["not_sent"]),
        ({"age": timedelta(hours=3)}, ["ages"]),
        ({"age": timedelta(days=90)}, []),
        (
            {"age": timedelta(hours=3), "mode": "individual", "complete": False},
            ["ages", "modes", "incomplete"],
        ),
    ],
)
def test_an_unfair_comparison_says_why(pages: Node, changes: dict[str, Any], faults: list[str]) -> None:
    assert pages.call("unfairness", report(), report(**changes)) == faults
    assert pages.call("unfairness", report(**changes), report()) == faults


def test_every_rule_has_a_sentence_and_points_where_the_rule_does(pages: Node) -> None:
    words = pages.call("rules")
    assert list(words) == [rule.name for rule in RULES]
    assert {name: said["verdict"] for name, said in words.items()} == {
        rule.name: str(rule.verdict) if rule.verdict else "none" for rule in RULES
    }
    assert all(re.fullmatch(r"[A-Z].{15,120}\.", said["text"]) for said in words.values())


def test_reasons_come_in_the_order_in_which_rules_decide(pages: Node) -> None:
    found = pages.call("reasonsOf", {"not_known_yet": 1, "burst": 5, "before_send": 2, "image_proxy": 9})
    assert [(reason["name"], reason["times"], reason.get("verdict")) for reason in found] == [
        ("before_send", 2, None),
        ("image_proxy", 9, "person"),
        ("burst", 5, "machine"),
        ("not_known_yet", 1, None),
    ]
    assert "not_known_yet" in found[-1]["text"]


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("", {"name": "messages", "start": 0}),
        ("#/messages?start=50", {"name": "messages", "start": 50}),
        ("#/messages?start=-1", {"name": "messages", "start": 0}),
        ("#/messages/abcdefgh-1", {"name": "report", "id": "abcdefgh-1"}),
        ("#/compare/abcdefgh/ijklmnop", {"name": "compare", "first": "abcdefgh", "second": "ijklmnop"}),
        ("#/compare/abcdefgh/abcdefgh", {"name": "unknown"}),
        ("#/compare/abcdefgh", {"name": "unknown"}),
        ("#/messages/..%2f..%2fx", {"name": "unknown"}),
        ("#/messages/short", {"name": "unknown"}),
        ("#/connection", {"name": "connection"}),
        ("#/connection/abcdefgh", {"name": "unknown"}),
        ("#/people", {"name": "people"}),
        ("#/people/ana@company.com", {"name": "unknown"}),
        ("#/nowhere", {"name": "unknown"}),
    ],
)
def test_an_address_names_a_page(pages: Node, address: str, route: dict[str, Any]) -> None:
    assert pages.call("parseRoute", address) == route
    if route["name"] != "unknown":
        assert pages.call("parseRoute", pages.call("hrefOf", route)) == route


def test_a_search_of_the_trail_lives_in_the_address(pages: Node) -> None:
    search = {"kind": "expanded", "actor": "8c1f-1", "since": "2026-10-01", "until": "2026-11-25"}
    address = pages.call("hrefOf", {"name": "audit", "search": search})
    assert pages.call("parseRoute", address) == {"name": "audit", "search": search}
    empty = {"kind": "", "actor": "", "since": "", "until": ""}
    forged = pages.call("parseRoute", "#/audit?kind=<b>&since=yesterday&until=2026-1-1&actor=a%20b")
    assert forged == {"name": "audit", "search": empty}


def test_the_trail_is_searched_from_the_readers_midnight_to_the_end_of_the_last_day(pages: Node) -> None:
    search = {"kind": "", "actor": "", "since": "2026-10-24", "until": "2026-10-25"}
    assert pages.call("query", search) == (
        "since=2026-10-23T22%3A00%3A00.000Z&until=2026-10-25T23%3A00%3A00.000Z"
    )


def test_a_record_is_said_in_plain_words(pages: Node) -> None:
    counted = {"kind": "expanded", "subject": "a@b.com c@d.com", "facts": '{"count":1204,"complete":false}'}
    assert pages.call("sentenceOf", counted) == "Counted a@b.com, c@d.com: 1,204 recipients, not complete."
    failed = {"kind": "expansion_failed", "subject": "", "facts": '{"failure":"account_disabled"}'}
    assert pages.call("sentenceOf", failed) == "A count came to nothing (account disabled)."
    unknown = {"kind": "moon_seen", "subject": "x", "facts": "no JSON"}
    assert pages.call("sentenceOf", unknown) == "Moon seen: x."
    assert pages.call("factsOf", unknown) == {}


def test_every_kind_of_record_that_is_written_has_words(pages: Node) -> None:
    assert set(pages.call("kinds")) == {kind.value for kind in Kind}


def test_recipients_are_searched_by_every_word(pages: Node) -> None:
    found = [{"address": address} for address in ("ana.lima@company.com", "ben@company.com")]
    assert pages.call("search", found, " LIMA company ") == found[:1]
    assert pages.call("search", found, "") == found
    assert pages.call("search", found, "lima ben") == []


def test_recipients_come_page_by_page_and_not_without_end(pages: Node) -> None:
    assert pages.call("pages", [3, 2]) == [[3, True, False], [5, True, False], [5, False, False]]
    assert pages.call("pages", [20_000, 5])[-1] == [20_000, False, True]


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


def test_a_person_is_looked_for_until_there_is_no_more(pages: Node) -> None:
    answers = [found(received=[1], next="e1"), found(received=[2], shown=["a"], next="m2"), found(sent=[3])]
    way = pages.call("looked", answers)
    assert way["asked"] == ["", "e1", "m2"]
    assert [(told["after"], told["isDone"]) for told in way["told"]] == [
        ("e1", False),
        ("m2", False),
        ("", True),
    ]
    assert way["told"][-1]["sum"] == found(received=[1, 2], shown=["a"], sent=[3])


def test_a_look_that_was_broken_off_goes_on_where_it_stopped(pages: Node) -> None:
    broken = pages.call("looked", [found(received=[1], next="m1")])["told"][-1]
    assert (broken["code"], broken["isDone"], broken["after"]) == ("unexpected", False, "m1")
    rest = pages.call("looked", [found(received=[2])], broken)
    assert rest["asked"] == ["m1"]
    assert rest["told"][-1]["sum"]["received"] == [1, 2]


def test_an_erasure_tells_of_all_its_parts(pages: Node) -> None:
    nothing = {"messages": [], "expansions": 0, "unfinished": [], "sent": [], "shown": []}
    parts = [
        nothing | {"messages": ["a"], "expansions": 1, "unfinished": ["b"], "next": "m1"},
        nothing | {"messages": ["c"], "expansions": 0, "shown": ["d"], "next": None},
    ]
    [*_, last] = pages.call("erased", parts)["told"]
    assert last["isDone"]
    assert last["sum"]["unfinished"] == ["b"]
    assert pages.call("erasedSaid", last["sum"]) == (
        "the address from 2 mails, 1 shared report, 1 list under review"
    )
    assert pages.call("erasedSaid", nothing) == ""


def test_what_is_kept_of_a_person_is_summed_up(pages: Node) -> None:
    everything = found(received=[1, 2], sent=[3], expansions=[4], shown=["a"])
    assert pages.call("saidOf", everything) == (
        "Found: 2 mails received, 1 mail sent, 1 report shared with this person, 1 list under review."
    )
    assert pages.call("saidOf", found()) == "Rollcall keeps nothing of this address"
    objecting = found(objected_at=SENT.isoformat())
    assert pages.call("saidOf", objecting) == "Rollcall keeps nothing of this address but the objection"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ana.Lima@Company.com ", "ana.lima@company.com"),
        ("o'brien/x+y@company.com", "o'brien/x+y@company.com"),
        ("ana@büro.example", "ana@büro.example"),
        ("room@service@company.com", "room@service@company.com"),
        ("ana", None),
        ("@company.com", None),
        ("ana@", None),
        ("ana lima@company.com", None),
        ("ana\u0000@company.com", None),
        ("a" * 320 + "@company.com", None),
        ("", None),
    ],
)
def test_whatever_a_directory_gave_can_be_looked_up(pages: Node, typed: str, address: str | None) -> None:
    assert pages.call("addressIn", typed) == address


def test_a_link_is_shown_by_its_host_first(pages: Node) -> None:
    assert pages.call("linkParts", "https://a.example.com/x?y#z") == {
        "host": "a.example.com",
        "rest": "/x?y#z",
    }
    assert pages.call("linkParts", "https://a.example.com/") == {"host": "a.example.com", "rest": ""}
