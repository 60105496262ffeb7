"""The course of the ceiling: how far mails could be tracked, from when on.

A process knows the ceiling that it was started with, and not what was before. So each change is kept, with
the time at which the process that brought it began; where an agreement begins or ends by itself, with that
time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from shared.tracking.mail.ceiling import Basis, Ceiling, Tracking
from shared.tracking.mail.modes import Mode

MOST = 200
"""So many changes are kept; of older ones nothing is said."""
_LASTS = 30.0  # seconds for which a process goes by what it read


@dataclass(frozen=True, slots=True)
class Phase:
    """How it was from `at` on: the ceiling, and whether anything was recorded at all. Of what was before the
    first, nobody knows."""

    at: datetime
    tracking: Tracking
    basis: Basis | None
    is_open: bool

    def records_opens(self, mode: Mode) -> bool:
        """Whether opens of a mail in that mode were recorded."""
        ceiling = Ceiling(self.tracking, self.basis)
        return self.is_open and ceiling.has_opens and bool(ceiling.among([mode]))

    def records_clicks(self, mode: Mode) -> bool:
        """Whether clicks of a mail in that mode were recorded."""
        ceiling = Ceiling(self.tracking, self.basis)
        return self.is_open and ceiling.has_clicks and bool(ceiling.among([mode]))


Course = tuple[Phase, ...]
"""In the order of time."""


def continued(course: Course, ceiling: Ceiling, began: datetime, now: datetime) -> Course:
    """The course up to now, by a process that `began` then with that ceiling. What others of a later time
    kept, as their clocks went, is left out."""
    found = [phase for phase in course if phase.at <= now]
    for at in _moments(found, ceiling, began, now):
        at = max(at, found[-1].at) if found else at
        phase = Phase(at, ceiling.tracking, ceiling.basis, ceiling.covers(at.timestamp()))
        if found and found[-1].at == at:
            found.pop()
        if not found or phase != replace(found[-1], at=at):
            found.append(phase)
    return tuple(found[-MOST:])


def _moments(course: Sequence[Phase], ceiling: Ceiling, began: datetime, now: datetime) -> list[datetime]:
    """When it may have changed since the course's last word: as the process began, and where an agreement
    begins or ends by itself; before the process began too, if it bound the one before."""
    last = course[-1] if course else None
    is_same = last and (last.tracking, last.basis) == (ceiling.tracking, ceiling.basis)
    since = (last.at if last and is_same else began).timestamp()
    own = (ceiling.begins, ceiling.ends)
    return sorted([began, *(datetime.fromtimestamp(at, UTC) for at in own if since < at <= now.timestamp())])


class CourseStore(Protocol):
    """Keeps the course. Every method may raise StoreUnavailable."""

    def find(self) -> Course:
        """What is kept; empty where nothing is."""

    def put(self, course: Course) -> None:
        """Keep it."""


class CeilingWatch:
    """Knows the course, and keeps what is new in it."""

    def __init__(
        self,
        ceiling: Ceiling,
        began: datetime,
        store: Callable[[], CourseStore],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ceiling = ceiling
        self._began = began
        self._store = store
        self._now = now
        self._clock = clock
        self._read: tuple[float, Course] | None = None

    def look(self) -> None:
        """Keep how it is, where that is new. Raises StoreUnavailable."""
        store = self._store()
        before = store.find()
        course = continued(before, self._ceiling, self._began, self._now())
        if course != before:
            store.put(course)

    def course(self) -> Sequence[Phase]:
        """The course up to now. Raises StoreUnavailable."""
        if self._read is None or self._clock() - self._read[0] > _LASTS:
            self._read = self._clock(), self._store().find()
        return continued(self._read[1], self._ceiling, self._began, self._now())
