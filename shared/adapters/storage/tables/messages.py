"""Messages in Table Storage: a row each in `Messages`, links and recipients in `MessageParts`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from shared.adapters.storage.tables import by_list
from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.calendar import CalendarTable
from shared.adapters.storage.tables.listing import Listing
from shared.adapters.storage.tables.message_list import MessageList
from shared.adapters.storage.tables.parts import PART_BYTES, Parts
from shared.adapters.storage.tables.readers import ReaderTable
from shared.errors import Conflict, NotFound
from shared.tracking.mail.by_list import Members
from shared.tracking.mail.labels import NO_LABELS, Labels
from shared.tracking.mail.links import Links
from shared.tracking.mail.messages import ERASED, PART, Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.owners import Colleague, EveryOwner, TeamOf, Whose, means, person_in
from shared.tracking.mail.readers import Reader
from shared.tracking.mail.search import EVERYTHING, MessageSearch
from shared.tracking.mail.turnover import Turnover

MESSAGES = "Messages"
PARTS = "MessageParts"
RECIPIENTS = "recipients"  # the kind of part
OWNER = "owner"  # a part that says whose message it is, for whoever knows its id alone
_SCANNED = 20  # parts with a question, where all are looked through; an answer holds 4 MiB at most


class MessageTable:
    """The MessageStore of `shared.tracking.mail.messages`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parts = Parts(tables, PARTS)
        entries = MessageList(tables)
        self.index = ReaderTable(tables, entries)
        self.listing = Listing(entries, self.index, self.find, self._query)
        self.calendar = CalendarTable(tables)

    def add(self, message: Message) -> Message | None:
        self.listing.enter(message)
        try:
            stored = self.tables.insert(MESSAGES, _row(message))
        except ResourceExistsError:
            # After a lost answer it is our own.
            found = self.find(message.owner, message.id)
            return found if found and replace(found, version=message.version) == message else None
        self._keep_owner(message)
        return replace(message, version=stored["etag"])

    def find(self, owner: Whose, identifier: str) -> Message | None:
        if isinstance(owner, EveryOwner):
            return self.find_by_id(identifier)
        if isinstance(owner, Colleague | TeamOf):
            # What has no part that names its owner is of a version that knew no teams.
            found = self._find_named(identifier)
            if found is None and isinstance(owner, Colleague):
                found = self.find(owner.id, identifier)
            return found if found and means(owner, found.owner, found.teams) else None
        try:
            return _message(self.tables.call(MESSAGES, lambda table: table.get_entity(owner, identifier)))
        except ResourceNotFoundError:
            return None

    def update(self, message: Message) -> Message:
        self.listing.enter(message)
        try:
            stored = self.tables.call(
                MESSAGES,
                lambda table: table.update_entity(
                    _row(message),
                    mode=UpdateMode.REPLACE,
                    etag=message.version,
                    match_condition=MatchConditions.IfNotModified,
                ),
            )
        except ResourceModifiedError:
            self.listing.take_back(message)
            raise Conflict from None
        except ResourceNotFoundError:
            self.listing.strike(message)
            raise NotFound from None
        kept = replace(message, version=stored["etag"])
        if kept.stage in (Stage.REGISTERED, Stage.SENT):
            self.listing.describe(kept)
        return kept

    def relabel(self, message: Message, labels: Labels) -> Message:
        return self.update(replace(message, labels=labels))

    def keep_links(self, message: Message, links: Links) -> None:
        content = msgspec.json.encode(links)
        for number, start in enumerate(range(0, len(content), PART_BYTES)):
            self.parts.put(message.id, "links", number, content[start : start + PART_BYTES])

    def get_links(self, message: Message) -> Links:
        content = b"".join(content for _, content in self.parts.read(message.id, "links"))
        if not content:
            raise NotFound  # deleted meanwhile
        return msgspec.json.decode(content, type=Links)

    def keep_recipients(self, message: Message, start: int, addresses: Sequence[str]) -> None:
        content = "\n".join(addresses).encode()
        if not self.parts.add(message.id, RECIPIENTS, start, content):
            self.parts.rewrite(message.id, RECIPIENTS, start, partial(_keep_erased, new=content))

    def list_recipients(self, message: Message, start: int, limit: int) -> list[str]:
        found: list[str] = []
        for begins, content in self.parts.read(message.id, RECIPIENTS, from_number=start - start % PART):
            if len(found) >= limit:
                break
            skipped = max(0, start - begins)
            found += content.decode().split("\n")[skipped : skipped + limit - len(found)]
        return found

    def find_recipient(self, message: Message, address: str) -> int | None:
        wanted = address.encode()
        for begins, content in self.parts.read(message.id, RECIPIENTS, at_once=_SCANNED):
            # Most parts do not hold it, and need not be taken apart to see that.
            if wanted in content:
                with suppress(ValueError):
                    return begins + content.split(b"\n").index(wanted) + 1
        return None

    def erase_recipient(self, message: Message, address: str) -> bool:
        wanted, found = address.encode(), False
        for begins, content in self.parts.read(message.id, RECIPIENTS, at_once=_SCANNED):
            if wanted in content:
                erase = partial(_erase, address=wanted)
                found |= self.parts.rewrite(message.id, RECIPIENTS, begins, erase)
        return found

    def keep_members(self, message: Message, known: Members) -> None:
        by_list.keep_members(self.parts, message.id, known)

    def find_members(self, message: Message) -> Members | None:
        return by_list.find_members(self.parts, message.id)

    def erase_member(self, message: Message, number: int) -> None:
        by_list.erase_member(self.parts, message.id, number)

    def list_messages(self, owner: Whose) -> Iterator[Message]:
        if (person := person_in(owner)) is None:
            return self._query("", {})
        return self._query("PartitionKey eq @owner", {"owner": person})

    def list_page(
        self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING
    ) -> tuple[list[Message], str | None]:
        return self.listing.page(viewer, after, limit, search)

    def delete(self, message: Message) -> None:
        # Before the message, by which whoever finishes an interrupted deletion finds the rest.
        self.index.forget(message.id, [reader.id for reader in message.readers])
        self.listing.strike(message)
        self.parts.delete(message.id)
        self.tables.call(MESSAGES, lambda table: delete_row(table, message.owner, message.id))

    def find_by_id(self, identifier: str) -> Message | None:
        """The message, whoever's it is. Raises StoreUnavailable."""
        if named := self._find_named(identifier):
            return named
        # One of an earlier version, or one whose registration was cut short.
        found = next(self._query("RowKey eq @id", {"id": identifier}), None)
        if found:
            self._keep_owner(found)
        return found

    def _find_named(self, identifier: str) -> Message | None:
        owner = next((content for _, content in self.parts.read(identifier, OWNER)), None)
        return self.find(owner.decode(), identifier) if owner else None

    def _keep_owner(self, message: Message) -> None:
        self.parts.put(message.id, OWNER, 0, message.owner.encode())

    def _query(
        self, query: str, parameters: Mapping[str, Any], limit: int | None = None
    ) -> Iterator[Message]:
        def read(table: TableClient) -> list[Message]:
            if not query:
                return [_message(row) for row in table.list_entities()]
            rows = table.query_entities(query, parameters=dict(parameters), results_per_page=limit)
            return [_message(row) for row in islice(rows, limit)]

        return iter(self.tables.call(MESSAGES, read))


