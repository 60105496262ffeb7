"""What the other pages make of an answer: addresses, the trail, recipients, people."""

from __future__ import annotations

from typing import Any

import pytest

from shared.record_kinds import Kind
from tests.support.node import Node
from tests.support.page_functions import SENT, found

ALL_MESSAGES = dict.fromkeys(("q", "campaign", "tag", "sender", "since", "until", "sent", "team", "sort"), "")


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("", {"name": "messages", "search": ALL_MESSAGES}),
        ("#/messages", {"name": "messages", "search": ALL_MESSAGES}),
        (
            "#/messages?q=fire+drill&tag=safety&since=2026-05-01&until=soon&sent=perhaps",
            {
                "name": "messages",
                "search": ALL_MESSAGES | {"q": "fire drill", "tag": "safety", "since": "2026-05-01"},
            },
        ),
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
    registered = {"kind": "message_registered", "subject": "m-1"}
    for facts, vouched in (
        ('{"sender_checked": true}', True),
        ("{}", True),
        ('{"sender_checked": false}', False),
    ):
        said = pages.call("sentenceOf", registered | {"facts": facts})
        assert ("nobody vouches for" not in said) is vouched
    assert pages.call("sentenceOf", counted) == "Counted a@b.com, c@d.com: 1,204 recipients, not complete."
    failed = {"kind": "expansion_failed", "subject": "", "facts": '{"failure":"account_disabled"}'}
    assert pages.call("sentenceOf", failed) == "A count failed (account disabled)."
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
    assert pages.call("saidOf", found()) == "Rollcall keeps nothing about this address"
    objecting = found(objected_at=SENT.isoformat())
    assert pages.call("saidOf", objecting) == "Rollcall keeps nothing about this address but the objection"


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
