"""Through the public door: what is not known of a list is said to be so, and is never nought."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import pytest

from sandbox.stack.demo import describe
from tests.support.amounts import UNKNOWN, at_least, exactly
from tests.support.api import SALES, Api

BOARD = "board@company.com"


def entries(body: dict[str, Any]) -> dict[str, tuple[object, object]]:
    return {one["address"]: (one["members"], one["recipients"]) for one in body["lists"]}


def test_of_a_hidden_list_nothing_is_known_and_the_demo_says_so(api: Api) -> None:
    body = api.expand(BOARD).json()
    assert entries(body) == {BOARD: (UNKNOWN, UNKNOWN)}
    told = "\n".join(describe(BOARD, body, 0.1))
    assert "an unknown number of unique recipients" in told
    assert "an unknown number of members" in told
    assert " 0 " not in told.partition("read: the typed")[0]
    assert "unknown" in told.partition("unique recipients  ")[2]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 403},
        {"status": 404},
        {"truncate": 40},
        {"status": 429, "headers": {"Retry-After": "300"}},
    ],
)
def test_a_list_that_holds_one_that_was_not_read_has_at_least_so_many(
    api: Api, fault: dict[str, Any]
) -> None:
    api.sandbox.world.faults.set([{"service": "graph", "path": "d8a52325.*members"} | fault])
    body = api.expand(SALES).json()
    found = entries(body)
    assert found[SALES] == (exactly(3), at_least(2))
    assert found["regional-managers@company.com"] == (UNKNOWN, UNKNOWN)
    told = "\n".join(describe(SALES, body, 0.1))
    assert "at least 2 recipients" in told
    assert "at least 2 unique recipients" in told
    assert "unique recipients, at least" in told


def test_a_list_that_was_read_to_its_end_has_exactly_so_many(api: Api) -> None:
    body = api.expand(SALES).json()
    assert entries(body) == {
        SALES: (exactly(3), exactly(4)),
        "regional-managers@company.com": (exactly(2), exactly(2)),
    }
    assert body["overlaps_in_all"] == len(body["overlaps"])
    assert "at least" not in "\n".join(describe(SALES, body, 0.1))


def test_while_microsoft_asks_to_wait_progress_says_until_when(api: Api) -> None:
    wait = {"status": 429, "times": 1, "headers": {"Retry-After": "4"}}
    api.sandbox.world.faults.set([{"service": "graph", "path": "members"} | wait])
    identifier = str(uuid.uuid4())
    asking = threading.Thread(target=api.expand, args=(SALES,), kwargs={"id": identifier})
    asking.start()
    waits = []
    until = time.monotonic() + 20
    while asking.is_alive() and time.monotonic() < until:
        seen = api.call("GET", f"/api/expansions/{identifier}").json()
        if seen.get("state") == "running":
            waits.append((seen["progress"]["waits_until"], seen["progress"]["beat_at"]))
        time.sleep(0.2)
    asking.join()
    told = [(end, beat) for end, beat in waits if end]
    assert told
    assert all(beat < end for end, beat in told)
    assert api.call("GET", f"/api/expansions/{identifier}").json()["complete"] is True
