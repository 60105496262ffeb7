"""How many joined and left the audience of a recurring mail, in numbers that tell of nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.amounts import Amount
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.turnover import Turnover
from shared.tracking.reporting.publishing import Terms
from tests.support.by_list import dividing, send
from tests.support.desk import MIA, SENDER
from tests.support.house import House

COUNTING = Mode.COUNTING


@pytest.fixture
def house() -> House:
    made = House()
    dividing(made)
    return made


def people(first: int, last: int) -> list[str]:
    return [f"person{number:03}@company.example" for number in range(first, last)]


def ends(turnover: Turnover | None) -> tuple[tuple[int, int | None], ...] | None:
    if turnover is None:
        return None
    return tuple((amount.at_least, amount.at_most) for amount in (turnover.joined, turnover.left))


@pytest.mark.parametrize("mode", [COUNTING, Mode.INDIVIDUAL])
def test_a_mail_of_the_same_campaign_says_how_many_joined_and_left_in_steps(house: House, mode: Mode) -> None:
    first = send(house, people(0, 100), {"all": range(100)}, mode, campaign="News")
    assert first.turnover is None
    again = send(house, people(7, 119), {"other": range(112)}, mode, campaign="news")
    assert ends(again.turnover) == ((17, 21), (5, 9))  # 19 and 7
    assert again.turnover
    assert again.turnover.since == first.sent_at
    assert house.reports.get(again).turnover == again.turnover


def test_of_those_who_joined_it_is_said_how_many_are_in_which_list(house: House) -> None:
    send(house, people(0, 100), {}, campaign="News")
    again = send(
        house, people(0, 120), {"new": range(90, 120), "old": range(90), "few": [119]}, campaign="News"
    )
    assert again.turnover
    told = {each.list: each.joined for each in again.turnover.by_list}
    assert told == {"new": Amount(20, 24), "old": Amount(0, 4)}


def test_without_a_campaign_it_is_the_mail_to_the_same_lists(house: House) -> None:
    send(house, people(0, 50), {"all": range(50)}, COUNTING)
    assert send(house, people(0, 50), {"all": range(50), "more": range(9)}, COUNTING).turnover is None
    assert ends(send(house, people(0, 60), {"all": range(60)}, COUNTING).turnover) == ((10, 14), (0, 4))
    assert send(house, people(0, 60), {}, COUNTING).turnover is None


def test_one_person_who_takes_the_place_of_another_changes_no_number(house: House) -> None:
    told = []
    for others in (people(0, 50), people(1, 51), people(4, 54)):
        made = House()
        dividing(made)
        send(made, people(0, 50), {"all": range(50)}, COUNTING)
        told.append(ends(send(made, others, {"all": range(50)}, COUNTING).turnover))
    assert told == [((0, 4), (0, 4))] * 3


def test_with_a_smallest_group_of_one_it_is_exact() -> None:
    house = House()
    dividing(house, Terms(smallest=1))
    send(house, people(0, 3), {"all": range(3)}, COUNTING)
    assert ends(send(house, people(1, 5), {"all": range(4)}, COUNTING).turnover) == ((2, 2), (1, 1))


def test_where_recipients_are_not_kept_or_not_all_known_or_few_nothing_is_said(house: House) -> None:
    lists = {"all": range(50)}
    for mode in (COUNTING, Mode.PSEUDONYMOUS):
        send(house, people(0, 50), lists, mode)
        other = Mode.PSEUDONYMOUS if mode is COUNTING else COUNTING
        assert send(house, people(0, 60), lists, other).turnover is None
    house.reviewed.complete = False
    assert send(house, people(0, 60), lists, COUNTING).turnover is None
    house.reviewed.complete = True
    assert send(house, people(0, 60), lists, COUNTING).turnover is None
    send(house, people(0, 4), {"few": range(4)}, COUNTING)
    assert send(house, people(0, 9), {"few": range(9)}, COUNTING).turnover is None


def test_only_what_was_sent_is_a_mail_before(house: House) -> None:
    first = send(house, people(0, 50), {"all": range(50)}, COUNTING)
    send(house, people(0, 90), {"all": range(90)}, COUNTING, sent=False)
    again = send(house, people(0, 60), {"all": range(60)}, COUNTING)
    assert again.turnover
    assert again.turnover.since == first.sent_at


def test_whoever_was_erased_is_in_no_audience_that_is_compared(house: House) -> None:
    first = send(house, people(0, 50), {"all": range(50)}, COUNTING)
    house.store.erase_recipient(first, people(49, 50)[0])
    assert ends(send(house, people(0, 49), {"all": range(49)}, COUNTING).turnover) == ((0, 4), (0, 4))


def test_by_consent_the_whole_sending_is_compared() -> None:
    house = House()
    dividing(house, granted=[place % 2 == 0 for place in range(60)])
    send(house, people(0, 50), {"all": range(50)})
    again = send(house, people(0, 60), {"all": range(60)})
    assert ends(again.turnover) == ((10, 14), (0, 4))
    rest = house.store.find(MIA, again.rest)
    assert rest
    assert rest.turnover is None


def test_nothing_that_stands_for_a_person_is_kept_of_a_comparison(house: House) -> None:
    send(house, people(0, 50), {"all": range(50)}, COUNTING)
    again = send(house, people(0, 60), {"all": range(60)}, COUNTING)
    assert SENDER.address not in repr(again.turnover)
    assert "person" not in repr(again.turnover)


def test_a_team_compares_with_the_mails_of_its_others_and_nobody_else_does(house: House) -> None:
    def sent(teams: tuple[str, ...]) -> Message:
        return send(house, people(0, 60), {"all": range(60)}, COUNTING, campaign="News", teams=teams)

    theirs = house.store.update(  # as if somebody else had sent it
        _owned(house, send(house, people(0, 50), {}, COUNTING, campaign="News", teams=("Sales",)))
    )
    assert theirs.owner == "noah"
    assert sent(()).turnover is None
    others = house.store.messages
    for each in [key for key in others if key != theirs.id]:
        del others[each]
    assert ends(sent(("Sales",)).turnover) == ((10, 14), (0, 4))


def _owned(house: House, message: Message) -> Message:
    return replace(message, owner="noah")
