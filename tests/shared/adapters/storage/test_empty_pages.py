"""Every reader of every table goes on where a page is empty and leads on."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.audit import AuditTable
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.adapters.storage.tables.parts import Parts
from shared.audience.expansion_store import State
from shared.audit import Audit, Search, read_all
from shared.record_kinds import Kind
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.recording.events import Entry, key_of
from tests.support.storage_proxy import StorageProxy, Weather
from tests.support.storage_rows import expansion, message

# -- every reader of every table goes on where a page is empty and leads on


def read_parts(tables: Tables, connection: str) -> Callable[[], Any]:
    parts, key = Parts(tables, "WeatherParts"), uuid.uuid4().hex
    for number in range(5):
        parts.put(key, "some", number, b"content")
    return lambda: [number for number, _ in parts.read(key, "some")]


def read_recipients(tables: Tables, connection: str) -> Callable[[], Any]:
    store, kept = MessageTable(tables), message()
    store.keep_recipients(kept, 0, ["a@x.example", "b@x.example"])
    return lambda: (
        store.list_recipients(kept, 0, 10),
        store.find_recipient(kept, "b@x.example"),
        store.erase_recipient(kept, "nobody@x.example"),
    )


def read_messages(tables: Tables, connection: str) -> Callable[[], Any]:
    store, kept = MessageTable(tables), message()
    store.add(kept)
    return lambda: (
        [found.id for found in store.list_messages(kept.owner)],
        kept.id in [found.id for found in store.list_messages(EVERY_OWNER)],
        store.find(EVERY_OWNER, kept.id) is not None,
    )


def read_readers(tables: Tables, connection: str) -> Callable[[], Any]:
    index, kept, reader = MessageTable(tables).index, message(), uuid.uuid4().hex
    index.add(reader, kept)
    return lambda: [shown.id for shown in index.list_shown(reader)]


def read_trail(tables: Tables, connection: str) -> Callable[[], Any]:
    trail, actor = AuditTable(tables), uuid.uuid4().hex
    audit = Audit(trail, lambda: datetime.now(UTC), "")
    for _ in range(3):
        audit.note(Kind.LIST_TESTED, actor)
    return lambda: (
        len(list(read_all(trail, Search(actor=actor), page=2))),
        len(trail.read(Search(actor=actor), 10).rows),
    )


def read_done(tables: Tables, connection: str) -> Callable[[], Any]:
    store = ExpansionTable(tables)
    done = store.add(replace(expansion(), state=State.DONE))
    assert done
    return lambda: done.id in [found.id for found in store.list_done()]


def read_journal(tables: Tables, connection: str) -> Callable[[], Any]:
    journal = JournalTable(StorageAccount.by_connection(connection).tables, lambda: tables)
    whose = uuid.uuid4().hex
    for number in range(3):
        journal.put(Entry(whose, key_of(time.time(), "w", number), b"x"))
    return lambda: len(list(journal.read(whose)))


def read_objections(tables: Tables, connection: str) -> Callable[[], Any]:
    store, who = OptOutTable(StorageAccount.by_connection(connection).tables), uuid.uuid4().hex
    store.add(who)
    return lambda: (store.find(who) is not None, who in store.read(), bool(store.version()))


READERS = [
    read_parts,
    read_recipients,
    read_messages,
    read_readers,
    read_trail,
    read_done,
    read_journal,
    read_objections,
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("empty", [1, 3])
def test_an_empty_page_that_leads_on_is_not_the_end(
    tables: Tables, connection: str, proxy: StorageProxy, reader: Any, empty: int
) -> None:
    read = reader(tables, connection)
    expected = read()
    proxy.weather = [Weather(r"^GET .*\(\)", empty=empty)]
    assert read() == expected
    assert proxy.weather[0].seen


def test_what_is_behind_an_empty_page_is_deleted_too(tables: Tables, proxy: StorageProxy) -> None:
    parts, key = Parts(tables, "WeatherParts"), uuid.uuid4().hex
    parts.put(key, "some", 0, b"content")
    proxy.weather = [Weather(r"^GET .*\(\)", empty=2)]
    parts.delete(key)
    proxy.weather = []
    assert list(parts.read(key, "some")) == []
