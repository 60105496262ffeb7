"""Whoever is erased once events are sums: nobody can be taken out of these, and no number gives them away."""

from __future__ import annotations

import pytest

from shared.tracking.mail.messages import Message
from shared.tracking.privacy.erasing import Eraser
from tests.support.desk import MIA
from tests.support.house import House, figures


def closed(house: House, recipients: int) -> Message:
    """A mail whose recipients all opened it and followed a link, long ago."""
    message = house.register(recipients)
    everybody = range(1, recipients + 1)
    house.hits(message, *[(who, None) for who in everybody], *[(who, 0) for who in everybody])
    house.later(days=91)
    house.purge().run()
    house.later(hours=2)
    house.purge().run()
    return house.messages.get(MIA, message.id)


def erase(house: House, message: Message, *numbers: int) -> None:
    addresses = house.store.list_recipients(message, 0, message.recipients)
    eraser = Eraser(house.store, house.opt_outs, house.journal)
    for number in numbers:
        assert eraser.erase(house.messages.get(MIA, message.id), [addresses[number - 1]])


@pytest.mark.parametrize("recipients", [1, 3, 40])
def test_no_sum_counts_more_people_than_are_left_and_none_of_the_erased_for_sure(recipients: int) -> None:
    house = House()
    message = closed(house, recipients)
    before = figures(house, message)
    assert before.clicked_by
    assert before.clicked_by.at_most == recipients
    erase(house, message, recipients)
    erase(house, message, *range(1, recipients // 2 + 1))
    after = figures(house, message)
    left = recipients - 1 - recipients // 2
    assert after.recipients.at_most == left
    for was, people in (
        (before.opened_by, after.opened_by),
        (before.clicked_by, after.clicked_by),
        (before.links[0].clicked_by, after.links[0].clicked_by),
    ):
        assert was
        assert people
        assert people.at_most <= left
        assert people.at_least <= max(0, was.at_least - 1)


def test_who_was_erased_before_is_in_no_sum_and_the_report_says_what_it_said() -> None:
    house = House()
    message = house.register(40)
    house.hits(message, *[(who, None) for who in range(1, 21)], *[(who, 0) for who in range(1, 21)])
    erase(house, message, 3)
    before = figures(house, message)
    house.later(days=91)
    house.purge().run()
    house.later(hours=2)
    house.purge().run()
    assert figures(house, message) == before
