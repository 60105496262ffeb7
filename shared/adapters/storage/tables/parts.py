"""Large values as numbered rows of one partition, packed and compressed.

Azurite accepts larger entities than Azure does ("Understanding the Table service data model"), so their
limits are kept here.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import (
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables.account import GONE, Tables, code_of, delete_row
from shared.errors import StoreUnavailable

PROPERTY_BYTES = 64 * 1024
PART_BYTES = 14 * PROPERTY_BYTES
"""An entity holds 1 MiB, its keys and names included; content that compresses to no more fits."""

_DIGITS = 10
_MOST_REWRITES = 20  # before which somebody else's changes must have come to an end
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
        entity = pack_entity(partition, _key(prefix, number), content) | more
        self.tables.write(self.table, lambda table: table.upsert_entity(entity, mode=UpdateMode.REPLACE))

    def add(self, partition: str, prefix: str, number: int, content: bytes) -> bool:
        """Store a part, unless there is one of that number; whether it was stored. Raises TooLarge."""
        entity = pack_entity(partition, _key(prefix, number), content)
        try:
            self.tables.insert(self.table, entity)
        except ResourceExistsError:
            return False
        return True

    def rewrite(self, partition: str, prefix: str, number: int, change: Callable[[bytes], bytes]) -> bool:
        """Store what `change` makes of a part, as nobody else changes it meanwhile; whether that differs.
        A part that is gone stays gone."""
        key = _key(prefix, number)
        for _ in range(_MOST_REWRITES):
            try:
                found = self.tables.call(self.table, lambda table: table.get_entity(partition, key))
                content = unpack_entity(found)
                changed = change(content)
                if changed == content:
                    return False
                entity = pack_entity(partition, key, changed)
                self.tables.call(self.table, partial(_replace, entity=entity, etag=found.metadata["etag"]))
            except ResourceModifiedError:
                continue
            except ResourceNotFoundError:
                return False
            return True
        raise StoreUnavailable

    def read(
        self, partition: str, prefix: str, *, from_number: int = 0, at_once: int = 2
    ) -> Iterator[tuple[int, bytes]]:
        """The parts from a number on, in order, `at_once` with a question to the table."""
        query = "PartitionKey eq @key and RowKey ge @low and RowKey lt @high"
        parameters = {"key": partition, "low": _key(prefix, from_number), "high": f"{prefix}."}
        pages = self.tables.call(
            self.table,
            lambda table: table.query_entities(
                query, parameters=parameters, results_per_page=at_once
            ).by_page(),
        )
        while True:
            # A page may be empty and lead on: what ends it is that there is none.
            page = self.tables.call(self.table, lambda _: _next_page(pages))
            if page is None:
                return
            for entity in page:
                yield int(entity["RowKey"].rpartition("-")[2]), unpack_entity(entity)

    def delete(self, partition: str) -> None:
        """Delete every part of the partition."""
        delete_partition(self.tables, self.table, partition)

    def list_partitions(self, beginning: str) -> list[str]:
        """The partitions whose keys begin so."""
        query = "PartitionKey ge @low and PartitionKey lt @high"
        parameters = {"low": beginning, "high": f"{beginning}~"}
        found = self.tables.call(
            self.table,
            lambda table: [
                row["PartitionKey"]
                for row in table.query_entities(query, parameters=parameters, select=["PartitionKey"])
            ],
        )
        return list(dict.fromkeys(found))


def _next_page(pages: Iterator[Any]) -> list[Mapping[str, Any]] | None:
    page = next(pages, None)
    return None if page is None else list(page)


def _key(prefix: str, number: int) -> str:
    return f"{prefix}-{number:0{_DIGITS}}"


def pack_entity(partition: str, key: str, content: bytes) -> dict[str, Any]:
    packed = zlib.compress(content, 1)
    if len(packed) > PART_BYTES:
        raise TooLarge
    entity: dict[str, Any] = {"PartitionKey": partition, "RowKey": key}
    for place, start in enumerate(range(0, len(packed), PROPERTY_BYTES)):
        entity[f"data{place:02}"] = packed[start : start + PROPERTY_BYTES]
    return entity


def unpack_entity(entity: Mapping[str, Any]) -> bytes:
    columns = sorted(name for name in entity if name.startswith("data"))
    return zlib.decompress(b"".join(entity[name] for name in columns))


def _replace(table: TableClient, entity: dict[str, Any], etag: str | None) -> None:
    if_same = MatchConditions.IfNotModified
    table.update_entity(entity, mode=UpdateMode.REPLACE, etag=etag, match_condition=if_same)


def delete_partition(tables: Tables, table: str, partition: str) -> None:
    """Delete every row of the partition; rows that another deletes meanwhile are no error."""
    _delete_found(tables, table, "PartitionKey eq @key", key=partition)


def _delete_found(tables: Tables, table: str, where: str, **parameters: str) -> None:
    def delete(client: TableClient) -> None:
        keys = ["PartitionKey", "RowKey"]
        for page in client.query_entities(where, parameters=parameters, select=keys).by_page():
            for _, rows in groupby(page, key=lambda row: row["PartitionKey"]):
                delete_rows(client, list(rows))

    tables.call(table, delete)


def delete_expired(tables: Tables, table: str, now: datetime) -> None:
    """Delete every row whose `expires_at` has passed, whatever its partition."""

    def delete(client: TableClient) -> None:
        keys = ["PartitionKey", "RowKey"]
        for entity in client.query_entities("expires_at lt @now", parameters={"now": now}, select=keys):
            delete_row(client, entity["PartitionKey"], entity["RowKey"])

    tables.call(table, delete)


def delete_rows(client: TableClient, keys: list[Any]) -> None:
    """Delete rows of one partition; those that are gone are no error."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        try:
            client.submit_transaction([("delete", key) for key in some])
        except HttpResponseError as error:
            # A transaction has an error of its own, whatever is wrong: the code alone tells.
            if code_of(error) not in GONE:
                raise
            for key in some:
                delete_row(client, key["PartitionKey"], key["RowKey"])
