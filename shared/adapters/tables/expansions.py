"""Expansions in Table Storage.

An expansion is one row in `Expansions`, written each time it makes progress, and a few parts in
`ExpansionParts`, written once. Parts are packed and compressed: a row for every recipient would cost
420 microseconds each, a packed address costs less than one. Azurite accepts larger entities than
Azure does ("Understanding the Table service data model"), so their limits are kept here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.tables.account import Tables
from shared.audience.balance import Audience
from shared.audience.expansions import Expansion, Failure, State
from shared.errors import Cancelled

PROPERTY_BYTES = 64 * 1024
PART_BYTES = 14 * PROPERTY_BYTES  # an entity holds 1 MiB, its keys and names included
ADDRESSES_PER_PART = 25_000

EXPANSIONS = "Expansions"
PARTS = "ExpansionParts"


class ExpansionTable:
    """The ExpansionStore of `shared.audience.expansions`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, expansion: Expansion) -> Expansion | None:
        try:
            stored = self.tables.call(EXPANSIONS, lambda table: table.create_entity(_row(expansion)))
        except ResourceExistsError:
            # A retry after a lost answer finds its own row.
            found = self._find_row(expansion.owner, expansion.id)
            return found if found and found.runner == expansion.runner else None
        return replace(expansion, version=stored["etag"])

    def find(self, owner: str, identifier: str) -> Expansion | None:
        found = self._find_row(owner, identifier)
        if found is None or found.state is not State.DONE:
            return found
        packed = b"".join(data for _, data in self._parts(found, "audience-"))
        if not packed:
            return None  # forgotten between the two reads
        return replace(found, audience=msgspec.json.decode(zlib.decompress(packed), type=Audience))

    def update(self, expansion: Expansion) -> Expansion:
        try:
            return self._replace_row(expansion)
        except ResourceModifiedError:
            # Either somebody else's, or our own write whose answer was lost.
            found = self._find_row(expansion.owner, expansion.id)
            if found is None or found.runner != expansion.runner:
                raise Cancelled from None
            return self._replace_row(replace(expansion, version=found.version))
        except ResourceNotFoundError:
            raise Cancelled from None

    def keep(self, expansion: Expansion, audience: Audience, addresses: Sequence[str]) -> Expansion:
        packed = zlib.compress(msgspec.json.encode(audience), 1)
        for number, start in enumerate(range(0, len(packed), PART_BYTES)):
            self._put_part(expansion, f"audience-{number:07}", packed[start : start + PART_BYTES])
        for start in range(0, len(addresses), ADDRESSES_PER_PART):
            self._keep_addresses(expansion, start, addresses[start : start + ADDRESSES_PER_PART])
        try:
            return replace(self.update(replace(expansion, state=State.DONE)), audience=audience)
        except Cancelled:
            self._delete_parts(_parts_key(expansion))
            raise

    def list_recipients(self, expansion: Expansion, start: int, limit: int) -> list[str]:
        found: list[str] = []
        # A part is found by the number of its first address, which ADDRESSES_PER_PART divides into
        # rows of the table; one that was too large to stand whole follows itself in order.
        first = start - start % ADDRESSES_PER_PART
        for key, data in self._parts(expansion, "recipients-", from_number=first):
            begins = int(key.rpartition("-")[2])
            addresses = msgspec.json.decode(zlib.decompress(data), type=list[str])
            found += addresses[max(0, start - begins) : max(0, start - begins) + limit - len(found)]
            if len(found) == limit:
                break
        return found

    def delete(self, owner: str, identifier: str) -> bool:
        found = self._find_row(owner, identifier)
        if found is None:
            return False
        self._delete_row(found)
        self._delete_parts(_parts_key(found))
        return True

    def purge(self, now: datetime) -> int:
        expired = self.tables.call(
            EXPANSIONS,
            lambda table: [
                _expansion(entity)
                for entity in table.query_entities("expires_at lt @now", parameters={"now": now})
            ],
        )
        for expansion in expired:
            self._delete_row(expansion)
            self._delete_parts(_parts_key(expansion))
        self._delete_orphans(now)
        return len(expired)

    def _find_row(self, owner: str, identifier: str) -> Expansion | None:
        try:
            return _expansion(self.tables.call(EXPANSIONS, lambda table: table.get_entity(owner, identifier)))
        except ResourceNotFoundError:
            return None

    def _replace_row(self, expansion: Expansion) -> Expansion:
        stored = self.tables.call(
            EXPANSIONS,
            lambda table: table.update_entity(
                _row(expansion),
                mode=UpdateMode.REPLACE,
                etag=expansion.version,
                match_condition=MatchConditions.IfNotModified,
            ),
        )
        return replace(expansion, version=stored["etag"])

    def _delete_row(self, expansion: Expansion) -> None:
        with suppress(ResourceNotFoundError):
            self.tables.call(EXPANSIONS, lambda table: table.delete_entity(expansion.owner, expansion.id))

    def _keep_addresses(self, expansion: Expansion, start: int, addresses: Sequence[str]) -> None:
        packed = zlib.compress(msgspec.json.encode(addresses), 1)
        if len(packed) > PART_BYTES:
            middle = len(addresses) // 2
            self._keep_addresses(expansion, start, addresses[:middle])
            self._keep_addresses(expansion, start + middle, addresses[middle:])
        else:
            self._put_part(expansion, f"recipients-{start:07}", packed)

    def _put_part(self, expansion: Expansion, key: str, packed: bytes) -> None:
        entity: dict[str, Any] = {
            "PartitionKey": _parts_key(expansion),
            "RowKey": key,
            "expires_at": expansion.expires_at,
        }
        for number, start in enumerate(range(0, len(packed), PROPERTY_BYTES)):
            entity[f"data{number:02}"] = packed[start : start + PROPERTY_BYTES]
        self.tables.call(PARTS, lambda table: table.upsert_entity(entity, mode=UpdateMode.REPLACE))

    def _parts(
        self, expansion: Expansion, prefix: str, *, from_number: int = 0
    ) -> Iterator[tuple[str, bytes]]:
        """The parts whose keys start with `prefix`, in order, one page of the table at a time."""
        query = "PartitionKey eq @key and RowKey ge @low and RowKey lt @high"
        parameters = {
            "key": _parts_key(expansion),
            "low": f"{prefix}{from_number:07}",
            "high": f"{prefix}9999999",
        }
        pages = self.tables.call(
            PARTS,
            lambda table: table.query_entities(query, parameters=parameters, results_per_page=1).by_page(),
        )
        while True:
            page = self.tables.call(PARTS, lambda _: list(next(pages, ())))
            for entity in page:
                columns = sorted(name for name in entity if name.startswith("data"))
                yield entity["RowKey"], b"".join(entity[name] for name in columns)
            if not page:
                return

    def _delete_parts(self, key: str) -> None:
        self._delete_where("PartitionKey eq @key", {"key": key})

    def _delete_orphans(self, now: datetime) -> None:
        """Parts of walks that died, or were taken over, between their writing and their row's."""
        self._delete_where("expires_at lt @now", {"now": now})

    def _delete_where(self, query: str, parameters: dict[str, Any]) -> None:
        def delete(table: TableClient) -> None:
            keys = ["PartitionKey", "RowKey"]
            for entity in table.query_entities(query, parameters=parameters, select=keys):
                table.delete_entity(entity)

        self.tables.call(PARTS, delete)


