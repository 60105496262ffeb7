"""Whom mails reached: each person once, in steps, and never more than is known."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from shared.amounts import Amount
from shared.tracking.mail.message import Message, Sender, Stage
from shared.tracking.mail.message_store import ERASED
from shared.tracking.mail.modes import Mode
from shared.tracking.overview import audience
from shared.tracking.overview.audience import Audiences, MailAudience, Untold
from shared.tracking.overview.facts import Fact
from tests.support.facts import MONDAY, fact

PEOPLE = [f"user{number}@company.example" for number in range(400)]


class House:
    """Mails by their recipients, and how often these were read."""

    def __init__(
        self, *mails: Sequence[str], smallest: int = 5, seed: int = 1, first: int | None = None
    ) -> None:
        def place(key: str, moment: int, name: str, step: int) -> int:
            return first if first is not None else random.Random(f"{seed}{key}{name}").randrange(step)

        self.mails = dict(enumerate(mails, 1))
        self.read = 0
        self.audiences = Audiences(
            self._find,
            self._recipients,
            smallest,
            lambda: place,
        )

    def of(self, **more: Any) -> MailAudience:
        return self.audiences.of("mia", self.facts(**more))

    def facts(self, **more: Any) -> list[Fact]:
        return [fact(number, recipients=len(to), **more) for number, to in self.mails.items()]

    def _find(self, owner: object, identifier: str) -> Message:
        sender = Sender("Mia", "mia@company.example")
        to = len(self.mails[int(identifier)])
        return Message("mia", identifier, "", Mode.COUNTING, Stage.SENT, sender, to, True, MONDAY)

    def _recipients(self, message: Message) -> Sequence[str]:
        self.read += 1
        return self.mails[int(message.id)]


def test_each_person_counts_once_and_how_many_got_several_is_told() -> None:
    house = House(PEOPLE[:100], PEOPLE[50:150], PEOPLE[50:150], smallest=1)
    found = house.of()
    assert (found.people, found.untold, found.mails) == (Amount(150, 150), None, 3)
    assert [(level.mails, level.people) for level in found.levels] == [
        (1, Amount(150, 150)),
        (2, Amount(100, 100)),
        (3, Amount(50, 50)),
    ]


def test_the_truth_is_in_every_range_and_few_people_are_never_told() -> None:
    chance = random.Random(5)
    for seed in range(60):
        mails = [chance.sample(PEOPLE, chance.randrange(6, 300)) for _ in range(chance.randrange(2, 8))]
        found = House(*mails, seed=seed).of()
        times = Counter(address for mail in mails for address in mail)
        for level in found.levels:
            truth = sum(number >= level.mails for number in times.values())
            assert level.people.at_least <= truth
            assert level.people.at_most is not None
            assert truth <= level.people.at_most
            assert level.people.at_least == 0 or level.people.at_least >= 5
            assert level.people.at_most >= 5


def test_one_person_more_moves_an_end_in_one_case_of_twenty() -> None:
    moved = 0
    for first in range(20):
        before, after = (
            House(PEOPLE[:100], PEOPLE[: 60 + more], first=first).of().levels[1].people for more in (0, 1)
        )
        moved += before != after
    assert moved == 1


def test_who_got_a_mail_of_which_nobody_knows_may_be_anybody() -> None:
    house = House(PEOPLE[:100], PEOPLE[50:150], smallest=1)
    named, unnamed = house.facts()[0], house.facts(mode=Mode.PSEUDONYMOUS)[1]
    found = house.audiences.of("mia", [named, unnamed])
    assert (found.unnamed, found.people) == (1, Amount(100, 200))
    alone = house.audiences.of("mia", [unnamed])
    assert (alone.untold, alone.people, alone.levels) == (Untold.UNKNOWN, None, [])


def test_who_was_erased_may_be_anybody() -> None:
    found = House([*PEOPLE[:9], ERASED], [*PEOPLE[:9], ERASED], smallest=1).of()
    assert found.people == Amount(9, 11)
    assert found.levels[1].people == Amount(9, 10)


def test_of_lists_that_were_not_read_whole_there_is_no_upper_end() -> None:
    found = House(PEOPLE[:100], PEOPLE[:50], smallest=1).of(complete=False)
    assert [level.people for level in found.levels] == [Amount(100, None), Amount(50, None)]


def test_of_too_many_and_too_few_nothing_is_told_and_nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert House(PEOPLE[:4], PEOPLE[:4]).of().untold is Untold.TOO_FEW
    monkeypatch.setattr(audience, "MOST_RECIPIENTS", 150)
    house = House(PEOPLE[:100], PEOPLE[:100])
    assert (house.of().untold, house.of().people, house.read) == (Untold.TOO_MANY, None, 0)


def test_mails_that_were_not_sent_reached_nobody_and_the_same_ones_are_read_once() -> None:
    house = House(PEOPLE[:100], PEOPLE[:50])
    first = house.of()
    assert house.of() == first
    assert house.read == 2
    assert house.audiences.of("mia", [*house.facts(), fact(9, starts=None, numbers=None)]).mails == 2


def test_what_takes_too_long_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "_SECONDS", -1.0)
    assert House(PEOPLE[:100], PEOPLE[:50]).of().untold is Untold.TOO_MANY
