"""Bounds: the true number of people lies in every range, whatever the world is like."""

from __future__ import annotations

import random

import pytest

from shared.adapters.crawlers import is_crawler
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag
from shared.tracking.reporting.bounds import hidden_machines
from shared.tracking.reporting.bursts import CONTROLS
from shared.tracking.reporting.judge import Judge
from shared.tracking.reporting.summaries import Summary
from tests.support.cruel_worlds import FAMILIES, CruelWorld
from tests.support.ranges import coverage, ranges_of
from tests.support.worlds import SENT_AT, World


@pytest.mark.parametrize("mode", [Mode.INDIVIDUAL, Mode.COUNTING])
@pytest.mark.parametrize("notice", [True, False])
def test_the_truth_lies_in_the_range_in_ninety_nine_of_a_hundred_worlds(mode: Mode, notice: bool) -> None:
    outside = {"opened": 0, "clicked": 0}
    worlds = 150
    for seed in range(worlds):
        for name, (said, truth) in ranges_of(World(seed, mode is Mode.COUNTING, notice, 800)).items():
            assert 0 <= said.at_least <= said.at_most
            outside[name] += not said.at_least <= truth <= said.at_most
    assert max(outside.values()) <= worlds // 100 + 1


@pytest.mark.parametrize("mode", [Mode.INDIVIDUAL, Mode.COUNTING])
@pytest.mark.parametrize("notice", [True, False])
@pytest.mark.parametrize("family", FAMILIES)
def test_in_worlds_of_every_cruel_kind_the_truth_lies_in_the_range(
    family: str, notice: bool, mode: Mode
) -> None:
    worlds = (CruelWorld(seed, mode is Mode.COUNTING, notice, 300, family=family) for seed in range(25))
    for seen in coverage(worlds).values():
        assert (seen.worlds, seen.too_high, seen.too_low) == (25, [], [])


def test_no_lower_bound_is_over_the_truth_in_a_thousand_worlds() -> None:
    found = coverage(World(seed, False, True, 200) for seed in range(5000, 6000))
    assert {name: seen.too_high for name, seen in found.items()} == {"opened": [], "clicked": []}


def test_a_range_that_is_too_high_or_too_low_is_seen() -> None:
    class Quiet(World):
        def events(self) -> tuple[list[Event], set[int], set[int]]:
            _, looked, followed = super().events()
            return [], looked, followed

    seen = coverage(Quiet(seed, False, True, 300) for seed in range(20))["opened"]
    assert seen.too_low
    assert seen.inside < 1


@pytest.mark.parametrize("seed", range(40))
def test_where_nobody_looks_nobody_is_counted_for_sure(seed: int) -> None:
    world = World(seed, seed % 2 == 1, True, 800)
    world.looking = 0.0
    for said, truth in ranges_of(world).values():
        assert truth == 0
        assert said.at_least == 0


def test_without_the_notice_a_lower_bound_rests_on_mail_programs_alone() -> None:
    said = [ranges_of(World(seed, False, False, 800))["clicked"][0] for seed in range(20)]
    assert {one.at_least for one in said} == {0}


def test_where_nobody_followed_the_notice_no_machine_is_made_up() -> None:
    assert hidden_machines({}, 6) == 0


@pytest.mark.parametrize("agents", [1, 1000])
@pytest.mark.parametrize("shared", [True, False])
def test_one_notice_asked_for_again_and_again_makes_no_crowd_of_machines(shared: bool, agents: int) -> None:
    whose = EVERYBODY if shared else 7
    hits = [
        Event(SENT_AT + 3_600_000 + n, Flag.CLICKED, whose, NOTICE, 1, 0, f"Mozilla/5 Chrome/{n % agents}")
        for n in range(2000)
    ]
    summary = Summary()
    summary.add(hits, Judge(SENT_AT, 3, is_crawler, control=True).judge(hits), 100)
    assert 1 <= sum(summary.controls.values()) <= CONTROLS


@pytest.mark.parametrize("links", [1, 3, 6, 12])
@pytest.mark.parametrize("machines", [20, 200, 1000])
def test_machines_that_follow_one_link_are_seldom_more_than_the_notice_tells(
    links: int, machines: int
) -> None:
    chance, more = random.Random(links * machines), 0
    for _ in range(2000):
        noticed = sum(chance.randrange(links + 1) == links for _ in range(machines))
        more += bool(noticed) and machines - noticed > hidden_machines({1: noticed}, links)
    assert more <= 10
