"""The audit trail in Table Storage.

One partition, whose row keys begin with the time counted down, so that the order of the table is newest
first. A partition takes 2,000 rows a second ("Scalability and performance targets for Table storage"), and
people do not expand lists as often.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from azure.core.exceptions import ResourceExistsError

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.parts import delete_rows
from shared.audit import Record, Search
from shared.paging import RowPage

AUDIT = "Audit"
PAGE_CHARACTERS = 4_000_000
"""A page of records ends after these, and holds one at least: a record may name hundreds of lists."""
_PARTITION = "audit"
_WORDS = ("chain", "previous", "kind", "actor", "subject", "facts", "hash")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_END = 10**17  # microseconds since then; in the year 5138


class AuditTable:
    """The Trail of `shared.audit`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, record: Record) -> None:
        row = {
            "PartitionKey": _PARTITION,
            "RowKey": f"{_countdown(record.at)}-{record.chain}-{record.number:08}",
            "chain": record.chain,
            "number": record.number,
            "previous": record.previous,
            "at": record.at.isoformat(),  # as text: the hash is over each microsecond
            "kind": record.kind,
            "actor": record.actor,
            "subject": record.subject,
            "facts": record.facts,
            "hash": record.hash,
        }
        try:
            self.tables.insert(AUDIT, row)
        except ResourceExistsError:
            return  # a retry after a lost answer finds its own row: no other has this chain and number

    def read(self, search: Search, limit: int, after: str = "") -> RowPage[Record]:
        parts, values = ["PartitionKey eq @partition"], {"partition": _PARTITION}
        for name, value in (("kind", search.kind), ("actor", search.actor)):
            if value is not None:
                parts.append(f"{name} eq @{name}")
                values[name] = value
        if search.since:
            parts.append("RowKey lt @oldest")
            values["oldest"] = _countdown(search.since - timedelta(microseconds=1))
        if search.until:
            parts.append("RowKey ge @newest")
            values["newest"] = _countdown(search.until - timedelta(microseconds=1))
        if after:
            parts.append("RowKey gt @after")
            values["after"] = after
        where = " and ".join(parts)

        def query(table: Any) -> tuple[list[Mapping[str, Any]], bool]:
            found = table.query_entities(where, parameters=values, results_per_page=min(limit, 1000))
            rows, characters = list[Mapping[str, Any]](), 0
            for row in found:
                characters += len(str(row.get("subject", ""))) + len(str(row.get("facts", "")))
                if len(rows) >= limit or (rows and characters > PAGE_CHARACTERS):
                    return rows, True
                rows.append(row)
            return rows, False

        rows, more = self.tables.call(AUDIT, query)
        return RowPage([_record(row) for row in rows], rows[-1]["RowKey"] if more else None, None)

    def delete(self, until: datetime, through: str | None) -> None:
        where = "PartitionKey eq @partition and RowKey ge @newest"
        values = {"partition": _PARTITION, "newest": _countdown(until - timedelta(microseconds=1))}
        if through is not None:
            where += " and RowKey le @through"
            values["through"] = through

        def delete(table: Any) -> None:
            keys = ["PartitionKey", "RowKey"]
            for page in table.query_entities(where, parameters=values, select=keys).by_page():
                delete_rows(table, list(page))

        self.tables.call(AUDIT, delete)


def _countdown(moment: datetime) -> str:
    return f"{_END - (moment - _EPOCH) // timedelta(microseconds=1):017}"


def _record(row: Mapping[str, Any]) -> Record:
    """The record in a row, also in one that somebody mutilated: its hash will tell."""
    words = {name: str(row.get(name, "")) for name in _WORDS}
    number = row.get("number")
    return Record(at=_moment(row.get("at")), number=number if isinstance(number, int) else -1, **words)


def _moment(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return _EPOCH