def _parts_key(expansion: Expansion) -> str:
    """Walks that take one another over write apart, so that no part of one is read as the other's."""
    return f"{expansion.owner}_{expansion.id}_{expansion.runner}"


_COLUMNS = {field.name for field in fields(Expansion)} - {"owner", "id", "audience", "failure", "version"}


def _row(expansion: Expansion) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(expansion, name) for name in _COLUMNS}
    row |= {"PartitionKey": expansion.owner, "RowKey": expansion.id, "state": expansion.state.value}
    if expansion.failure:
        row["failure"] = msgspec.json.encode(expansion.failure).decode()
    return row


def _expansion(entity: Mapping[str, Any]) -> Expansion:
    failure = entity.get("failure")
    values: dict[str, Any] = {name: entity.get(name) for name in _COLUMNS}  # what is None is not stored
    values["state"] = State(values["state"])
    for name in ("started_at", "beat_at", "expires_at"):  # the client's own subclass of datetime
        values[name] = datetime.combine(values[name].date(), values[name].timetz())
    return Expansion(
        owner=entity["PartitionKey"],
        id=entity["RowKey"],
        failure=msgspec.json.decode(failure, type=Failure) if failure else None,
        version=entity.metadata["etag"],  # type: ignore[attr-defined]
        **values,
    )
