"""The purge: what is past its time becomes sums, or goes.

It goes by the calendar, so it costs by what is due, and not by what is kept. Everything it does can be done
again, and a row of the calendar is struck last: a run that was cut off is finished by the next, and two at
once come to the same. What happens to a message after its registration:

    after a day                 a registration that was given up is deleted
    after `Kept.events`         it is closed: no event is kept any more, and those there are become sums
    an hour later               the events are deleted: no report is at work that reads them
    after `Kept.messages`       it is deleted
    SETTLED_AFTER either        once more, for what was on its way meanwhile
    GONE_FOR its deletion       nobody who copied its numbers is told any more that they are to go
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from shared.errors import Conflict, NotFound, RollcallError
from shared.tracking.mail.calendar import Due, Step, due_of, ends_of
from shared.tracking.mail.delivery import sent_due
from shared.tracking.mail.messages import Message, Messages, Stage
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.tokens import end_of, week_of
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.stopping import Forgettable, stop_recording
from shared.tracking.reporting.reports import Reports
from shared.tracking.reporting.sealing import close

GIVEN_UP_AFTER = timedelta(days=1)
READ_NO_MORE_AFTER = timedelta(hours=1)
"""A report that began before the events became sums is made by then: the platform cuts it off much sooner."""
SETTLED_AFTER = timedelta(days=8)
"""Longer than an entry stays in the overflow queue, and than any process remembers an older answer."""
INDEXED = "indexed-2"
"""The mark that every message from before there was a calendar, or steps of today, stands in it."""
GONE_FOR = timedelta(days=30)
"""How long whoever copies numbers may stay away and still hear which of them are to go."""
_INSTANT = timedelta(milliseconds=1)  # the calendar's; a deletion is due at once
_BATCH = 200
_PATIENCE = 200.0  # seconds; the next run goes on
_AT_ONCE = 8
_MOST_FAILURES = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long what is kept."""

    events: timedelta = timedelta(days=90)
    messages: timedelta = timedelta(days=400)

    @property
    def measured(self) -> timedelta:
        """How long a message is measured: with it end its events."""
        return min(self.events, self.messages)


class PurgeTold(Protocol):
    """Hears what is about to be purged. Where it raises, nothing is."""

    def purged(self, due: Mapping[str, int]) -> None:
        """So many things are due at each step."""


