"""Objections to being tracked, honoured at the hit, so that they work on mails already delivered.

An objection is to all tracking of one address (`person`, a digest that only this deployment can compute),
or to what one recipient's mail reports, where nobody knows whose it is. A message that was deleted, or is
measured no more, counts as one that everybody objects to, until all messages of its week are measured no
more: then one word for the week stands for them all, and for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from shared.errors import StoreUnavailable, VaultUnavailable
from shared.tracking.mail.tokens import NOBODY, UNDATED
from shared.tracking.recording.events import Event

FRESH_FOR = 10.0  # seconds
READ_ANYWAY_AFTER = 600.0
"""Seconds after which all objections are read though nothing seems to have changed: whoever added one may
have died before saying so."""
ASK_AGAIN_AFTER = 1.0  # seconds, when storage did not answer
HOLDS_FOR = 120.0
"""Seconds for which what is known holds while storage does not answer, or nobody asks. After that it is
unknown who objected since, and unknown is no: nothing is kept until storage has been asked again."""
_WEEK, _UNDATED, _MESSAGE, _PERSON = "closed-", "undated-", "message-", "digest-"
_SHOWN = "person-"
"""How objections of earlier versions begin: with the digest that mails of version 1 show."""


class OptOutStore(Protocol):
    """Keeps objections. Every method may raise StoreUnavailable."""

    def add(self, objection: str, week: int = UNDATED, since: datetime | None = None) -> None:
        """Keep an objection, `since` then or as of now; one that is kept already stays as it is. `week` is
        its message's, if known."""

    def remove(self, objection: str) -> None:
        """Forget an objection, if it is there."""

    def find(self, objection: str) -> datetime | None:
        """Since when it is kept; None where it is not."""

    def remove_of(self, message: str) -> None:
        """Forget the objections to what single recipients' mails of a message report."""

    def version(self) -> str:
        """Something that changes with every objection added or removed; empty before the first."""

    def read(self) -> frozenset[str]:
        """All objections."""

    def list_since(self, kind: str, moment: datetime) -> list[str]:
        """The objections that begin with `kind` and are kept since that moment or later."""

    def end(self, week: int, undated: int) -> int:
        """Forget objections to single mails of weeks up to that one; how many. Where the week is not known,
        a mail counts to that in which was objected to it, and to no week before `undated`."""


TO_ONE_MAIL = ("message", "ended", "recipient", "unsent")
"""How what is said of one mail, or of what one recipient's mail reports, begins."""


def of_person(person: bytes) -> str:
    """An address's objection."""
    return f"{_PERSON}{person.hex()}"


def of_recipient(message: str, recipient: int | str) -> str:
    """An objection to what one recipient's mail reports; of no recipient, how those of the message begin."""
    return f"recipient-{message}-{recipient}"


def of_message(message: str) -> str:
    """The objection that stands for a deleted message."""
    return f"{_MESSAGE}{message}"


def of_closed(message: str) -> str:
    """The objection that stands for a message that is measured no more."""
    return f"ended-{message}"


def of_unsent(message: str) -> str:
    """What says that a message was deleted, or closed, and never sent: its links object to nothing."""
    return f"unsent-{message}"


def _ends_of(message: str) -> tuple[str, str]:
    return of_message(message), of_closed(message)


def of_week(week: int) -> str:
    """What stands for all messages of that week and those before: none is measured any more."""
    return f"{_WEEK}{week:04}"


def of_undated(week: int) -> str:
    """What says that messages whose tokens have no week are of that week, or of one before."""
    return f"{_UNDATED}{week:04}"


def closed_week(known: Iterable[str]) -> int:
    """The last week of which no message is measured any more; 0 without one."""
    return max((int(each.removeprefix(_WEEK)) for each in known if each.startswith(_WEEK)), default=0)


def undated_week(known: Iterable[str]) -> int | None:
    """The week to which messages without one belong; None while it is not known."""
    weeks = [int(each.removeprefix(_UNDATED)) for each in known if each.startswith(_UNDATED)]
    return max(weeks, default=None)


