"""The event journal: nothing acknowledged is lost, nothing is stored twice, nobody waits long."""

from __future__ import annotations

import asyncio
import time

import pytest

from shared.tracking.recording.journal import Journal
from tests.support.journal_desk import MESSAGE, OTHER, Desk, add, event
from tests.support.memory_journal import events_in


def test_an_event_is_stored_when_its_request_is_answered() -> None:
    desk = Desk()

    async def story(journal: Journal) -> None:
        await add(journal, 1)
        assert desk.stored() == [event(1)]

    desk.run(story)


def test_a_quiet_moments_event_goes_at_once() -> None:
    desk = Desk(pace={"spacing": 0.2})

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        await add(journal, 1)
        assert time.monotonic() - began < 0.1

    desk.run(story)


def test_a_quiet_reader_waits_for_the_store_and_never_for_the_spacing() -> None:
    desk = Desk(pace={"spacing": 0.2})

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        for number in range(10):
            await add(journal, number)
        assert time.monotonic() - began < 0.2

    desk.run(story)
    assert len(desk.store.rows) == 10


def test_what_arrives_while_something_is_stored_gathers_and_goes_as_soon_as_that_is_done() -> None:
    desk = Desk(pace={"spacing": 0.2})
    desk.store.delay = 0.05

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        first = asyncio.create_task(add(journal, 0))
        await asyncio.sleep(0.01)
        await asyncio.gather(first, *(add(journal, number) for number in range(1, 30)))
        assert time.monotonic() - began < 0.18

    desk.run(story)
    assert len(desk.stored()) == 30
    assert len(desk.store.rows) == 2


def test_a_slow_store_is_not_waited_for_by_those_who_come_meanwhile() -> None:
    desk = Desk(pace={"spacing": 0.02})
    desk.store.delay = 0.15

    async def story(journal: Journal) -> None:
        first = asyncio.create_task(add(journal, 0))
        await asyncio.sleep(0.01)
        began = time.monotonic()
        await add(journal, 1)
        assert time.monotonic() - began < 0.25
        await first

    desk.run(story)
    assert len(desk.store.rows) == 2


def test_events_that_arrive_together_are_one_entry_per_message() -> None:
    desk = Desk()

    async def story(journal: Journal) -> None:
        await asyncio.gather(add(journal, *range(200)), add(journal, *range(100), message=OTHER))

    journal = desk.run(story)
    assert desk.stored() == [event(n) for n in range(200)]
    assert desk.stored(OTHER) == [event(n) for n in range(100)]
    assert len(desk.store.rows) == 2
    assert (journal.counts.stored, journal.counts.entries, journal.held) == (300, 2, 0)


def test_under_load_entries_go_some_time_apart() -> None:
    desk = Desk(pace={"spacing": 0.05})

    async def story(journal: Journal) -> None:
        async def reader(number: int) -> None:
            for turn in range(10):
                await add(journal, number * 100 + turn)

        await asyncio.gather(*(reader(number) for number in range(16)))

    desk.run(story)
    assert len(desk.stored()) == 160
    times = sorted(key for _, key in desk.store.rows)
    assert len(times) <= 12


def test_what_is_too_large_for_one_entry_is_stored_in_several() -> None:
    desk = Desk()

    async def story(journal: Journal) -> None:
        await add(journal, *range(5000))

    desk.run(story)
    assert desk.stored() == [event(n) for n in range(5000)]
    assert len(desk.store.rows) > 1


@pytest.mark.parametrize("trouble", ["fail_next", "lose_next"])
def test_a_failure_is_tried_again_and_makes_no_second_event(trouble: str) -> None:
    desk = Desk()
    setattr(desk.store, trouble, 1)

    async def story(journal: Journal) -> None:
        await add(journal, 1, 2)

    journal = desk.run(story)
    assert desk.stored() == [event(1), event(2)]
    assert (journal.counts.stored, journal.counts.overflowed) == (2, 0)


def test_storage_that_is_down_sends_events_to_the_overflow_queue() -> None:
    desk = Desk()
    desk.store.down = True

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        await add(journal, 1, 2)
        assert time.monotonic() - began < 0.2
        assert events_in(desk.overflow.read(MESSAGE)) == [event(1), event(2)]

    journal = desk.run(story)
    assert (journal.counts.overflowed, journal.counts.late, journal.held) == (2, 0, 0)
    assert journal.trouble_at is not None
