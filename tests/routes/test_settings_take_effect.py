"""Settings other than their defaults, through the public door: each does what it says."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from shared.errors import StoreUnavailable
from shared.services.process import services
from shared.tracking.recording.events import Event, Network
from tests.support.api import ALL, SALES, Api, assert_problem
from tests.support.memory_journal import events_in
from tests.support.tracked_mails import BROWSER, register

CLIENT, PROXY = "203.0.113.7", "198.51.100.1"


@pytest.fixture
def settings(api: Api, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Calls the app after a start with these settings."""

    def start(**changed: str) -> Api:
        for name, value in changed.items():
            monkeypatch.setenv(f"ROLLCALL_{name}", value)
        services.cache_clear()
        return api

    return start


def problems(body: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in body["problems"]]


def test_more_addresses_than_allowed_are_refused(settings: Any) -> None:
    api = settings(MAX_ADDRESSES="2")
    assert api.expand(SALES, ALL).status_code == 200
    answer = api.expand(SALES, ALL, "engineering@company.com")
    assert_problem(answer, 400, "invalid_request", "$.addresses")
    assert "2" in answer.json()["detail"]


def test_who_expands_too_often_is_asked_to_wait(settings: Any) -> None:
    api = settings(EXPANSIONS_PER_MINUTE="2")
    assert [api.expand(SALES).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"MAX_DEPTH": "1"}, "too_deep"),
        ({"MAX_LISTS": "2"}, "too_large"),
        ({"MAX_RECIPIENTS": "3"}, "too_large"),
        ({"DENY_LISTS": "sales-*@company.com"}, "list_not_allowed"),
        ({"ALLOW_LISTS": ALL}, "list_not_allowed"),
    ],
)
def test_beyond_a_limit_a_count_is_a_lower_bound(settings: Any, changed: dict[str, str], code: str) -> None:
    assert settings().expand(ALL).json()["complete"]
    body = settings(**changed).expand(ALL).json()
    assert (body["complete"], code in problems(body)) == (False, True), body["problems"]


def test_an_expansion_is_kept_as_long_as_it_is_told_to(settings: Any) -> None:
    body = settings(EXPANSION_LIFETIME="120").expand(SALES).json()
    lives = (datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)).total_seconds()
    assert 90 < lives <= 120


def test_throttling_is_waited_out_no_longer_than_allowed(settings: Any) -> None:
    api = settings(THROTTLE_LIMIT="1")
    throttled = {"service": "graph", "path": "members", "status": 429, "headers": {"Retry-After": "20"}}
    api.sandbox.world.faults.set([throttled])
    began = time.monotonic()
    assert "throttled" in problems(api.expand(SALES).json())
    assert time.monotonic() - began < 15  # neither the 20 seconds asked for, nor the 30 of the default


def test_an_expansion_ends_when_its_time_is_over(settings: Any) -> None:
    api = settings(EXPANSION_LIMIT="5", REQUEST_TIMEOUT="60")
    api.sandbox.world.faults.set([{"service": "graph", "path": "members", "delay": 25}])
    began = time.monotonic()
    assert not api.expand(SALES).json()["complete"]
    assert time.monotonic() - began < 20  # not the 25 seconds of the answer


@pytest.mark.parametrize(
    ("service", "changed"),
    [
        ("graph", {"REQUEST_TIMEOUT": "1", "DIRECTORIES": "graph", "EXPANSION_LIMIT": "12"}),
        ("exchange", {"EXCHANGE_TIMEOUT": "1", "DIRECTORIES": "graph,exchange", "EXPANSION_LIMIT": "12"}),
    ],
)
def test_a_slow_answer_is_waited_for_no_longer_than_allowed(
    settings: Any, service: str, changed: dict[str, str]
) -> None:
    api = settings(**changed)
    api.sandbox.world.faults.set(
        [{"service": service, "path": "members|member|adminapi", "delay": 4, "times": 1}]
    )
    began = time.monotonic()
    api.expand(SALES)
    assert time.monotonic() - began < 4


def opened(api: Api, forwarded: str) -> Event:
    """The event of one open that came this way."""
    mail = register(api)
    api.call("POST", f"/api/messages/{mail['message_id']}/sent")
    requests.get(mail["pixel_url"], headers=BROWSER | {"X-Forwarded-For": forwarded}, timeout=10)
    until = time.monotonic() + 10
    while not (events := events_in(services().tracking.journal_table.read(mail["message_id"]))):
        assert time.monotonic() < until
        time.sleep(0.05)
    return events[0]


@pytest.mark.parametrize(
    ("changed", "forwarded", "network"),
    [
        ({}, CLIENT, Network.UNKNOWN),
        ({"SCANNER_NETWORKS": "203.0.113.0/24"}, CLIENT, Network.SCANNER),
        ({"SCANNER_NETWORKS": "203.0.113.0/24"}, f"{CLIENT}, {PROXY}", Network.UNKNOWN),
        ({"SCANNER_NETWORKS": "203.0.113.0/24", "PROXIES": "2"}, f"{CLIENT}, {PROXY}", Network.SCANNER),
        ({"SCANNER_NETWORKS": "203.0.113.0/24", "PEOPLE_NETWORKS": f"{CLIENT}/32"}, CLIENT, Network.UNKNOWN),
    ],
)
def test_networks_are_told_by_the_hop_that_counts(
    settings: Any, changed: dict[str, str], forwarded: str, network: Network
) -> None:
    assert opened(settings(**changed), forwarded).network == network


def test_the_journal_keeps_the_pace_it_is_told(settings: Any) -> None:
    settings(FLUSH_SPACING="0.5", READER_DEADLINE="7")
    pace = services().tracking.journal._pace
    assert (pace.spacing, pace.deadline) == (0.5, 7)


@pytest.mark.parametrize(("named", "other"), [("TABLES_URL", "QUEUES_URL"), ("QUEUES_URL", "TABLES_URL")])
def test_where_storage_is_named_by_its_addresses_they_are_asked(
    settings: Any, named: str, other: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = f"https://127.0.0.1:{server.getsockname()[1]}"
        settings(STORAGE_CONNECTION="", **{named: here, other: "https://127.0.0.1:9"})
        account = services().tracking.account
        with ThreadPoolExecutor(1) as pool:
            called = pool.submit(lambda: server.accept()[0].close())
            with pytest.raises(StoreUnavailable):
                (account.tables if named == "TABLES_URL" else account.queues).send("GET", "/anything")
            called.result(timeout=10)
