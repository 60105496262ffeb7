"""Expansions in Table Storage.

An expansion is one row in `Expansions`, written each time it makes progress, and a few parts in
`ExpansionParts`, written once. Parts are packed and compressed: a row for every recipient would cost
420 microseconds each, a packed address costs less than one. Azurite accepts larger entities than
Azure does ("Understanding the Table service data model"), so their limits are kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.parts import Parts, TooLarge, delete_expired
from shared.audience.expansion_store import Expansion, Failure, State
from shared.audience.recipients import Particulars
from shared.audience.result import Audience, ListEntry
from shared.errors import Cancelled, StoreUnavailable

ADDRESSES_PER_PART = 25_000
WRITERS = 4  # parts on their way at once
_MOST_LOST = 5  # answers to writes of one row, each of which was done

EXPANSIONS = "Expansions"
PARTS = "ExpansionParts"
# The kinds of parts.
RECIPIENTS, LISTS, SUMMARY, MEMBERS = "recipients", "lists", "summary", "members"
PARTICULARS = "particulars"  # another of them: what is known of the recipients beside their addresses

T = TypeVar("T")
_Part = Sequence[Any] | Particulars
P = TypeVar("P", list[str], Particulars)


class ExpansionTable:
    """The ExpansionStore of `shared.audience.expansions`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parts = Parts(tables, PARTS)

    def add(self, expansion: Expansion) -> Expansion | None:
        try:
            stored = self.tables.insert(EXPANSIONS, _row(expansion))
        except ResourceExistsError:
            # A retry after a lost answer finds its own row.
            found = self._find_row(expansion.owner, expansion.id)
            return found if found and found.runner == expansion.runner else None
        return replace(expansion, version=stored["etag"])

    def find(self, owner: str, identifier: str) -> Expansion | None:
        found = self._find_row(owner, identifier)
        if found is None or found.state is not State.DONE:
            return found
        summary = self._read_all(found, SUMMARY, list[Audience])
        if not summary:
            return None  # forgotten between the two reads
        lists = self._read_all(found, LISTS, list[ListEntry])
        return replace(found, audience=replace(summary[0], lists=lists))

    def update(self, expansion: Expansion) -> Expansion:
        for _ in range(_MOST_LOST):
            try:
                return self._replace_row(expansion)
            except ResourceModifiedError:
                # Either somebody else's, or our own write whose answer was lost: that may happen again.
                found = self._find_row(expansion.owner, expansion.id)
                if found is None or found.runner != expansion.runner:
                    raise Cancelled from None
                expansion = replace(expansion, version=found.version)
            except ResourceNotFoundError:
                raise Cancelled from None
        raise StoreUnavailable

    def keep(
        self,
        expansion: Expansion,
        audience: Audience,
        addresses: Sequence[str],
        known: Particulars | None = None,
        members: Sequence[bytes] = (),
    ) -> Expansion:
        self._keep_split(expansion, LISTS, 0, audience.lists)
        for number, bits in enumerate(members):
            self.parts.put(_parts_key(expansion), MEMBERS, number, bits, expires_at=expansion.expires_at)
        summary = [replace(audience, lists=[])]
        self._keep_split(expansion, SUMMARY, 0, summary)
        starts = range(0, len(addresses), ADDRESSES_PER_PART)
        parts: list[tuple[str, int, _Part]] = []
        for column, kind in ((addresses, RECIPIENTS), (known, PARTICULARS)):
            if column:
                parts += [(kind, start, column[start : start + ADDRESSES_PER_PART]) for start in starts]
        with ThreadPoolExecutor(WRITERS, thread_name_prefix="keep") as pool:
            list(pool.map(lambda part: self._keep_split(expansion, *part), parts))
        try:
            return replace(self.update(replace(expansion, state=State.DONE)), audience=audience)
        except Cancelled:
            self.parts.delete(_parts_key(expansion))
            raise

    def list_recipients(self, expansion: Expansion, start: int, limit: int) -> list[str]:
        found: list[str] = []
        for part in self._read_some(expansion, RECIPIENTS, list[str], start, limit):
            found += part
        return found

    def list_particulars(self, expansion: Expansion, start: int, limit: int) -> Particulars:
        found = Particulars()
        for part in self._read_some(expansion, PARTICULARS, Particulars, start, limit):
            found += part
        return found

    def list_members(self, expansion: Expansion) -> list[bytes]:
        return [bits for _, bits in self.parts.read(_parts_key(expansion), MEMBERS)]

    def list_done(self) -> list[Expansion]:
        query, parameters = "state eq @state", {"state": State.DONE.value}
        return self.tables.call(
            EXPANSIONS,
            lambda table: [_expansion(row) for row in table.query_entities(query, parameters=parameters)],
        )

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        # As it is written, quotes included: no other address holds that.
        wanted = msgspec.json.encode(address)
        return any(wanted in content for _, content in self.parts.read(_parts_key(expansion), RECIPIENTS))

    def delete(self, owner: str, identifier: str) -> bool:
        found = self._find_row(owner, identifier)
        if found is None:
            return False
        self._delete_row(found)
        self.parts.delete(_parts_key(found))
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
            self.parts.delete(_parts_key(expansion))
        # Parts of walks that died, or were taken over, between their writing and their row's.
        delete_expired(self.tables, PARTS, now)
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
        self.tables.call(EXPANSIONS, lambda table: delete_row(table, expansion.owner, expansion.id))

    def _read_all(self, expansion: Expansion, prefix: str, kind: type[list[T]]) -> list[T]:
        parts = self.parts.read(_parts_key(expansion), prefix)
        return [item for _, content in parts for item in msgspec.json.decode(content, type=kind)]

    def _read_some(
        self, expansion: Expansion, prefix: str, kind: type[P], start: int, limit: int
    ) -> Iterator[P]:
        """What parts of that kind hold of the recipients from number `start` on, at most `limit`."""
        # A part is named by the number of its first address; one that was split begins at the same.
        first = start - start % ADDRESSES_PER_PART
        for begins, content in self.parts.read(_parts_key(expansion), prefix, from_number=first):
            items = msgspec.json.decode(content, type=kind)
            skipped = max(0, start - begins)
            some = items[skipped : skipped + limit]
            yield some
            limit -= len(some)
            if not limit:
                break

    def _keep_split(self, expansion: Expansion, prefix: str, number: int, items: _Part) -> None:
        """Store `items`, numbered from `number` on, in one part, or in halves where they do not fit."""
        content = msgspec.json.encode(items)
        try:
            self.parts.put(_parts_key(expansion), prefix, number, content, expires_at=expansion.expires_at)
        except TooLarge:
            if len(items) == 1:
                raise
            middle = len(items) // 2
            self._keep_split(expansion, prefix, number, items[:middle])
            self._keep_split(expansion, prefix, number + middle, items[middle:])


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
    for name, value in values.items():
        if isinstance(value, datetime):  # the client's own subclass of it
            values[name] = datetime.combine(value.date(), value.timetz())
    return Expansion(
        owner=entity["PartitionKey"],
        id=entity["RowKey"],
        failure=msgspec.json.decode(failure, type=Failure) if failure else None,
        version=entity.metadata["etag"],  # type: ignore[attr-defined]
        **values,
    )
