"""Months: what is kept of all messages that somebody sees, a row for each month, so that ten years are read
at once.

A month is a pack of facts, and changes that came after it. A change says what a message is now, or that it
has to be looked at: it is entered before the message changes, so whatever is interrupted, no answer holds
what is not true any more. All of it is made of the messages, their reports and the list of who sees which,
and made anew where it is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from shared.errors import Conflict, NotFound
from shared.tracking.mail.message import Message
from shared.tracking.mail.owners import Whose, lists_of
from shared.tracking.mail.sharing import may_see
from shared.tracking.overview.facts import Fact, Numbers, fact_of, milliseconds, with_numbers
from shared.tracking.overview.month_store import Change, Month, MonthStore, Place
from shared.tracking.overview.names import end_of, name_of, names_between, start_of
from shared.tracking.reporting.report import Report

_AT_ONCE = 8  # messages
_LISTED = 2_000  # messages, whose places are two answers at most
_MANY = 20  # changes of a month, from which on they are packed at once
_SETTLED = 3_600_000  # milliseconds; whoever entered a change has made it by then, or never will
LOOKED_AT = timedelta(days=40)
"""How far back the hourly look goes: numbers of older mails were asked for by then."""

T = TypeVar("T")


Tell = Callable[[Message, Numbers], None]


@dataclass(frozen=True, slots=True)
class Lot:
    """Facts of one month, in no order. Those of which `same` is the same are the same; None is not."""

    facts: Sequence[Fact]
    same: Hashable = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found. A message in several lists of a viewer's may be counted in each of them. Of `unread`
    messages nothing could be read in time, of `pending` ones no numbers: whoever asks again gets more of
    them."""

    lots: list[Lot]
    unread: int = 0
    pending: int = 0

    @property
    def facts(self) -> list[Fact]:
        """All of them."""
        return [fact for lot in self.lots for fact in lot.facts]


@dataclass(slots=True)
class _Open:
    """A month that is being read. One that `is_still` is as it was packed, and not taken apart."""

    month: Month
    is_still: bool = False
    facts: dict[str, Fact] = field(default_factory=dict)
    unknown: dict[str, Place] = field(default_factory=dict)
    done: list[Change] = field(default_factory=list)
    is_new: bool = False


