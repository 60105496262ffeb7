"""The event journal's entries in Table Storage: a partition for each message, rows in the order of time.

A row's key is the entry's, its events are one binary property. Entries are inserted and read in great
numbers, so both go over plain HTTP; what is rare goes over the client library.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from shared.adapters.storage.rest import Service
from shared.adapters.storage.tables.rows import insert, query_pages
from shared.tracking.recording.events import Entry, encode, key_of, unpack

if TYPE_CHECKING:
    from azure.data.tables import TableClient

    from shared.adapters.storage.tables.account import Tables

JOURNAL = "Journal"
_PAGE_BYTES = 2 * 1024 * 1024
"""An entry is up to 30 kB as JSON: a thousand at once would be most of what a report needs in memory."""


class _Row(msgspec.Struct):
    RowKey: str
    data: bytes = b""


class _Page(msgspec.Struct):
    value: list[_Row]


_decoder = msgspec.json.Decoder(_Page)


class JournalTable:
    """Entries in Table Storage. Every method may raise StoreUnavailable."""

    def __init__(self, service: Service, tables: Callable[[], Tables]) -> None:
        """Both are the same account's: over plain HTTP, and over the client library."""
        self.service = service
        self.tables = tables

    def put(self, entry: Entry) -> None:
        """Store the entry, unless one of its key is there."""
        row = {
            "PartitionKey": entry.message,
            "RowKey": entry.key,
            "data": base64.b64encode(entry.data).decode(),
            "data@odata.type": "Edm.Binary",
        }
        insert(self.service, JOURNAL, row)

    def read(self, message: str, after: str = "") -> Iterator[Entry]:
        """The message's entries with keys greater than `after`, in order."""
        where = f"PartitionKey eq '{message}' and RowKey gt '{after}'"
        for page in query_pages(self.service, JOURNAL, where, "RowKey,data", _PAGE_BYTES):
            for row in _decoder.decode(page).value:
                if row.data:
                    yield Entry(message, row.RowKey, row.data)

    def bring_home(self, entry: Entry, at: float) -> None:
        """Store, `at` (seconds since 1970), an entry that took the long way, unless it is there.

        It gets a key of that time, so that a report which has read further than its own finds it; an
        empty row under its own says that it is there.
        """
        from azure.core.exceptions import HttpResponseError

        mark = {"PartitionKey": entry.message, "RowKey": entry.key}
        late = mark | {"RowKey": f"{key_of(at, 'late', 0)}-{entry.key}", "data": entry.data}

        def insert_both(table: TableClient) -> None:
            try:
                table.submit_transaction([("create", mark), ("create", late)])
            except HttpResponseError as error:
                if "EntityAlreadyExists" not in str(error):
                    raise

        self.tables().call(JOURNAL, insert_both)

    def erase(self, message: str, recipients: Collection[int]) -> None:
        """Take these recipients' events out of the message's entries. A row without events stays, so that
        nothing brings them in once more."""
        for entry in self.read(message):
            try:
                events = list(unpack(entry.data))
            except ValueError:  # reports say so in the log
                continue
            kept = [event for event in events if event.recipient not in recipients]
            if len(kept) == len(events):
                continue
            row = {"PartitionKey": message, "RowKey": entry.key} | ({"data": encode(kept)} if kept else {})
            self.tables().call(JOURNAL, partial(_replace, row=row))

    def delete(self, message: str) -> None:
        """Delete the message's entries."""
        from shared.adapters.storage.tables.parts import delete_partition

        delete_partition(self.tables(), JOURNAL, message)


def _replace(table: TableClient, row: dict[str, Any]) -> None:
    from azure.data.tables import UpdateMode

    table.upsert_entity(row, mode=UpdateMode.REPLACE)
