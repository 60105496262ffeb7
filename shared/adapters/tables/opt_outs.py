"""Objections to tracking in Table Storage: a row each, and one that changes with every one added."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import msgspec

from shared.adapters.tables.rows import put, query_pages
from shared.storage import Service

OPT_OUTS = "OptOuts"


class _Row(msgspec.Struct):
    RowKey: str
    version: str = ""


class _Page(msgspec.Struct):
    value: list[_Row]


class OptOutTable:
    """The OptOutStore of `shared.tracking.opt_outs`, in Table Storage."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def add(self, objection: str) -> None:
        put(self.service, OPT_OUTS, {"PartitionKey": "objection", "RowKey": objection})
        # After the objection, so that whoever sees the new version finds it.
        change = {"PartitionKey": "change", "RowKey": "last", "version": secrets.token_hex(8)}
        put(self.service, OPT_OUTS, change)

    def version(self) -> str:
        return next((row.version for row in self._rows("change")), "")

    def read(self) -> frozenset[str]:
        return frozenset(row.RowKey for row in self._rows("objection"))

    def _rows(self, partition: str) -> Iterator[_Row]:
        where = f"PartitionKey eq '{partition}'"
        for page in query_pages(self.service, OPT_OUTS, where, "RowKey,version"):
            yield from msgspec.json.decode(page, type=_Page).value
