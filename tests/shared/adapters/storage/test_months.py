"""Months of messages: what a reading costs, and that no crash, race or deletion is told wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.message_list import MESSAGE_LIST
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.months import MONTHS
from shared.adapters.storage.tables.overview import OverviewTables
from shared.amounts import Amount
from shared.errors import NotFound
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.readers import Reader
from shared.tracking.overview.months import Gathered, Months
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.report import LinkReport, Report, unmeasured
from tests.shared.adapters.storage.test_listing import BEGAN, MIA, NOAH, message, walk_twice
from tests.shared.adapters.storage.test_listing import tables as tables_of_lists

__all__ = ["tables_of_lists"]
NOW = BEGAN + timedelta(days=3)


@pytest.fixture
def tables(tables_of_lists: Tables) -> Tables:
    tables_of_lists.service.delete_table(MONTHS)
    return tables_of_lists


class House:
    """Messages, months, and reports that are counted."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.store = MessageTable(tables)
        walk_twice(self.store)
        self.reports = 0
        self.months = Months(OverviewTables(self.store.listing), self.store.find, self._report, lambda: NOW)

    def _report(self, message: Message) -> Report:
        self.reports += 1
        links = [LinkReport("https://company.example/", None, PeopleCount(3, 9))]
        silent = unmeasured(message, NOW, 5, 100, links)
        return replace(silent, opened_by=PeopleCount(5, 11), clicked_by=PeopleCount(5, 9))

    def keep(self, number: int, name: str = "", **more: Any) -> Message:
        began = replace(message(number, stage=Stage.REGISTERING), labels=Labels(name), **more)
        kept = self.store.add(began)
        assert kept is not None
        return self.store.update(replace(kept, stage=Stage.SENT, sent_at=kept.created_at))

    def read(self, viewer: Whose = MIA, **more: Any) -> Gathered:
        return self.months.read(viewer, BEGAN - timedelta(days=1), NOW, **more)

    def names(self, viewer: Whose = MIA) -> list[str]:
        return sorted(fact.name for fact in self.read(viewer).facts)

    def calls(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[str]:
        asked: list[str] = []
        call = self.tables.call

        def counted(table: str, operation: Any) -> Any:
            asked.append(table)
            return call(table, operation)

        with monkeypatch.context() as patched:
            patched.setattr(self.tables, "call", counted)
            act()
        return asked

    def rows(self) -> list[Any]:
        return self.tables.call(MONTHS, lambda table: list(table.list_entities()))


def test_a_month_that_was_packed_is_read_in_one_question(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tables)
    for number in range(30):
        house.keep(number, f"mail {number}")
    first = house.read()
    assert (len(first.facts), first.unread, first.pending, house.reports) == (30, 0, 0, 30)
    assert all(fact.numbers and fact.numbers.opened == (5, 11) for fact in first.facts)
    assert house.calls(monkeypatch, house.read) == [MONTHS]
    assert {fact.id: fact for fact in house.read().facts} == {fact.id: fact for fact in first.facts}
    assert house.reports == 30


def test_years_with_few_mails_are_read_in_two_questions(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tables)
    for number in range(6):
        house.keep(number, created_at=BEGAN - timedelta(days=200 * number))

    def long() -> Gathered:
        return house.months.read(MIA, BEGAN - timedelta(days=2_000), NOW)

    assert len(long().facts) == 6
    assert house.calls(monkeypatch, long) == [MONTHS, MESSAGE_LIST]
    assert len(long().facts) == 6


def test_a_new_name_is_there_at_once_and_keeps_the_numbers(tables: Tables) -> None:
    house = House(tables)
    kept = house.keep(1, "before")
    house.read()
    house.store.relabel(kept, Labels("after"))
    found = house.read().facts[0]
    assert (found.name, found.numbers and found.numbers.opened, house.reports) == ("after", (5, 11), 1)


def test_a_change_that_was_cut_short_is_told_as_the_message_has_it(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tables)
    kept = house.keep(1, "before")
    house.read()
    with monkeypatch.context() as patched:
        patched.setattr(house.store.listing, "describe", lambda message: None)
        house.store.relabel(kept, Labels("after"))
    assert house.names() == house.names(EVERY_OWNER) == ["after"]


def test_of_a_deleted_message_nothing_is_left_in_any_month(tables: Tables) -> None:
    house = House(tables)
    kept = house.keep(1, "secret name", readers=(Reader(NOAH, "noah@company.example"),))
    house.store.index.add(NOAH, kept)
    house.keep(2, "other")
    for viewer in (MIA, EVERY_OWNER, NOAH):
        house.read(viewer)
    found = house.store.find(MIA, kept.id)
    assert found is not None
    house.store.delete(replace(found, stage=Stage.DELETING))
    assert house.names() == house.names(EVERY_OWNER) == ["other"]
    assert house.names(NOAH) == []
    from shared.adapters.storage.tables.parts import unpack_entity

    for row in house.rows():
        packed = unpack_entity(row) if "data00" in row else b""
        assert b"secret name" not in packed + bytes(row.get("fact", b""))
        assert kept.id not in row["RowKey"]


def test_what_was_read_before_a_deletion_is_not_packed_after_it(tables: Tables) -> None:
    house = House(tables)
    doomed = house.keep(1, "doomed")
    house.keep(2, "stays")
    house.rows()
    slow = House.__new__(House)
    slow.__dict__.update(house.__dict__)
    load = house.store.find

    def find_and_delete(owner: Whose, identifier: str) -> Message | None:
        found = load(owner, identifier)
        if identifier == doomed.id and found is not None:
            house.store.delete(replace(found, stage=Stage.DELETING))
        return found

    tables.service.delete_table(MONTHS)  # as before there were months
    store = OverviewTables(house.store.listing)
    slow.months = Months(store, find_and_delete, house._report, lambda: NOW)
    slow.read()
    assert house.names() == ["stays"]


def test_months_are_made_anew_where_they_are_missing(tables: Tables) -> None:
    house = House(tables)
    for number in range(5):
        house.keep(number, f"mail {number}")
    before = house.names()
    tables.service.delete_table(MONTHS)
    assert house.names() == before
    assert house.names() == before


def test_whoever_is_no_reader_any_more_is_told_nothing_though_taking_them_off_was_cut_short(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.tracking.mail.sharing import Sharing

    house = House(tables)
    kept = house.keep(1, "shared", readers=(Reader(NOAH, "noah@company.example"),))
    house.store.index.add(NOAH, kept)
    assert house.names(NOAH) == ["shared"]
    house.read(NOAH)
    sharing = Sharing(house.store, house.store.index, lambda addresses: {})
    monkeypatch.setattr(sharing, "_forget", lambda readers, identifier: None)
    sharing.share(MIA, kept.id, [], lambda readers: None)
    assert house.names(NOAH) == []


def test_what_takes_too_long_is_said_to_be_missing(tables: Tables) -> None:
    house = House(tables)
    for number in range(3):
        house.keep(number)
    found = house.read(seconds=0)
    assert (len(found.facts), found.unread, found.pending) == (3, 0, 3)
    tables.service.delete_table(MONTHS)
    found = house.read(seconds=0)
    assert (found.facts, found.unread) == ([], 3)
    assert house.read().unread == house.read(seconds=0).pending == 0


def test_numbers_asked_for_by_the_hour_are_at_hand_for_everybody(tables: Tables) -> None:
    house = House(tables)
    house.keep(1, readers=(Reader(NOAH, "noah@company.example"),))
    house.months.look(EVERY_OWNER)
    assert house.reports == 1
    for viewer in (MIA, NOAH, EVERY_OWNER):
        assert [fact.numbers is not None for fact in house.read(viewer, seconds=0).facts] == [True]
    assert house.reports == 1


def test_a_message_that_an_earlier_version_registered_meanwhile_is_found(tables: Tables) -> None:
    house = House(tables)
    house.keep(1, "one")
    house.read(EVERY_OWNER)
    late = house.keep(2, "late")
    house.read(EVERY_OWNER)
    at = [
        listed.at for listed in house.store.listing.entries.page(EVERY_OWNER, "", 9) if listed.id == late.id
    ]
    house.store.listing.entries.months.forget(EVERY_OWNER, at[0])
    assert house.names(EVERY_OWNER) == ["one"]
    house.months.look(EVERY_OWNER)
    assert house.names(EVERY_OWNER) == ["late", "one"]


def test_a_message_that_is_gone_when_its_numbers_are_asked_for_is_in_no_sum(tables: Tables) -> None:
    house = House(tables)
    house.keep(1)

    def gone(message: Message) -> Report:
        raise NotFound

    house.months = Months(OverviewTables(house.store.listing), house.store.find, gone, lambda: NOW)
    assert house.read().facts == []


def test_a_fact_says_what_its_message_does(tables: Tables) -> None:
    house = House(tables)
    kept = house.keep(1, "name")
    found = house.read().facts[0]
    assert (found.reach, found.sent_at) == (Amount(12, 12), kept.sent_at)
    assert found.created == round(kept.created_at.astimezone(UTC).timestamp() * 1000)
    assert isinstance(kept.created_at, datetime)
