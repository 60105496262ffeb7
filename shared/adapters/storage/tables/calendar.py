"""The calendar of messages in Table Storage.

One partition, whose row keys begin with what is due and since when: a question that nothing answers reads
nothing, however many messages there are. Another has what was done, by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.parts import delete_rows
from shared.tracking.mail.calendar import Due, Step, place_in, to_milliseconds

CALENDAR = "Calendar"
_PARTITION, _MARKS = "message", "mark"
_AT_ONCE = 100  # operations in a transaction
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CalendarTable:
    """The Calendar of `shared.tracking.mail.calendar`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def enter(self, *due: Due) -> None:
        rows = [_keys(each) | {"owner": each.owner} for each in due]

        def write(table: TableClient) -> None:
            for start in range(0, len(rows), _AT_ONCE):
                some = rows[start : start + _AT_ONCE]
                table.submit_transaction([("upsert", row, {"mode": UpdateMode.REPLACE}) for row in some])

        self.tables.write(CALENDAR, write)

    def strike(self, *due: Due) -> None:
        # Of a row that is gone a transaction says so, and does nothing of the rest.
        self.tables.call(CALENDAR, lambda table: delete_rows(table, [_keys(each) for each in due]))

    def list_due(self, step: Step, before: datetime, limit: int) -> list[Due]:
        return self.list_behind(step, "", before, limit)

    def list_behind(self, step: Step, behind: str, before: datetime, limit: int) -> list[Due]:
        query = "PartitionKey eq @key and RowKey gt @low and RowKey lt @high"
        low, high = f"{step}-{behind}", f"{step}-{to_milliseconds(before):013}"
        parameters = {"key": _PARTITION, "low": low, "high": high}

        def read(table: TableClient) -> list[Due]:
            rows = table.query_entities(query, parameters=parameters, results_per_page=min(limit, 1000))
            return [_due(row) for row, _ in zip(rows, range(limit), strict=False)]

        return self.tables.call(CALENDAR, read)

    def mark(self, name: str, at: datetime) -> None:
        row = {"PartitionKey": _MARKS, "RowKey": name, "at": at}
        self.tables.write(CALENDAR, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))

    def marked(self, name: str) -> datetime | None:
        with suppress(ResourceNotFoundError):
            at = self.tables.call(CALENDAR, lambda table: table.get_entity(_MARKS, name))["at"]
            return datetime.combine(at.date(), at.timetz())  # not the client's own subclass
        return None


def _keys(due: Due) -> dict[str, Any]:
    return {
        "PartitionKey": _PARTITION,
        "RowKey": f"{due.step}-{place_in(due.since, due.message)}",
    }


def _due(row: Mapping[str, Any]) -> Due:
    step, since, message = row["RowKey"].split("-")
    return Due(Step(step), _EPOCH + timedelta(milliseconds=int(since)), row["owner"], message)
