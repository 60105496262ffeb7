"""Few walks at a time, and nobody is held up for long."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest

from shared import errors
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.audience.directory import Cursor
from shared.audience.expansion_store import State
from shared.audience.patience import Patience
from shared.audience.turns import Turns
from tests.support.expansions import ALICE, TENANT, TOP, Clock, Gate, expansions
from tests.support.memory import MemoryDirectory


class Busy:
    """Counts how many walks are within a read."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, cursor: Cursor) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1


def test_of_many_walks_few_work_at_a_time_and_all_come_to_their_end(
    store: ExpansionTable, clock: Clock
) -> None:
    busy = Busy()
    service = expansions(store, clock, MemoryDirectory(TENANT, interfere=busy), at_once=2)
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda _: service.expand(ALICE, str(uuid.uuid4()), TOP), range(12)))
    assert {one.state for one in done} == {State.DONE}
    assert busy.most <= 2 * 2  # two readers each


def test_a_walk_that_hangs_holds_the_next_up_for_the_turn_and_no_longer(
    store: ExpansionTable, clock: Clock, gate: Gate
) -> None:
    hanging = MemoryDirectory(TENANT, interfere=gate)
    service = expansions(store, clock, hanging, at_once=1, turn=0.3)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(service.expand, ALICE, str(uuid.uuid4()), TOP)
        assert gate.reached.wait(10)
        hanging.interfere = lambda cursor: None
        assert service.expand(ALICE, str(uuid.uuid4()), TOP).state is State.DONE
        assert not first.done()
        gate.opened.set()
        assert first.result().state is State.DONE


def test_a_walk_that_waits_for_its_turn_is_alive_and_can_be_forgotten(
    store: ExpansionTable, clock: Clock, gate: Gate
) -> None:
    service = expansions(store, clock, MemoryDirectory(TENANT, interfere=gate), at_once=1, turn=60)
    waiting = str(uuid.uuid4())
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(service.expand, ALICE, str(uuid.uuid4()), TOP)
        assert gate.reached.wait(10)
        second = pool.submit(service.expand, ALICE, waiting, TOP)
        seen = []

        def has_beaten() -> bool:
            with suppress(errors.NotFound):
                seen.append(service.get(ALICE, waiting).beat_at)
            return len(set(seen)) > 2

        until = time.monotonic() + 20
        while not has_beaten():
            assert time.monotonic() < until
            time.sleep(0.02)
        service.forget(ALICE, waiting)
        with pytest.raises(errors.Cancelled):
            second.result(10)
        assert not first.done()
        gate.opened.set()
        assert first.result().state is State.DONE


def test_a_place_is_free_again_however_its_walk_ended() -> None:
    turns, patience = Turns(1, 60), Patience(limit=1, deadline=60)
    for _ in range(3):
        with pytest.raises(errors.DirectoryDown), turns.turn(patience):
            raise errors.DirectoryDown
    with turns.turn(patience):
        pass


def test_walks_begin_in_the_order_in_which_they_came_and_know_how_many_come_first() -> None:
    turns, patience = Turns(1, 60), Patience(limit=1, deadline=60)
    began: list[int] = []
    told: list[list[int]] = [[] for _ in range(4)]
    known = threading.Condition()

    def tell(number: int, before: int) -> None:
        with known:
            told[number].append(before)
            known.notify_all()

    def work(number: int) -> None:
        with turns.turn(patience, partial(tell, number)):
            began.append(number)

    with ThreadPoolExecutor(4) as pool, turns.turn(patience):
        for number in range(4):
            pool.submit(work, number)
            with known:
                assert known.wait_for(lambda: told[number], 10)  # noqa: B023 - it is over before the next
    assert began == [0, 1, 2, 3]
    assert [one[0] for one in told] == [1, 2, 3, 4]
    assert all(one == sorted(one, reverse=True) and one[-1] == 0 for one in told)


def test_whoever_gives_up_waiting_leaves_its_place_to_those_behind() -> None:
    turns, patient, stopped = Turns(1, 60), Patience(limit=1, deadline=60), Patience(limit=1, deadline=60)
    waits = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        with turns.turn(patient):
            gone = pool.submit(waited, turns, stopped, waits)
            assert waits.wait(10)
            behind = pool.submit(waited, turns, patient, threading.Event())
            stopped.stop()
            assert gone.result(10)
        assert behind.result(10)


def waited(turns: Turns, patience: Patience, waits: threading.Event) -> bool:
    """True, once it had its turn."""
    with turns.turn(patience, lambda before: waits.set() if before else None):
        return True
