"""What a report tells of lists where nobody may know whose copy is whose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.tracking.mail.by_list import Members, divide, everybody_of
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.publishing import Terms
from shared.tracking.reporting.report import ListReport
from tests.support.by_list import Typed, dividing, rows, send
from tests.support.desk import MIA
from tests.support.house import House

PSEUDONYMOUS = Mode.PSEUDONYMOUS
TYPED: Typed = {"sales": range(300), "press": range(300, 800), "few": range(800, 803)}


@pytest.fixture
def house() -> House:
    made = House()
    dividing(made)
    return made


def later_rows(house: House, message: Message) -> dict[str, ListReport]:
    house.now += timedelta(days=2)
    return rows(house, message)


def test_copies_are_numbered_group_by_group_and_told_by_list_in_steps(house: House) -> None:
    message = send(house, 1000, TYPED, PSEUDONYMOUS, draw="drawn")
    assert message.by_list
    known = house.store.find_members(message)
    assert known.members == ()
    assert sorted(known.groups.sizes) == [200, 300, 500]
    first = sum(known.groups.sizes[: known.groups.sizes.index(300)])
    house.hits(message, *((first + place, 0) for place in range(1, 281)))
    told = later_rows(house, message)
    assert list(told) == ["sales", "press", "few"]
    sales, press, few = told.values()
    assert sales.opened_by
    assert press.opened_by
    assert sales.opened_by.at_most >= 280
    assert press.opened_by.at_least == 0
    assert press.opened_by.at_most < 200
    assert (few.recipients.at_least, few.opened_by) == (3, None)


def test_nothing_is_kept_of_who_has_which_copy(house: House) -> None:
    message = send(house, 1000, TYPED, PSEUDONYMOUS, draw="drawn")
    assert house.store.find_members(message).members == ()
    assert house.store.list_recipients(message, 0, 1000) == []


def test_where_copies_were_given_out_otherwise_nothing_is_told_by_list(house: House) -> None:
    for draw in ("", "0123456789abcdef"):
        message = send(house, 1000, TYPED, PSEUDONYMOUS, draw=draw)
        assert not message.by_list
        assert later_rows(house, message) == {}


def test_no_group_is_smaller_than_a_step_and_every_recipient_is_in_one(house: House) -> None:
    expansion = house.reviewed.add(1000)
    house.reviewed.typed[expansion] = {name: list(places) for name, places in TYPED.items()}
    made = house.messages.dividing
    assert made
    drawn = made.draw(MIA, expansion)
    assert drawn
    _, groups = drawn
    assert len(groups) == 1000
    assert min(map(groups.count, set(groups))) >= Terms().step
    assert made.draw(MIA, expansion) == drawn


def test_with_a_smallest_group_of_one_lists_are_told_exactly() -> None:
    house = House()
    dividing(house, Terms(smallest=1))
    message = send(house, 3, {"a": [0, 1], "b": [2]}, PSEUDONYMOUS, draw="drawn")
    house.hits(message, *((number, 0) for number in (1, 2, 3)))
    told = rows(house, message)
    assert [row.opened_by and row.opened_by.at_most for row in told.values()] == [2, 1]


def test_lists_that_overlap_are_told_of_by_groups_that_are_large_enough() -> None:
    known = Members((True, True), tuple(bits(places) for places in (range(150), range(140, 260))))
    groups, sets = divide(known, everybody_of(400, ()), 100, 5)
    assert sum(sets) == everybody_of(400, ())
    assert min(groups.sizes) >= 100
    assert [row.recipients for row in groups.rows] == [150, 120]


def bits(places: range) -> bytes:
    return sum(1 << place for place in places).to_bytes(50, "little")
