"""Amendments: links that do not lead where their tokens say, because they were withdrawn or corrected.

A token carries its target, so a link needs no storage; what was amended is the exception, and all exceptions
are few. Every process knows them all, as of a few seconds ago, and goes on by what it knows for as long as
storage does not answer: once withdrawn, a link stays so. They outlive their message, as links do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from shared.errors import Conflict, SettingsError, StoreUnavailable

LOOK_AFTER = 5.0  # seconds
"""After these whoever follows a link has it looked whether something changed, and does not wait for it."""
STALE_AFTER = 8.0
"""Seconds after which what is known is too old to lead anybody by: whoever comes first in so long waits."""
READ_ANYWAY_AFTER = 600.0
"""Seconds after which all are read though nothing seems to have changed: whoever amended a link may have died
before saying so."""
ASK_AGAIN_AFTER = 1.0  # seconds, when storage did not answer
MOST = 10_000
"""How many amendments there may be: every process holds them in memory."""
KEPT_FOR_ADMINS = 1_000
"""How many of them nobody else may take: who must stop a link can, whatever senders did."""


class Amendment(NamedTuple):
    """Where a link of a message leads instead: nowhere without a `target` (canonical). `link` is its number;
    None means all links of the message. `by_admin`: an admin said so, whom no sender overrules."""

    message: str
    link: int | None
    target: str | None
    by_admin: bool
    at: datetime


class AmendmentStore(Protocol):
    """Keeps amendments. Every method may raise StoreUnavailable."""

    def put(self, amendment: Amendment) -> None:
        """Keep it, in place of the one of the same message, link and authority."""

    def remove(self, amendment: Amendment) -> None:
        """Forget the one of the same message, link and authority, if it is there."""

    def version(self) -> str:
        """Something that changes with every amendment kept or forgotten; empty before the first."""

    def read(self) -> list[Amendment]:
        """All amendments."""


class Amendments:
    """What is amended, as of a few seconds ago. Thread-safe. `find` never waits."""

    def __init__(
        self, store: Callable[[], AmendmentStore], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, list[Amendment]] = {}
        self._count = 0
        self._version = ""
        self._look_at = float("-inf")
        self._read_at = float("-inf")
        self._sure_at = float("-inf")
        self._failed = False

    @property
    def is_due(self) -> bool:
        """Whether it is time to `look` again."""
        return self._clock() >= self._look_at

    @property
    def is_stale(self) -> bool:
        """Whether what is known is too old to go by, and storage may tell more: it did not just refuse to."""
        return not self._failed and self._clock() - self._sure_at > STALE_AFTER

    def look(self) -> None:
        """See what changed, if it is time to. Blocks; never raises: what is known holds."""
        with self._lock:
            if self.is_due:
                self._refresh()

    def find(self, message: str, link: int) -> Amendment | None:
        """What holds for that link, as far as it is known: an admin's word before the sender's, and of each
        the last that was said of the link or of all links. None: it leads where its token says."""
        known = self._known.get(message)
        return strongest(known, link) if known else None

    def of_message(self, message: str) -> list[Amendment]:
        """All that there is of the message, as of now. Raises StoreUnavailable."""
        self._look_now()
        return list(self._known.get(message, ()))

    def all(self) -> list[Amendment]:
        """Every amendment as of now, those of a message together. Raises StoreUnavailable."""
        self._look_now()
        known = self._known
        return [each for message in sorted(known) for each in known[message]]

    def put(self, amendment: Amendment) -> None:
        """Keep it; in force here at once, elsewhere in seconds. Raises StoreUnavailable, and Conflict where
        there are too many."""
        self._look_now()
        known = self._known.get(amendment.message, [])
        most = MOST if amendment.by_admin else MOST - KEPT_FOR_ADMINS
        if self._count >= most and not any(_is_same(amendment, each) for each in known):
            raise Conflict(
                "Too many links are withdrawn or corrected already.",
                "Ask your administrator to take back some of them.",
            )
        self._store().put(amendment)
        self._take_over(amendment, [amendment])

    def remove(self, amendment: Amendment) -> None:
        """Forget it, as quickly. Raises StoreUnavailable."""
        self._store().remove(amendment)
        self._take_over(amendment, [])

    def _take_over(self, changed: Amendment, instead: Iterable[Amendment]) -> None:
        with self._lock:
            before = self._known.get(changed.message, [])
            after = [each for each in before if not _is_same(changed, each)] + list(instead)
            self._known = {**self._known, changed.message: after}
            self._count += len(after) - len(before)

    def _look_now(self) -> None:
        with self._lock:
            self._refresh()
            if self._failed:
                raise StoreUnavailable

    def _refresh(self) -> None:
        now = self._clock()
        try:
            version = self._store().version()
            if version != self._version or now - self._read_at >= READ_ANYWAY_AFTER:
                read = self._store().read()
                known: dict[str, list[Amendment]] = {}
                for each in read:
                    known.setdefault(each.message, []).append(each)
                self._known, self._count = known, len(read)
                self._version, self._read_at = version, now
        except (StoreUnavailable, SettingsError):  # of settings that lead to no storage others tell
            self._failed, self._look_at = True, self._clock() + ASK_AGAIN_AFTER
        else:
            # As of when it was asked: what changed since may not be in the answer.
            self._failed, self._sure_at, self._look_at = False, now, now + LOOK_AFTER


def strongest(known: Iterable[Amendment], link: int) -> Amendment | None:
    """Which of the amendments of a message holds for a link, as `Amendments.find` says."""
    about = [each for each in known if each.link is None or each.link == link]
    return max(about, key=lambda each: (each.by_admin, each.at), default=None)


def _is_same(one: Amendment, other: Amendment) -> bool:
    return (one.message, one.link, one.by_admin) == (other.message, other.link, other.by_admin)
