"""The ledger: rows of the year, held in memory while they are made, and then stored together.

The app's own code makes them, row by row, as it makes those of any mail. To store them one by one would take
a request for each of their changes; so the code is given tables that remember, with every row that was there
before, and what they hold in the end is stored, a hundred rows at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from operator import eq, ge, gt, le, lt
from threading import RLock
from typing import Any, TypeVar, cast

from azure.core.exceptions import (
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.data.tables import TableClient, TableEntity, UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.calendar import CALENDAR
from shared.adapters.storage.tables.message_list import MESSAGE_LIST
from shared.adapters.storage.tables.messages import MESSAGES
from shared.adapters.storage.tables.messages import PARTS as MESSAGE_PARTS
from shared.adapters.storage.tables.months import MONTHS
from shared.adapters.storage.tables.summaries import PARTS as SUMMARY_PARTS
from shared.adapters.storage.tables.summaries import SUMMARIES

T = TypeVar("T")
Keys = tuple[str, str]
Row = Mapping[str, Any]

HELD = (MESSAGES, MESSAGE_PARTS, MESSAGE_LIST, MONTHS, CALENDAR, SUMMARIES, SUMMARY_PARTS)
_AT_ONCE, _LARGEST = 100, 3_000_000  # rows, and bytes, in a transaction
_THREADS = 8
_WHERE = re.compile(r"(\w+) (eq|ge|gt|le|lt) @(\w+)")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {"eq": eq, "ge": ge, "gt": gt, "le": le, "lt": lt}


class Found(list[TableEntity]):
    """Rows that a question found."""

    def by_page(self) -> Iterator[list[TableEntity]]:
        """All of them are one page."""
        return iter([list(self)])


class HeldTable:
    """A table in memory, asked and changed as the service's own client is, as far as the app does so."""

    def __init__(self, rows: Sequence[TableEntity]) -> None:
        self._rows = defaultdict[str, dict[str, TableEntity]](dict)
        self._numbers = count(1)
        self._before = {(row["PartitionKey"], row["RowKey"]) for row in rows}
        self._changed = dict[Keys, None]()
        for row in rows:
            self._rows[row["PartitionKey"]][row["RowKey"]] = row

    def create_entity(self, entity: Row) -> dict[str, Any]:
        """Insert a row."""
        if entity["RowKey"] in self._rows[entity["PartitionKey"]]:
            raise _refused(ResourceExistsError, "EntityAlreadyExists")
        return self.upsert_entity(entity)

    def upsert_entity(self, entity: Row, mode: Any = None) -> dict[str, Any]:
        """Insert a row, or put it in the place of another, or into it."""
        before = self._rows[entity["PartitionKey"]].get(entity["RowKey"])
        kept = TableEntity({**before, **entity} if before and mode == UpdateMode.MERGE else entity)
        etag = f"held {next(self._numbers)}"
        kept._metadata = {"etag": etag, "timestamp": None}
        self._rows[kept["PartitionKey"]][kept["RowKey"]] = kept
        self._changed[kept["PartitionKey"], kept["RowKey"]] = None
        return {"etag": etag}

    def update_entity(
        self, entity: Row, mode: Any = None, etag: str | None = None, match_condition: Any = None
    ) -> dict[str, Any]:
        """Put a row in the place of the one that was there, as long as it is that one."""
        before = self.get_entity(entity["PartitionKey"], entity["RowKey"])
        if etag is not None and before.metadata["etag"] != etag:
            raise _refused(ResourceModifiedError, "UpdateConditionNotSatisfied")
        return self.upsert_entity(entity)

    def get_entity(self, partition: str, row: str) -> TableEntity:
        """The row of these keys."""
        found = self._rows[partition].get(row)
        if found is None:
            raise _refused(ResourceNotFoundError, "ResourceNotFound")
        return found

    def query_entities(
        self, query: str, parameters: Row, results_per_page: int | None = None, select: Any = None
    ) -> Found:
        """Rows for which all of it holds, in the order of their keys."""
        asked = [(key, _COMPARE[how], parameters[name]) for key, how, name in _WHERE.findall(query)]
        only = [value for key, how, value in asked if key == "PartitionKey" and how is eq]
        return Found(
            row
            for partition in only or sorted(self._rows)
            for _, row in sorted(self._rows[partition].items())
            if all(compare(row[key], value) for key, compare, value in asked)
        )

    def list_entities(self, **_: Any) -> Found:
        """Every row."""
        return self.query_entities("", {})

    def submit_transaction(self, operations: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
        """Each of them."""
        done = []
        for what, entity, *more in operations:
            how = more[0] if more else {}
            if what == "create":
                done.append(self.create_entity(entity))
            elif what == "delete":
                self._rows[entity["PartitionKey"]].pop(entity["RowKey"], None)
                self._changed[entity["PartitionKey"], entity["RowKey"]] = None
                done.append({"etag": ""})
            else:
                done.append(self.upsert_entity(entity, how.get("mode")))
        return done

    def operations(self) -> Iterator[list[tuple[str, TableEntity]]]:
        """What has to be done with the real table, some at a time."""
        by_partition = defaultdict[str, list[tuple[str, TableEntity]]](list)
        for partition, name in self._changed:
            row = self._rows[partition].get(name)
            if row is not None:
                by_partition[partition].append(("upsert", row))
            elif (partition, name) in self._before:
                gone = TableEntity(PartitionKey=partition, RowKey=name)
                by_partition[partition].append(("delete", gone))
        for of in by_partition.values():
            some, size = list[tuple[str, TableEntity]](), 0
            for operation in of:
                more = sum(len(value) for value in operation[1].values() if isinstance(value, bytes | str))
                if some and (len(some) == _AT_ONCE or size + more > _LARGEST):
                    yield some
                    some, size = [], 0
                some.append(operation)
                size += more
            yield some


def _refused(kind: type[HttpResponseError], code: str) -> HttpResponseError:
    """As the service refuses, with its own word for it."""
    error = kind(code)
    error.error_code = code  # type: ignore[attr-defined]
    return error


class Ledger(Tables):
    """The tables of one storage account, of which those that are HELD are remembered until all is stored."""

    def __init__(self, real: Tables) -> None:
        super().__init__(real.service)
        self._real = real
        self._held = dict[str, HeldTable]()
        self._lock = RLock()

    def _in_table(self, table: str, operation: Callable[[TableClient], T]) -> T:
        if table not in HELD:
            return super()._in_table(table, operation)
        with self._lock:
            if table not in self._held:
                rows = self._real.call(table, lambda client: [*client.list_entities()])
                self._held[table] = HeldTable(rows)
            return operation(cast("TableClient", self._held[table]))

    def store(self) -> None:
        """Store what was remembered. Raises StoreUnavailable."""
        held, self._held = self._held, {}
        work = [(name, some) for name, table in held.items() for some in table.operations()]
        with ThreadPoolExecutor(_THREADS, "ledger") as pool:
            list(pool.map(lambda each: self._store(*each), work))

    def _store(self, table: str, some: list[tuple[str, TableEntity]]) -> None:
        def write(client: TableClient) -> None:
            if [what for what, _ in some] == ["upsert"]:
                client.upsert_entity(some[0][1], mode=UpdateMode.REPLACE)
            else:
                mode = {"upsert": {"mode": UpdateMode.REPLACE}, "delete": {}}
                client.submit_transaction([(what, row, mode[what]) for what, row in some])

        self._real.write(table, write)
