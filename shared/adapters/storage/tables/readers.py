"""Which messages a reader may see, in Table Storage: a row for each in the reader's own partition, and one in
the message's, so that its deletion finds every row that an interruption may have left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.message_list import Listed, MessageList
from shared.tracking.mail.messages import Message
from shared.tracking.mail.sharing import Shown

READERS = "MessageReaders"


class ReaderTable:
    """The ReaderIndex of `shared.tracking.mail.sharing`, in Table Storage."""

    def __init__(self, tables: Tables, entries: MessageList) -> None:
        """`entries` is the list in which a reader finds the messages as well."""
        self.tables = tables
        self._entries = entries

    def add(self, reader: str, message: Message) -> None:
        row = {
            "PartitionKey": reader,
            "RowKey": message.id,
            "owner": message.owner,
            "created_at": message.created_at,
        }
        back = {"PartitionKey": message.id, "RowKey": reader}
        for each in (back, row):
            self.tables.call(READERS, partial(_put, row=each))
        self._entries.enter([(reader, Listed(message.owner, message.id, message.created_at))])

    def remove(self, reader: str, identifier: str) -> None:
        if found := self.find(reader, identifier):
            self._entries.strike(Listed(found.owner, found.id, found.created_at), reader)
        for keys in ((reader, identifier), (identifier, reader)):
            self.tables.call(READERS, partial(_delete, keys=keys))

    def forget(self, identifier: str, readers: Iterable[str]) -> None:
        """Remove the message for everybody: for these readers, whom it names, and for all that were added."""

        def read(table: TableClient) -> list[str]:
            rows = table.query_entities("PartitionKey eq @message", parameters={"message": identifier})
            return [row["RowKey"] for row in rows]

        for reader in dict.fromkeys([*readers, *self.tables.call(READERS, read)]):
            self.remove(reader, identifier)

    def find(self, reader: str, identifier: str) -> Shown | None:
        try:
            row = self.tables.call(READERS, lambda table: table.get_entity(reader, identifier))
        except ResourceNotFoundError:
            return None
        return Shown(row["owner"], identifier, _plain(row["created_at"]))

    def list_shown(self, reader: str) -> Iterator[Shown]:
        def read(table: TableClient) -> list[Shown]:
            rows = table.query_entities("PartitionKey eq @reader", parameters={"reader": reader})
            return [Shown(row["owner"], row["RowKey"], _plain(row["created_at"])) for row in rows]

        return iter(self.tables.call(READERS, read))


def _put(table: TableClient, row: dict[str, Any]) -> None:
    table.upsert_entity(row, mode=UpdateMode.REPLACE)


def _delete(table: TableClient, keys: tuple[str, str]) -> None:
    delete_row(table, *keys)


def _plain(moment: datetime) -> datetime:
    """Not the client's own subclass of datetime."""
    return datetime.combine(moment.date(), moment.timetz())
