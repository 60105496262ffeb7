"""Webhooks through the public door: what an admin's address is told, and what the page of them shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from azure.core.exceptions import ResourceNotFoundError

from shared.services.process import Services, services
from tests.routes.test_feed import act, sent
from tests.shared.adapters.test_hooks import Receiver, receiving
from tests.support.amounts import exactly
from tests.support.api import ADA, Api

CROWD = "newsletter@company.com"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def receiver(individual: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """An address that is told, with nothing told so far."""
    with receiving(individual.sandbox.ca_path.parent) as (server, _):
        monkeypatch.setenv("ROLLCALL_WEBHOOK_URL", f"https://localhost:{server.server_port}/hook")
        # The sandbox is on this machine, where no webhook may lead.
        monkeypatch.setattr("shared.adapters.hooks.is_public_address", lambda address: True)
        individual.sandbox.world.set_secret("rollcall-webhook-secret", SECRET)
        name = f"Notifications{uuid4().hex[:12]}"
        monkeypatch.setattr("shared.adapters.storage.tables.notifications.NOTIFICATIONS", name)
        services.cache_clear()
        tell()
        server.got.clear()
        yield server
        individual.sandbox.world.secrets.pop("rollcall-webhook-secret", None)


def tell(days: float = 0) -> None:
    """What the timer does, in so many days."""
    at = datetime.now(UTC) + timedelta(days=days)
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(Services, "now", staticmethod(lambda: at))
        services.cache_clear()
        tables = services().tables
        with suppress(ResourceNotFoundError):
            tables.call("Claims", lambda table: table.delete_entity("claim", "hooks"))
        services().tracking.outlets.tell()
    services.cache_clear()


def bodies(server: Receiver) -> list[Any]:
    return [json.loads(body) for _, _, body in server.got]


def of(server: Receiver, body: Any) -> list[Any]:
    return [one["data"] for one in bodies(server) if one["data"].get("message_id") == body["message_id"]]


def test_a_report_is_told_of_in_the_words_that_everybody_is_shown(
    individual: Api, receiver: Receiver
) -> None:
    body = sent(individual, "counting", CROWD)
    act(body)
    tell()
    assert of(receiver, body) == []
    tell(1.01)
    tell(1.02)
    [data] = of(receiver, body)
    assert (data["headline"]["recipients"], data["headline"]["withheld"]) == (exactly(1000), None)
    assert set(data["headline"]["opened_by"]) == {"at_least", "at_most"}
    assert data["after"] == 86_400
    assert data["url"].endswith(f"/addin/pages.html#/messages/{body['message_id']}")
    tell(7.01)
    assert [one["after"] for one in of(receiver, body)] == [86_400, 604_800]


def test_of_single_people_nothing_is_told(individual: Api, receiver: Receiver) -> None:
    body = sent(individual, "individual", "user1@company.com")
    act(body)
    tell(1.01)
    assert [data["headline"] for data in of(receiver, body)] == [None]
    assert "user1@company.com" not in str(receiver.got)


def test_an_admin_sees_what_was_told_and_what_waits(individual: Api, receiver: Receiver) -> None:
    body = sent(individual, "counting", CROWD)
    receiver.status = 500
    tell(1.01)
    ids = {headers["webhook-id"] for _, headers, _ in receiver.got}
    [shown] = [one for one in listed(individual) if body["message_id"] in one["id"]]
    assert shown["id"] in ids
    assert (shown["fate"], shown["attempts"], shown["outcome"]) == ("waiting", 1, "answered_500")
    assert "body" not in shown


def listed(api: Api) -> list[Any]:
    answer = api.as_person(ADA).call("GET", "/api/notifications?limit=1000")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def test_without_a_secret_nothing_is_told_and_nothing_is_lost(
    individual: Api, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    individual.sandbox.world.set_secret("rollcall-webhook-secret", "none of ours")
    body = sent(individual, "counting", CROWD)
    tell(1.01)
    assert receiver.got == []
    assert "alert webhook_unsigned" in caplog.text
    individual.sandbox.world.set_secret("rollcall-webhook-secret", SECRET)
    tell(1.02)
    assert len(of(receiver, body)) == 1


def test_the_connection_is_told_of_when_it_is_lost_and_back(individual: Api, receiver: Receiver) -> None:
    tell()
    assert individual.as_person(ADA).call("DELETE", "/api/connection").status_code == 200
    tell()
    assert individual.connect().status_code == 200
    tell()
    kinds = [(one["type"], one["data"]["standing"]) for one in bodies(receiver) if "standing" in one["data"]]
    assert kinds == [("connection.lost", "no_account"), ("connection.back", "connected")]


def test_without_an_address_nothing_is_kept(individual: Api) -> None:
    before = listed(individual)
    sent(individual, "counting", CROWD)
    services().tracking.outlets.tell()
    assert listed(individual) == before
