"""Months of messages in Table Storage: a partition for each viewer, in it a pack for each month and a row for
each change that came after it.

A month's row is there before what is packed into it is read, at first without facts. Whoever takes a message
away changes it, so that what was read before is not packed after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, TableEntity, UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.parts import TooLarge, pack_entity, unpack_entity
from shared.errors import Conflict, StoreUnavailable
from shared.tracking.mail.labels import fold
from shared.tracking.mail.owners import EveryOwner, TeamOf, Whose
from shared.tracking.overview.facts import NEVER, Fact, milliseconds, moment_of
from shared.tracking.overview.memory import Memory
from shared.tracking.overview.month_store import Change, Month, Place
from shared.tracking.overview.names import name_of

MONTHS = "Months"
_NAME = len("2026-11")
_REMEMBERED = 100_000  # facts, of which each takes about a kilobyte
_FEW = 3  # months that are asked for one by one
_KEYS = ["PartitionKey", "RowKey", "owner", "entered", "fact", "packed"]
_TRIES = 20  # before which somebody else's packing must have come to an end


@dataclass(frozen=True, slots=True)
class Pack:
    """What was packed of a month, at that version; no number in it is asked for before `due_at`."""

    version: str
    facts: Sequence[Fact]
    due_at: int


class MonthTable:
    """Every method may raise StoreUnavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._packs = Memory[tuple[str, str], Pack](_REMEMBERED, lambda pack: len(pack.facts) + 1)

    def read(self, viewer: Whose, first: str, last: str) -> list[Month]:
        """As in the MonthStore. Packs that this process read before are asked only for their versions."""
        partition = partition_of(viewer)
        if self._packs.get((partition, last)) or self._packs.get((partition, first)):
            rows = self._rows(partition, first, last, _KEYS)
            new = [row for row in rows if row.get("packed") and self._remembered(row) is None]
            if len(new) <= _FEW and all(map(self._learn, new)):
                return self._months(rows)
        # A month's row comes before its changes, so none of these is older than what is packed.
        rows = self._rows(partition, first, last, None)
        for row in rows:
            if row.get("packed"):
                self._packs.put((partition, row["RowKey"]), _pack(row))
        return self._months(rows)

    def _rows(self, partition: str, first: str, last: str, select: list[str] | None) -> list[TableEntity]:
        query = "PartitionKey eq @viewer and RowKey ge @first and RowKey lt @last"
        parameters = {"viewer": partition, "first": first, "last": f"{last}~"}
        return self.tables.call(
            MONTHS, lambda table: list(table.query_entities(query, parameters=parameters, select=select))
        )

    def _learn(self, row: TableEntity) -> bool:
        """Read the pack of this row; whether it is still that one."""
        partition, name = row["PartitionKey"], row["RowKey"]
        try:
            found = self.tables.call(MONTHS, lambda table: table.get_entity(partition, name))
        except ResourceNotFoundError:
            return False
        if _version(found) != _version(row):
            return False
        self._packs.put((partition, name), _pack(found))
        return True

    def _remembered(self, row: TableEntity) -> Pack | None:
        pack = self._packs.get((row["PartitionKey"], row["RowKey"]))
        return pack if pack is not None and pack.version == _version(row) else None

    def _months(self, rows: Sequence[TableEntity]) -> list[Month]:
        return [
            self._month(name, list(of)) for name, of in groupby(rows, key=lambda row: row["RowKey"][:_NAME])
        ]

    def _month(self, name: str, rows: Sequence[TableEntity]) -> Month:
        pack, version, changes = None, "", list[Change]()
        for row in rows:
            if row["RowKey"] == name:
                version = _version(row)
                pack = (self._remembered(row) or _pack(row)) if row.get("packed") else None
                continue
            moment, _, identifier = row["RowKey"][_NAME + 1 :].partition("-")
            place = Place(row["owner"], identifier, moment_of(int(moment)))
            fact = msgspec.msgpack.decode(row["fact"], type=Fact) if "fact" in row else None
            changes.append(Change(place, fact, int(row["entered"]), _version(row)))
        if pack is None:
            return Month(name, None, changes, version)
        return Month(name, pack.facts, changes, version, pack.due_at)

    def pack(self, viewer: Whose, month: Month, facts: Sequence[Fact], done: Iterable[Change]) -> None:
        """As in the MonthStore. More facts than a row holds stay changes."""
        partition = partition_of(viewer)
        try:
            row = pack_entity(partition, month.name, msgspec.msgpack.encode(facts)) | {"packed": True}
        except TooLarge:
            return
        try:
            self.tables.call(MONTHS, partial(_replace, row=row, etag=month.version))
        except (ResourceModifiedError, ResourceNotFoundError):
            raise Conflict from None
        for change in done:
            key = _key(change.place.created_at, change.place.id)
            with suppress(ResourceModifiedError):
                self.tables.call(
                    MONTHS, partial(delete_row, partition=partition, row=key, etag=change.version)
                )

    def change(self, viewer: Whose, place: Place, fact: Fact | None) -> None:
        """Have this known of the message; that it has to be looked at, where that is None."""
        row: dict[str, Any] = {
            "PartitionKey": partition_of(viewer),
            "RowKey": _key(place.created_at, place.id),
            "owner": place.owner,
            "entered": str(milliseconds(datetime.now(UTC))),
        }
        if fact is not None:
            row["fact"] = msgspec.msgpack.encode(fact)
        self.tables.write(MONTHS, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))

    def begin(self, viewer: Whose, name: str) -> str:
        """As in the MonthStore."""
        row = {"PartitionKey": partition_of(viewer), "RowKey": name}
        return str(self.tables.write(MONTHS, partial(_put, row=row))["etag"])

    def forget(self, viewer: Whose, place: Place) -> None:
        """Know nothing of the message any more, after it went off the viewer's list."""
        partition, name = partition_of(viewer), name_of(place.created_at)
        for _ in range(_TRIES):
            try:
                found = self.tables.call(MONTHS, lambda table: table.get_entity(partition, name))
            except ResourceNotFoundError:
                break
            try:
                self.tables.call(MONTHS, partial(_take, row=found, identifier=place.id))
                break
            except (ResourceModifiedError, ResourceNotFoundError):
                continue
        else:
            raise StoreUnavailable
        key = _key(place.created_at, place.id)
        self.tables.call(MONTHS, partial(delete_row, partition=partition, row=key))


