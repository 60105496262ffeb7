"""Whoever tries what they may not: named in the trail, counted, and no line or record for each attempt."""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import requests

from shared.audit import Search
from shared.brevity import MINUTE, Brief
from shared.errors import StoreUnavailable
from shared.services.process import services
from shared.web.refusals import Refusals
from tests.support.api import MIA, NOAH, Api, assert_problem

ADMINS = ("/api/audit", "/api/audit.csv", "/api/connection", "/api/connection/start", f"/api/people/{NOAH}")


@pytest.fixture
def fresh(unconnected: Api) -> Callable[[], list[tuple[str, dict[str, Any]]]]:
    """The refusals that were recorded since, oldest first: who, and what."""
    trail, search = services().audit.trail, Search(kind="refused")
    before = {record.hash for record in trail.read(search, 1000).rows}

    def read() -> list[tuple[str, dict[str, Any]]]:
        found = [record for record in trail.read(search, 1000).rows if record.hash not in before]
        return [(record.actor, json.loads(record.facts)) for record in reversed(found)]

    return read


def person(api: Api, name: str) -> str:
    found = api.sandbox.world.find_person(name)
    assert found
    return found.id


def test_a_hundred_attempts_at_an_admins_routes_are_two_records_that_name_who_and_what(
    unconnected: Api, fresh: Callable[[], list[tuple[str, dict[str, Any]]]]
) -> None:
    for number in range(100):
        assert_problem(unconnected.call("GET", ADMINS[number % len(ADMINS)]), 403, "not_allowed")
    [(who, first)] = fresh()
    assert (who, first["count"], first["what"]) == (person(unconnected, MIA), 1, {"GET /api/audit": 1})
    services().refusals.flush(at_the_end=True)
    [_, (again, rest)] = fresh()
    assert (again, rest["count"]) == (who, 99)
    assert rest["what"] == {
        "GET /api/audit": 19,
        "GET /api/audit.csv": 20,
        "GET /api/connection": 20,
        "GET /api/connection/start": 20,
        "GET /api/people/{address}": 20,  # and not whom they looked for
    }


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        *(
            ("/api/messages", claims)
            for claims in ({"azp": str(uuid.uuid4())}, {"scp": "User.Read"}, {"roles": None})
        ),
        # For anybody of the tenant, without details; whom another app sends is still nobody.
        *(("/api/health", claims) for claims in ({"azp": str(uuid.uuid4())}, {"scp": "User.Read"})),
    ],
    ids=str,
)
def test_a_good_access_token_that_may_not_call_is_named_too(
    claims: dict[str, Any],
    path: str,
    unconnected: Api,
    fresh: Callable[[], list[tuple[str, dict[str, Any]]]],
) -> None:
    access_token = unconnected.sandbox.caller_token(NOAH, **claims)
    for _ in range(3):
        answer = unconnected.call("GET", path, headers={"Authorization": f"Bearer {access_token}"})
        assert_problem(answer, 403, "not_allowed")
    [(who, facts)] = fresh()
    assert (who, facts["what"]) == (person(unconnected, NOAH), {f"GET {path}": 1})


def test_a_mode_that_is_switched_off_is_a_refusal(
    unconnected: Api, fresh: Callable[[], list[tuple[str, dict[str, Any]]]]
) -> None:
    new = {"expansion_id": "12345678", "mode": "individual", "sender": {"name": "Mia", "address": MIA}}
    assert_problem(unconnected.call("POST", "/api/messages", json=new), 403, "not_allowed")
    [(who, facts)] = fresh()
    assert (who, facts["what"]) == (person(unconnected, MIA), {"POST /api/messages": 1})


def test_whoever_may_is_no_refusal_and_whoever_is_not_known_is_nobody(
    unconnected: Api, fresh: Callable[[], list[tuple[str, dict[str, Any]]]]
) -> None:
    assert unconnected.call("GET", "/api/me").status_code == 200
    for authorization in ("Bearer a.b.c", "Bearer", ""):
        headers = {"Authorization": authorization}
        assert requests.get(f"{unconnected.origin}/api/audit", headers=headers, timeout=30).status_code == 401
    services().refusals.flush(at_the_end=True)
    assert fresh() == []


