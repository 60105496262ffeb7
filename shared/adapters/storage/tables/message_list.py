"""Which messages a person sees, by time, in Table Storage: what a page reads, however many there are.

A partition for each viewer and each team, one of them for admins, who see everybody's; its rows are in the
order in which they are shown, the newest first. A row says where its message is, and has a text to look
through; while that may change it has none, so that nothing is missed. What is shown is the message's own.
Rows are entered before a message can be seen, and struck before it is gone; one that an interruption left
behind shows nothing, and goes when somebody comes across it.

Messages of earlier versions are entered by a walk, some at a time; until it was done twice, an hour apart
because a process of an earlier version may still register messages, lists are made by reading everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.months import MonthTable, partition_of
from shared.adapters.storage.tables.parts import delete_rows
from shared.paging import place_of
from shared.tracking.mail.calendar import to_millisecond
from shared.tracking.mail.owners import Whose, lists_of
from shared.tracking.mail.search import EVERYTHING, MessageSearch
from shared.tracking.overview.facts import Fact
from shared.tracking.overview.month_store import Place

MESSAGE_LIST = "MessageList"
WALKS = 2
WALKS_APART = timedelta(hours=1)
_STATE = "state"
_LAST = 10**13 - 1  # milliseconds: keys count down, so that the newest comes first
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_AT_ONCE = 100  # operations in a transaction


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of a list, and where it is. `text` and `sent` are what `tracking.mail.search` goes by, and
    `fact` is what months hold, where they are known."""

    owner: str
    id: str
    created_at: datetime
    text: str | None = field(default=None, compare=False)
    sent: bool | None = field(default=None, compare=False)
    fact: Fact | None = field(default=None, compare=False)

    @property
    def at(self) -> Place:
        """Where it is."""
        return Place(self.owner, self.id, self.created_at)

    @property
    def key(self) -> str:
        """What lists are ordered by."""
        return f"{_LAST - (self.created_at - _EPOCH) // _MS:013}-{self.id}"

    @property
    def place(self) -> str:
        """Its place in a list, as a page names it."""
        return place_of(to_millisecond(self.created_at), self.id)


@dataclass(frozen=True, slots=True)
class Walked:
    """How far messages of earlier versions are entered: `done` so often, the last time at `done_at`, and this
    time up to the message at `owner` and `id`."""

    done: int = 0
    done_at: datetime | None = None
    owner: str = ""
    id: str = ""


def key_behind(place: str) -> str:
    """The key behind which a page goes on that begins behind `place`; empty at the beginning."""
    moment, _, identifier = place.partition("-")
    return f"{_LAST - int(moment) // 1000:013}-{identifier}" if place else ""


class MessageList:
    """Every method may raise StoreUnavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.months = MonthTable(tables)
        self._whole = False

    def enter(self, rows: Iterable[tuple[Whose, Listed]], *, anew: bool = True) -> None:
        """Have each message listed for its viewer; once more changes nothing. What is kept to look through
        is forgotten where it is not given, unless not `anew`."""
        partitions = defaultdict[str, list[dict[str, Any]]](list)
        rows = list(rows)
        for viewer, listed in rows:
            key = partition_of(viewer)
            row = {"PartitionKey": key, "RowKey": listed.key, "owner": listed.owner}
            known = {"text": listed.text, "sent": listed.sent}
            partitions[key].append(row | {name: value for name, value in known.items() if value is not None})
        mode = UpdateMode.REPLACE if anew else UpdateMode.MERGE

        def upsert(table: TableClient) -> None:
            for found in partitions.values():
                for start in range(0, len(found), _AT_ONCE):
                    some = found[start : start + _AT_ONCE]
                    table.submit_transaction([("upsert", row, {"mode": mode}) for row in some])

        self.tables.write(MESSAGE_LIST, upsert)
        for viewer, listed in rows if anew else ():
            self.months.change(viewer, listed.at, listed.fact)

    def strike(self, listed: Listed, *viewers: Whose) -> None:
        """Have it listed for them no more."""
        for viewer in chain.from_iterable(map(lists_of, viewers)):
            keys = [{"PartitionKey": partition_of(viewer), "RowKey": listed.key}]
            self.tables.call(MESSAGE_LIST, partial(delete_rows, keys=keys))
            self.months.forget(viewer, listed.at)

    def page(self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING) -> list[Listed]:
        """The viewer's messages behind the place `after` that may fit as far as their time goes, the newest
        first, at most `limit`. Of somebody in teams that is a page of each of their lists, put together."""
        if len(lists := lists_of(viewer)) > 1:
            pages = [self.page(each, after, limit, search) for each in lists]
            return in_order(list({each.key: each for page in pages for each in page}.values()), after, limit)
        query = "PartitionKey eq @viewer and RowKey gt @key"
        key = max(key_behind(after), _end_of(search.until) if search.until else "")
        parameters = {"viewer": partition_of(viewer), "key": key}
        if search.since:
            query += " and RowKey lt @last"
            parameters["last"] = _end_of(search.since)
        select = None if search.looks_through else ["PartitionKey", "RowKey", "owner"]

        def read(table: TableClient) -> list[Listed]:
            rows = table.query_entities(
                query, parameters=parameters, results_per_page=min(limit, 1000), select=select
            )
            return [_listed(row) for row, _ in zip(rows, range(limit), strict=False)]

        return self.tables.call(MESSAGE_LIST, read)

    @property
    def is_whole(self) -> bool:
        """Whether every message that can be seen is listed."""
        self._whole = self._whole or self.walk().done >= WALKS
        return self._whole

    def walk(self) -> Walked:
        """How far the walk is."""
        with suppress(ResourceNotFoundError):
            row = self.tables.call(MESSAGE_LIST, lambda table: table.get_entity(_STATE, _STATE))
            return Walked(row["done"], row.get("done_at"), row["owner"], row["id"])
        return Walked()

    def keep_walk(self, walk: Walked) -> None:
        """Remember how far it is."""
        row: dict[str, Any] = {"PartitionKey": _STATE, "RowKey": _STATE, "done": walk.done}
        row |= {"owner": walk.owner, "id": walk.id}
        if walk.done_at:
            row["done_at"] = walk.done_at
        self.tables.write(MESSAGE_LIST, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))


def in_order(listed: Sequence[Listed], after: str, limit: int) -> list[Listed]:
    """A page of these, as if they came out of the table."""
    key = key_behind(after)
    return sorted((each for each in listed if each.key > key), key=lambda each: each.key)[:limit]


def _listed(row: Mapping[str, Any]) -> Listed:
    moment, _, identifier = row["RowKey"].partition("-")
    created_at = _EPOCH + (_LAST - int(moment)) * _MS
    return Listed(row["owner"], identifier, created_at, row.get("text"), row.get("sent"))


def _end_of(moment: datetime) -> str:
    """Behind every key of what began in that millisecond."""
    return f"{_LAST - (moment - _EPOCH) // _MS:013}."
