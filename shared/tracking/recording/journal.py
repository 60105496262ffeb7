"""The event journal: an event is stored before its request is answered.

Events of one process that arrive together are stored as one entry per message (group commit), and each
request waits for the entry that carries its own. An event goes at once while nothing is being stored; others
gather until that is stored, or for `spacing` seconds, as they always do under load. What becomes of an entry:

    stored      in Table Storage; tried twice at most
    overflowed  in the overflow queue, because Table Storage was down, or slow; judged and brought home later
    kept        in memory, because neither took it, and tried again until one does
    lost        in the log alone, because memory is full as well; `dev.py replay` brings it home

No request waits longer than `deadline` seconds. What is neither stored nor overflowed by then is written
to the log in full first. An entry's key is fixed before the first try, and every store leaves alone what it
has under that key, so no way home makes two events of one. Whose an event is may not be known yet when it
goes to the queue or the log: what comes from there is judged before it is stored, and each try judges anew.
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

from shared import telemetry
from shared.errors import StoreUnavailable
from shared.tracking.mail.tokens import UNDATED
from shared.tracking.recording.batches import Batch, Counts, JournalPace, Put, Screen, attempt
from shared.tracking.recording.events import Event, key_of
from shared.tracking.recording.records import write_record

_PAUSE = 0.04  # seconds before the second try
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 10.0  # seconds between tries of what is kept
_CLOSING = 5.0  # seconds
_OVERFLOWS_AT_ONCE = 4
_REPORT_EVERY = 10.0  # seconds
_RELIEF = 1.0  # seconds after a trouble in which flushes are further apart

log = logging.getLogger(__name__)


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
        self.trouble_at: float | None = None
        """When an event was last late, lost or overflowed, of time.monotonic."""
        self._store = store
        self._overflow = overflow
        self._screen = screen
        self._pace = pace
        self._now = now
        self._writer = secrets.token_hex(4)
        self._number = 0
        self._open: dict[str, Batch] = {}
        self._kept: deque[Batch] = deque()
        self._under_way = 0
        self._flushed_at = 0.0
        self._flushed = (0, 0)
        self._flush_timer: asyncio.Handle | None = None
        self._retry_timer: asyncio.TimerHandle | None = None
        self._retrying = False
        self._delay = _FIRST_DELAY
        self._stores = ThreadPoolExecutor(pace.at_once, "journal")
        self._overflows = ThreadPoolExecutor(_OVERFLOWS_AT_ONCE, "overflow")

    async def add(self, message: str, event: Event, person: bytes, week: int = UNDATED) -> None:
        """Return when the event is safe, or in the log with the deadline over. `week` is the message's."""
        batch = self._open.get(message) or self._begin(message)
        batch.week = batch.week or week
        batch.events.append((event, person))
        self.held += 1
        waiter = asyncio.get_running_loop().create_future()
        batch.waiters.append(waiter)
        await waiter

    def close(self) -> None:
        """Store what is left; what cannot be stored within a few seconds goes to the log."""
        self._stores.shutdown()
        self._overflows.shutdown()
        left = [*self._kept, *self._open.values()]
        self._kept.clear()
        self._open.clear()
        until = time.monotonic() + _CLOSING
        for batch in left:
            batch.overflowing = True  # its timer has nothing more to do
            if time.monotonic() > until or not attempt(self._try_either, batch):
                self._log(batch)

    # -- from a request to a try

    def _begin(self, message: str) -> Batch:
        loop = asyncio.get_running_loop()
        self._number += 1
        batch = Batch(message, key_of(self._now(), self._writer, self._number))
        batch.timers = [
            loop.call_later(self._pace.hedge, self._hedge, batch, loop),
            loop.call_later(self._pace.deadline, self._answer_late, batch),
        ]
        self._open[message] = batch
        self._schedule_flush(loop)
        return batch

    def _schedule_flush(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._open or self._under_way >= self._pace.at_once:
            return
        if self._flush_timer:
            self._flush_timer.cancel()
        # Not sooner than the loop's next round, so that what has arrived already goes along.
        self._flush_timer = loop.call_at(self._flushed_at + self._spacing(), self._flush, loop)

    def _flush(self, loop: asyncio.AbstractEventLoop) -> None:
        self._flush_timer = None
        batches, self._open = self._open, {}
        self._flushed_at = loop.time()
        self._flushed = sum(len(batch.events) for batch in batches.values()), len(batches)
        for batch in batches.values():
            if self.held > self._pace.most_held:
                self._lose(batch)
            else:
                self._under_way += 1
                self._submit(self._stores, self._try_store, batch, self._stored, loop)

    def _spacing(self) -> float:
        """Seconds from the last flush to the next; more in trouble, which fewer calls relieve."""
        apart = self._pace.apart(*self._flushed, storing=self._under_way > 0)
        in_trouble = self.trouble_at is not None and time.monotonic() - self.trouble_at < _RELIEF
        return max(apart, self._pace.spacing, self._pace.deadline / 3) if in_trouble else apart

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[Batch], bool],
        batch: Batch,
        done: Callable[[Batch, bool, asyncio.AbstractEventLoop], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Do `work` in the pool, and call `done` with its result on the loop."""

        def report(future: Future[bool]) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(done, batch, future.result(), loop)

        try:
            pool.submit(attempt, work, batch).add_done_callback(report)
        except RuntimeError:  # closed: the process ends while requests still come in
            self._lose(batch)

    # -- the tries, in threads

    def _try_store(self, batch: Batch) -> bool:
        began, stored = time.monotonic(), False
        with suppress(StoreUnavailable):
            batch.screen(self._screen)
            stored = self._put(self._store, batch)
        telemetry.FLUSHES.add(time.monotonic() - began, "stored" if stored else "failed")
        return stored

    def _try_overflow(self, batch: Batch) -> bool:
        with suppress(StoreUnavailable):
            batch.screen(self._screen)
        with suppress(StoreUnavailable):
            return self._put(self._overflow, batch)
        return False

    def _try_either(self, batch: Batch) -> bool:
        return self._try_store(batch) or self._try_overflow(batch)

    def _put(self, open_store: Callable[[], Put], batch: Batch) -> bool:
        put = open_store()
        for entry in batch.entries():
            try:
                put(entry)
            except StoreUnavailable:
                if batch.safe:
                    return False
                time.sleep(_PAUSE)
                put(entry)
        return True

    # -- what came of it

    def _stored(self, batch: Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        self._under_way -= 1
        self._schedule_flush(loop)
        if succeeded:
            self._settle(batch, "stored")
            self._retry_soon(loop)
        else:
            batch.store_failed = True
            self._go_on(batch, loop)

    def _overflowed(self, batch: Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        if succeeded:
            self._trouble()
            self._settle(batch, "overflowed")
        else:
            batch.overflow_failed = True
            self._go_on(batch, loop)

    def _go_on(self, batch: Batch, loop: asyncio.AbstractEventLoop) -> None:
        """After a failure: to the other store; when both failed, keep it."""
        if batch.safe:
            return
        if not batch.overflowing:
            self._go_to_overflow(batch, loop)
        elif batch.store_failed and batch.overflow_failed:
            self._kept.append(batch)
            self._schedule_retry(loop, self._delay)

    def _hedge(self, batch: Batch, loop: asyncio.AbstractEventLoop) -> None:
        if self._open.get(batch.message) is batch:  # not even tried, so much is under way
            del self._open[batch.message]
            batch.store_failed = True
        if not batch.overflowing:
            self._go_to_overflow(batch, loop)

    def _go_to_overflow(self, batch: Batch, loop: asyncio.AbstractEventLoop) -> None:
        batch.overflowing = True
        self._submit(self._overflows, self._try_overflow, batch, self._overflowed, loop)

    def _answer_late(self, batch: Batch) -> None:
        self.counts.late += len(batch.events)
        self._log(batch)
        batch.release()

    def _lose(self, batch: Batch) -> None:
        self._log(batch)
        self._settle(batch, "lost")

    def _settle(self, batch: Batch, how: str) -> None:
        """It came to its end, `how`: count it, and let its requests be answered. The first end counts."""
        if batch.safe:
            return
        batch.safe = True
        kept = batch.kept
        self.held -= len(batch.events)
        self.counts.declined += len(batch.events) - kept
        self.counts.entries += 1
        setattr(self.counts, how, getattr(self.counts, how) + kept)
        batch.release()

    def _log(self, batch: Batch) -> None:
        self._trouble()
        if not batch.logged:
            batch.logged = True
            for entry in batch.entries():
                log.error("an entry is not stored yet: %s", write_record(entry))

    def _trouble(self) -> None:
        now = time.monotonic()
        if self.trouble_at is None or now - self.trouble_at > _REPORT_EVERY:
            log.warning("events do not reach Table Storage in time: %s, held %d", self.counts, self.held)
        self.trouble_at = now

    # -- what is kept

    def _schedule_retry(self, loop: asyncio.AbstractEventLoop, delay: float) -> None:
        if self._kept and not self._retrying and self._retry_timer is None:
            self._retry_timer = loop.call_later(delay, self._retry, loop)

    def _retry_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Storage works again: do not wait out the delay."""
        self._delay = _FIRST_DELAY
        if self._retry_timer:
            self._retry_timer.cancel()
            self._retry_timer = None
            self._schedule_retry(loop, 0)

    def _retry(self, loop: asyncio.AbstractEventLoop) -> None:
        self._retry_timer = None
        if self._kept:
            self._retrying = True
            self._submit(self._stores, self._try_either, self._kept[0], self._retried, loop)

    def _retried(self, batch: Batch, succeeded: bool, loop: asyncio.AbstractEventLoop) -> None:
        self._retrying = False
        if succeeded:
            self._kept.popleft()
            self._settle(batch, "stored")
        self._delay = _FIRST_DELAY if succeeded else min(self._delay * 2, _LONGEST_DELAY)
        self._schedule_retry(loop, 0 if succeeded else self._delay)
