"""The journal while storage is slow or down, readers object or go away."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest

from shared.errors import StoreUnavailable
from shared.tracking.recording.batches import Batch
from shared.tracking.recording.events import Event, key_of, time_of, unpack
from shared.tracking.recording.journal import Journal
from shared.tracking.recording.overflow import replay
from shared.tracking.recording.records import read_records
from tests.support.journal_desk import MESSAGE, NOBODY, Desk, add, event
from tests.support.memory_journal import MemoryEntries, events_in


def test_storage_that_is_slow_sends_events_to_the_overflow_queue_in_time() -> None:
    desk = Desk()
    desk.store.delay = 0.6

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        await add(journal, 1)
        assert 0.1 < time.monotonic() - began < 0.25

    journal = desk.run(story)
    assert (journal.counts.stored, journal.counts.overflowed) == (0, 1)
    assert desk.stored() == events_in(desk.overflow.read(MESSAGE)) == [event(1)]  # under the same key
    assert desk.store.rows == desk.overflow.rows


def test_the_reader_waits_no_longer_than_the_deadline_and_the_log_has_it_all(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.store.delay = desk.overflow.delay = 0.8

    async def story(journal: Journal) -> None:
        began = time.monotonic()
        await add(journal, 1, 2)
        assert 0.2 < time.monotonic() - began < 0.4
        assert desk.stored() == []

    with caplog.at_level(logging.ERROR):
        journal = desk.run(story)
    home = MemoryEntries()
    replay(read_records(caplog.text), home.put)
    assert events_in(home.read(MESSAGE)) == [event(1), event(2)] == desk.stored()
    assert journal.counts.late == 2


def test_what_nobody_took_is_kept_and_stored_once_storage_is_back() -> None:
    desk = Desk()
    desk.store.down = desk.overflow.down = True

    async def story(journal: Journal) -> None:
        await add(journal, *range(50))
        assert journal.held == 50
        desk.store.down = False
        await add(journal, 50)
        until = time.monotonic() + 5
        while journal.held and time.monotonic() < until:
            await asyncio.sleep(0.05)

    journal = desk.run(story)
    assert desk.stored() == [event(n) for n in range(51)]
    assert (journal.counts.stored, journal.counts.lost) == (51, 0)


@pytest.mark.parametrize(("minutes", "is_late"), [(0, False), (1, False), (3, True), (30, True)])
def test_what_was_kept_longer_than_a_report_waits_comes_under_a_key_that_reports_still_read(
    minutes: int, is_late: bool
) -> None:
    began = 1_800_000_000.0
    desk = Desk(now=lambda: at[0])
    at = [began]
    desk.store.down = desk.overflow.down = True

    async def story(journal: Journal) -> None:
        await add(journal, 1, 2)
        at[0] += minutes * 60
        desk.store.down = False
        until = time.monotonic() + 5
        while journal.held and time.monotonic() < until:
            await asyncio.sleep(0.05)

    desk.run(story)
    (entry,) = desk.store.read(MESSAGE)
    assert desk.stored() == [event(1), event(2)]
    assert time_of(entry.key) == round((at[0] if is_late else began) * 1000)


def test_what_was_stored_though_its_answer_was_lost_is_no_second_event_when_it_comes_late() -> None:
    at = [1_800_000_000.0]
    desk = Desk(now=lambda: at[0])
    desk.overflow.down, desk.store.lose_next = True, 2

    async def story(journal: Journal) -> None:
        await add(journal, 1)
        assert journal.held == 1
        at[0] += 600
        until = time.monotonic() + 5
        while journal.held and time.monotonic() < until:
            await asyncio.sleep(0.05)

    desk.run(story)
    assert desk.stored() == [event(1)]


def test_memory_stays_bounded_and_what_did_not_fit_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(pace={"most_held": 100, "deadline": 0.05})
    desk.store.down = desk.overflow.down = True
    most = 0

    async def story(journal: Journal) -> None:
        nonlocal most
        for start in range(0, 1000, 20):
            await add(journal, *range(start, start + 20))
            most = max(most, journal.held)

    with caplog.at_level(logging.ERROR):
        journal = desk.run(story)
    assert most <= 140
    assert journal.counts.lost >= 800
    home = MemoryEntries()
    replay(read_records(caplog.text), home.put)
    assert events_in(home.read(MESSAGE)) == [event(n) for n in range(1000)]


def test_a_shutdown_drains(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.store.down = desk.overflow.down = True

    async def story(journal: Journal) -> None:
        await add(journal, 1)
        waiting = asyncio.ensure_future(journal.add(MESSAGE, event(2), NOBODY))
        await asyncio.sleep(0)
        desk.store.down = False
        waiting.cancel()

    with caplog.at_level(logging.ERROR):
        desk.run(story)
    assert desk.stored() == [event(1), event(2)]


def test_what_is_kept_in_memory_is_judged_again_when_it_goes_home() -> None:
    desk = Desk()
    desk.store.down = desk.overflow.down = True

    async def story(journal: Journal) -> None:
        await add(journal, 1, 2)
        desk.objecting.add(1)
        desk.store.down = False
        until = time.monotonic() + 5
        while journal.held and time.monotonic() < until:
            await asyncio.sleep(0.05)

    journal = desk.run(story)
    assert desk.stored() == [event(2)]
    assert (journal.counts.stored, journal.counts.declined) == (1, 1)


def test_a_key_stands_for_the_same_events_whoever_objects_between_two_tries() -> None:
    desk, batch = Desk(), Batch(MESSAGE, key_of(1_800_000_000, "abc", 1))
    batch.events = [(event(number), NOBODY) for number in range(3000)]
    before = {entry.key: list(unpack(entry.data)) for entry in batch.entries()}
    desk.objecting = set(range(1400))
    batch.screen(desk.screen)
    after = {entry.key: list(unpack(entry.data)) for entry in batch.entries()}
    assert sum(map(len, before.values())) == 3000
    assert [event for events in after.values() for event in events] == [event(n) for n in range(1400, 3000)]
    assert all(set(events) <= set(before[key]) for key, events in after.items())


def test_what_is_objected_to_is_neither_stored_nor_waited_for() -> None:
    desk = Desk(objecting={1, 3})

    async def story(journal: Journal) -> None:
        await add(journal, 1)
        assert desk.store.rows == {}
        await add(journal, 2, 3)

    journal = desk.run(story)
    assert desk.stored() == [event(2)]
    assert (journal.counts.stored, journal.counts.declined, journal.held) == (1, 2, 0)


def test_objections_that_cannot_be_looked_up_do_not_lose_events() -> None:
    desk = Desk()
    looked = 0

    def screen(message: str, events: list[tuple[Event, bytes]], week: int) -> list[Event]:
        nonlocal looked
        looked += 1
        if looked < 5:
            raise StoreUnavailable
        return [event for event, _ in events]

    desk.screen = screen  # type: ignore[method-assign]
    desk.overflow.down = True

    async def story(journal: Journal) -> None:
        await add(journal, 1)
        await asyncio.sleep(1.5)

    desk.run(story)
    assert desk.stored() == [event(1)]


def test_a_reader_who_goes_away_takes_nobody_along() -> None:
    desk = Desk()

    async def story(journal: Journal) -> None:
        gone = asyncio.ensure_future(journal.add(MESSAGE, event(1), NOBODY))
        stays = asyncio.ensure_future(journal.add(MESSAGE, event(2), NOBODY))
        await asyncio.sleep(0)
        gone.cancel()
        await stays

    desk.run(story)
    assert desk.stored() == [event(1), event(2)]


def test_a_fault_of_our_own_is_said_and_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    calls = 0
    put = desk.store.put

    def broken(entry: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise KeyError("AccountName")
        put(entry)

    desk.store.put = broken  # type: ignore[method-assign]

    async def story(journal: Journal) -> None:
        await add(journal, 1)

    desk.run(story)
    assert "could not be stored" in caplog.text
    assert events_in(desk.overflow.read(MESSAGE)) == [event(1)]


def test_many_messages_at_once_do_not_flood_storage() -> None:
    desk = Desk()

    async def story(journal: Journal) -> None:
        async def reader(number: int) -> None:
            for turn in range(5):
                await journal.add(f"{number:032}", event(turn), NOBODY)

        began = time.monotonic()
        await asyncio.gather(*(reader(number) for number in range(100)))
        assert time.monotonic() - began > 0.3  # a millisecond for each of 500 entries, but for the last

    desk.run(story)
    assert len(desk.store.rows) == 500
