"""The event journal: an event is stored before its request is answered.

Events of one process that arrive together are stored as one entry per message (group commit), and each
request waits for the entry that carries its own. A quiet moment's event goes at once; under load, entries
go `spacing` apart, so that one insert serves many requests. What becomes of an entry:

    stored      in Table Storage; tried twice at most
    overflowed  in the overflow queue, because Table Storage was down, or slow; brought home later
    kept        in memory, because neither took it, and tried again until one does
    lost        in the log alone, because memory is full as well; `dev.py replay` brings it home

No request waits longer than `deadline` seconds. Whatever is not stored or overflowed by then is written to
the log in full first. An entry's key is fixed before the first try, and a store leaves alone what it has
under that key, so no way home makes two events of one.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from shared.errors import StoreUnavailable
from shared.tracking.events import Entry, Event, key_of, pack
from shared.tracking.records import write_record

Put = Callable[[Entry], None]
"""Stores an entry unless one of its key is there. Raises StoreUnavailable."""
Screen = Callable[[str, list[tuple[Event, bytes]]], list[Event]]
"""The events, each given with whose it is, that may be kept of a message's."""

_PAUSE = 0.04  # seconds before the second try
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 10.0  # seconds between tries of what is kept
_CLOSING = 5.0  # seconds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPace:
    """How the journal is timed, in seconds, and bounded."""

    spacing: float = 0.02
    deadline: float = 0.3
    hedge: float = 0.18
    """When an entry that is not stored yet goes to the overflow queue as well."""
    at_once: int = 8
    """How many entries are under way to the store."""
    most_kept: int = 50_000
    """How many events are held in memory."""
    share: float = 0.001
    """Seconds by which the next flush is put off for every entry of this one, so that many messages at
    once do not leave the requests without a processor."""


@dataclass(slots=True)
class Counts:
    """What became of events in this process."""

    stored: int = 0
    overflowed: int = 0
    declined: int = 0
    """Not kept, because whose they are objected."""
    late: int = 0
    """Answered before they were safe: in the log, and on their way."""
    lost: int = 0
    """In the log alone."""
    entries: int = 0


class _Batch:
    """The events of one message that go together."""

    def __init__(self, message: str, key: str) -> None:
        self.message = message
        self.key = key
        self.events: list[tuple[Event, bytes]] = []
        self.waiters: list[asyncio.Future[None]] = []
        self.timers: list[asyncio.TimerHandle] = []
        self.screened: list[Event] | None = None
        self.tried = False  # given to the store
        self.store_failed = False
        self.overflowing = False
        self.overflow_failed = False
        self.safe = False
        self.logged = False

    @cached_property
    def entries(self) -> list[Entry]:
        events = [event for event, _ in self.events] if self.screened is None else self.screened
        return pack(self.message, self.key, events) if events else []