def partition_of(viewer: Whose) -> str:
    """Where the rows of a viewer are."""
    if isinstance(viewer, TeamOf):
        # A name may hold what a key may not.
        return f"team-{hashlib.sha256(fold(viewer.name).encode()).hexdigest()[:32]}"
    return "everybody" if isinstance(viewer, EveryOwner) else f"viewer-{viewer}"


def _key(created_at: datetime, identifier: str) -> str:
    return f"{name_of(created_at)}-{milliseconds(created_at):013}-{identifier}"


def _pack(row: TableEntity) -> Pack:
    facts = _facts(row)
    return Pack(_version(row), facts, min((fact.due_at for fact in facts), default=NEVER))


def _facts(row: Mapping[str, Any]) -> list[Fact]:
    return msgspec.msgpack.decode(unpack_entity(row), type=list[Fact])


def _take(table: TableClient, row: TableEntity, identifier: str) -> None:
    """Take the message out of the month's row, which is another then in any case."""
    partition, name, etag = row["PartitionKey"], row["RowKey"], _version(row)
    left = [fact for fact in _facts(row) if fact.id != identifier] if row.get("packed") else None
    if left == []:
        delete_row(table, partition, name, etag)
        return
    kept: dict[str, Any] = {"PartitionKey": partition, "RowKey": name}
    if left:
        kept = pack_entity(partition, name, msgspec.msgpack.encode(left)) | {"packed": True}
    _replace(table, kept, etag)


def _version(row: TableEntity) -> str:
    return str(row.metadata["etag"])


def _put(table: TableClient, row: dict[str, Any]) -> Mapping[str, Any]:
    return table.upsert_entity(row, mode=UpdateMode.REPLACE)


def _replace(table: TableClient, row: dict[str, Any], etag: str) -> None:
    if_same = MatchConditions.IfNotModified
    table.update_entity(row, mode=UpdateMode.REPLACE, etag=etag, match_condition=if_same)
