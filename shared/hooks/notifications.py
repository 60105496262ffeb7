"""Notifications: each is tried until it was taken, or for four days; however often, it has one id.

A notification is stored before it is tried, and moved on after it was. So a process that dies in between
tries it once more, and the receiver knows the repeat by its id.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from shared.paging import RowPage

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""After each attempt that failed; after the last there is no other."""
LONGEST = timedelta(hours=1)
"""A receiver that asks for a longer pause than ours is given it up to this, so that the last attempt stays
within four days."""
KEPT = timedelta(days=30)
"""How long a notification is shown once it is over."""
_AT_ONCE = 8
_SOME = 64

log = logging.getLogger(__name__)


class NotificationFate(StrEnum):
    """Where a notification is."""

    WAITING = "waiting"
    TAKEN = "taken"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Notification:
    """Something that is told. `at` is when it is tried next, or when it was over; `outcome` what came of the
    last attempt, a word: `taken`, or why not."""

    id: str
    kind: str
    body: str
    created_at: datetime
    at: datetime
    fate: NotificationFate = NotificationFate.WAITING
    attempts: int = 0
    outcome: str = ""


class NotificationStore(Protocol):
    """Keeps notifications. Every method may raise StoreUnavailable."""

    def add(self, notification: Notification) -> None:
        """Keep a new one; nothing, where one of this id is kept."""

    def list_due(self, before: datetime, limit: int) -> list[Notification]:
        """What waits since before that moment, the longest first."""

    def move(self, before: Notification, after: Notification) -> None:
        """Keep one in place of the other, at once; nothing, where that was done."""

    def read(self, limit: int, after: str = "") -> RowPage[Notification]:
        """All: those that wait first, then those that are over, the latest first."""

    def end(self, before: datetime) -> None:
        """Forget what was over before that moment."""

    def remember(self, name: str, value: str) -> None:
        """Keep a word under a name."""

    def remembered(self, name: str) -> str | None:
        """It; None where there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: `taken`, or why not; and how long the receiver asked to be left alone."""

    word: str
    wait: timedelta = timedelta()


Post = Callable[[str, bytes], Outcome]
"""Posts a body under an id, and says what came of it."""


class Notifications:
    """Tries what is due."""

    def __init__(
        self,
        store: NotificationStore,
        post: Post,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self._post = post
        self._now = now
        self._clock = clock

    def run(self, seconds: float = 40.0) -> int:
        """Try what is due, for about so long; how many. The next run goes on. Raises StoreUnavailable."""
        until, count = self._clock() + seconds, 0
        with ThreadPoolExecutor(_AT_ONCE, "hooks") as pool:
            while self._clock() < until:
                some = self.store.list_due(self._now(), _SOME)
                list(pool.map(self._try, some))
                count += len(some)
                if len(some) < _SOME:
                    break
        return count

    def _try(self, notification: Notification) -> None:
        outcome = self._post(notification.id, notification.body.encode())
        attempts = notification.attempts + 1
        after = replace(notification, attempts=attempts, outcome=outcome.word, at=self._now())
        if outcome.word == NotificationFate.TAKEN:
            after = replace(after, fate=NotificationFate.TAKEN)
        elif attempts > len(PAUSES):
            after = replace(after, fate=NotificationFate.GIVEN_UP)
            log.error(
                "alert webhook_given_up: %s after %d attempts: %s", notification.kind, attempts, outcome.word
            )
        else:
            after = replace(after, at=after.at + max(PAUSES[attempts - 1], min(outcome.wait, LONGEST)))
        self.store.move(notification, after)
