"""Orders of mails: what is not sure, and what is equal."""

from __future__ import annotations

import random

from shared.tracking.overview.facts import Ends, Fact
from shared.tracking.overview.order import key_at, order_of, place_at
from tests.support.facts import MONDAY, fact


def sort(facts: list[Fact], order: str, seen: bool = True) -> list[Fact]:
    return sorted(facts, key=lambda each: order_of(order).key(each, lambda _: seen))


def test_names_go_without_case_and_marks_and_numbers_by_their_size() -> None:
    names = ["Letter 9", "letter 10", "Äpfel", "Birnen", "Letter 10 again", ""]
    facts = [fact(number, name=name) for number, name in enumerate(names)]
    random.Random(1).shuffle(facts)
    assert [each.name for each in sort(facts, "name")] == [
        "Äpfel", "Birnen", "Letter 9", "letter 10", "Letter 10 again", ""
    ]  # fmt: skip
    assert [each.name for each in sort(facts, "-name")] == [
        "Letter 10 again", "letter 10", "Letter 9", "Birnen", "Äpfel", ""
    ]  # fmt: skip


def test_ranges_go_by_their_sure_end_and_then_by_the_other() -> None:
    ranges: list[Ends | None] = [(0, 90), (10, 20), (10, 30), (20, 21), None]
    facts = [fact(number, opened) for number, opened in enumerate(ranges)]
    random.Random(2).shuffle(facts)
    assert [each.numbers and each.numbers.opened for each in sort(facts, "opened")] == ranges
    turned = [each.numbers and each.numbers.opened for each in sort(facts, "-opened")]
    assert turned == [*reversed(ranges[:-1]), None]


def test_what_may_not_be_seen_orders_nothing() -> None:
    facts = [fact(number, (number, number + 1), at=MONDAY) for number in range(9)]
    shown = [each.id for each in sort(facts, "-opened", seen=False)]
    assert shown == [each.id for each in sort(facts, "opened", seen=False)]
    assert shown == [each.id for each in sort(facts, "-clicked", seen=False)]
    assert [each.id for each in sort(facts, "-recipients", seen=False)] == shown


def test_a_place_leads_to_where_it_was_taken() -> None:
    names = ["x" * 200, "", "Größe 7", "\U0001f600" * 60, "."]
    for number, name in enumerate(names):
        for order in ("name", "-name", "sent", "-opened", "clicked", "recipients"):
            key = order_of(order).key(fact(number, name=name), lambda _: True)
            assert key_at(place_at(key)) == key
