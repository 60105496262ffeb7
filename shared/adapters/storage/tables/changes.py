"""A row that changes whenever something in its table does: whoever remembers it need not read the rest."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import msgspec

from shared.adapters.storage.rest import Service
from shared.adapters.storage.tables.rows import put, query_pages
from shared.errors import StoreUnavailable

_PARTITION = "change"
_PAUSE = 0.2  # seconds


class _Row(msgspec.Struct):
    # A column that was asked for and is not there is left out, or null.
    version: str | None = None


class _Page(msgspec.Struct):
    value: list[_Row]


def say_changed(service: Service, table: str) -> None:
    """Have the table's version differ from now on: after the change, so that whoever sees it finds that.
    Raises StoreUnavailable."""
    row = {"PartitionKey": _PARTITION, "RowKey": "last", "version": secrets.token_hex(8)}
    twice(lambda: put(service, table, row))


def version_of(service: Service, table: str) -> str:
    """The table's version; empty where nothing was ever said. Raises StoreUnavailable."""
    for page in query_pages(service, table, f"PartitionKey eq '{_PARTITION}'", "RowKey,version"):
        for row in msgspec.json.decode(page, type=_Page).value:
            return row.version or ""
    return ""


def twice(write: Callable[[], None]) -> None:
    """Write, once more where it did not arrive: its keys are fixed, so what is there already is ours."""
    try:
        write()
    except StoreUnavailable:
        time.sleep(_PAUSE)
        write()
