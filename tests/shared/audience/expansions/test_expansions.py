"""Expansions: asked for again, joined, taken over."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared import errors
from shared.adapters.storage.tables.expansions import PARTICULARS, PARTS, ExpansionTable
from shared.audience.expansion_store import State
from tests.support.expansions import ALICE, BOB, EVERYONE, TENANT, TOP, Clock, Gate, expansions, kept_parts
from tests.support.listed import tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.tenants import DOMAIN


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
    assert (page.rows, page.total, page.next) == (EVERYONE, 3, None)


def test_each_recipient_is_told_with_name_and_the_list_they_came_through(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    service = expansions(store, clock)
    typed = [*TOP, f"nested@{DOMAIN}", f"adam@{DOMAIN}", "stranger@elsewhere.example"]
    done = service.expand(ALICE, identifier, typed)
    assert done.audience
    names = {entry.id: entry.name for entry in done.audience.lists}
    page = service.list_known(ALICE, identifier, 0, 100)
    assert [(one.address, one.name, names.get(one.list or "")) for one in page.rows] == [
        (f"adam@{DOMAIN}", "adam", "top"),
        (f"bea@{DOMAIN}", "bea", "nested"),
        ("stranger@elsewhere.example", None, None),
        (f"zoe@{DOMAIN}", "zoe", "top"),
    ]
    halves = [service.list_known(ALICE, identifier, start, 2).rows for start in (0, 2)]
    assert halves[0] + halves[1] == page.rows


def test_who_is_in_several_lists_is_told_with_the_first_and_how_many_more(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    lists = {"a": ["ann"], "b": ["ann", "ben"], "c": ["ann"]}
    service = expansions(store, clock, MemoryDirectory(tenant_of(lists)))
    done = service.expand(ALICE, identifier, [f"{name}@{DOMAIN}" for name in lists])
    assert done.audience
    first, second, _ = (entry.id for entry in done.audience.lists)
    page = service.list_known(ALICE, identifier, 0, 100)
    assert [(one.list, one.more_lists) for one in page.rows] == [(first, 2), (second, 0)]


def test_of_what_was_stored_without_names_the_addresses_are_told(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    service = expansions(store, clock)
    done = service.expand(ALICE, identifier, TOP)
    parts = store.parts.list_partitions(f"{ALICE}_{identifier}")
    store.tables.call(PARTS, lambda table: table.delete_entity(parts[0], f"{PARTICULARS}-{0:010}"))
    page = service.list_known(ALICE, identifier, 0, 100)
    assert [(one.address, one.name, one.list) for one in page.rows] == [(who, None, None) for who in EVERYONE]
    assert done.recipients == page.total


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
    assert kept_parts(azurite, identifier) == 4


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
    assert kept_parts(azurite, identifier) == 4