class Purge:
    """Ends what is due. Every method may raise StoreUnavailable, after what could be done is done."""

    def __init__(
        self,
        messages: Messages,
        reports: Reports,
        recorded: Iterable[Forgettable],
        opt_outs: OptOuts,
        kept: Kept,
        tell: PurgeTold,
        *,
        at_once: int = _AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`recorded` is where events and sums of messages are."""
        self._messages = messages
        self._reports = reports
        self._recorded = list(recorded)
        self._opt_outs = opt_outs
        self._kept = kept
        self._tell = tell
        self._at_once = at_once
        self._clock = clock
        self._store = messages.store
        self._calendar = messages.store.calendar

    def sweep(self) -> None:
        """Finish deletions that were interrupted, and delete registrations that were given up."""
        self._work({Step.LEAVING: -_INSTANT, Step.BEGUN: GIVEN_UP_AFTER}, told=())

    def run(self) -> None:
        """All that is due."""
        self._index()
        self._work(
            {
                Step.KEPT: self._kept.messages,
                Step.MEASURED: self._kept.measured,
                Step.SUMMED: READ_NO_MORE_AFTER,
                Step.SETTLING: SETTLED_AFTER,
                Step.GONE: GONE_FOR,
                # Struck with their messages; these are what an interruption left.
                Step.SENT: self._kept.messages,
            },
            told=(Step.KEPT, Step.MEASURED),
        )
        self._close_weeks()

    # -- through the calendar

    def _work(self, steps: Mapping[Step, timedelta], told: Iterable[Step]) -> None:
        until, failed = self._clock() + _PATIENCE, dict[Due, Exception]()
        while self._clock() < until and len(failed) < _MOST_FAILURES:
            now = self._messages.now()
            due = [
                each
                for step, after in steps.items()
                for each in self._calendar.list_due(step, now - after, _BATCH + len(failed))
                if each not in failed
            ]
            if not due:
                break
            counts = Counter(each.step for each in due if each.step in told)
            if counts:
                self._tell.purged({step.value: number for step, number in sorted(counts.items())})
            with ThreadPoolExecutor(self._at_once, "purge") as pool:
                list(pool.map(partial(self._try, failed=failed), due))
        for error in failed.values():
            raise error

    def _try(self, due: Due, failed: dict[Due, Exception]) -> None:
        """End what is due. What is wrong with one message must not keep all others from their end, but where
        much is wrong, nothing more is tried."""
        if len(failed) >= _MOST_FAILURES:
            return
        try:
            self._end(due)
        except RollcallError as error:
            failed[due] = error
        except Exception as error:
            log.exception("message %s could not be brought to its end (%s)", due.message, due.step)
            failed[due] = error

    def _end(self, due: Due) -> None:
        if due.step is Step.SETTLING:
            self._forget_recorded(due)
        elif due.step is Step.SUMMED:
            self._forget_events(due)
        elif due.step not in (Step.SENT, Step.GONE):
            self._end_message(due)
        self._calendar.strike(due)

    def _end_message(self, due: Due) -> None:
        message = self._store.find(due.owner, due.message)
        if message is None:
            # Deleted by somebody who did not come to strike it, or never stored.
            self._calendar.enter(Due(Step.SETTLING, self._messages.now(), due.owner, due.message))
            self._calendar.strike(*ends_of(due))
        elif due not in due_of(message, due.step):
            return  # a registration that was begun once more has rows of its own
        elif due.step in (Step.LEAVING, Step.KEPT) or message.stage in (Stage.DELETING, Stage.REGISTERING):
            self._messages.end(message)
        elif due.step is Step.MEASURED:
            self._close(message)

    # -- from events to sums

    def _close(self, message: Message) -> None:
        try:
            closed = self._mark_closed(message)
            stop_recording(closed, self._opt_outs)
            close(closed, self._reports)
        except NotFound:  # deleted meanwhile, and all of it with it
            return
        self._calendar.enter(Due(Step.SUMMED, self._messages.now(), closed.owner, closed.id))

    def _mark_closed(self, message: Message) -> Message:
        """The message as it is from now on. Raises NotFound."""
        while message.closed_at is None:
            try:
                return self._store.update(replace(message, closed_at=self._messages.now()))
            except Conflict:
                message = self._messages.get(message.owner, message.id)
        return message

    def _forget_events(self, due: Due) -> None:
        journal, *_ = self._recorded
        journal.delete(due.message)
        self._calendar.enter(Due(Step.SETTLING, self._messages.now(), due.owner, due.message))

    def _forget_recorded(self, due: Due) -> None:
        """Once more, what was on its way: the events; and the sums, where the message is gone."""
        journal, *others = self._recorded
        journal.delete(due.message)
        if self._store.find(due.owner, due.message) is None:
            for recorded in others:
                recorded.delete(due.message)

    # -- what no calendar says

    def _close_weeks(self) -> None:
        """Have one word stand for all messages of the weeks in which every one is closed."""
        now = self._messages.now()
        week = week_of(now - self._kept.measured) - 1
        if week > 0 and not self._calendar.list_due(Step.MEASURED, end_of(week), 1):
            self._opt_outs.close(week, week_of(now))

    def _index(self) -> None:
        """Enter messages of earlier versions; a day later once more, for those that a process of an earlier
        version registered meanwhile."""
        now = self._messages.now()
        for mark, after in ((INDEXED, timedelta()), (f"{INDEXED}-again", timedelta(days=1))):
            if self._calendar.marked(mark) is not None:
                continue
            first = self._calendar.marked(INDEXED)
            if first is not None and now - first < after:
                return
            self._enter_all()
            self._calendar.mark(mark, now)
            return

    def _enter_all(self) -> None:
        due: list[Due] = []
        for message in self._store.list_messages(EVERY_OWNER):
            is_open = message.closed_at is None
            due += due_of(message, Step.KEPT, *([Step.MEASURED] if is_open else []))
            if message.stage is Stage.REGISTERING:
                due += due_of(message, Step.BEGUN)
            if message.stage is Stage.DELETING:
                due += due_of(message, Step.LEAVING)
            if message.stage is Stage.SENT:
                due += sent_due(message)
        if due:
            self._calendar.enter(*due)
