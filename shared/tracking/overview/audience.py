"""Audience: how many different people some mails reached, and how many of them got how many.

Worked out when somebody asks, of the addresses that each message keeps of its recipients anyway: they are
compared in this process's memory, where each stands as a number that means nothing elsewhere, and nothing of
them is kept but the sums. What is told of people is told in steps, whose places are secret and other for each
choice of mails, as in reports.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

from shared.amounts import Amount
from shared.tracking.mail.message import Message
from shared.tracking.mail.message_store import ERASED
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import Whose
from shared.tracking.mail.sharing import may_see
from shared.tracking.overview.facts import Fact
from shared.tracking.overview.memory import Memory
from shared.tracking.reporting.publishing import Place

MOST_RECIPIENTS, MOST_MESSAGES = 1_000_000, 2_000
"""So much is looked through for one answer."""
STEPS = 4
"""Ends of ranges are so many smallest groups apart."""
LEVELS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300)
_AT_ONCE = 8  # messages
_REMEMBERED = 500  # answers
_SECONDS = 25.0


class Untold(StrEnum):
    """Why nothing is said of an audience."""

    TOO_MANY = "too_many"
    """More recipients or mails than are looked through at once."""
    TOO_FEW = "too_few"
    """Fewer people than reports tell of."""
    UNKNOWN = "unknown"
    """Of no mail it is known who its recipients are."""


@dataclass(frozen=True, slots=True)
class Level:
    """So many people got so many of the mails, or more."""

    mails: int
    people: Amount


@dataclass(frozen=True, slots=True)
class MailAudience:
    """Whom some mails reached, each person counted once: `people`, and how many of them got how many of the
    mails, in `levels`. Nobody knows who got the `unnamed` ones, which are of the mode `pseudonymous`: they
    may have reached others, or the same. Of `unread` ones nothing could be read in time. `sent` is how many
    recipients the mails have, who count as often as they got one, and `step` how far ends of ranges are
    apart. `untold` is why nothing is told."""

    mails: int
    unnamed: int
    unread: int
    sent: Amount
    step: int
    people: Amount | None
    levels: list[Level]
    untold: Untold | None


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the recipients of several mails come to: how many people got exactly so many, and how many were
    erased since, of whom that is not known."""

    times: Counter[int]
    erased: int

    def people(self, level: int) -> int:
        """Who surely got so many, or more."""
        return sum(number for mails, number in self.times.items() if mails >= level)

    def most(self, level: int, unnamed: Sequence[int]) -> int:
        """Who may have, where each mail of which nobody knows who got it has so many recipients."""
        known = level - len(unnamed)
        if known > 0:  # of the mails that they got, so many are known
            return self.people(known) + self.erased
        return self.times.total() + self.erased + sum(unnamed) // level


Find = Callable[[Whose, str], Message | None]
Recipients = Callable[[Message], Sequence[str]]


class Audiences:
    """Every method may raise StoreUnavailable and VaultUnavailable."""

    def __init__(self, find: Find, recipients: Recipients, smallest: int, place: Callable[[], Place]) -> None:
        """`smallest` is the smallest group of people that is told of."""
        self._find = find
        self._recipients = recipients
        self._smallest = smallest
        self._place = place
        self._memory = Memory[str, _Counted](_REMEMBERED)
        self._salt = os.urandom(16)

    def of(self, viewer: Whose, facts: Sequence[Fact], unread: int = 0) -> MailAudience:
        """Whom these mails reached, as far as they were sent; of `unread` more nothing is known."""
        sent = [fact for fact in facts if fact.starts is not None]
        named = [fact for fact in sent if fact.mode is not Mode.PSEUDONYMOUS]
        step = 1 if self._smallest == 1 else STEPS * self._smallest
        least = sum(fact.recipients for fact in sent)
        whole = all(fact.complete for fact in sent)
        told = Amount(least, least if whole else None)

        def audience(people: Amount | None, levels: list[Level], untold: Untold | None) -> MailAudience:
            unnamed = len(sent) - len(named)
            return MailAudience(len(sent), unnamed, unread, told, step, people, levels, untold)

        if not named:
            return audience(None, [], Untold.UNKNOWN)
        if sum(fact.recipients for fact in named) > MOST_RECIPIENTS or len(named) > MOST_MESSAGES:
            return audience(None, [], Untold.TOO_MANY)
        key = _key(viewer, named)
        counted = self._memory.get(key) or self._count(viewer, named)
        if counted is None:
            return audience(None, [], Untold.TOO_MANY)
        self._memory.put(key, counted)
        unnamed = [fact.recipients for fact in sent if fact.mode is Mode.PSEUDONYMOUS]
        levels = self._levels(key, counted, step, unnamed, None if unread else told.at_most)
        if not levels:
            return audience(None, [], Untold.TOO_FEW)
        return audience(levels[0].people, levels, None)

    def _levels(
        self, key: str, counted: _Counted, step: int, unnamed: Sequence[int], most_sent: int | None
    ) -> list[Level]:
        """`unnamed` are how many recipients each mail has of which nobody knows who got it; `most_sent` is
        how many there are in all, where that is known."""
        place, levels = self._place(), list[Level]()
        for level in LEVELS:
            least = counted.people(level)
            if least < self._smallest:
                break
            first = place(key, 0, f"audience {level}", step)
            lower = least - (least - first) % step
            levels.append(Level(level, Amount(lower if lower >= self._smallest else 0, None)))
            if most_sent is not None:
                above = counted.most(level, unnamed) + 1
                upper = min(above + (first - above) % step - 1, most_sent // level)
                levels[-1] = Level(level, Amount(levels[-1].people.at_least, upper))
        return levels

    def _count(self, viewer: Whose, named: Sequence[Fact]) -> _Counted | None:
        """None where there was no time for all of them."""
        found, erased, until = Counter[int](), 0, time.monotonic() + _SECONDS

        def read(fact: Fact) -> list[int] | None:
            if time.monotonic() > until:
                return None
            message = self._find(fact.owner, fact.id)
            if message is None or not may_see(viewer, message):
                return []
            return [self._number(address) for address in self._recipients(message)]

        with ThreadPoolExecutor(_AT_ONCE, "audience") as pool:
            for numbers in pool.map(read, named):
                if numbers is None:
                    return None
                people = {*numbers}
                people.discard(0)
                erased += numbers.count(0)
                found.update(people)
        return _Counted(Counter(found.values()), erased)

    def _number(self, address: str) -> int:
        """Stands for the address in this process, and for nothing elsewhere; 0 for whoever was erased."""
        return hash((self._salt, address)) or 1 if address != ERASED else 0


def _key(viewer: Whose, named: Sequence[Fact]) -> str:
    """Stands for these mails, as they are now."""
    mails = sorted(f"{fact.id} {fact.recipients}" for fact in named)
    return hashlib.sha256("\n".join((repr(viewer), *mails)).encode()).hexdigest()[:32]
