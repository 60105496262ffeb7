"""What each route declares is true: who may call it, which ranges it takes, what it answers, what it records.

The tables here say what is meant, and are no copy of the code: they are held against the running app, and the
app's description against them.
"""

from __future__ import annotations

import jsonschema_rs
import pytest

from shared.services.process import services
from tests.support.api import ADA, DANIEL, DASHBOARD, MIA, MONITOR, SCRIPT, Api
from tests.support.declared import PROGRAMS, UNKNOWN, WHO, ask, described

RANGES = {
    ("GET /api/expansions/{id}/recipients", "limit"): (1, 1000, 10_000),
    ("GET /api/messages", "limit"): (1, 100, 1000),
    ("GET /api/messages/{id}/recipients", "limit"): (1, 200, 1000),
    ("GET /api/messages/{id}/report/recipients", "limit"): (1, 200, 1000),
    ("GET /api/audit", "limit"): (1, 100, 1000),
    ("GET /api/feed", "limit"): (1, 100, 1000),
    ("GET /api/notifications", "limit"): (1, 100, 1000),
    ("GET /api/links", "limit"): (1, 1000, 10_000),
}


"""Lowest, default, highest of each number in a query."""


LISTINGS = (
    "GET /api/expansions/{id}/recipients",
    "GET /api/messages",
    "GET /api/messages/{id}/recipients",
    "GET /api/messages/{id}/report/recipients",
    "GET /api/links",
    "GET /api/audit",
    "GET /api/feed",
    "GET /api/notifications",
    "GET /api/people/{address}",
    "DELETE /api/people/{address}",
    "GET /api/me/kept",
    "DELETE /api/me/kept",
)
"""What is answered page by page; tests/routes/test_pages.py goes through them."""


WORDS = {
    ("GET /api/expansions/{id}/recipients", "groups"): (["yes"], ["", "no"]),
    ("POST /api/messages/{id}/sent", "notice"): (["gone"], ["", "there"]),
    ("POST /api/messages/{id}/sent", "deliver_at"): (
        ["2026-01-01T08:00:00Z"],
        ["", "tomorrow", "1999-01-01"],
    ),
    ("GET /api/headlines", "ids"): ([UNKNOWN, f"{UNKNOWN},{UNKNOWN}"], ["a", f"{UNKNOWN},", f"{UNKNOWN} x"]),
    ("GET /api/audit/names", "ids"): (
        [UNKNOWN, f"{UNKNOWN},{UNKNOWN}"],
        ["a", f"{UNKNOWN},", f"{UNKNOWN} x"],
    ),
    ("GET /api/reports.csv", "ids"): ([UNKNOWN], ["a", f"{UNKNOWN},", f"{UNKNOWN} x"]),
    ("GET /api/reports.xlsx", "ids"): ([UNKNOWN], ["a", f"{UNKNOWN},", f"{UNKNOWN} x"]),
    ("GET /api/dashboard", "since"): (["2026-01-01"], ["", "yesterday", "1999-01-01"]),
    ("GET /api/dashboard", "until"): (["2026-01-01"], ["", "yesterday"]),
    ("GET /api/dashboard", "campaign"): (["Newsletters"], ["x" * 61]),
    ("GET /api/dashboard", "tag"): (["spring"], ["x" * 41]),
    ("GET /api/dashboard", "sender"): ([MIA], ["x" * 321]),
    ("GET /api/dashboard/audience", "since"): (["2026-01-01"], ["", "yesterday", "1999-01-01"]),
    ("GET /api/dashboard/audience", "until"): (["2026-01-01"], ["", "yesterday"]),
    ("GET /api/dashboard/audience", "campaign"): (["Newsletters"], ["x" * 61]),
    ("GET /api/dashboard/audience", "tag"): (["spring"], ["x" * 41]),
    ("GET /api/dashboard/audience", "sender"): ([MIA], ["x" * 321]),
    ("GET /api/messages", "sort"): (["name", "-opened"], ["", "subject", "--name", "name\n"]),
    ("GET /api/dashboard", "zone"): (["Europe/Berlin", "UTC"], ["../etc", "a" * 31, "Europe/"]),
    ("GET /api/messages", "q"): (["newsletter", "M%C3%BCller"], ["x" * 201]),
    ("GET /api/messages", "campaign"): (["Newsletters"], ["x" * 61]),
    ("GET /api/messages", "tag"): (["spring"], ["x" * 41]),
    ("GET /api/messages", "sender"): ([MIA], ["x" * 321]),
    ("GET /api/messages", "since"): (["2026-01-01", "2026-01-01T00:00:00Z"], ["", "yesterday"]),
    ("GET /api/messages", "until"): (["2026-01-01"], ["", "yesterday"]),
    ("GET /api/messages", "sent"): (["yes", "no"], ["", "maybe"]),
    ("GET /api/messages", "team"): (["Comms"], ["x" * 61]),
    ("GET /api/messages/{id}/report/recipients", "opened"): (["yes", "maybe", "no"], ["", "Yes", "perhaps"]),
    ("GET /api/messages/{id}/report/recipients", "clicked"): (["yes", "maybe", "no"], ["", "Yes", "perhaps"]),
    ("GET /api/audit", "kind"): (["expanded", "anchored"], ["", "Expanded", "walked"]),
    ("GET /api/audit", "actor"): (["rollcall", UNKNOWN], ["", "a b", "x" * 65]),
    ("GET /api/audit", "since"): (["2026-01-01", "2026-01-01T00:00:00Z"], ["", "yesterday", "1999-01-01"]),
    ("GET /api/audit", "until"): (["2026-01-01", "2026-01-01T00:00:00Z"], ["", "yesterday", "1999-01-01"]),
    ("GET /api/audit.csv", "kind"): (["expanded"], ["", "walked"]),
    ("GET /api/audit.csv", "actor"): ([UNKNOWN], ["", "a b"]),
    ("GET /api/audit.csv", "since"): (["2026-01-01"], ["", "yesterday"]),
    ("GET /api/audit.csv", "until"): (["2026-01-01"], ["", "yesterday"]),
} | {(listing, "after"): ([], ["", "1", "a" * 13, "a" * 401, "=" * 20]) for listing in LISTINGS}


