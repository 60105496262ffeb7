"""How expansions end: forgotten, expired, failed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from shared import errors
from shared.adapters.storage.tables import expansions as table_module
from shared.adapters.storage.tables import parts as parts_module
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.audience.expansion_store import Expansion, State
from shared.audience.planner import Planner
from shared.tracking.mail.messages import Message, Messages
from shared.tracking.mail.modes import Mode
from tests.support.desk import LINKS, SENDER
from tests.support.expansions import ALICE, EVERYONE, TENANT, TOP, Clock, Gate, expansions, kept_parts
from tests.support.memory import MemoryDirectory
from tests.support.memory_messages import MemoryMessages
from tests.support.tenants import DOMAIN


def test_forgetting_stops_the_walk_and_leaves_nothing(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str, gate: Gate
) -> None:
    service = expansions(store, clock, MemoryDirectory(TENANT, interfere=gate))
    with ThreadPoolExecutor() as pool:
        running = pool.submit(service.expand, ALICE, identifier, TOP)
        assert gate.reached.wait(10)
        service.forget(ALICE, identifier)
        time.sleep(0.3)
        gate.opened.set()
        with pytest.raises(errors.Cancelled):
            running.result()
    with pytest.raises(errors.NotFound):
        service.get(ALICE, identifier)
    assert kept_parts(azurite, identifier) == 0


def test_forgetting_a_finished_one_deletes_its_recipients(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str
) -> None:
    service = expansions(store, clock)
    service.expand(ALICE, identifier, TOP)
    service.forget(ALICE, identifier)
    assert kept_parts(azurite, identifier) == 0
    with pytest.raises(errors.NotFound):
        service.forget(ALICE, identifier)


class Interrupted(ExpansionTable):
    """Something happens between two looks: after the row was found, before its recipients are read."""

    def __init__(self, tables: Tables, meanwhile: Callable[[], object]) -> None:
        super().__init__(tables)
        self.meanwhile = [meanwhile]

    def list_recipients(self, expansion: Expansion, start: int, limit: int) -> list[str]:
        if self.meanwhile:
            self.meanwhile.pop()()
        return super().list_recipients(expansion, start, limit)


def test_recipients_that_are_forgotten_while_somebody_reads_them_are_gone_and_not_fewer(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    expansions(store, clock).expand(ALICE, identifier, TOP)
    reader = Interrupted(store.tables, lambda: expansions(store, clock).forget(ALICE, identifier))
    with pytest.raises(errors.NotFound):
        expansions(reader, clock).list_recipients(ALICE, identifier, 0, 100)


def test_a_registration_that_arrives_twice_at_once_keeps_every_recipient(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    expansions(store, clock).expand(ALICE, identifier, TOP)
    kept = MemoryMessages()

    def register(table: ExpansionTable) -> Message:
        reviewed = expansions(table, clock)
        messages = Messages(kept, reviewed, lambda message: None, Mode, clock, Mock())
        return messages.register(ALICE, identifier, Mode.INDIVIDUAL, SENDER, LINKS)

    message = register(Interrupted(store.tables, lambda: register(store)))
    assert message.recipients == len(EVERYONE)
    assert kept.list_recipients(message, 0, 100) == sorted(EVERYONE)


def test_after_its_hour_it_is_gone_even_before_the_purge_and_wholly_after(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str
) -> None:
    service = expansions(store, clock, lifetime=60)
    service.expand(ALICE, identifier, TOP)
    clock.ahead = timedelta(seconds=61)
    with pytest.raises(errors.NotFound):
        service.get(ALICE, identifier)
    assert service.purge() >= 1
    assert store.find(ALICE, identifier) is None
    assert kept_parts(azurite, identifier) == 0
    assert service.expand(ALICE, identifier, TOP).state is State.DONE


def test_what_a_dead_walk_left_behind_is_purged(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str
) -> None:
    service = expansions(store, clock, lifetime=60)
    store._keep_split(service._new(ALICE, identifier, TOP), "recipients", 0, EVERYONE)
    assert kept_parts(azurite, identifier) == 1
    clock.ahead = timedelta(seconds=61)
    service.purge()
    assert kept_parts(azurite, identifier) == 0


def test_a_failure_is_told_to_whoever_asks_and_the_next_post_tries_again(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    class Down(MemoryDirectory):
        def answer_late(self, patience: object) -> None:
            raise errors.DirectoryDown

    with pytest.raises(errors.DirectoryDown):
        expansions(store, clock, Down(TENANT)).expand(ALICE, identifier, TOP)
    service = expansions(store, clock)
    seen = service.get(ALICE, identifier)
    assert seen.state is State.FAILED
    assert seen.failure is not None
    assert seen.failure.code == "directory_down"
    assert service.expand(ALICE, identifier, TOP).state is State.DONE


def test_directories_that_cannot_be_had_are_a_failure_told_at_once(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    def plan() -> Planner:
        raise errors.VaultUnavailable

    service = expansions(store, clock)
    service.plan = plan
    with pytest.raises(errors.VaultUnavailable):
        service.expand(ALICE, identifier, TOP)
    assert service.get(ALICE, identifier).state is State.FAILED


def test_storage_that_is_down_is_said_to_be(clock: Clock, identifier: str) -> None:
    nowhere = (
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        "TableEndpoint=http://127.0.0.1:9/devstoreaccount1;"
    )
    store = ExpansionTable(Tables.by_connection(nowhere))
    with pytest.raises(errors.StoreUnavailable):
        expansions(store, clock).expand(ALICE, identifier, TOP)


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    mine = expansions(store, clock)._new(ALICE, identifier, TOP)
    assert store.add(mine)
    retried = store.add(mine)  # as the client library does when the first answer never came
    assert retried is not None
    moved = store.update(replace(retried, lists_known=3))
    assert store.update(replace(retried, lists_known=4)).version != moved.version


def test_thousands_of_recipients_are_paged_in_order_over_several_parts(
    store: ExpansionTable, clock: Clock, identifier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_module, "ADDRESSES_PER_PART", 1000)
    monkeypatch.setattr(parts_module, "PART_BYTES", 2500)  # so that some parts are split again
    addresses = sorted(f"{uuid.uuid4()}@{DOMAIN}" for _ in range(2345))
    directory = MemoryDirectory(TENANT)
    service = expansions(store, clock, directory)
    done = service.expand(ALICE, identifier, TOP)
    assert done.audience
    running: Expansion = replace(done, recipients=len(addresses))
    store.keep(running, done.audience, addresses)
    for limit in (1, 7, 333, 1000, 5000):
        found: list[str] = []
        begin = 0 if limit > 7 else 2300
        expected = addresses[begin:]
        place: str | None = str(begin)
        while place is not None:
            page = service.list_recipients(ALICE, identifier, int(place), limit)
            assert len(page.rows) <= limit
            found += page.rows
            place = page.next
        assert found == expected