def test_a_refusal_is_one_while_the_trail_cannot_be_written(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], list[tuple[str, dict[str, Any]]]]
) -> None:
    def down(record: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(services().audit.trail, "add", down)
        for _ in range(3):
            assert_problem(unconnected.call("GET", "/api/audit"), 403, "not_allowed")
    services().refusals.flush(at_the_end=True)
    assert [facts["count"] for _, facts in fresh()] == [3]


def test_200_requests_of_a_stranger_are_a_line_of_the_log(
    unconnected: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for number in range(200):
        token = ("a.b.c", "e30.e30.YQ", "no token")[number % 3]
        headers = {"Authorization": f"Bearer {token}"}
        assert requests.get(f"{unconnected.origin}/api/me", headers=headers, timeout=30).status_code == 401
    lines = [record for record in caplog.records if record.name.startswith("shared.web")]
    assert 1 <= len(lines) <= 3


def test_an_app_without_settings_says_so_once_to_however_many(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("ROLLCALL_TENANT_ID")
    services.cache_clear()
    for path in ("/o/x", "/api/me", "/c/x", "/p/x") * 10:
        requests.get(unconnected.origin + path, timeout=30)
    lines = [one.getMessage() for one in caplog.records if one.name == "shared.web.response"]
    assert len([line for line in lines if line.startswith("settings are incomplete")]) == 1


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def lines(clock: Clock, *messages: str, each: float = 1.0) -> list[str]:
    brief, written = Brief(clock), []
    for message in messages:
        record = logging.LogRecord("x", logging.INFO, "", 0, message, None, None)
        if brief.filter(record):
            written.append(record.getMessage())
        clock.now += each
    return written


def test_a_line_that_comes_again_says_after_a_minute_how_often_it_came() -> None:
    assert lines(Clock(), *["again"] * 61) == ["again", "again (and 59 more like it)"]
    assert lines(Clock(), *["one", "other"] * 20) == ["one", "other"]
    assert lines(Clock(), *["seldom"] * 3, each=MINUTE) == ["seldom"] * 3


def test_lines_that_all_differ_are_no_more_than_200_a_minute() -> None:
    written = lines(Clock(), *map(str, range(10_000)), each=0.001)
    assert len(written) <= 201
    assert lines(Clock(), *map(str, range(400)), each=MINUTE) == [*map(str, range(400))]


class Never(threading.Thread):
    """A clock's alarm that does not ring."""

    def start(self) -> None:
        pass


def counted(clock: Clock) -> tuple[Refusals, list[tuple[str, Mapping[str, int]]]]:
    written: list[tuple[str, Mapping[str, int]]] = []
    refusals = Refusals(lambda who, what: written.append((who, what)), clock, lambda seconds, act: Never())
    return refusals, written


def test_an_hour_of_attempts_is_a_record_a_minute_and_none_is_lost() -> None:
    clock = Clock()
    refusals, written = counted(clock)
    for _ in range(3600):
        refusals.add("mia", "GET /api/audit")
        clock.now += 1
    refusals.flush(at_the_end=True)
    assert len(written) <= 62
    assert sum(what["GET /api/audit"] for _, what in written) == 3600


def test_the_minute_of_one_is_not_anothers_and_the_alarm_writes_what_is_left() -> None:
    clock = Clock()
    refusals, written = counted(clock)
    for who in ("mia", "noah", "mia", "mia"):
        refusals.add(who, "x")
    assert written == [("mia", {"x": 1}), ("noah", {"x": 1})]
    clock.now += MINUTE
    refusals.flush()
    assert written[2:] == [("mia", {"x": 2})]
    clock.now += MINUTE
    refusals.flush()
    refusals.add("mia", "x")  # a first one again
    assert written[3:] == [("mia", {"x": 1})]


def test_what_many_people_try_takes_no_more_memory_than_a_thousands() -> None:
    refusals, written = counted(Clock())
    for number in range(5_000):
        refusals.add(f"person-{number}", f"route-{number}")
        refusals.add("mia", f"route-{number}")
    assert len(refusals._held) <= 1_000
    assert len(written) >= 5_000  # each named once
    assert all(len(held.counts) <= 101 for held in refusals._held.values())
