"""What a report tells of the lists that its sender typed, where recipients are known by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.errors import StoreUnavailable
from shared.tracking.mail.modes import Mode
from shared.tracking.privacy.erasing import Eraser
from shared.tracking.reporting.bounds import PeopleCount
from tests.support.by_list import dividing, rows, send
from tests.support.desk import LINKS, MIA, SENDER
from tests.support.house import House

TYPED = {"sales": range(10), "press": range(10, 30)}


@pytest.fixture
def house() -> House:
    made = House()
    dividing(made)
    return made


def ends(people: PeopleCount | None) -> tuple[int, int] | None:
    return (people.at_least, people.at_most) if people else None


def test_each_typed_list_is_told_of_as_the_whole_mail_is(house: House) -> None:
    message = send(house, 32, TYPED)
    house.hits(message, *((who, None) for who in (1, 2, 3, 11)), (11, 0))
    told = rows(house, message)
    assert list(told) == ["sales", "press"]
    assert [told[name].recipients.at_least for name in told] == [10, 20]
    assert told["sales"].opened_by
    assert told["sales"].opened_by.at_most >= 3
    assert told["press"].clicked_by
    assert told["press"].clicked_by.at_most >= 1
    whole = house.reports.get(message)
    assert whole.opened_by
    assert whole.opened_by.at_most >= 4


def test_lists_that_are_too_small_are_told_of_together_and_not_at_all_where_that_is_too_few(
    house: House,
) -> None:
    message = send(house, 40, {"all": range(30), "a": range(30, 33), "b": range(33, 36)})
    assert list(rows(house, message)) == ["all", "a+b"]
    message = send(house, 40, {"all": range(30), "a": range(30, 32), "b": range(31, 33)})
    few = rows(house, message)["a+b"]
    assert (few.recipients.at_least, few.opened_by, few.clicked_by) == (3, None, None)


def test_of_two_lists_that_differ_by_one_person_nothing_is_told_of_that_one(house: House) -> None:
    typed = {"with": range(20), "without": range(19)}
    told = []
    for deeds in ([(20, None)], [(19, None)]):
        message = send(house, 30, typed)
        house.hits(message, *deeds)
        told.append(rows(house, message))
    one, other = ([(ends(row.opened_by), ends(row.clicked_by)) for row in each.values()] for each in told)
    assert one == other


def test_an_incomplete_list_has_at_least_so_many(house: House) -> None:
    message = send(house, 12, {"sales": range(10)})
    known = house.store.members[message.id]
    assert known.whole == (True,)
    house.store.members[message.id] = replace(known, whole=(False,))
    assert rows(house, message)["sales"].recipients.at_most is None


def test_by_consent_only_those_who_are_told_apart_are_told_of_by_list() -> None:
    house = House()
    dividing(house, granted=[place % 2 == 0 for place in range(30)])
    message = send(house, 30, TYPED)
    assert [row.recipients.at_least for row in rows(house, message).values()] == [5, 10]
    rest = house.store.find(MIA, message.rest)
    assert rest
    assert rest.mode is Mode.COUNTING
    assert not rest.by_list
    assert rest.id not in house.store.members


def test_where_all_share_a_mail_nothing_is_kept_by_list(house: House) -> None:
    message = send(house, 30, TYPED, Mode.COUNTING)
    assert not message.by_list
    assert not house.store.members


def test_without_the_setting_nothing_is_kept_by_list() -> None:
    house = House()
    message = send(house, 30, TYPED)
    assert not message.by_list
    assert not house.store.members
    assert house.reports.get(message).by_list == []


def test_when_events_became_sums_the_lists_say_what_they_said(house: House) -> None:
    message = send(house, 32, TYPED)
    house.hits(message, *((who, None) for who in (1, 2, 3, 11, 12)), (11, 0))
    before = rows(house, message)
    house.later(days=house.kept.events.days + 1)
    house.purge().run()
    message = house.messages.get(MIA, message.id)
    assert message.closed_at
    assert rows(house, message) == before


def test_a_registration_that_is_cut_off_goes_on_with_the_same_lists(house: House) -> None:
    house.reviewed.break_at = 0
    expansion = house.reviewed.add(30)
    house.reviewed.typed[expansion] = {name: list(places) for name, places in TYPED.items()}
    with pytest.raises(StoreUnavailable):
        house.messages.register(MIA, expansion, Mode.INDIVIDUAL, SENDER, LINKS)
    message = house.messages.register(MIA, expansion, Mode.INDIVIDUAL, SENDER, LINKS)
    message = house.messages.mark_sent(MIA, message.id)
    assert list(rows(house, message)) == ["sales", "press"]


def test_what_is_kept_by_list_goes_with_the_message(house: House) -> None:
    message = send(house, 30, TYPED)
    house.messages.delete(MIA, message.id)
    assert not house.store.members


@pytest.mark.parametrize("storage", [False, True], ids=["memory", "azurite"])
def test_whoever_is_erased_is_in_no_list_and_in_no_count_of_one(
    storage: bool, request: pytest.FixtureRequest
) -> None:
    house = House(request.getfixturevalue("azurite") if storage else "")
    dividing(house)
    message = send(house, 32, TYPED)
    house.hits(message, (1, None), (2, None))
    eraser = Eraser(house.store, house.opt_outs, house.journal)
    [address] = house.store.list_recipients(message, 0, 1)
    assert eraser.erase(message, [address])
    assert [row.recipients.at_least for row in rows(house, message).values()] == [9, 20]
    known = house.store.find_members(message)
    assert known
    assert [int.from_bytes(each, "little") & 1 for each in known.members] == [0, 0]
    house.store.keep_members(message, replace(known, members=(b"\xff" * 4,) * 2))
    assert house.store.find_members(message) == known  # as a registration that was sent twice would


def test_a_look_at_a_list_that_did_all_or_nothing_is_a_look_at_single_people(house: House) -> None:
    message = send(house, 60, {"sales": range(30), "press": range(30, 60)})
    house.hits(message, *((who, None) for who in range(1, 11)))
    report = house.reports.get(message)
    assert report.by_list[1].opened_by == PeopleCount(0, 0)
    assert report.shows_single_people
