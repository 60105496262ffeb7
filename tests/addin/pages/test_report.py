"""What the report and the comparison make of an answer, asked without a browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.reporting.verdicts import RULES
from tests.support.amounts import at_least
from tests.support.node import Node
from tests.support.page_functions import SENT, report

ROOT = Path(__file__).parents[3]


NOTHING = {"person": 0, "unsure": 0, "machine": 0}


def hour(at: datetime, opened: int = 0, clicked: int = 0, machine: int = 0) -> dict[str, Any]:
    """The events of the hour that begins then, as a report has them."""
    return {
        "at": at.isoformat(),
        "opened": NOTHING | {"person": opened, "machine": machine},
        "clicked": NOTHING | {"person": clicked},
    }


@pytest.mark.parametrize(
    ("age", "unit", "columns"),
    [
        (timedelta(minutes=40), "minute", 6),
        (timedelta(hours=2, minutes=59), "minute", 6),
        (timedelta(hours=4), "hour", 2),
    ],
)
def test_a_young_mails_course_is_drawn_by_the_minute(
    pages: Node, age: timedelta, unit: str, columns: int
) -> None:
    minutes = [hour(SENT + timedelta(minutes=place), 2) for place in (1, 3, 6)]
    told = report(hour(SENT, 6), hour(SENT + timedelta(hours=1), 1), age=age, minutes=minutes)
    found = pages.call("course", told)
    assert (found["unit"], len(found["columns"])) == (unit, columns)
    assert sum(people for _, people in found["columns"]) == (6 if unit == "minute" else 7)


def test_an_old_answer_without_minutes_is_drawn_by_the_hour(pages: Node) -> None:
    assert pages.call("course", report(hour(SENT, 6), age=timedelta(minutes=5)))["unit"] == "hour"


@pytest.mark.parametrize(
    ("crowd", "said"),
    [
        ((210, 260, 1204), "between 210 and 260 of 1,204 recipients"),
        ((210, 260, 1204, False), "between 210 and 260 of at least 1,204 recipients"),
        ((0, 3, 8), "at most 3 of 8 recipients"),
        ((3, 3, 8), "3 of 8 recipients"),
        ((8, 8, 8), "all 8 of 8 recipients"),
        ((8, 8, 8, False), "8 of at least 8 recipients"),
        ((0, 0, 1), "nobody of 1 recipient"),
        ((5, 12, 8), "between 5 and 8 of 8 recipients"),
    ],
)
def test_a_range_is_said_as_it_is_known(pages: Node, crowd: tuple[Any, ...], said: str) -> None:
    assert pages.call("text", *crowd) == said


@pytest.mark.parametrize(
    ("crowd", "said"),
    [
        ((210, 260, 1204), "17% to 22%"),
        ((210, 260, 1204, False), "at most 22%"),
        ((1, 1, 1000), "at most 1%"),
        ((999, 1000, 1000), "99% to 100%"),
        ((0, 0, 0), "0%"),
    ],
)
def test_a_share_is_rounded_away_from_certainty(pages: Node, crowd: tuple[Any, ...], said: str) -> None:
    assert pages.call("share", *crowd) == said


def test_no_range_ever_passes_the_number_of_recipients(pages: Node) -> None:
    counts = st.integers(0, 10**6)

    @given(counts, counts, counts, st.booleans())
    def check(least: int, most: int, of: int, complete: bool) -> None:
        found = pages.call("percent", least, most, of, complete)
        if found is None:  # of too few known recipients there is no share
            assert not complete
            assert of < max(most, 1)
            return
        assert 0 <= found["least"] <= found["most"] <= 100
        assert found["most"] * of >= min(most, of) * 100 - 1e-6
        assert not complete or found["least"] * of <= min(least, most, of) * 100

    check()


@pytest.mark.parametrize(
    ("crowd", "people", "share"),
    [
        ((2, 2, 0, False), "2 of an unknown number of recipients", "share not known"),
        ((0, 0, 0, False), "nobody of an unknown number of recipients", "share not known"),
        ((1, 9, 4, False), "between 1 and 9 of an unknown number of recipients", "share not known"),
        ((1, 2, 4, False), "between 1 and 2 of at least 4 recipients", "at most 50%"),
        ((2, 2, 4, True), "2 of 4 recipients", "50%"),
        ((2, None, 4, True), "between 2 and 4 of 4 recipients", "50% to 100%"),
        ((2, None, 4, False), "at least 2 of at least 4 recipients", "share not known"),
        ((0, None, 4, False), "an unknown number of at least 4 recipients", "share not known"),
    ],
)
def test_a_lower_bound_of_the_recipients_bounds_nobody(
    pages: Node, crowd: tuple[int, int, int, bool], people: str, share: str
) -> None:
    assert pages.call("text", *crowd) == people
    assert pages.call("share", *crowd).replace("\u00a0", "") == share
    if not crowd[3]:
        assert pages.call("compared", crowd, (0, 0, 1000)) == "unknown"


def test_a_mail_is_ahead_only_where_the_ranges_have_nothing_in_common(pages: Node) -> None:
    assert pages.call("compared", (300, 350, 1000), (100, 299, 1000)) == "first"
    assert pages.call("compared", (10, 20, 1000), (300, 400, 1000)) == "second"
    assert pages.call("compared", (100, 300, 1000), (300, 400, 1000)) == "unknown"
    # Of more recipients than are known, the share may be any smaller one.
    assert pages.call("compared", (300, 350, 1000, False), (100, 200, 1000)) == "unknown"


def test_hours_become_days_of_the_readers_own_time_zone(pages: Node) -> None:
    late = datetime(2026, 11, 20, 22, tzinfo=UTC)  # 23:00 in Berlin
    hours = [hour(late, 1), hour(late + timedelta(hours=1), 2), hour(late + timedelta(days=4), 4)]
    found = pages.call("columns", hours)
    assert [column["start"] for column in found] == [f"2026-11-{day}T23:00:00.000Z" for day in range(19, 24)]
    assert [column["opened"]["person"] for column in found] == [1, 2, 0, 0, 4]


def test_a_day_is_a_day_when_clocks_are_put_back(pages: Node) -> None:
    hours = [hour(datetime(2026, 10, day, 12, tzinfo=UTC), 1) for day in range(22, 29)]
    found = pages.call("columns", hours)
    assert [column["opened"]["person"] for column in found] == [1] * 7
    lengths = [
        datetime.fromisoformat(column["end"]) - datetime.fromisoformat(column["start"]) for column in found
    ]
    assert [length / timedelta(hours=1) for length in lengths] == [24, 24, 24, 25, 24, 24, 24]


def test_columns_lose_and_add_no_event(pages: Node) -> None:
    @given(st.dictionaries(st.integers(0, 5000), st.integers(1, 99), max_size=20))
    def check(events: dict[int, int]) -> None:
        hours = [hour(SENT + timedelta(hours=n), opened) for n, opened in sorted(events.items())]
        found = pages.call("columns", hours)
        assert sum(column["opened"]["person"] for column in found) == sum(events.values())
        assert len(found) <= 121
        assert [column["end"] for column in found[:-1]] == [column["start"] for column in found[1:]]

    check()


def test_ticks_are_few_and_at_round_hours(pages: Node) -> None:
    starts = [(SENT.replace(minute=0) + timedelta(hours=n)).isoformat() for n in range(60)]
    found = [datetime.fromisoformat(at) for at in pages.call("ticks", starts, "hour", 7)]
    assert [(at + timedelta(hours=1)).hour for at in found] == [12, 0, 12, 0, 12]


def test_two_mails_are_laid_on_one_clock(pages: Node) -> None:
    found = pages.call(
        "sinceSent", report(hour(SENT.replace(minute=0), 5, 1), hour(SENT.replace(hour=12, minute=0), 2))
    )
    assert found[:4] == [
        {"hour": 0, "opened": 0, "clicked": 0},
        {"hour": 1, "opened": 5, "clicked": 1},
        {"hour": 3, "opened": 5, "clicked": 1},
        {"hour": 4, "opened": 7, "clicked": 1},
    ]
    assert found[4:] == [{"hour": 9 * 24, "opened": 7, "clicked": 1}]
    assert pages.call("pointAt", found, 2) == {"hour": 2, "opened": 5, "clicked": 1}
    assert pages.call("upTo", found, 2)[-1] == {"hour": 2, "opened": 5, "clicked": 1}
    assert pages.call("sinceSent", report(sent_at=None)) == []


def test_what_machines_did_is_in_no_comparison(pages: Node) -> None:
    found = pages.call("sinceSent", report(hour(SENT.replace(minute=0), machine=900)))
    assert {point["opened"] for point in found} == {0}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"mode": "individual"}, ["modes"]),
        ({"recipients": at_least(1204)}, ["incomplete"]),
        ({"sent_at": None}, ["not_sent"]),
        ({"age": timedelta(hours=3)}, ["ages"]),
        ({"age": timedelta(days=90)}, []),
        (
            {"age": timedelta(hours=3), "mode": "individual", "recipients": at_least(1204)},
            ["ages", "modes", "incomplete"],
        ),
    ],
)
def test_an_unfair_comparison_says_why(pages: Node, changes: dict[str, Any], faults: list[str]) -> None:
    assert pages.call("unfairness", report(), report(**changes)) == faults
    assert pages.call("unfairness", report(**changes), report()) == faults


def test_every_rule_has_a_sentence_and_points_where_the_rule_does(pages: Node) -> None:
    words = pages.call("rules")
    assert list(words) == [rule.name for rule in RULES]
    assert {name: said["verdict"] for name, said in words.items()} == {
        rule.name: str(rule.verdict) if rule.verdict else "none" for rule in RULES
    }
    assert all(re.fullmatch(r"[A-Z].{15,120}\.", said["text"]) for said in words.values())


def test_reasons_come_in_the_order_in_which_rules_decide(pages: Node) -> None:
    found = pages.call("reasonsOf", {"not_known_yet": 1, "burst": 5, "before_send": 2, "image_proxy": 9})
    assert [(reason["name"], reason["times"], reason.get("verdict")) for reason in found] == [
        ("before_send", 2, None),
        ("image_proxy", 9, "person"),
        ("burst", 5, "machine"),
        ("not_known_yet", 1, None),
    ]
    assert "not_known_yet" in found[-1]["text"]
