"""The journal's small change: how it is timed, what it counts, and events that go together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass

from shared.brevity import brief
from shared.tracking.mail.tokens import UNDATED
from shared.tracking.recording.events import Entry, Event, encode, split

log = brief(__name__)

Put = Callable[[Entry], None]
"""Stores an entry unless one of its key is there. Raises StoreUnavailable."""
Screen = Callable[[str, list[tuple[Event, bytes]], int], list[Event]]
"""Those of a message's events, each given with whose it is, that may be kept, where the message is of that
week. May raise StoreUnavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPace:
    """How the journal is timed, in seconds, and bounded."""

    spacing: float = 0.015
    """Between two flushes under load."""
    deadline: float = 0.3
    many: int = 8
    """How many events of one flush are load: the next is then `spacing` away."""
    at_once: int = 8
    """How many entries are under way to the store."""
    most_held: int = 50_000
    """How many events are held in memory."""
    share: float = 0.001
    """Seconds by which the next flush is put off for every entry of this one, so that many messages at
    once do not leave the requests without a processor."""

    def apart(self, events: int, entries: int, *, storing: bool) -> float:
        """Seconds from a flush of so many events in so many entries to the next, while something is
        `storing` or not: none after a single event that is stored, more the more events there were."""
        load = 1.0 if storing else min(1.0, max(0, events - 1) / self.many)
        return max(self.spacing * load, (entries - 1) * self.share)

    @property
    def hedge(self) -> float:
        """When an entry that is not stored yet goes to the overflow queue as well."""
        return self.deadline * 0.6


@dataclass(slots=True)
class Counts:
    """What became of events in this process. `late` ones are counted again once they are safe."""

    stored: int = 0
    overflowed: int = 0
    declined: int = 0
    """Not kept, because whose they are objected."""
    late: int = 0
    """Answered before they were safe: in the log, and on their way."""
    lost: int = 0
    """In the log alone."""
    entries: int = 0


def fates(counts: Counts) -> dict[str, float]:
    """How many events went which way."""
    return {fate: number for fate, number in asdict(counts).items() if fate != "entries"}


class Batch:
    """The events of one message that go together, under one key."""

    def __init__(self, message: str, key: str) -> None:
        self.message = message
        self.key = key
        self.week = UNDATED
        self.events: list[tuple[Event, bytes]] = []
        self.screened: dict[str, list[Event]] | None = None
        self.waiters: list[asyncio.Future[None]] = []
        self.timers: list[asyncio.TimerHandle] = []
        self.store_failed = False
        self.overflowing = False
        self.overflow_failed = False
        self.safe = False
        self.logged = False

    def screen(self, screen: Screen) -> None:
        """Leave out what may not be kept, as of now. Raises StoreUnavailable."""
        self.screened = {key: screen(self.message, held, self.week) for key, held in self._pieces()}

    @property
    def kept(self) -> int:
        """How many events may be kept, as far as is known."""
        return len(self.events) if self.screened is None else sum(map(len, self.screened.values()))

    def entries(self) -> list[Entry]:
        """The entries that hold what may be kept, as far as is known.

        A key stands for the same events with every try, whoever objects meanwhile: else no store could tell
        that it has them already.
        """
        screened = self.screened
        if screened is None:
            screened = {key: [event for event, _ in held] for key, held in self._pieces()}
        return [Entry(self.message, key, encode(events)) for key, events in screened.items() if events]

    def _pieces(self) -> list[tuple[str, list[tuple[Event, bytes]]]]:
        """The events, each with whose it is, as they are cut into entries before anything is left out."""
        pieces, start = [], 0
        for key, events in split(self.key, [event for event, _ in self.events]):
            pieces.append((key, self.events[start : start + len(events)]))
            start += len(events)
        return pieces

    def release(self) -> None:
        """Let the requests be answered."""
        for timer in self.timers:
            timer.cancel()
        for waiter in self.waiters:
            if not waiter.done():
                waiter.set_result(None)
        self.waiters.clear()


def attempt(work: Callable[[Batch], bool], batch: Batch) -> bool:
    """Whether `work` succeeded; a fault of our own counts as failure, and is said."""
    try:
        return work(batch)
    except Exception:
        log.exception("an entry could not be stored")
        return False
