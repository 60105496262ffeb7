"""Who said yes, in Table Storage."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.consents import ConsentTable
from shared.tracking.privacy.consents import MOST_LOOKED_UP, Answer, Grants, digest_of

NOW = datetime.now(UTC)


@pytest.fixture
def table(azurite: str) -> ConsentTable:
    return ConsentTable(StorageAccount.by_connection(azurite).tables)


def answer(days: int, *, yes: bool = True) -> Answer:
    return Answer(yes, NOW - timedelta(days=days), "v", "en", "May they?")


def test_a_grant_is_found_by_its_person_alone_and_gone_when_it_is_withdrawn(table: ConsentTable) -> None:
    mine, other = f"digest-{uuid.uuid4().hex[:16]}", f"digest-{uuid.uuid4().hex[:16]}"
    table.grant(mine, "self-1", NOW)
    table.grant(mine, "self-1", NOW)
    assert (table.find(mine), table.find(other)) == (NOW, None)
    assert {mine, other} & table.read() == {mine}
    table.withdraw(mine)
    table.withdraw(mine)
    assert table.find(mine) is None


def test_old_answers_end_but_for_the_last(table: ConsentTable) -> None:
    often, once = f"self-{uuid.uuid4().hex[:16]}", f"self-{uuid.uuid4().hex[:16]}"
    for days in (500, 400, 10):
        table.add_answer(often, answer(days, yes=days != 400), ["digest-a"])
    table.add_answer(once, answer(500), ["digest-b", "digest-c"])
    assert table.end(NOW - timedelta(days=365)) == 2
    assert table.end(NOW - timedelta(days=365)) == 0
    assert [each for each, _ in table.list_answers(often)] == [answer(10)]
    assert table.list_answers(once) == [(answer(500), ["digest-b", "digest-c"])]
    table.forget_answers(once)
    assert table.list_answers(once) == []


@pytest.mark.parametrize("many", [3, MOST_LOOKED_UP + 10])
def test_who_of_many_said_yes_is_told_in_their_order(table: ConsentTable, many: int) -> None:
    people = {f"p{number}@company.com": uuid.uuid4().bytes[:8] for number in range(many)}
    yes = {address for place, address in enumerate(people) if place % 3 == 0}
    for address in yes:
        table.grant(digest_of(people[address]), "self-1", NOW)
    found = Grants(lambda: table, people.__getitem__).among(list(people))
    assert found == [address in yes for address in people]


def test_an_event_from_before_a_yes_is_not_under_it(table: ConsentTable) -> None:
    person = uuid.uuid4().bytes[:8]
    table.grant(digest_of(person), "self-1", NOW)
    grants = Grants(lambda: table, lambda address: person)
    assert grants.covers(person, NOW.timestamp() + 1)
    assert not grants.covers(person, NOW.timestamp() - 1)
    assert not grants.covers(uuid.uuid4().bytes[:8], NOW.timestamp() + 1)
