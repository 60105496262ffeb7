"""Pages of messages in an order: made of the months that are kept of them, so that none is read but those
which are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from shared.errors import StoreUnavailable
from shared.paging import RowPage
from shared.tracking.mail.message import Message
from shared.tracking.mail.owners import Whose
from shared.tracking.mail.search import MessageSearch, folded_text
from shared.tracking.mail.sharing import may_see
from shared.tracking.overview.facts import Fact, milliseconds
from shared.tracking.overview.months import Months
from shared.tracking.overview.order import Key, Order, key_at, place_at

LONGEST = timedelta(days=11 * 366)
"""Longer than any message is kept."""
_AHEAD = timedelta(hours=1)  # clocks differ
_AT_ONCE = 8  # messages
_MOST_LOADED = 400  # messages, for one page

Find = Callable[[Whose, str], Message | None]


class Sorting:
    """Every method may raise StoreUnavailable, and what reports raise."""

    def __init__(self, months: Months, find: Find, now: Callable[[], datetime]) -> None:
        self._months = months
        self._find = find
        self._now = now

    def page(
        self,
        viewer: Whose,
        order: Order,
        after: str,
        limit: int,
        search: MessageSearch,
        sees: Callable[[Fact], bool],
    ) -> RowPage[Message]:
        """The viewer's messages that fit, behind the place `after`, at most `limit`; a page may have fewer,
        or none, before the last. `sees` is of which messages the viewer sees what became of them. A message
        that comes to stand elsewhere between two pages may be in both of them, or in none."""
        found = list[tuple[Key, Fact]]()
        behind = key_at(after) if after else None
        for fact in self._facts(viewer, order, search):
            key = order.key(fact, sees)
            if (behind is None or key > behind) and _may_fit(search, fact):
                found.append((key, fact))
        found.sort(key=_key)
        rows = list[Message]()
        for place, (key, message) in enumerate(self._loaded(viewer, found[:_MOST_LOADED], limit), 1):
            if message is not None and search.fits(message):
                rows.append(message)
            is_last = place == len(found)
            if len(rows) == limit or is_last or place == _MOST_LOADED:
                return RowPage(rows, None if is_last else place_at(key), None)
        return RowPage(rows, None, None)

    def _facts(self, viewer: Whose, order: Order, search: MessageSearch) -> Iterable[Fact]:
        until = search.until or self._now() + _AHEAD
        since = search.since or until - LONGEST
        if since >= until:
            return []
        reading = self._months.read(viewer, since, until, asks=order.by.is_told)
        if reading.unread:
            raise StoreUnavailable(
                "Your mails are still being sorted.", "Try again: each time more of them are ready."
            )
        # Months go by the millisecond.
        first, last = milliseconds(since), milliseconds(until)
        return (fact for fact in reading.facts if first <= fact.created <= last)

    def _loaded(
        self, viewer: Whose, found: list[tuple[Key, Fact]], limit: int
    ) -> Iterator[tuple[Key, Message | None]]:
        """The messages themselves, some at a time, as far as the viewer may see them."""
        with ThreadPoolExecutor(_AT_ONCE, "sorted") as pool:
            for start in range(0, len(found), limit):
                some = found[start : start + limit]
                messages = pool.map(partial(self._load, viewer), some)
                yield from ((key, message) for (key, _), message in zip(some, messages, strict=True))

    def _load(self, viewer: Whose, found: tuple[Key, Fact]) -> Message | None:
        fact = found[1]
        message = self._find(fact.owner, fact.id)
        return message if message is not None and may_see(viewer, message) else None


def _may_fit(search: MessageSearch, fact: Fact) -> bool:
    """Whether the message may fit, as far as that is known of it: the message decides."""
    text = None
    if search.looks_for_text and fact.teams is not None:
        named = fact.name, fact.campaign, *fact.tags, fact.sender_name, fact.sender
        text = folded_text((*named, *fact.lists, *fact.teams))
    return search.may_fit(text, fact.starts is not None)


def _key(found: tuple[Key, Fact]) -> Key:
    return found[0]
