"""What took the long way home, through the public door: nothing comes in by it that the door would refuse."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from shared.services.process import services
from shared.tracking.mail.tokens import Opening
from shared.tracking.recording.events import Entry, Event, key_of, pack, unpack
from shared.tracking.recording.overflow import replay
from shared.tracking.recording.records import read_records, write_record
from tests.support.api import ADA, Api
from tests.support.people import opened, person, sent_mail, set_of
from tests.support.tracked_mails import BROWSER, LINKS, visit

OBJECTOR, OTHER = "user2@company.com", "user1@company.com"


def objects(url: str) -> None:
    assert requests.post(url, data={"choice": "object"}, timeout=10).status_code == 200


@pytest.fixture(autouse=True)
def nothing_waits(individual: Api) -> Iterator[None]:
    """What earlier tests left in the queue is brought home, and nobody objects, before and after."""
    nobody_objects(individual)
    services().tracking.drain()
    yield
    services.cache_clear()
    nobody_objects(individual)


def nobody_objects(individual: Api) -> None:
    for address in (OBJECTOR, OTHER):
        individual.as_person(ADA).call("DELETE", f"{person(address)}/objection")


@pytest.fixture
def fresh(individual: Api, azurite: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Starts a fresh process whose tables are down, or up."""

    def start(*, tables: bool) -> None:
        until = time.monotonic() + 60
        while services().tracking.journal.held and time.monotonic() < until:
            time.sleep(0.05)  # what the process before has in hand is in the queue then
        away = re.sub(r"TableEndpoint=[^;]+", "TableEndpoint=http://127.0.0.1:9/devstoreaccount1", azurite)
        monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", azurite if tables else away)
        services.cache_clear()

    return start


def recorded(message: str) -> list[Event]:
    """What the journal holds of a message."""
    return [
        event for entry in services().tracking.journal_table.read(message) for event in unpack(entry.data)
    ]


def deeds(mail: Any) -> list[str]:
    return [mail["pixel_url"], mail["links"][LINKS[0]], mail["links"][LINKS[2]], mail["notice_url"]]


@pytest.mark.parametrize("deed", range(4))
def test_a_fresh_process_without_tables_records_nothing_of_who_objects(
    individual: Api, fresh: Callable[..., None], deed: int
) -> None:
    body = sent_mail(individual)
    objects(set_of(body, OBJECTOR)["notice_url"])
    fresh(tables=False)
    for address in (OBJECTOR, OTHER):
        visit(deeds(set_of(body, address))[deed])
    fresh(tables=True)
    services().tracking.drain()
    [event] = recorded(body["message_id"])
    assert event.recipient == 1


def test_a_fresh_process_without_tables_keeps_to_an_objection_to_one_pseudonymous_mail(
    individual: Api, fresh: Callable[..., None]
) -> None:
    body = sent_mail(individual, "pseudonymous")
    first, second = body["recipients"]["rows"][:2]
    objects(first["notice_url"])
    fresh(tables=False)
    for mail in (first, second):
        visit(mail["pixel_url"])
        requests.head(mail["pixel_url"], headers=BROWSER, timeout=10)
    fresh(tables=True)
    services().tracking.drain()
    assert [event.recipient for event in recorded(body["message_id"])] == [2, 2]


def test_an_objection_while_an_event_waits_is_honoured(individual: Api, fresh: Callable[..., None]) -> None:
    body = sent_mail(individual)
    fresh(tables=False)
    for address in (OBJECTOR, OTHER):
        visit(set_of(body, address)["pixel_url"])
    fresh(tables=True)
    objects(set_of(body, OBJECTOR)["notice_url"])
    services().tracking.drain()
    assert opened(individual, body["message_id"]) == 1


@pytest.mark.parametrize("mode", ["counting", "individual", "pseudonymous"])
def test_what_waits_for_a_message_that_is_deleted_meanwhile_is_dropped(
    individual: Api, fresh: Callable[..., None], mode: str
) -> None:
    body = sent_mail(individual, mode)
    fresh(tables=False)
    mail = body if mode == "counting" else body["recipients"]["rows"][0]
    visit(mail["pixel_url"])
    visit(mail["links"][LINKS[0]])
    fresh(tables=True)
    assert individual.call("DELETE", f"/api/messages/{body['message_id']}").status_code == 204
    assert services().tracking.overflow_queue.count() > 0
    services().tracking.drain()
    assert services().tracking.overflow_queue.count() == 0
    assert recorded(body["message_id"]) == []


def test_what_waits_for_a_person_who_is_erased_meanwhile_is_dropped(
    individual: Api, fresh: Callable[..., None]
) -> None:
    body = sent_mail(individual)
    fresh(tables=False)
    for address in (OBJECTOR, OTHER):
        visit(set_of(body, address)["pixel_url"])
    fresh(tables=True)
    assert individual.as_person(ADA).call("DELETE", person(OBJECTOR)).status_code == 200
    services().tracking.drain()
    assert [event.recipient for event in recorded(body["message_id"])] == [1]


def entry(message: str, *recipients: int, number: int = 1) -> Entry:
    events = [Event(1_900_000_000_000, 0, recipient, 0, 0, 0, "") for recipient in recipients]
    return pack(message, key_of(1_900_000_000.0, "abcd", number), events)[0]


def test_a_log_that_is_replayed_is_judged_like_the_queue(individual: Api) -> None:
    body, deleted = sent_mail(individual), sent_mail(individual)
    objects(set_of(body, OBJECTOR)["notice_url"])
    assert individual.as_person(ADA).call("DELETE", person("user3@company.com")).status_code == 200
    assert individual.call("DELETE", f"/api/messages/{deleted['message_id']}").status_code == 204
    entries = [
        entry(body["message_id"], 1, 2, 3, 4, 5, 0, 2**32 - 1),
        entry(deleted["message_id"], 1),
        entry("f" * 32, 1),
        Entry(body["message_id"], key_of(1_900_000_000.0, "abcd", 2), b"no events"),
    ]
    log = "\n".join(map(write_record, entries))
    for _ in range(2):  # a second time changes nothing
        replay(read_records(log), services().tracking.overflow_queue.put)
        services().tracking.drain()
    assert [event.recipient for event in recorded(body["message_id"])] == [1, 4]
    assert recorded(deleted["message_id"]) == recorded("f" * 32) == []


def test_what_a_token_says_that_no_message_says_is_not_brought_home(
    individual: Api, fresh: Callable[..., None]
) -> None:
    body = sent_mail(individual)
    signer = services().tracking.signing_keys.get()
    token = signer.sign_open(Opening(body["message_id"], 99, signer.person("stranger@company.com")))
    fresh(tables=False)
    visit(f"{individual.origin}/o/{token}")
    fresh(tables=True)
    services().tracking.drain()
    assert recorded(body["message_id"]) == []


def test_a_message_of_an_earlier_version_is_found_by_its_id_alone(individual: Api) -> None:
    body = sent_mail(individual)
    table = services().tracking.message_table
    parts = table.tables
    parts.call("MessageParts", lambda client: client.delete_entity(body["message_id"], "owner-0000000000"))
    services().tracking.overflow_queue.put(entry(body["message_id"], 1))
    services().tracking.drain()
    assert len(recorded(body["message_id"])) == 1
    assert [owner for _, owner in table.parts.read(body["message_id"], "owner")] != []
