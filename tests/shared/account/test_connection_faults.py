"""Storage or the vault fails while the service account is connected or disconnected.

What the admin reads is true, what was connected before still is or is gone as they read, and a second try,
once the fault is over, is good.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import requests

from sandbox.stack.cookies import taken
from shared.audit import Record
from shared.errors import StoreUnavailable
from shared.services.process import services
from tests.support.amounts import exactly
from tests.support.api import ADA, SALES, Api, assert_problem

ANOTHER = "rollcall-standin@company.com"
TOKEN_CACHE = "rollcall-token-cache"

Break = Callable[[Callable[[Record], bool]], None]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Has the trail fail for records that a condition is true of; `lambda record: False` mends it."""
    failing: list[Callable[[Record], bool]] = []

    def start(fails: Callable[[Record], bool]) -> None:
        if not failing:
            trail = services().audit.trail
            add = trail.add

            def sometimes(record: Record) -> None:
                if failing[-1](record):
                    raise StoreUnavailable
                add(record)

            monkeypatch.setattr(trail, "add", sometimes)
        failing.append(fails)

    return start


def mended(record: Record) -> bool:
    return False


def kinds(api: Api) -> list[str]:
    """The newest records' kinds of what this admin did, newest first."""
    ada = api.sandbox.world.find_person(ADA)
    assert ada
    answer = api.as_person(ADA).call("GET", f"/api/audit?limit=8&actor={ada.id}")
    return [record["kind"] for record in answer.json()["rows"]]


def state(api: Api) -> tuple[str, str | None]:
    body = api.as_person(ADA).call("GET", "/api/connection").json()
    return body["state"], body["account"] and body["account"]["username"]


def test_a_sign_in_that_cannot_be_recorded_is_not_kept_and_the_next_one_is(
    unconnected: Api, broken: Break
) -> None:
    broken(lambda record: record.kind == "connecting")
    answer = unconnected.connect()
    assert answer.status_code == 503
    assert "Not connected" in answer.text
    assert "nothing of this sign-in was kept" in answer.text
    assert "Start the sign-in again" in answer.text
    assert TOKEN_CACHE not in unconnected.sandbox.world.secrets
    assert state(unconnected) == ("disconnected", None)

    broken(mended)
    assert unconnected.connect().status_code == 200
    assert state(unconnected) == ("connected", "rollcall-service@company.com")
    assert unconnected.expand(SALES).json()["count"] == exactly(4)


def test_who_was_connected_before_stays_when_the_next_one_cannot_be_recorded(api: Api, broken: Break) -> None:
    broken(lambda record: record.kind == "connecting")
    assert api.connect(ANOTHER).status_code == 503
    assert state(api) == ("connected", "rollcall-service@company.com")


def test_storage_that_fails_right_after_the_sign_in_was_kept_hides_neither(
    unconnected: Api, broken: Break
) -> None:
    """The token is in the vault, so "not connected" would be untrue."""
    broken(lambda record: record.kind == "connected")
    answer = unconnected.connect()
    assert answer.status_code == 200
    assert "Rollcall now reads lists as rollcall-service@company.com." in answer.text
    assert "The audit trail could not be written to the end" in answer.text
    broken(mended)
    assert state(unconnected) == ("connected", "rollcall-service@company.com")
    assert kinds(unconnected)[:3] == ["connection_checked", "connecting", "connection_started"]
    answer = unconnected.as_person(ADA).call("GET", "/api/audit?limit=1&kind=connecting")
    [record] = answer.json()["rows"]
    account = unconnected.sandbox.world.find_person("rollcall-service@company.com")
    assert account
    assert json.loads(record["facts"])["account"] == account.id  # who it was is known all the same

    assert unconnected.connect().status_code == 200
    assert kinds(unconnected)[:2] == ["connected", "connecting"]


def test_a_callback_that_storage_did_not_answer_can_be_opened_once_more(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise StoreUnavailable

        patch.setattr(services().connection.sign_ins, "take", fail)
        answer = requests.get(callback, cookies=taken(start), timeout=30)
        assert (answer.status_code, "Not connected" in answer.text) == (503, True)
        assert TOKEN_CACHE not in unconnected.sandbox.world.secrets
    assert requests.get(callback, cookies=taken(start), timeout=30).status_code == 200
    assert state(unconnected) == ("connected", "rollcall-service@company.com")


def test_a_sign_in_that_the_vault_does_not_keep_is_refused_and_recorded(unconnected: Api) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    faults = unconnected.sandbox.world.faults
    faults.set([{"service": "vault", "path": TOKEN_CACHE, "status": 500}])
    answer = requests.get(callback, cookies=taken(start), timeout=30)
    assert (answer.status_code, "Not connected" in answer.text) == (503, True)
    faults.clear()
    assert state(unconnected) == ("disconnected", None)
    assert kinds(unconnected)[1:3] == ["connection_refused", "connecting"]
    assert unconnected.connect().status_code == 200


def test_a_guest_is_told_so_though_the_refusal_cannot_be_recorded(unconnected: Api, broken: Break) -> None:
    broken(lambda record: record.kind == "connection_refused")
    assert "is a guest" in unconnected.connect("grace.whitfield@fabrikam.com").text


def test_a_disconnection_waits_for_no_storage_and_says_what_is_missing(api: Api, broken: Break) -> None:
    admin = api.as_person(ADA)
    broken(lambda record: record.kind == "disconnected")
    answer = admin.call("DELETE", "/api/connection")
    assert_problem(answer, 503, "store_unavailable")
    assert answer.json()["detail"].startswith("The service account is disconnected, but")
    assert api.sandbox.world.secrets[TOKEN_CACHE][-1].value == "{}"
    assert state(api) == ("disconnected", None)

    broken(mended)
    assert admin.call("DELETE", "/api/connection").status_code == 200
    assert kinds(api)[0] == "disconnected"


def test_how_the_account_stands_is_told_though_the_look_cannot_be_recorded(api: Api, broken: Break) -> None:
    broken(lambda record: record.kind == "connection_checked")
    assert state(api) == ("connected", "rollcall-service@company.com")
