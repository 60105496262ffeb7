"""Expansions in Table Storage: watched, joined, taken over, forgotten."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from azure.data.tables import TableServiceClient

from shared import errors
from shared.adapters.storage.tables import expansions as table_module
from shared.adapters.storage.tables import parts as parts_module
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.expansions import PARTS, ExpansionTable
from shared.audience.directory import Cursor
from shared.audience.expansion_store import Expansion, State
from shared.audience.expansions import Expansions, Pace
from shared.audience.limits import Limits
from shared.audience.planner import Planner
from tests.support.listed import tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.tenants import DOMAIN

ALICE, BOB = "alice", "bob"
TENANT = tenant_of({"top": ["nested", "zoe", "adam"], "nested": ["bea"]})
TOP = [f"top@{DOMAIN}"]
EVERYONE = [f"{name}@{DOMAIN}" for name in ("adam", "bea", "zoe")]


@dataclass
class Clock:
    """Time that passes only when told to, plus the real seconds."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(azurite: str) -> ExpansionTable:
    return ExpansionTable(Tables.by_connection(azurite))


@pytest.fixture
def identifier() -> str:
    return str(uuid.uuid4())


class Gate:
    """Holds every read until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, cursor: Cursor) -> None:
        self.reached.set()
        assert self.opened.wait(20)


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


def expansions(
    store: ExpansionTable, clock: Clock, directory: MemoryDirectory | None = None, **pace: float
) -> Expansions:
    timing = Pace(**({"beat": 0.05, "stale_after": 1.0, "join": 10.0} | pace))
    graph = directory or MemoryDirectory(TENANT)
    plan = partial(Planner, graph, [], dynamic_lists=False)
    return Expansions(store, plan, Limits(concurrency=2), timing, clock)


def kept_parts(azurite: str, identifier: str) -> int:
    with TableServiceClient.from_connection_string(azurite) as service:
        parts = service.get_table_client(PARTS)
        return sum(identifier in part["PartitionKey"] for part in parts.list_entities(select="PartitionKey"))


def wait_until(true: object, seconds: float = 10) -> None:
    assert callable(true)
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_finished_expansion_can_be_asked_for_again(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    service = expansions(store, clock)
    done = service.expand(ALICE, identifier, TOP)
    again = service.get(ALICE, identifier)
    assert done.audience == again.audience
    assert again.state is State.DONE
    assert again.audience is not None
    assert again.audience.count == 3
    page = service.list_recipients(ALICE, identifier, 0, 100)
    assert (page.addresses, page.total, page.next) == (EVERYONE, 3, None)


def test_the_same_id_again_does_not_read_the_directory_again(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    directory = MemoryDirectory(TENANT)
    service = expansions(store, clock, directory)
    first = service.expand(ALICE, identifier, TOP)
    reads = len(directory.reads)
    assert service.expand(ALICE, identifier, TOP).audience == first.audience
    assert len(directory.reads) == reads


def test_the_same_id_for_other_addresses_is_a_conflict(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    service = expansions(store, clock)
    service.expand(ALICE, identifier, TOP)
    with pytest.raises(errors.Conflict):
        service.expand(ALICE, identifier, [f"nested@{DOMAIN}"])


def test_nobody_sees_anybody_elses_expansion(store: ExpansionTable, clock: Clock, identifier: str) -> None:
    service = expansions(store, clock)
    service.expand(ALICE, identifier, TOP)
    for look in (
        lambda: service.get(BOB, identifier),
        lambda: service.list_recipients(BOB, identifier, 0, 10),
        lambda: service.forget(BOB, identifier),
    ):
        with pytest.raises(errors.NotFound):
            look()
    assert service.expand(BOB, identifier, [f"nested@{DOMAIN}"]).recipients == 1
    assert service.get(ALICE, identifier).recipients == 3


def test_progress_shows_while_it_runs(
    store: ExpansionTable, clock: Clock, identifier: str, gate: Gate
) -> None:
    service = expansions(store, clock, MemoryDirectory(TENANT, interfere=gate))
    with ThreadPoolExecutor() as pool:
        running = pool.submit(service.expand, ALICE, identifier, TOP)
        assert gate.reached.wait(10)
        first = service.get(ALICE, identifier)
        wait_until(lambda: service.get(ALICE, identifier).beat_at > first.beat_at)
        seen = service.get(ALICE, identifier)
        assert (seen.state, seen.lists_known, seen.lists_done) == (State.RUNNING, 1, 0)
        with pytest.raises(errors.Conflict):
            service.list_recipients(ALICE, identifier, 0, 10)
        gate.opened.set()
        assert running.result().state is State.DONE


def test_a_second_post_joins_the_walk_under_way(
    store: ExpansionTable, clock: Clock, identifier: str, gate: Gate
) -> None:
    directory = MemoryDirectory(TENANT, interfere=gate)
    service = expansions(store, clock, directory)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(service.expand, ALICE, identifier, TOP)
        assert gate.reached.wait(10)
        second = pool.submit(service.expand, ALICE, identifier, TOP)
        time.sleep(0.2)
        assert not second.done()
        gate.opened.set()
        assert first.result().audience == second.result().audience
    assert len(directory.reads) == 2


def test_a_join_that_takes_too_long_answers_with_the_running_one(
    store: ExpansionTable, clock: Clock, identifier: str, gate: Gate
) -> None:
    service = expansions(store, clock, MemoryDirectory(TENANT, interfere=gate), join=0.2)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(service.expand, ALICE, identifier, TOP)
        assert gate.reached.wait(10)
        assert service.expand(ALICE, identifier, TOP).state is State.RUNNING
        gate.opened.set()
        first.result()


def test_a_walk_that_died_is_taken_over(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str
) -> None:
    service = expansions(store, clock)
    dead = store.add(service._new(ALICE, identifier, TOP))
    assert dead
    store.update(replace(dead, lists_known=7, beat_at=clock() - timedelta(seconds=5)))
    assert service.expand(ALICE, identifier, TOP).state is State.DONE
    assert kept_parts(azurite, identifier) == 3


def test_a_walk_that_was_only_slow_stops_when_it_was_taken_over(
    store: ExpansionTable, clock: Clock, identifier: str, azurite: str, gate: Gate
) -> None:
    slow = expansions(store, clock, MemoryDirectory(TENANT, interfere=gate), beat=3.0)
    quick = expansions(store, clock, stale_after=0.3)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(slow.expand, ALICE, identifier, TOP)
        assert gate.reached.wait(10)
        assert quick.expand(ALICE, identifier, TOP).state is State.DONE
        gate.opened.set()
        with pytest.raises(errors.Cancelled):
            first.result()
    assert quick.get(ALICE, identifier).recipients == 3
    assert kept_parts(azurite, identifier) == 3


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
        start: int | None = 0 if limit > 7 else 2300
        expected = addresses[start:]
        while start is not None:
            page = service.list_recipients(ALICE, identifier, start, limit)
            assert len(page.addresses) <= limit
            found += page.addresses
            start = page.next
        assert found == expected
