"""Large values as numbered rows of one partition, packed and compressed.

Azurite accepts larger entities than Azure does ("Understanding the Table service data model"), so their
limits are kept here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.tables.account import Tables

PROPERTY_BYTES = 64 * 1024
PART_BYTES = 14 * PROPERTY_BYTES
"""An entity holds 1 MiB, its keys and names included; content that compresses to no more fits."""

_DIGITS = 10
_AT_ONCE = 100  # operations in a transaction


class TooLarge(ValueError):
    """The content, compressed, is more than an entity holds."""


class Parts:
    """The numbered parts in one table. `prefix` tells kinds of parts in a partition apart."""

    def __init__(self, tables: Tables, table: str) -> None:
        self.tables = tables
        self.table = table

    def put(self, partition: str, prefix: str, number: int, content: bytes, **more: Any) -> None:
        """Store a part in place of any of that number, with `more` properties. Raises TooLarge."""
        packed = zlib.compress(content, 1)
        if len(packed) > PART_BYTES:
            raise TooLarge
        entity: dict[str, Any] = {"PartitionKey": partition, "RowKey": f"{prefix}-{number:0{_DIGITS}}"} | more
        for place, start in enumerate(range(0, len(packed), PROPERTY_BYTES)):
            entity[f"data{place:02}"] = packed[start : start + PROPERTY_BYTES]
        self.tables.call(self.table, lambda table: table.upsert_entity(entity, mode=UpdateMode.REPLACE))

    def read(self, partition: str, prefix: str, *, from_number: int = 0) -> Iterator[tuple[int, bytes]]:
        """The parts from a number on, in order, one page of the table at a time."""
        query = "PartitionKey eq @key and RowKey ge @low and RowKey lt @high"
        parameters = {"key": partition, "low": f"{prefix}-{from_number:0{_DIGITS}}", "high": f"{prefix}."}
        pages = self.tables.call(
            self.table,
            lambda table: table.query_entities(query, parameters=parameters, results_per_page=2).by_page(),
        )
        while True:
            page = self.tables.call(self.table, lambda _: list(next(pages, ())))
            for entity in page:
                columns = sorted(name for name in entity if name.startswith("data"))
                number = int(entity["RowKey"].rpartition("-")[2])
                yield number, zlib.decompress(b"".join(entity[name] for name in columns))
            if not page:
                return

    def delete(self, partition: str) -> None:
        """Delete every part of the partition."""
        delete_partition(self.tables, self.table, partition)


def delete_partition(tables: Tables, table: str, partition: str) -> None:
    """Delete every row of the partition; rows that another deletes meanwhile are no error."""

    def delete(client: TableClient) -> None:
        rows = client.query_entities(
            "PartitionKey eq @key", parameters={"key": partition}, select=["PartitionKey", "RowKey"]
        )
        for page in rows.by_page():
            keys = list(page)
            for start in range(0, len(keys), _AT_ONCE):
                _delete_rows(client, keys[start : start + _AT_ONCE])

    tables.call(table, delete)


def delete_expired(tables: Tables, table: str, now: datetime) -> None:
    """Delete every row whose `expires_at` has passed, whatever its partition."""

    def delete(client: TableClient) -> None:
        keys = ["PartitionKey", "RowKey"]
        for entity in client.query_entities("expires_at lt @now", parameters={"now": now}, select=keys):
            client.delete_entity(entity)

    tables.call(table, delete)


def _delete_rows(client: TableClient, keys: list[Any]) -> None:
    try:
        client.submit_transaction([("delete", key) for key in keys])
    except ResourceNotFoundError:
        for key in keys:
            client.delete_entity(key)
