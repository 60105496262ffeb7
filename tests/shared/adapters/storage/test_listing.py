"""Lists of messages: a page reads what it shows, old messages come in, and nothing is left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.tables import listing as listing_module
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.message_list import MESSAGE_LIST, WALKS_APART
from shared.adapters.storage.tables.messages import MESSAGES, MessageTable, _row
from shared.errors import Conflict, NotFound, StoreUnavailable
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.readers import Reader

MIA, NOAH = str(uuid.uuid4()), str(uuid.uuid4())
BEGAN = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def tables(azurite: str) -> Tables:
    with TableServiceClient.from_connection_string(azurite) as service:
        for table in (MESSAGES, MESSAGE_LIST, "MessageReaders"):
            service.delete_table(table)
    return Tables.by_connection(azurite)


def message(number: int, owner: str = MIA, stage: Stage = Stage.SENT) -> Message:
    return Message(
        owner=owner,
        id=f"{number:032x}",
        fingerprint="",
        mode=Mode.COUNTING,
        stage=stage,
        sender=Sender("Mia", "mia@company.example"),
        recipients=12,
        complete=True,
        created_at=BEGAN + timedelta(seconds=number),
    )


def keep_as_before(tables: Tables, *messages: Message) -> None:
    """As a version kept them that knew no list."""
    for start in range(0, len(messages), 100):
        some = [("upsert", _row(each)) for each in messages[start : start + 100]]
        tables.call(MESSAGES, lambda table, some=some: table.submit_transaction(some))  # type: ignore[misc]


def walk_twice(store: MessageTable) -> None:
    store.listing.walk()
    store.listing.walk(now=lambda: datetime.now(UTC) + WALKS_APART)
    assert store.listing.entries.is_whole


def pages(store: MessageTable, viewer: Whose, limit: int) -> Iterator[list[str]]:
    after: str | None = ""
    while after is not None:
        found, after = store.list_page(viewer, after, limit)
        yield [each.id for each in found]


def listed(tables: Tables) -> list[str]:
    """The messages in the list, whoever finds them."""
    rows = tables.call(MESSAGE_LIST, lambda table: [row["RowKey"] for row in table.list_entities()])
    return [row.rpartition("-")[2] for row in rows if row != "state"]


def test_a_page_reads_what_it_shows_however_many_messages_there_are(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_as_before(tables, *(message(number) for number in range(2_000)))
    store = MessageTable(tables)
    walk_twice(store)
    asked: list[str] = []
    call = tables.call

    def counted(table: str, operation: object) -> object:
        asked.append(table)
        return call(table, operation)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "call", counted)
    for viewer in (EVERY_OWNER, MIA):
        asked.clear()
        found, after = store.list_page(viewer, "", 50)
        assert [each.id for each in found] == [f"{number:032x}" for number in range(1_999, 1_949, -1)]
        assert (asked.count(MESSAGE_LIST), asked.count(MESSAGES)) == (1, 50)
        found, _ = store.list_page(viewer, after or "", 1)
        assert found[0].id == f"{1_949:032x}"


def test_pages_hold_each_message_once_the_newest_first_also_while_some_come_and_go(tables: Tables) -> None:
    store = MessageTable(tables)
    walk_twice(store)
    kept = [store.add(message(number)) for number in range(23)]
    walked = pages(store, EVERY_OWNER, 5)
    first = next(walked)
    store.add(message(100))
    assert kept[22] is not None
    store.delete(kept[22])
    rest = [each for page in walked for each in page]
    assert first + rest == [f"{number:032x}" for number in range(22, -1, -1)]


def test_before_the_walk_is_done_nothing_is_missing_nor_after(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_module, "_WALKED", 10)
    old = [replace(message(number, owner=MIA if number % 2 else NOAH)) for number in range(35)]
    for each in old:
        keep_as_before(tables, each)
    store, everything = MessageTable(tables), [each.id for each in reversed(old)]

    def all_of_them() -> list[str]:
        return [each for page in pages(MessageTable(tables), EVERY_OWNER, 8) for each in page]

    assert all_of_them() == everything
    store.listing.walk(seconds=0)  # nothing yet
    assert all_of_them() == everything
    written, enter = 0, store.listing.entries.enter

    def fail_in_the_middle(rows: object, **more: bool) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise StoreUnavailable
        enter(rows, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store.listing.entries, "enter", fail_in_the_middle)
    with pytest.raises(StoreUnavailable):
        store.listing.walk()
    assert len(set(listed(tables))) == 20
    assert all_of_them() == everything
    store.listing.walk()
    assert written == 3 + 2  # it went on where it was
    assert not MessageTable(tables).listing.entries.is_whole
    late = message(50)  # by a process of an earlier version that was still at work
    keep_as_before(tables, late)
    store.listing.walk()
    assert not MessageTable(tables).listing.entries.is_whole  # too early for the second
    store.listing.walk(now=lambda: datetime.now(UTC) + WALKS_APART)
    assert MessageTable(tables).listing.entries.is_whole
    assert all_of_them() == [late.id, *everything]


def test_a_registration_under_way_is_not_listed_and_what_is_registered_is_whatever_crashes(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MessageTable(tables)
    walk_twice(store)
    begun = store.add(message(1, stage=Stage.REGISTERING))
    assert begun is not None
    assert list(pages(store, MIA, 10)) == [[]]
    call = tables.call

    def crash(table: str, operation: object) -> object:
        if table == MESSAGES:
            raise KeyboardInterrupt
        return call(table, operation)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(tables, "call", crash)
        with pytest.raises(KeyboardInterrupt):
            store.update(replace(begun, stage=Stage.REGISTERED))
    assert listed(tables) == [begun.id] * 2  # found too early, and seen by nobody: its stage tells
    kept = store.update(replace(begun, stage=Stage.REGISTERED))
    assert list(pages(store, MIA, 10)) == [[begun.id]]
    store.delete(kept)
    assert listed(tables) == []


def test_a_row_that_an_interruption_left_shows_nothing_and_goes(tables: Tables) -> None:
    store = MessageTable(tables)
    walk_twice(store)
    kept = store.add(message(1))
    assert kept is not None
    tables.call(MESSAGES, lambda table: table.delete_entity(MIA, kept.id))
    for viewer in (MIA, EVERY_OWNER):
        assert list(pages(store, viewer, 10)) == [[]]
    assert listed(tables) == []
    with pytest.raises(NotFound):
        store.update(replace(kept, stage=Stage.REGISTERED))
    assert listed(tables) == []


def test_a_reader_finds_what_is_shared_by_time_among_their_own(tables: Tables) -> None:
    store = MessageTable(tables)
    walk_twice(store)
    kept = [store.add(message(number, owner=MIA if number % 2 else NOAH)) for number in range(6)]
    shared = kept[3]
    assert shared is not None
    store.index.add(NOAH, shared)
    store.update(replace(shared, readers=(Reader(NOAH, "noah@company.example"),)))
    assert list(pages(store, NOAH, 10)) == [[f"{number:032x}" for number in (4, 3, 2, 0)]]
    store.index.remove(NOAH, shared.id)
    assert list(pages(store, NOAH, 10)) == [[f"{number:032x}" for number in (4, 2, 0)]]
    store.index.add(NOAH, shared)
    found = store.find(MIA, shared.id)
    assert found is not None
    store.delete(found)
    assert shared.id not in listed(tables)


@pytest.mark.parametrize("late", ["change", "description"])
def test_whoever_was_taken_off_is_not_listed_by_what_began_before(tables: Tables, late: str) -> None:
    store = MessageTable(tables)
    walk_twice(store)
    kept = store.add(message(1))
    assert kept is not None
    store.index.add(NOAH, kept)
    shared = store.update(replace(kept, readers=(Reader(NOAH, "noah@company.example"),)))
    alone = store.update(replace(shared, readers=()))
    store.index.remove(NOAH, kept.id)
    assert listed(tables) == [kept.id] * 2
    if late == "change":
        with pytest.raises(Conflict):
            store.update(replace(shared, recipients=11))
    else:
        store.listing.describe(shared)
    assert listed(tables) == [kept.id] * 2
    [month] = store.listing.entries.months.read(NOAH, "2026-05", "2026-05")
    assert kept.id not in [change.place.id for change in month.changes]
    store.delete(alone)
    assert listed(tables) == []
