"""Looking through lists of messages: what it reads, and that a crash or a race hides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.storage.tables import listing as listing_module
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.message_list import MESSAGE_LIST, Listed
from shared.adapters.storage.tables.messages import MESSAGES, MessageTable
from shared.errors import Conflict, StoreUnavailable
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.search import MessageSearch, words_in
from tests.shared.adapters.storage.test_listing import BEGAN, MIA, message, tables, walk_twice

__all__ = ["tables"]


def store_of(tables: Tables) -> MessageTable:
    store = MessageTable(tables)
    walk_twice(store)
    return store


def keep(store: MessageTable, number: int, name: str) -> Message:
    kept = store.add(replace(message(number, stage=Stage.REGISTERING), labels=Labels(name)))
    assert kept is not None
    return store.update(replace(kept, stage=Stage.REGISTERED))


def found(store: MessageTable, text: str, **more: object) -> list[str]:
    rows, _ = store.list_page(MIA, "", 100, MessageSearch(words_in(text), **more))  # type: ignore[arg-type]
    return [each.labels.name for each in rows]


def test_only_what_is_found_is_read_of_messages(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(tables)
    for number in range(60):
        keep(store, number, "needle" if number % 20 == 0 else f"straw {number}")
    asked: list[str] = []
    call = tables.call

    def counted(table: str, operation: object) -> object:
        asked.append(table)
        return call(table, operation)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "call", counted)
    assert found(store, "needle") == ["needle"] * 3
    assert (asked.count(MESSAGES), asked.count(MESSAGE_LIST)) == (3, 1)


def test_a_page_looks_through_so_many_and_says_where_to_go_on(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tables)
    for number in range(12):
        keep(store, number, "needle" if number == 0 else "straw")
    monkeypatch.setattr(listing_module, "_LOOKED_THROUGH", 5)
    search, after, pages = MessageSearch(("needle",)), "", list[list[str]]()
    while True:
        rows, following = store.list_page(EVERY_OWNER, after, 3, search)
        pages.append([each.labels.name for each in rows])
        if following is None:
            break
        after = following
    assert pages == [[], [], ["needle"]]
    since = MessageSearch(since=BEGAN + timedelta(seconds=4), until=BEGAN + timedelta(seconds=6))
    assert [each.id for each in store.list_page(MIA, "", 100, since)[0]] == [message(5).id, message(4).id]


def test_a_change_that_was_interrupted_is_found_by_what_came_of_it(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tables)
    kept = keep(store, 1, "before")

    def die(message: Message) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(store.listing, "describe", die)
        with pytest.raises(SystemExit):
            store.relabel(kept, Labels("after"))
    assert (found(store, "after"), found(store, "before")) == (["after"], [])
    changed = store.find(MIA, kept.id)
    assert changed is not None
    store.relabel(changed, Labels("later"))
    assert (found(store, "later"), found(store, "after")) == (["later"], [])


def test_a_change_whose_description_cannot_be_kept_is_done_and_found(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(tables)
    kept = keep(store, 1, "before")
    enter = store.listing.entries.enter

    def refuse(rows: Iterable[tuple[Whose, Listed]], **more: bool) -> None:
        entered = list(rows)
        if any(listed.text is not None for _, listed in entered):
            raise StoreUnavailable
        enter(entered, **more)

    monkeypatch.setattr(store.listing.entries, "enter", refuse)
    store.relabel(kept, Labels("after"))
    assert (found(store, "after"), found(store, "before")) == (["after"], [])


def test_of_two_who_rename_at_once_the_list_finds_what_the_message_says(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = store_of(tables), MessageTable(tables)
    kept = keep(store, 1, "before")
    describe = store.listing.describe

    def be_late(message: Message) -> None:
        monkeypatch.undo()
        other.relabel(message, Labels("second"))
        describe(message)

    monkeypatch.setattr(store.listing, "describe", be_late)
    store.relabel(kept, Labels("first"))
    assert (found(store, "second"), found(store, "first")) == (["second"], [])
    with pytest.raises(Conflict):
        store.relabel(kept, Labels("third"))
    assert found(store, "second") == ["second"]


def test_a_message_that_is_deleted_while_it_is_described_leaves_no_words(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = store_of(tables), MessageTable(tables)
    kept = keep(store, 1, "before")
    describe = store.listing.describe

    def be_late(message: Message) -> None:
        other.delete(message)
        describe(message)

    monkeypatch.setattr(store.listing, "describe", be_late)
    store.relabel(kept, Labels("secret"))
    rows = tables.call(MESSAGE_LIST, lambda table: repr(list(table.list_entities())))
    assert "secret" not in rows
    assert "before" not in rows
