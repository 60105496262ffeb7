"""The dashboard: sums of what was told, and never a word more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shared.amounts import Amount
from shared.tracking.overview.dashboard import Dashboard, dashboard_of
from shared.tracking.overview.facts import Fact, Numbers
from shared.tracking.overview.months import Gathered, Lot
from shared.tracking.overview.rhythm import Sureness
from shared.tracking.overview.shares import Share, Stand
from shared.tracking.overview.tally import Wanted
from tests.support.facts import MONDAY, fact

BERLIN = ZoneInfo("Europe/Berlin")


def of(*facts: Fact, **more: Any) -> Dashboard:
    period = MONDAY - timedelta(days=1), MONDAY + timedelta(days=365)
    return dashboard_of(Gathered([Lot(facts)]), replace(Wanted(*period, BERLIN), **more))


def test_a_sum_of_ranges_is_a_range_of_the_mails_that_tell_one() -> None:
    silent = Numbers(0, 100, None, withheld="too_few")
    found = of(
        fact(1), fact(2, (30, 30), None), fact(3, numbers=replace(silent, starts=fact(3).starts or 0))
    ).total
    assert (found.mails, found.recipients) == (3, Amount(300, 300))
    assert (found.opened.mails, found.opened.of, found.opened.people) == (2, Amount(200, 200), Amount(50, 70))
    assert found.opened.share == Share(0.25, 0.35)
    assert (found.clicked.mails, found.clicked.people) == (1, Amount(5, 10))


def test_without_any_number_nothing_is_known_and_that_is_not_nought() -> None:
    found = of(fact(1, numbers=None)).total
    assert (found.opened.mails, found.opened.share) == (0, None)


def test_of_more_recipients_than_are_known_a_share_has_no_lower_end() -> None:
    found = of(fact(1), fact(2, complete=False)).total
    assert found.recipients == Amount(200, None)
    assert found.opened.share == Share(0.0, 0.4)


def test_mails_that_were_not_sent_are_told_apart_and_in_no_sum() -> None:
    found = of(fact(1), fact(2, starts=None, numbers=None))
    assert (found.total.mails, found.not_sent, len(found.mails)) == (1, 1, 1)


def test_numbers_of_the_message_as_it_was_are_none_of_it_as_it_is() -> None:
    assert of(replace(fact(1), recipients=99)).total.opened.mails == 0


@pytest.mark.parametrize(
    ("opened", "stands"),
    [((60, 70), Stand.MORE), ((0, 5), Stand.FEWER), ((35, 60), Stand.USUAL), (None, "unknown")],
)
def test_a_mail_stands_apart_only_where_its_whole_range_does(
    opened: tuple[int, int] | None, stands: Stand
) -> None:
    usual = [fact(number, campaign="News") for number in range(1, 9)]
    found = of(*usual, fact(9, opened, campaign="NEWS")).mails[0]
    assert (found.opened_stands, found.usual_opened) == (stands, Share(0.2, 0.4))


def test_of_four_mails_nothing_is_usual() -> None:
    found = of(*(fact(number, campaign="News") for number in range(1, 5)))
    assert found.campaigns[0].usual_opened is None
    assert {mail.opened_stands for mail in found.mails} == {Stand.UNKNOWN}


def test_the_best_weekday_is_named_only_where_no_other_reaches_it() -> None:
    monday = [fact(week, (50 + week % 3, 54 + week % 3)) for week in range(10)]
    friday = [
        fact(20 + week, (20 + week % 3, 24 + week % 3), at=MONDAY + timedelta(weeks=week, days=4))
        for week in range(10)
    ]
    found = of(*monday, *friday).weekdays
    assert (found.best, found.sureness) == (0, Sureness.SURE)
    wide = [replace(each, numbers=replace(each.numbers, opened=(10, 90))) for each in friday if each.numbers]
    unsure = of(*monday, *wide).weekdays
    assert (unsure.best, unsure.sureness) == (None, Sureness.UNSURE)
    few = of(*monday, *friday[:4]).weekdays
    assert (few.best, few.sureness, few.beats[1].share) == (None, Sureness.TOO_FEW, None)


def test_hours_are_those_of_the_asked_zone_in_summer_and_winter() -> None:
    winter, summer = fact(1, at=MONDAY), fact(2, at=MONDAY + timedelta(days=120))
    assert [beat.number for beat in of(winter, summer).hours.beats] == [10, 11]


def test_chance_alone_names_a_best_weekday_in_one_of_twenty_cases_at_most() -> None:
    from random import Random

    chance, named = Random(7), 0
    for _ in range(200):
        facts = []
        for number in range(60):
            opened = round(min(95, max(5, chance.gauss(50, 12))))
            facts.append(fact(number, (opened, opened), at=MONDAY + timedelta(days=number)))
        named += of(*facts).weekdays.best is not None
    assert named <= 10


def test_filters_are_whole_and_know_no_case() -> None:
    facts = fact(1, campaign="News", tags=("Spring",)), fact(2, sender="noah@company.example")
    assert of(*facts, campaign="news").total.mails == 1
    assert of(*facts, tag="spring").total.mails == 1
    assert of(*facts, sender="noah@company.example").total.mails == 1
    assert of(*facts, campaign="new").total.mails == 0


def test_no_mail_at_all_is_an_empty_dashboard() -> None:
    found = of()
    assert (found.total.mails, found.course, found.mails) == (0, [], [])
    assert found.weekdays.sureness is Sureness.TOO_FEW
