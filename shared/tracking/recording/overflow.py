"""Bringing home the entries that took the long way: over the queue, or out of a log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from shared.errors import StoreUnavailable
from shared.tracking.recording.batches import Counts, Put
from shared.tracking.recording.events import Entry, time_of

_AT_ONCE = 8
_DRAIN_LIMIT = 200.0  # seconds; the next run begins after a minute
_LATE = 120.0  # seconds; a slice is settled, and read no more, after seven minutes at the soonest (folding)
_TROUBLE_LASTS = 600.0  # seconds for which health remembers

log = logging.getLogger(__name__)


class Home(Protocol):
    """Where entries belong."""

    def bring_home(self, entry: Entry, at: float) -> None:
        """Store, `at`, an entry that took the long way, unless it is there, or nothing of it may be kept.
        Raises StoreUnavailable, and VaultUnavailable where it cannot be told whose it is."""


class EntryTable(Home, Protocol):
    """Where entries are stored at once."""

    def put(self, entry: Entry) -> None:
        """Store an entry unless one of its key is there. Raises StoreUnavailable."""


def by_age(table: EntryTable, now: Callable[[], float]) -> Put:
    """Stores an entry under its own key as long as no report can have read past that; later as one that took
    the long way."""

    def put(entry: Entry) -> None:
        if now() * 1000 - time_of(entry.key) < _LATE * 1000:
            table.put(entry)
        else:
            table.bring_home(entry, now())

    return put


class Waiting(Protocol):
    """Entries that wait. Every method may raise StoreUnavailable."""

    def receive(self) -> Iterator[list[tuple[Entry | None, str]]]:
        """Some entries at a time, each with what `delete` wants; None for what is no entry."""

    def delete(self, handle: str) -> None:
        """Forget one that was received."""


def drain(waiting: Waiting, home: Home, now: Callable[[], float], limit: float = _DRAIN_LIMIT) -> int:
    """Bring home what waits, for `limit` seconds at most; how many entries came home.

    Raises StoreUnavailable or VaultUnavailable when either side is down; what has come home by then is home.
    """
    until = time.monotonic() + limit

    def bring(received: tuple[Entry | None, str]) -> bool:
        entry, handle = received
        if entry is None:
            log.error("what is no entry was found in the overflow queue, and removed")
        else:
            home.bring_home(entry, now())
        waiting.delete(handle)
        return entry is not None

    count = 0
    with ThreadPoolExecutor(_AT_ONCE, "drain") as pool:
        for some in waiting.receive():
            count += sum(pool.map(bring, some))
            if time.monotonic() > until:
                break
    return count


class CountedJournal(Protocol):
    """A journal, as far as its health goes."""

    counts: Counts

    @property
    def trouble_at(self) -> float | None:
        """When, by the monotonic clock, an event last did not reach storage in time."""


def check(journal: CountedJournal, waiting: int) -> None:
    """Raises StoreUnavailable, saying what is wrong, when events did not reach storage in time: so many
    entries are `waiting`, or there was trouble in the last minutes."""
    trouble_at = journal.trouble_at
    recent = trouble_at is not None and time.monotonic() - trouble_at < _TROUBLE_LASTS
    if waiting or recent:
        counts = journal.counts
        raise StoreUnavailable(
            f"Events did not reach storage in time: {waiting} entries wait in the overflow queue; of "
            f"this process's events {counts.overflowed} took that way, {counts.late} came late, "
            f"{counts.lost} are in the log alone.",
            "They come home by themselves once storage answers; bring home what is in the log alone "
            "with dev.py replay.",
        )


def replay(entries: Iterable[Entry], put: Put) -> int:
    """Send entries out of a log on their way home, by the queue that `put` puts them into: there they are
    judged like all others. How many there were. Those that are home already stay as they are.

    Raises StoreUnavailable.
    """
    count = 0
    for entry in entries:
        put(entry)
        count += 1
    return count
