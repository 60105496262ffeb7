"""What is done once a day: the sign-in is used before it lapses, and the canary list is looked after."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from routes.timers import keep
from shared.audience.canary import Canary, Sighting
from shared.errors import DirectoryDown, DirectoryError, RollcallError
from shared.services.process import services
from tests.support.api import ADA, ALL, Api, functions

NOW = datetime(2026, 11, 23, 4, 23, tzinfo=UTC)
LIST = "canary@company.example"


@dataclass
class Found:
    count: int
    complete: bool = True


class Kept:
    """Sightings in memory."""

    last: Sighting | None = None

    def find(self) -> Sighting | None:
        return self.last

    def put(self, sighting: Sighting) -> None:
        self.last = sighting


def alerts_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.getMessage().startswith("alert canary")]


def seen_in_turn(*answers: Found | RollcallError) -> Canary:
    """A canary that looked at each answer in turn."""
    waiting = list(answers)

    def measure(addresses: Sequence[str]) -> Found:
        assert addresses == [LIST]
        answer = waiting.pop(0)
        if isinstance(answer, RollcallError):
            raise answer
        return answer

    canary = Canary(LIST, measure, Kept(), lambda: NOW)
    for _ in answers:
        canary.look()
    return canary


@pytest.mark.parametrize(
    ("answers", "alerts"),
    [
        ([Found(7), Found(7)], []),
        (
            [Found(7), Found(8), Found(8)],
            ["alert canary_changed: 7 recipients, complete, before; 8, complete, now"],
        ),
        (
            [Found(7), Found(7, complete=False)],
            ["alert canary_changed: 7 recipients, complete, before; 7, incomplete, now"],
        ),
        ([Found(7), Found(0)], ["alert canary_failed: nobody_found"]),
        ([Found(0)], ["alert canary_failed: nobody_found"]),
        ([DirectoryDown(), Found(7)], ["alert canary_failed: directory_down"]),
        (
            [Found(7), DirectoryDown(), Found(9)],
            [
                "alert canary_failed: directory_down",
                "alert canary_changed: 7 recipients, complete, before; 9, complete, now",
            ],
        ),
    ],
    ids=[
        "same",
        "changed",
        "not complete any more",
        "nobody",
        "nobody at first",
        "failed at first",
        "failed between",
    ],
)
def test_the_canary_tells_of_each_change_once(
    caplog: pytest.LogCaptureFixture, answers: list[Found | RollcallError], alerts: list[str]
) -> None:
    caplog.set_level(logging.ERROR)
    seen_in_turn(*answers)
    assert alerts_of(caplog) == alerts


def test_a_canary_that_could_not_be_counted_is_ill_until_it_can() -> None:
    with pytest.raises(DirectoryError, match=r"directory_down"):
        seen_in_turn(DirectoryDown()).check()
    seen_in_turn(DirectoryDown(), Found(7)).check()


def test_another_list_is_not_compared_with_the_one_before(caplog: pytest.LogCaptureFixture) -> None:
    first = seen_in_turn(Found(7))
    Canary("other@company.example", lambda _: Found(9), first.sightings, lambda: NOW).look()
    assert alerts_of(caplog) == []


def test_the_timer_uses_the_sign_in_and_counts_the_canary_list(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ROLLCALL_CANARY_LIST", ALL)
    services.cache_clear()
    asked = api.sandbox.world.faults.hits["entra"]
    keep()
    assert api.sandbox.world.faults.hits["entra"] > asked
    health = api.as_person(ADA).call("GET", "/api/health").json()
    assert [check["ok"] for check in health["checks"] if check["name"] == "canary"] == [True]
    api.sandbox.world.faults.set([{"service": "graph", "status": 503}])
    keep()
    assert alerts_of(caplog) == ["alert canary_failed: directory_down"]
    health = api.as_person(ADA).call("GET", "/api/health").json()
    assert [check["ok"] for check in health["checks"] if check["name"] == "canary"] == [False]


def test_the_timer_is_due_every_day_and_survives_a_stopped_account(api: Api) -> None:
    api.sandbox.world.switches.set(account_disabled=True)
    keep()
    triggers = {f.get_function_name(): f.get_trigger() for f in functions()}
    assert triggers["connection_keep"].schedule == "0 23 4 * * *"
