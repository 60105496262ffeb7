"""Summaries in Table Storage: a row in `Summaries` that says which parts of `SummaryParts` are current.

A summary is written as new parts first, then the row, if it is still the one that was read. So nobody ever
reads half of one, and of two that are written at once one stays.
"""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, TableEntity, UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.parts import PART_BYTES, Parts
from shared.errors import Conflict
from shared.tracking.reporting.summaries import Summary

SUMMARIES = "Summaries"
PARTS = "SummaryParts"


class SummaryTable:
    """The SummaryStore of `shared.tracking.reporting.reports`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parts = Parts(tables, PARTS)

    def find(self, message: str) -> tuple[Summary, str] | None:
        row = self._find_row(message)
        if row is None:
            return None
        version = f"{row.metadata['etag']} {row['parts']}"
        content = b"".join(
            content for _, content in self.parts.read(_partition(message, row["parts"]), "part")
        )
        # Where the parts were replaced between the two reads, one is made anew.
        return msgspec.msgpack.decode(content, type=Summary) if content else Summary(), version

    def keep(self, message: str, summary: Summary, version: str) -> None:
        etag, _, old_parts = version.rpartition(" ")
        parts = secrets.token_hex(8)
        content = msgspec.msgpack.encode(summary)
        for number, start in enumerate(range(0, len(content), PART_BYTES)):
            self.parts.put(_partition(message, parts), "part", number, content[start : start + PART_BYTES])
        row = {"PartitionKey": message, "RowKey": "summary", "parts": parts}
        try:
            self.tables.call(SUMMARIES, lambda table: _write(table, row, etag))
        except (ResourceExistsError, ResourceModifiedError, ResourceNotFoundError):
            # Either somebody else's, or our own write whose answer was lost.
            found = self._find_row(message)
            if found is None or found["parts"] != parts:
                self.parts.delete(_partition(message, parts))
                raise Conflict from None
        if old_parts:
            self.parts.delete(_partition(message, old_parts))

    def delete(self, message: str) -> None:
        """Forget the message's summary, and parts of one whose writing was broken off."""
        self.tables.call(SUMMARIES, lambda table: delete_row(table, message, "summary"))
        for partition in self.parts.list_partitions(_partition(message, "")):
            self.parts.delete(partition)

    def _find_row(self, message: str) -> TableEntity | None:
        try:
            return self.tables.call(SUMMARIES, lambda table: table.get_entity(message, "summary"))
        except ResourceNotFoundError:
            return None


def _partition(message: str, parts: str) -> str:
    return f"{message}_{parts}"


def _write(table: TableClient, row: dict[str, Any], etag: str) -> None:
    if etag:
        table.update_entity(
            row, mode=UpdateMode.REPLACE, etag=etag, match_condition=MatchConditions.IfNotModified
        )
    else:
        table.create_entity(row)
