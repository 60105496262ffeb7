"""The feed: every report at each of the times at which numbers come out, in the order of these times.

A row has a place that no other row has, and no row comes to stand before one that was given: mails stand in
the calendar before they are sent, and a time at which numbers come out is given only SETTLED after it. So
whoever remembers the last place they had finds everything behind it, whenever they come again. What is in a
row does not depend on when it is asked for, where numbers are published.

A mail that was deleted, or said not to be sent, leaves a row that says so; its other rows are gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice

from shared.tracking.mail.calendar import Calendar, Due, Step, to_milliseconds
from shared.tracking.mail.delivery import sent_due, starts_at
from shared.tracking.mail.messages import Message, Stage

PLACE_PATTERN = r"[0-9]{13}-[01]-[A-Za-z0-9]{8,64}"
SETTLED = timedelta(minutes=2)
"""Longer than a row takes from the clock's reading to being stored."""
_AT_ONCE = 100  # rows of the calendar
_REPORT, _GONE = "0", "1"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A row, at `place`. `message` is None where that mail is gone; else its numbers came out at `at`."""

    place: str
    at: datetime
    id: str
    message: Message | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some rows; `after` is the place behind which the next page begins, and `more` whether it has to be
    asked for at once, since there may be some by now."""

    entries: list[FeedEntry]
    after: str
    more: bool


class Feed:
    """Reads the calendar. Every method may raise StoreUnavailable."""

    def __init__(
        self,
        calendar: Calendar,
        find: Callable[[str, str], Message | None],
        published_after: tuple[int, ...],
        now: Callable[[], datetime],
        is_whole: Callable[[], bool],
    ) -> None:
        """`find` gets a message by owner and id; `is_whole` says whether every mail that was sent stands in
        the calendar: until then the feed has no rows."""
        self._calendar = calendar
        self._find = find
        self._after = published_after
        self._now = now
        self._is_whole = is_whole

    def read(self, after: str, limit: int) -> FeedPage:
        """The rows behind that place, of at most `limit` of the calendar's."""
        if not self._is_whole():
            return FeedPage([], after, more=False)
        until = self._now() - SETTLED
        found = list(islice(self._rows(after, until), limit))
        entries = [entry for place, due in found if (entry := self._entry(place, due))]
        return FeedPage(entries, found[-1][0] if found else after, more=len(found) == limit)

    def _rows(self, after: str, until: datetime) -> Iterator[tuple[str, Due]]:
        """The calendar's rows by their places in the feed."""
        sources = [
            self._source(Step.SENT, _REPORT, timedelta(seconds=wait), after, until) for wait in self._after
        ]
        sources.append(self._source(Step.GONE, _GONE, timedelta(), after, until))
        return merge(*sources, key=lambda row: row[0])

    def _source(
        self, step: Step, kind: str, wait: timedelta, after: str, until: datetime
    ) -> Iterator[tuple[str, Due]]:
        behind = _place_of(after, kind, wait) if after else ""
        while True:
            rows = self._calendar.list_behind(step, behind, until - wait, _AT_ONCE)
            for due in rows:
                moment = to_milliseconds(due.since + wait)
                yield f"{moment:013}-{kind}-{due.message}", due
            if len(rows) < _AT_ONCE:
                return
            behind = f"{to_milliseconds(rows[-1].since):013}-{rows[-1].message}"

    def _entry(self, place: str, due: Due) -> FeedEntry | None:
        """The row at that place; None where the calendar's is one that an interruption left, or is over."""
        message = self._find(due.owner, due.message)
        at = _moment(int(place[:13]))
        if due.step is Step.GONE:
            since = starts_at(message) if message and message.stage is Stage.SENT else None
            return None if since and since <= at else FeedEntry(place, at, due.message, None)
        if message is None or message.stage is not Stage.SENT or due not in sent_due(message):
            return None
        return FeedEntry(place, at, due.message, message)


def _place_of(after: str, kind: str, wait: timedelta) -> str:
    """The place among the calendar's rows of a kind that is where `after` is in the feed."""
    found = re.fullmatch(r"([0-9]{13})-([01])-(.*)", after)
    assert found
    moment = max(0, int(found[1]) - wait // timedelta(milliseconds=1))
    # Of two kinds at the same time the one with the higher number comes behind: all of it, or nothing.
    same = {True: found[3], False: "" if kind > found[2] else "~"}[kind == found[2]]
    return f"{moment:013}-{same}"


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
