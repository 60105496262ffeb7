"""A journal with its stores, for one test."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from shared.tracking.recording.batches import JournalPace
from shared.tracking.recording.events import Event
from shared.tracking.recording.journal import Journal
from shared.tracking.recording.overflow import by_age
from tests.support.memory_journal import MemoryEntries, events_in

MESSAGE, OTHER = "0" * 32, "1" * 32


NOBODY = bytes(8)


def event(number: int) -> Event:
    return Event(1_800_000_000_000 + number, 0, number, 0, 0, 0, "agent")


@dataclass
class Desk:
    """A journal and its stores."""

    store: MemoryEntries = field(default_factory=MemoryEntries)
    overflow: MemoryEntries = field(default_factory=MemoryEntries)
    objecting: set[int] = field(default_factory=set)
    pace: dict[str, Any] = field(default_factory=dict)
    now: Callable[[], float] = time.time

    def journal(self) -> Journal:
        pace = JournalPace(**({"spacing": 0.01, "deadline": 0.25} | self.pace))
        store = by_age(self.store, self.now)
        return Journal(lambda: store, lambda: self.overflow.put, self.screen, pace, self.now)

    def screen(self, message: str, events: list[tuple[Event, bytes]], week: int) -> list[Event]:
        return [event for event, _ in events if event.recipient not in self.objecting]

    def run(self, story: Callable[[Journal], Awaitable[None]]) -> Journal:
        journal = self.journal()
        asyncio.run(_run(story, journal))
        journal.close()
        return journal

    def stored(self, message: str = MESSAGE) -> list[Event]:
        return events_in(self.store.read(message))


async def _run(story: Callable[[Journal], Awaitable[None]], journal: Journal) -> None:
    await story(journal)


async def add(journal: Journal, *numbers: int, message: str = MESSAGE) -> None:
    await asyncio.gather(*(journal.add(message, event(number), NOBODY) for number in numbers))