"""What every other parameter of a query takes, and what it refuses; an empty one counts as not given."""


"""Which kinds of records a route writes; the others write none."""


"""How a route answers that does not answer 200 alone; problems, which any may answer, apart."""


@pytest.fixture
def let_programs_in(unconnected: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_PROGRAMS", "recipients")
    services.cache_clear()


def asker(operation: str) -> str:
    """Somebody who may."""
    return DASHBOARD if WHO[operation] == "nobody" else ADA


def test_the_tables_speak_of_every_operation_and_parameter() -> None:
    assert set(WHO) == set(described())
    asked = {
        (operation, parameter["name"])
        for operation, one in described().items()
        for parameter in one["parameters"]
        if parameter["in"] == "query"
    }
    assert {*RANGES, *WORDS} == asked


@pytest.mark.parametrize("operation", WHO)
def test_who_may_call_is_who_is_meant(operation: str, unconnected: Api) -> None:
    who = WHO[operation]
    refused = {
        person: answer.status_code
        for person in (None, MIA, ADA, DANIEL)
        if (answer := ask(unconnected, operation, person)).status_code in (401, 403)
    }
    assert (
        refused
        == {
            "anyone": {},
            "sender": {None: 401, DANIEL: 403},
            "admin": {None: 401, MIA: 403, DANIEL: 403},
            "auditor": {None: 401, MIA: 403},
            "self": {None: 401},
            "nobody": {None: 401, MIA: 403, ADA: 403, DANIEL: 403},
        }[who]
    )
    assert described()[operation]["x-role"] == who
    assert described()[operation]["security"] == ([] if who == "anyone" else [{"entra": []}])


@pytest.mark.parametrize("operation", WHO)
def test_a_program_may_call_what_is_meant_for_its_role_and_nothing_else(
    operation: str, unconnected: Api, let_programs_in: None
) -> None:
    if WHO[operation] == "anyone":
        return
    let_in = {
        program
        for program in (DASHBOARD, MONITOR, SCRIPT)
        if ask(unconnected, operation, program).status_code not in (401, 403)
    }
    meant = PROGRAMS.get(operation)
    assert let_in == ({meant} if meant else set())
    assert ("x-program-role" in described()[operation]) is (meant is not None)


def test_no_program_is_let_in_where_the_admin_did_not_say_so(unconnected: Api) -> None:
    for operation, program in PROGRAMS.items():
        answer = ask(unconnected, operation, program)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert "ROLLCALL_PROGRAMS" in answer.json()["remedy"]


@pytest.mark.parametrize(("operation", "name"), RANGES)
def test_a_number_is_taken_within_its_range_and_nowhere_else(
    operation: str, name: str, unconnected: Api, let_programs_in: None
) -> None:
    low, default, high = RANGES[operation, name]
    who = asker(operation)
    for number in (low, high):
        answer = ask(unconnected, operation, who, query=f"?{name}={number}")
        assert answer.status_code in (200, 404), answer.text
    for number in (low - 1, high + 1):
        answer = ask(unconnected, operation, who, query=f"?{name}={number}")
        assert (answer.status_code, answer.json()["field"]) == (400, name)
    schema = {"type": "integer", "default": default, "minimum": low, "maximum": high}
    [said] = [one["schema"] for one in described()[operation]["parameters"] if one["name"] == name]
    assert said == schema


@pytest.mark.parametrize(("operation", "name"), WORDS)
def test_a_word_is_taken_as_it_is_described_and_not_otherwise(
    operation: str, name: str, unconnected: Api, let_programs_in: None
) -> None:
    good, bad = WORDS[operation, name]
    [schema] = [one["schema"] for one in described()[operation]["parameters"] if one["name"] == name]
    for text in good:
        answer = ask(unconnected, operation, asker(operation), query=f"?{name}={text}")
        # Nobody is known to themselves while no directory can be asked.
        assert answer.status_code in ((503,) if WHO[operation] == "self" else (200, 404)), answer.text
        assert jsonschema_rs.is_valid(schema, text)
    for text in filter(None, bad):
        answer = ask(unconnected, operation, asker(operation), query=f"?{name}={text}")
        assert (answer.status_code, answer.json()["field"]) == (400, name)
    if "format" not in schema:
        assert not any(jsonschema_rs.is_valid(schema, text) for text in bad)
