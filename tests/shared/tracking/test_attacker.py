"""What an attacker gains who has every number that is shown, over 200 overlapping mails; printed with -s."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.reporting.publishing import Publisher, Terms
from tests.support.attacker import World, advantage, guess, knows_all_others

PRIVACY = Path(__file__).parents[3] / "docs" / "privacy.md"
ONCE, TWICE, EXACT = Terms(), Terms(5, (86_400, 604_800)), Terms(smallest=1)
HABIT = None


@cache
def gained(terms: Terms, worlds: int, spread: float | None = 2) -> float:
    """The attacker's advantage in percentage points, on average over so many worlds."""
    found = mean(
        advantage(world, guess(world, world.reports(terms)))
        for world in (World(seed, spread) for seed in range(worlds))
    )
    print(
        f"smallest group {terms.smallest}, published {len(terms.after)} times, spread {spread}: {found:.2f}"
    )
    return found


@pytest.mark.parametrize("terms", [ONCE, TWICE])
def test_over_200_overlapping_mails_an_attacker_gains_one_point_at_most(terms: Terms) -> None:
    assert gained(terms, 16) <= 1.0


def test_the_same_attacker_gains_more_where_all_numbers_are_told() -> None:
    assert gained(EXACT, 4) > 3.0


def test_what_is_said_of_the_attacker_is_what_is_measured() -> None:
    text = " ".join(PRIVACY.read_text(encoding="utf-8").split())
    told, exact = gained(ONCE, 16), gained(EXACT, 4)
    assert f"by {told:.1f} percentage points" in text
    assert f"and by {exact:.1f} where all numbers are told" in text
    habit, known = gained(ONCE, 6, HABIT), gained(EXACT, 4, HABIT)
    assert f"it is {habit:.0f}, and {known:.0f} where" in text


@pytest.mark.parametrize("terms", [ONCE, TWICE])
@pytest.mark.parametrize("recipients", [12, 60, 1000])
def test_who_knows_what_all_others_did_is_told_an_open_in_one_of_a_hundred_mails_at_most(
    terms: Terms, recipients: int
) -> None:
    """The sender who made all other recipients up, or fetches their copies, as many as they like."""
    keyring = Keyring(b"a" * 32, (b"b" * 32,))
    publisher = Publisher(terms, lambda: Signer(keyring).place)
    told = knows_all_others(publisher, recipients, mails=4000)
    print(f"{recipients} recipients, published {len(terms.after)} times: told in {told:.2%} of mails")
    assert told <= 0.0125  # one in a hundred, and what 4,000 mails may differ from that
    exact = Publisher(EXACT, lambda: Signer(keyring).place)
    assert knows_all_others(exact, recipients, mails=50) > 0.8
