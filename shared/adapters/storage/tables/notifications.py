"""Notifications of webhooks in Table Storage.

One partition, so that what waits becomes what is over in one transaction. Row keys begin with `a` and when it
is tried next, or with `b` and when it was over, the latest first; `c` and the id says that there is one, and
`d` has what is remembered beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.parts import delete_rows
from shared.hooks.notifications import Notification, NotificationFate
from shared.paging import RowPage
from shared.tracking.mail.calendar import to_milliseconds

NOTIFICATIONS = "Notifications"
_PARTITION = "notification"
_LAST = 10**13 - 1
_SOME = 50  # rows, of which a transaction deletes two each


class NotificationTable:
    """The NotificationStore of `shared.hooks.notifications`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, notification: Notification) -> None:
        rows = [{"PartitionKey": _PARTITION, "RowKey": f"c-{notification.id}"}, _row(notification)]
        with suppress(ResourceExistsError):
            self.tables.call(
                NOTIFICATIONS, lambda table: table.submit_transaction([("create", row) for row in rows])
            )

    def list_due(self, before: datetime, limit: int) -> list[Notification]:
        return [_notification(row) for row in self._rows("a-", f"a-{to_milliseconds(before) + 1:013}", limit)]

    def move(self, before: Notification, after: Notification) -> None:
        gone, row = {"PartitionKey": _PARTITION, "RowKey": _key(before)}, _row(after)
        steps: list[Any] = [("delete", gone), ("upsert", row, {"mode": UpdateMode.REPLACE})]
        if gone["RowKey"] == row["RowKey"]:
            del steps[0]
        with suppress(ResourceNotFoundError):
            self.tables.call(NOTIFICATIONS, lambda table: table.submit_transaction(steps))

    def read(self, limit: int, after: str = "") -> RowPage[Notification]:
        rows = self._rows(after or "a-", "c", limit + 1)
        more = rows[limit - 1]["RowKey"] if len(rows) > limit else None
        return RowPage([_notification(row) for row in rows[:limit]], more, None)

    def end(self, before: datetime) -> None:
        low = f"b-{_LAST - to_milliseconds(before):013}-~"
        while rows := self._rows(low, "c", _SOME):
            keys = [row["RowKey"] for row in rows]
            keys += [f"c-{row['id']}" for row in rows]
            gone = [{"PartitionKey": _PARTITION, "RowKey": key} for key in keys]
            self.tables.call(NOTIFICATIONS, lambda table, gone=gone: delete_rows(table, gone))  # type: ignore[misc]

    def remember(self, name: str, value: str) -> None:
        row = {"PartitionKey": _PARTITION, "RowKey": f"d-{name}", "value": value}
        self.tables.write(NOTIFICATIONS, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))

    def remembered(self, name: str) -> str | None:
        try:
            row = self.tables.call(NOTIFICATIONS, lambda table: table.get_entity(_PARTITION, f"d-{name}"))
        except ResourceNotFoundError:
            return None
        return str(row["value"])

    def _rows(self, low: str, high: str, limit: int) -> list[Mapping[str, Any]]:
        query = "PartitionKey eq @key and RowKey gt @low and RowKey lt @high"
        parameters = {"key": _PARTITION, "low": low, "high": high}

        def read(table: TableClient) -> list[Mapping[str, Any]]:
            found = table.query_entities(query, parameters=parameters, results_per_page=min(limit, 1000))
            return list(islice(found, limit))

        return self.tables.call(NOTIFICATIONS, read)


def _key(notification: Notification) -> str:
    at = to_milliseconds(notification.at)
    waits = notification.fate is NotificationFate.WAITING
    return f"a-{at:013}-{notification.id}" if waits else f"b-{_LAST - at:013}-{notification.id}"


def _row(notification: Notification) -> dict[str, Any]:
    return {
        "PartitionKey": _PARTITION,
        "RowKey": _key(notification),
        "id": notification.id,
        "kind": notification.kind,
        "body": notification.body,
        "created_at": notification.created_at,
        "at": notification.at,
        "fate": notification.fate.value,
        "attempts": notification.attempts,
        "outcome": notification.outcome,
    }


def _notification(row: Mapping[str, Any]) -> Notification:
    return Notification(
        row["id"],
        row["kind"],
        row["body"],
        _plain(row["created_at"]),
        _plain(row["at"]),
        NotificationFate(row["fate"]),
        row["attempts"],
        row["outcome"],
    )


def _plain(moment: datetime) -> datetime:
    """Not the client's own subclass of datetime, which msgspec does not know."""
    return datetime.combine(moment.date(), moment.timetz())