class OptOuts:
    """Who objected, as of a few seconds ago. Thread-safe."""

    def __init__(
        self,
        store: Callable[[], OptOutStore],
        clock: Callable[[], float] = time.monotonic,
        of_shown: Callable[[bytes], bytes] = bytes,
    ) -> None:
        """`of_shown` is the signer's; it may raise VaultUnavailable."""
        self._store = store
        self._clock = clock
        self._of_shown = of_shown
        self._earlier: dict[str, str] = {}
        self._lock = threading.Lock()
        self._known: frozenset[str] | None = None
        self._closed, self._undated_closed = 0, False
        self._version = ""
        self._look_at = float("-inf")
        self._read_at = float("-inf")
        self._sure_at = float("-inf")

    def add(self, objection: str, week: int = UNDATED) -> None:
        """Keep an objection; it holds here at once, elsewhere in seconds. Raises StoreUnavailable."""
        self._store().add(objection, week)
        self._take_over(objection, lambda known: known | {objection})

    def remove(self, objection: str) -> None:
        """Withdraw an objection, as quickly. Raises StoreUnavailable."""
        self._store().remove(objection)
        if earlier := self._find_earlier(objection):
            self._store().remove(earlier)
        self._take_over(objection, lambda known: known - {objection})

    def end(self, message: str, week: int = UNDATED) -> None:
        """Record nothing of the message any more, which is of that week; objections to what single mails of
        it report go with it. Raises StoreUnavailable."""
        if not self.is_closed(week):
            self.add(of_message(message), week)
        self._store().remove_of(message)

    def find(self, objection: str) -> datetime | None:
        """Since when there is this objection, as of now; None without it. Raises StoreUnavailable."""
        found = self._store().find(objection)
        if found is None and (earlier := self._find_earlier(objection)):
            return self._store().find(earlier)
        return found

    def renew(self) -> int:
        """Keep objections of earlier versions as those of this one; how many. Raises StoreUnavailable."""
        self._look()
        earlier, store = dict(self._earlier), self._store()
        for objection, old in earlier.items():
            if since := store.find(old):
                store.add(objection, since=since)
                store.remove(old)
        return len(earlier)

    def _find_earlier(self, objection: str) -> str | None:
        """What an earlier version called the objection of an address, if it is kept so."""
        if not objection.startswith(_PERSON):
            return None
        self._look()
        return self._earlier.get(objection)

    def screen(self, message: str, events: list[tuple[Event, bytes]], week: int = UNDATED) -> list[Event]:
        """Those of a message's events, each given with whose it is, to which nobody objects; `week` is the
        message's.

        Raises StoreUnavailable while it is not known who objects.
        """
        known = self._look()
        if not known:
            return [event for event, _ in events]
        if not known.isdisjoint(_ends_of(message)) or self._is_closed(week):
            return []
        return [
            event
            for event, person in events
            if (person == NOBODY or of_person(person) not in known)
            and of_recipient(message, event.recipient) not in known
        ]

    def close(self, week: int, this_week: int) -> int:
        """Keep nothing of messages up to that week any more, and forget the objections that stood for each;
        how many. Mails whose tokens say no week are taken to be of the next, as of the first time. Raises
        StoreUnavailable."""
        store = self._store()
        known = store.read()
        undated = undated_week(known)
        if undated is None:
            undated = this_week + 1
            self.add(of_undated(undated))
        last = max(week, closed_week(known))
        if of_week(last) not in known:
            self.add(of_week(last))
        for earlier in known:
            if earlier.startswith(_WEEK) and earlier != of_week(last):
                self.remove(earlier)
        # Also where the week was closed already: whoever did so may not have come so far.
        return store.end(last, undated)

    def is_closed(self, week: int) -> bool:
        """Whether nothing of a message of that week is kept, whoever objects. Raises StoreUnavailable."""
        self._look()
        return self._is_closed(week)

    def _is_closed(self, week: int) -> bool:
        return self._undated_closed if week == UNDATED else week <= self._closed

    def persons(self) -> frozenset[str]:
        """The objections of addresses. Raises StoreUnavailable while they are not known."""
        return frozenset(each for each in self._look() if each.startswith(_PERSON))

    def numbers(self, message: str) -> frozenset[int]:
        """Which recipients of the message object to what their mail reports. Raises StoreUnavailable while
        that is not known."""
        begins = of_recipient(message, "")
        return frozenset(int(each[len(begins) :]) for each in self._look() if each.startswith(begins))

    def has_ended(self, message: str, week: int = UNDATED) -> bool:
        """Whether nothing of the message, which is of that week, is recorded any more. Raises
        StoreUnavailable while that is not known."""
        return not self._look().isdisjoint(_ends_of(message)) or self._is_closed(week)

    def _take_over(self, objection: str, change: Callable[[frozenset[str]], frozenset[str]]) -> None:
        """What this process changed itself it need not read: else whoever objects and withdraws in turn would
        have all objections read with each turn. The next regular look reads them once for all turns."""
        with self._lock:
            if self._known is None or objection.startswith((_WEEK, _UNDATED)):
                self._look_at = float("-inf")
            else:
                self._known = change(self._known)

    def _look(self) -> frozenset[str]:
        known = self._known
        if known is not None and self._clock() < self._look_at:
            return known
        # One looks; meanwhile the others go by what is known, or wait for the answer where nothing is.
        if not self._lock.acquire(blocking=known is None or not self._holds):
            return known or frozenset()
        try:
            if self._clock() >= self._look_at:
                self._refresh()
        finally:
            self._lock.release()
        if self._known is None or not self._holds:
            raise StoreUnavailable
        return self._known

    @property
    def _holds(self) -> bool:
        return self._clock() - self._sure_at <= HOLDS_FOR

    def _refresh(self) -> None:
        try:
            version = self._store().version()
            now = self._clock()
            if version != self._version or now - self._read_at >= READ_ANYWAY_AFTER:
                known = self._renewed(self._store().read())
                undated = undated_week(known)
                self._closed = closed_week(known)
                self._undated_closed = undated is not None and undated <= self._closed
                self._known, self._version, self._read_at = known, version, now
        except (StoreUnavailable, VaultUnavailable):
            self._look_at = self._clock() + ASK_AGAIN_AFTER
        else:
            self._sure_at = now
            self._look_at = self._clock() + FRESH_FOR

    def _renewed(self, kept: frozenset[str]) -> frozenset[str]:
        """What is kept, objections of earlier versions by the names of this one."""
        self._earlier = {
            of_person(self._of_shown(bytes.fromhex(each.removeprefix(_SHOWN)))): each
            for each in kept
            if each.startswith(_SHOWN)
        }
        return kept.difference(self._earlier.values()).union(self._earlier)