class Months:
    """Every method may raise StoreUnavailable, and what reports raise."""

    def __init__(
        self,
        store: MonthStore,
        find: Callable[[Whose, str], Message | None],
        report: Callable[[Message], Report],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._find = find
        self._report = report
        self._now = now

    def read(
        self, viewer: Whose, since: datetime, until: datetime, seconds: float = 4.0, *, asks: bool = True
    ) -> Gathered:
        """Facts of all messages that the viewer sees and that were registered `since` then and before
        `until`, in no order, in about so long. Numbers are those that are at hand, unless it `asks`."""
        end = time.monotonic() + seconds
        of_lists = [
            self._read(each, since, until, end, self._opened(each, since, until, asks=asks), asks=asks)
            for each in lists_of(viewer)
        ]
        unread, pending = sum(one.unread for one in of_lists), sum(one.pending for one in of_lists)
        lots = [_together(of) for of in zip(*(one.lots for one in of_lists), strict=True)]
        return Gathered(lots, unread, pending)

    def look(self, viewer: Whose, seconds: float = 60.0, back: timedelta = LOOKED_AT) -> None:
        """Ask for the numbers of what this viewer sees of so long a time, and tell everybody else of them: so
        that few have to be asked for while somebody waits. What a process of an earlier version registered
        meanwhile is found, too."""
        until = self._now()
        since, end = until - back, time.monotonic() + seconds
        opened = self._opened(viewer, since, until, apart=True)
        named = {of.month.name: of for of in opened}
        for place in self._store.list_places(viewer, since, until):
            of = named[name_of(place.created_at)]
            if place.id not in of.facts and place.id not in of.unknown:
                of.unknown[place.id], of.is_new = place, True
        self._read(viewer, since, until, end, opened, self._store.tell)

    def _read(
        self,
        viewer: Whose,
        since: datetime,
        until: datetime,
        end: float,
        opened: Sequence[_Open],
        tell: Tell = lambda message, numbers: None,
        *,
        asks: bool = True,
    ) -> Gathered:
        unread = self._look(viewer, opened, end)
        first, last = milliseconds(since), milliseconds(until)
        pending = self._ask(opened, first, last, end, tell) if asks else 0
        for each in opened:
            self._keep(viewer, each)
        return Gathered([_lot(viewer, each, first, last) for each in opened], unread, pending)

    def _opened(
        self, viewer: Whose, since: datetime, until: datetime, *, apart: bool = False, asks: bool = True
    ) -> list[_Open]:
        """Months that are to be read; each taken `apart`, or only where something is to be done with it: that
        is also where it `asks` for numbers that are due."""
        now = milliseconds(self._now())
        names = list(names_between(since, until))
        found = {month.name: month for month in self._store.read(viewer, names[0], names[-1])}
        opened = {name: _Open(found.get(name, Month(name))) for name in names}
        runs = [
            list(run)
            for is_packed, run in groupby(opened.values(), key=lambda of: of.month.facts is not None)
            if not is_packed
        ]
        if len(runs) > 1 and sum(len(of.month.facts or ()) for of in opened.values()) <= _LISTED:
            runs = [[*opened.values()]]  # one question for all of them reads little more
        for run in runs:
            self._list(viewer, run)
        for of in opened.values():
            month = of.month
            packed = month.facts is not None and not month.changes
            of.is_still = packed and not apart and (now < month.due_at or not asks)
            if not of.is_still:
                self._overlay(of)
        return list(opened.values())

    def _list(self, viewer: Whose, run: Sequence[_Open]) -> None:
        """Find what is in months that were never packed."""
        named = {of.month.name: of for of in run}

        def is_new(place: Place) -> bool:
            of = named.get(name_of(place.created_at))
            return of is not None and of.month.facts is None

        bounds = start_of(run[0].month.name), end_of(run[-1].month.name)
        places = [*filter(is_new, self._store.list_places(viewer, *bounds))]
        begun = [named[name] for name in {name_of(place.created_at) for place in places}]
        if new := [of for of in begun if not of.month.version]:
            for of in new:
                of.month = replace(of.month, version=self._store.begin(viewer, of.month.name))
            places = [*filter(is_new, self._store.list_places(viewer, *bounds))]
        for place in places:
            of = named[name_of(place.created_at)]
            of.unknown[place.id], of.is_new = place, True

    def _overlay(self, of: _Open) -> None:
        of.facts = {fact.id: fact for fact in of.month.facts or ()}
        settled = milliseconds(self._now()) - _SETTLED
        for change in of.month.changes:
            identifier, fact = change.place.id, change.fact
            if fact is None:
                of.unknown[identifier] = change.place
                if change.entered < settled:
                    of.done.append(change)
                continue
            of.unknown.pop(identifier, None)
            before = of.facts.get(identifier)
            if fact.numbers is None and before is not None and fact.fits(before.numbers):
                fact = replace(fact, numbers=before.numbers)
            of.facts[identifier] = fact
            of.done.append(change)

    def _look(self, viewer: Whose, opened: Sequence[_Open], end: float) -> int:
        """Look at what is not known; of how many there was no time."""

        def load(wanted: tuple[_Open, Place]) -> bool:
            of, place = wanted
            if time.monotonic() >= end:
                of.facts.pop(place.id, None)
                return False
            message = self._find(place.owner, place.id)
            if message is None or not may_see(viewer, message):
                of.facts.pop(place.id, None)
            else:
                before, fact = of.facts.get(place.id), fact_of(message)
                kept = before.numbers if before is not None and fact.fits(before.numbers) else None
                of.facts[place.id] = replace(fact, numbers=kept)
            del of.unknown[place.id]
            return True

        return _without(load, [(of, place) for of in reversed(opened) for place in of.unknown.values()])

    def _ask(self, opened: Sequence[_Open], first: int, last: int, end: float, tell: Tell) -> int:
        """Ask for numbers that are due; of how many there was no time."""
        now = milliseconds(self._now())

        def ask(wanted: tuple[_Open, Fact]) -> bool:
            of, fact = wanted
            if time.monotonic() >= end:
                return False
            message = self._find(fact.owner, fact.id)
            try:
                if message is None:
                    raise NotFound
                of.facts[fact.id] = asked = with_numbers(message, self._report)
            except NotFound:
                del of.facts[fact.id]
            else:
                if asked.numbers is not None:
                    tell(message, asked.numbers)
            of.is_new = True
            return True

        due = [
            (of, fact)
            for of in reversed(opened)
            for fact in of.facts.values()
            if first <= fact.created < last and fact.is_due(now)
        ]
        return _without(ask, due)

    def _keep(self, viewer: Whose, of: _Open) -> None:
        """Pack what was learned, unless something of the month is not known."""
        settled = milliseconds(self._now()) - _SETTLED
        is_due = len(of.done) >= _MANY or any(change.entered < settled for change in of.done)
        if of.unknown or not (of.is_new or is_due):
            return
        if not of.month.version:
            return  # nothing was in it when it was read
        with suppress(Conflict):
            self._store.pack(viewer, of.month, list(of.facts.values()), of.done)


def _lot(viewer: Whose, of: _Open, first: int, last: int) -> Lot:
    """What of the month was registered in that time."""
    month = of.month
    if not of.is_still:
        return Lot([fact for fact in of.facts.values() if first <= fact.created < last])
    facts = month.facts or ()
    if first <= milliseconds(start_of(month.name)) and milliseconds(end_of(month.name)) <= last:
        return Lot(facts, (viewer, month.name, month.version))
    return Lot([fact for fact in facts if first <= fact.created < last])


def _together(lots: Sequence[Lot]) -> Lot:
    """The same month of several lists, which may have messages in common."""
    if len(lots) == 1:
        return lots[0]
    facts = {fact.id: fact for lot in lots for fact in lot.facts}
    same = tuple(lot.same for lot in lots)
    return Lot([*facts.values()], None if None in same else same)


def _without(act: Callable[[T], bool], wanted: Sequence[T]) -> int:
    """How many of these `act` leaves undone."""
    if not wanted:
        return 0
    with ThreadPoolExecutor(_AT_ONCE, "months") as pool:
        return sum(not done for done in pool.map(act, wanted))
