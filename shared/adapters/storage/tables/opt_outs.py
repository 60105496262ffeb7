"""Objections to tracking in Table Storage: a row each, and one that changes with every one added
or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import msgspec

from shared.adapters.storage.rest import Service
from shared.adapters.storage.tables.changes import say_changed, twice, version_of
from shared.adapters.storage.tables.rows import delete, insert, query_pages
from shared.tracking.mail.tokens import UNDATED, week_of
from shared.tracking.privacy.opt_outs import TO_ONE_MAIL, of_recipient

OPT_OUTS = "OptOuts"
_EARLIER = datetime(1970, 1, 1, tzinfo=UTC)
"""What is said of objections from before their time was kept."""


class _Row(msgspec.Struct):
    RowKey: str
    # A column that was asked for and is not there is left out, or null.
    at: datetime | None = None
    week: str | None = None


class _Page(msgspec.Struct):
    value: list[_Row]


class OptOutTable:
    """The OptOutStore of `shared.tracking.privacy.opt_outs`, in Table Storage."""

    def __init__(self, service: Service, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.service = service
        self.now = now

    def add(self, objection: str, week: int = UNDATED, since: datetime | None = None) -> None:
        at = (since or self.now()).isoformat()
        row = {"PartitionKey": "objection", "RowKey": objection, "at": at}
        if week != UNDATED:
            row["week"] = str(week)
        twice(lambda: insert(self.service, OPT_OUTS, row))
        say_changed(self.service, OPT_OUTS)

    def remove(self, objection: str) -> None:
        twice(lambda: delete(self.service, OPT_OUTS, "objection", objection))
        say_changed(self.service, OPT_OUTS)

    def remove_of(self, message: str) -> None:
        first = of_recipient(message, 0)[:-1]
        # A full stop follows the dash in the order of keys.
        found = list(self._rows("objection", f" and RowKey ge '{first}' and RowKey lt '{first[:-1]}.'"))
        for row in found:
            twice(partial(delete, self.service, OPT_OUTS, "objection", row.RowKey))
        if found:
            say_changed(self.service, OPT_OUTS)

    def find(self, objection: str) -> datetime | None:
        for row in self._rows("objection", f" and RowKey eq '{objection}'"):
            return row.at or _EARLIER
        return None

    def version(self) -> str:
        return version_of(self.service, OPT_OUTS)

    def read(self) -> frozenset[str]:
        return frozenset(row.RowKey for row in self._rows("objection"))

    def list_since(self, kind: str, moment: datetime) -> list[str]:
        # Objections from before their time was kept have none, and are left out.
        where = f" and RowKey ge '{kind}' and RowKey lt '{kind}~' and at ge '{moment.isoformat()}'"
        return [row.RowKey for row in self._rows("objection", where)]

    def end(self, week: int, undated: int) -> int:
        count = 0
        for kind in TO_ONE_MAIL:
            for row in self._rows("objection", f" and RowKey ge '{kind}-' and RowKey lt '{kind}.'"):
                latest = int(row.week) if row.week else max(week_of(row.at or _EARLIER), undated)
                if latest <= week:
                    twice(partial(delete, self.service, OPT_OUTS, "objection", row.RowKey))
                    count += 1
        if count:
            say_changed(self.service, OPT_OUTS)
        return count

    def _rows(self, partition: str, more: str = "") -> Iterator[_Row]:
        where = f"PartitionKey eq '{partition}'{more}"
        for page in query_pages(self.service, OPT_OUTS, where, "RowKey,at,week"):
            yield from msgspec.json.decode(page, type=_Page).value