class Journal:
    """Stores events. Belongs to the event loop it is first used on; `close` may be called from anywhere."""

    def __init__(
        self,
        store: Callable[[], Put],
        overflow: Callable[[], Put],
        screen: Screen,
        pace: JournalPace,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`store` and `overflow` are called in threads, and may take their time the first time."""
        self.counts = Counts()
        self.held = 0
        self._store = store
        self._overflow = overflow
        self._screen = screen
        self._pace = pace
        self._now = now
        self._writer = secrets.token_hex(4)
        self._number = 0
        self._open: dict[str, _Batch] = {}
        self._kept: deque[_Batch] = deque()
        self._under_way = 0
        self._next_at = 0.0
        self._flush_timer: asyncio.Handle | None = None
        self._retry_timer: asyncio.Handle | None = None
        self._delay = _FIRST_DELAY
        self._stores = ThreadPoolExecutor(pace.at_once, "journal")
        self._overflows = ThreadPoolExecutor(4, "overflow")

    async def add(self, message: str, event: Event, person: bytes) -> None:
        """Return when the event is safe, or it is in the log and the deadline is over."""
        batch = self._open.get(message) or self._begin(message)
        batch.events.append((event, person))
        self.held += 1
        waiter = asyncio.get_running_loop().create_future()
        batch.waiters.append(waiter)
        await waiter

    def _begin(self, message: str) -> _Batch:
        loop = asyncio.get_running_loop()
        self._number += 1
        batch = _Batch(message, key_of(self._now(), self._writer, self._number))
        batch.timers = [
            loop.call_later(self._pace.hedge, self._hedge, batch, loop),
            loop.call_later(self._pace.deadline, self._answer_late, batch),
        ]
        self._open[message] = batch
        self._schedule_flush(loop)
        return batch

    def _schedule_flush(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._open and self._flush_timer is None and self._under_way < self._pace.at_once:
            # Not sooner than the loop's next round, so that what has arrived already goes along.
            self._flush_timer = loop.call_at(max(self._next_at, loop.time()), self._flush, loop)

    def _flush(self, loop: asyncio.AbstractEventLoop) -> None:
        self._flush_timer = None
        batches, self._open = self._open, {}
        self._next_at = loop.time() + max(self._pace.spacing, len(batches) * self._pace.share)
        for batch in batches.values():
            if self.held > self._pace.most_kept:
                self._lose(batch)
                continue
            batch.tried = True
            self._under_way += 1
            self._submit(self._stores, self._try_store, batch, self._stored, loop)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[_Batch], bool],
        batch: _Batch,
        done: Callable[[_Batch, bool, asyncio.AbstractEventLoop], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Do `work` in the pool, and call `done` with its result on the loop."""

        def report(future: Future[bool]) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(done, batch, future.exception() is None and future.result(), loop)

        pool.submit(work, batch).add_done_callback(report)

    # -- in threads

    def _try_store(self, batch: _Batch) -> bool:
        if batch.screened is None:
            batch.screened = self._screen(batch.message, batch.events)
        return self._put_twice(self._store, batch)

    def _try_overflow(self, batch: _Batch) -> bool:
        return self._put_twice(self._overflow, batch)

    def _put_twice(self, open_store: Callable[[], Put], batch: _Batch) -> bool:
        with suppress(StoreUnavailable):
            return _put(open_store(), batch)
        if batch.safe:
            return False
        time.sleep(_PAUSE)
        with suppress(StoreUnavailable):
            return _put(open_store(), batch)
        return False

    # -- on the loop

    def _stored(self, batch: _Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        self._under_way -= 1
        self._schedule_flush(loop)
        if succeeded:
            self._settle(batch, "stored")
            self._retry_soon(loop)
            return
        batch.store_failed = True
        self._go_on(batch, loop)

    def _overflowed(self, batch: _Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        if succeeded:
            self._settle(batch, "overflowed")
            return
        batch.overflow_failed = True
        self._go_on(batch, loop)

    def _hedge(self, batch: _Batch, loop: asyncio.AbstractEventLoop) -> None:
        if self._open.get(batch.message) is batch:  # not even tried, so much is under way
            del self._open[batch.message]
            batch.store_failed = True
        self._go_to_overflow(batch, loop)

    def _go_to_overflow(self, batch: _Batch, loop: asyncio.AbstractEventLoop) -> None:
        if not batch.safe and not batch.overflowing:
            batch.overflowing = True
            self._submit(self._overflows, self._try_overflow, batch, self._overflowed, loop)

    def _go_on(self, batch: _Batch, loop: asyncio.AbstractEventLoop) -> None:
        """After a failure: to the other store; when both failed, keep it."""
        if batch.safe:
            return
        if not batch.overflowing:
            self._go_to_overflow(batch, loop)
        elif batch.store_failed and batch.overflow_failed:
            self._kept.append(batch)
            self._schedule_retry(loop, self._delay)

    def _answer_late(self, batch: _Batch) -> None:
        if not batch.safe:
            self.counts.late += len(batch.events)
            self._log(batch)
            _release(batch)

    def _settle(self, batch: _Batch, how: str) -> None:
        """It is safe, `how`: count it, and let its requests be answered. Only the first way counts."""
        if batch.safe:
            return
        batch.safe = True
        kept = len(batch.events) if batch.screened is None else len(batch.screened)
        self.held -= len(batch.events)
        self.counts.declined += len(batch.events) - kept
        self.counts.entries += len(batch.entries)
        setattr(self.counts, how, getattr(self.counts, how) + kept)
        _release(batch)

    def _lose(self, batch: _Batch) -> None:
        self._log(batch)
        self._settle(batch, "lost")

    def _log(self, batch: _Batch) -> None:
        if not batch.logged:
            batch.logged = True
            for entry in batch.entries:
                log.error("an entry is not stored yet: %s", write_record(entry))

    # -- what is kept

    def _schedule_retry(self, loop: asyncio.AbstractEventLoop, delay: float) -> None:
        if self._kept and self._retry_timer is None:
            self._retry_timer = loop.call_later(delay, self._retry, loop)

    def _retry_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Storage works again: do not wait out the delay."""
        if self._kept and self._delay > _FIRST_DELAY:
            self._delay = _FIRST_DELAY
            if self._retry_timer:
                self._retry_timer.cancel()
                self._retry_timer = None
            self._schedule_retry(loop, 0)

    def _retry(self, loop: asyncio.AbstractEventLoop) -> None:
        self._submit(self._stores, self._try_store, self._kept[0], self._retried, loop)

    def _retried(self, batch: _Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        self._retry_timer = None
        if succeeded:
            self._kept.popleft()
            self._settle(batch, "stored")
            self._delay = _FIRST_DELAY
            self._schedule_retry(loop, 0)
            return
        self._delay = min(self._delay * 2, _LONGEST_DELAY)
        self._schedule_retry(loop, self._delay)

    def close(self) -> None:
        """Store what is left; what cannot be stored within a few seconds goes to the log."""
        self._stores.shutdown()
        self._overflows.shutdown()
        left = [*self._kept, *self._open.values()]
        self._kept.clear()
        self._open.clear()
        until = time.monotonic() + _CLOSING
        for batch in left:
            if time.monotonic() < until and (self._try_store(batch) or self._try_overflow(batch)):
                batch.safe = True
            else:
                self._log(batch)


def _put(put: Put, batch: _Batch) -> bool:
    for entry in batch.entries:
        put(entry)
    return True


def _release(batch: _Batch) -> None:
    for timer in batch.timers:
        timer.cancel()
    for waiter in batch.waiters:
        if not waiter.done():
            waiter.set_result(None)
    batch.waiters.clear()
