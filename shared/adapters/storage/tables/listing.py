"""Pages of messages, by time: what they read, and how messages of earlier versions come into them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from shared.adapters.storage.tables.message_list import (
    WALKS,
    WALKS_APART,
    Listed,
    MessageList,
    Walked,
    in_order,
)
from shared.adapters.storage.tables.readers import ReaderTable
from shared.errors import StoreUnavailable
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.owners import EVERY_OWNER, Colleague, TeamOf, Whose, person_in
from shared.tracking.mail.search import EVERYTHING, MessageSearch, text_of
from shared.tracking.overview.facts import Numbers, fact_of
from shared.tracking.overview.month_store import Place

_LOADED_AT_ONCE = 8
_LOOKED_THROUGH = 2_000  # rows of the list, for one page of what is looked for
_MOST_LOADED = 400  # messages, for the same
_WALKED = 500  # messages of earlier versions at a time
_SETTLED = timedelta(hours=1)
_SEEN = (Stage.REGISTERED, Stage.SENT)

Read = Callable[[str, Mapping[str, str], int | None], Iterator[Message]]


class Listing:
    """Every method may raise StoreUnavailable."""

    def __init__(
        self,
        entries: MessageList,
        index: ReaderTable,
        find: Callable[[str, str], Message | None],
        read: Read,
    ) -> None:
        """`find` gets a message by owner and id; `read` those for which an OData filter holds, in the order
        of their keys, at most so many."""
        self.entries = entries
        self._index = index
        self._find = find
        self._read = read

    def enter(self, message: Message) -> None:
        """Have the message found by whoever may see it, whatever they look for: it is about to change."""
        self.entries.enter(_rows_of(message))

    def describe(self, message: Message, numbers: Numbers | None = None) -> None:
        """Have it found by what it is now, and by these numbers. Where that does not work it is found all the
        same."""
        with suppress(StoreUnavailable):
            while True:
                self.entries.enter(_rows_of(message, described=True, numbers=numbers))
                found = self._find(message.owner, message.id)
                if found is not None and found.version == message.version:
                    return
                if found is None or found.stage not in _SEEN:
                    self.entries.strike(_listed(message), *(viewer for viewer, _ in _rows_of(message)))
                    return
                self._take_off(message, found)
                message = found  # somebody else changed it, who may have described it before this did

    def take_back(self, message: Message) -> None:
        """A change came too late: whoever is no reader by now finds it no more by what was entered for it."""
        if message.readers and (found := self._find(message.owner, message.id)):
            self._take_off(message, found)

    def _take_off(self, before: Message, now: Message) -> None:
        stay = {reader.id for reader in now.readers}
        for reader in before.readers:
            # Whoever adds them once more names them in the index first, and lists it again after.
            if reader.id not in stay and self._index.find(reader.id, now.id) is None:
                self.entries.strike(_listed(now), reader.id)

    def strike(self, message: Message) -> None:
        """Have it found no more by its owner, their teams and admins."""
        self.entries.strike(_listed(message), message.owner, EVERY_OWNER, *map(TeamOf, message.teams))

    def page(
        self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING
    ) -> tuple[list[Message], str | None]:
        """As `list_page` of the MessageStore."""
        look = _LOOKED_THROUGH if search.looks_through else limit
        # One more tells whether there is more.
        rows = self._listed_to(viewer, after, look + 1, search)
        candidates = [each for each in rows[:look] if search.may_fit(each.text, each.sent)]
        last, found = rows[look - 1] if len(rows) > look else None, list[Message]()
        with ThreadPoolExecutor(_LOADED_AT_ONCE, "list") as pool:
            for start in range(0, len(candidates), limit):
                some = candidates[start : start + limit]
                for listed, message in zip(some, pool.map(partial(self._load, viewer), some), strict=True):
                    if message is not None and search.fits(message):
                        found.append(message)
                        if len(found) == limit:
                            return found, listed.place if last or listed != rows[-1] else None
                if start + limit >= _MOST_LOADED and start + limit < len(candidates):
                    return found, some[-1].place
        return found, last.place if last else None

    def places(self, viewer: Whose, since: datetime, until: datetime) -> list[Place]:
        """Where everything is that the viewer sees, registered in that time."""
        search = MessageSearch(since=since, until=until)
        listed = self._listed_to(viewer, "", sys.maxsize, search)
        return [each.at for each in listed if since <= each.created_at < until]

    def walk(self, seconds: float = 60.0, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Enter messages of earlier versions, for about so long; the next call goes on."""
        until = time.monotonic() + seconds
        walk = self.entries.walk()
        while walk.done < WALKS and time.monotonic() < until:
            if walk.done_at and not walk.owner and now() - walk.done_at < WALKS_APART:
                return
            found = self._behind(walk.owner, walk.id)
            self.entries.enter((row for message in found for row in _rows_of(message)), anew=False)
            if len(found) < _WALKED:
                walk = Walked(walk.done + 1, now())
            else:
                walk = replace(walk, owner=found[-1].owner, id=found[-1].id)
            self.entries.keep_walk(walk)

    def _listed_to(self, viewer: Whose, after: str, limit: int, search: MessageSearch) -> list[Listed]:
        if self.entries.is_whole:
            return self.entries.page(viewer, after, limit, search)
        person = person_in(viewer)
        if person is None:
            return in_order(self._all("", {}), after, limit)
        found = [Listed(each.owner, each.id, each.created_at) for each in self._index.list_shown(person)]
        found += self._all("PartitionKey eq @owner", {"owner": person})
        if isinstance(viewer, Colleague):
            # Whatever is a team's is listed: earlier versions knew none.
            for name in viewer.teams:
                found += self.entries.page(TeamOf(name), after, limit, search)
        return in_order(list({each.key: each for each in found}.values()), after, limit)

    def _all(self, query: str, parameters: Mapping[str, str]) -> list[Listed]:
        found = self._read(query, parameters, None)
        return [_listed(message, described=True) for message in found if message.stage in _SEEN]

    def _load(self, viewer: Whose, listed: Listed) -> Message | None:
        """The listed message; a row that shows nothing goes, unless it was just entered."""
        message = self._find(listed.owner, listed.id)
        if message is None and datetime.now(UTC) - listed.created_at > _SETTLED:
            self.entries.strike(listed, viewer)
        return message

    def _behind(self, owner: str, identifier: str) -> list[Message]:
        """The next messages in the order of their keys."""
        found: list[Message] = []
        if owner:
            same = {"owner": owner, "id": identifier}
            found = list(self._read("PartitionKey eq @owner and RowKey gt @id", same, _WALKED))
        if len(found) < _WALKED:
            found += self._read("PartitionKey gt @owner", {"owner": owner}, _WALKED - len(found))
        return found


def _listed(message: Message, *, described: bool = False, numbers: Numbers | None = None) -> Listed:
    if not described:
        return Listed(message.owner, message.id, message.created_at)
    text, sent, fact = text_of(message), message.stage is Stage.SENT, fact_of(message)
    fact = replace(fact, numbers=numbers if fact.fits(numbers) else None)
    return Listed(message.owner, message.id, message.created_at, text, sent, fact)


def _rows_of(
    message: Message, *, described: bool = False, numbers: Numbers | None = None
) -> list[tuple[Whose, Listed]]:
    """Everything under which a message is listed: nothing where nobody may see it yet, or any more."""
    if message.stage not in _SEEN:
        return []
    readers = (reader.id for reader in message.readers)
    viewers: list[Whose] = [message.owner, EVERY_OWNER, *readers, *map(TeamOf, message.teams)]
    listed = _listed(message, described=described, numbers=numbers)
    return [(viewer, listed) for viewer in viewers]