def _erase(content: bytes, address: bytes) -> bytes:
    return b"\n".join(ERASED.encode() if each == address else each for each in content.split(b"\n"))


def _keep_erased(kept: bytes, new: bytes) -> bytes:
    """What a part shall hold that is stored again: as it is, if that is the same but for erased people."""
    before, after = kept.split(b"\n"), new.split(b"\n")
    is_same = len(before) == len(after) and all(
        one in (ERASED.encode(), other) for one, other in zip(before, after, strict=True)
    )
    return kept if is_same else new


def _row(message: Message) -> dict[str, Any]:
    row: dict[str, Any] = {
        "PartitionKey": message.owner,
        "RowKey": message.id,
        "fingerprint": message.fingerprint,
        "mode": message.mode.value,
        "stage": message.stage.value,
        "sender_name": message.sender.name,
        "sender_address": message.sender.address,
        "sender_checked": message.sender.checked,
        "recipients": message.recipients,
        "complete": message.complete,
        "line": message.notice.value,
        "created_at": message.created_at,
    }
    if message.sent_at:
        row["sent_at"] = message.sent_at
    if message.was_sent:
        row["was_sent"] = True
    if message.deliver_at:
        row["deliver_at"] = message.deliver_at
    if message.gone:
        row["gone"] = zlib.compress(struct.pack(f">{len(message.gone)}I", *message.gone))
    if not message.has_pixel:
        row["has_pixel"] = False
    if message.apart:
        row |= {"apart": message.apart, "rest": message.rest, "told_apart": message.told_apart}
    if message.closed_at:
        row["closed_at"] = message.closed_at
    if message.labels != NO_LABELS:
        row["labels"] = msgspec.json.encode(message.labels).decode()
    if message.lists:
        row["lists"] = " ".join(message.lists)
    if message.by_list:
        row["by_list"] = True
    if message.turnover:
        row["turnover"] = msgspec.json.encode(message.turnover).decode()
    if message.teams:
        row["teams"] = msgspec.json.encode(message.teams).decode()
    if message.readers:
        row["readers"] = msgspec.json.encode(message.readers).decode()
    return row


def _message(entity: Mapping[str, Any]) -> Message:
    return Message(
        owner=entity["PartitionKey"],
        id=entity["RowKey"],
        fingerprint=entity["fingerprint"],
        mode=Mode(entity["mode"]),
        stage=Stage(entity["stage"]),
        sender=Sender(entity["sender_name"], entity["sender_address"], entity.get("sender_checked", False)),
        recipients=entity["recipients"],
        complete=entity["complete"],
        created_at=_plain(entity["created_at"]),
        sent_at=_plain(entity["sent_at"]) if "sent_at" in entity else None,
        was_sent=entity.get("was_sent", "sent_at" in entity),
        deliver_at=_plain(entity["deliver_at"]) if "deliver_at" in entity else None,
        closed_at=_plain(entity["closed_at"]) if "closed_at" in entity else None,
        readers=msgspec.json.decode(entity.get("readers", "[]"), type=tuple[Reader, ...]),
        labels=msgspec.json.decode(entity.get("labels", "{}"), type=Labels),
        lists=tuple(entity.get("lists", "").split()),
        teams=msgspec.json.decode(entity.get("teams", "[]"), type=tuple[str, ...]),
        by_list=entity.get("by_list", False),
        turnover=msgspec.json.decode(entity.get("turnover", "null"), type=Turnover | None),
        notice=Notice(entity.get("line", Notice.NONE)),
        has_pixel=entity.get("has_pixel", True),
        apart=entity.get("apart", b""),
        rest=entity.get("rest", ""),
        told_apart=entity.get("told_apart", ""),
        gone=_numbers(entity.get("gone", b"")),
        version=entity.metadata["etag"],  # type: ignore[attr-defined]
    )


def _numbers(packed: bytes) -> tuple[int, ...]:
    return tuple(number for (number,) in struct.iter_unpack(">I", zlib.decompress(packed))) if packed else ()


def _plain(moment: datetime) -> datetime:
    """Not the client's own subclass of datetime, which msgspec does not know."""
    return datetime.combine(moment.date(), moment.timetz())
