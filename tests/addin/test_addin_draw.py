"""Who gets which copy where nobody may know whose is whose."""

from __future__ import annotations

from collections import Counter

from tests.support.copies import node, reached, simulate
from tests.support.node import Node

__all__ = ["node"]


def test_pseudonymous_copies_hold_each_set_once_in_random_order(node: Node) -> None:
    happened = simulate(node, 40, pseudonymous=True)
    assert len(reached(happened)) == 41
    sets = [copy["html"].partition("/o/")[2].partition('"')[0] for copy in happened["delivered"][1:]]
    assert sorted(map(int, sets)) == list(range(40))
    assert list(map(int, sets)) != list(range(40))
    counts = Counter(tuple(order[1:]) for order in node.call("assignments", 3, 6000))
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())


def test_copies_are_given_out_at_random_within_their_group(node: Node) -> None:
    """As many as each group has, the first to those of the first group."""
    groups = [1, 0, 1, 0, 1]
    orders = [order[1:] for order in node.call("dealt", groups, 6000)]
    first = Counter(tuple(order[place] for place in (1, 3)) for order in orders)
    second = Counter(tuple(order[place] for place in (0, 2, 4)) for order in orders)
    assert set(first) == {(1, 2), (2, 1)}
    assert len(second) == 6
    assert all(set(order) == {3, 4, 5} for order in second)
    assert all(850 < count < 1150 for count in second.values())


def test_a_pseudonymous_assignment_survives_a_crash(node: Node) -> None:
    happened = simulate(node, 12, pseudonymous=True, crashes=[60, 20])
    assert happened["states"].count("crashed") == 2
    sets = [copy["html"].partition("/o/")[2].partition('"')[0] for copy in happened["delivered"][1:]]
    assert len(set(sets)) == len(sets)
