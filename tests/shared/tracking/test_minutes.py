"""In the first hours of a mail a report tells what happened by the minute."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.tracking.mail.modes import Mode
from tests.support.report_desk import HOUR, SENT, TWICE, Desk, hit


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 6 * HOUR), st.integers(1, 50), st.booleans()), max_size=60),
    st.lists(st.floats(0, 7 * HOUR), max_size=4),
)
def test_minutes_hold_each_event_of_the_first_three_hours_once_however_often_it_is_folded(
    deeds: list[tuple[float, int, bool]], looks: list[float]
) -> None:
    desk = Desk(recipients=50, at=0)
    desk.write([hit(after, who, 0 if clicked else None) for after, who, clicked in deeds], size=3)
    for desk.at in sorted(looks):
        desk.get()
    desk.at = 9 * HOUR
    report = desk.get()
    early = Counter(clicked for after, _, clicked in deeds if round(after * 1000) < 3 * HOUR * 1000)
    assert sum(minute.opened.all for minute in report.minutes) == early[False]
    assert sum(minute.clicked.all for minute in report.minutes) == early[True]
    assert [minute.at for minute in report.minutes] == sorted({minute.at for minute in report.minutes})
    assert all(minute.at < SENT + timedelta(hours=3) for minute in report.minutes)
    for hour in report.hours:
        within = [one for one in report.minutes if hour.at <= one.at < hour.at + timedelta(hours=1)]
        assert sum(one.opened.person for one in within) <= hour.opened.person


def test_an_event_stands_in_its_own_minute() -> None:
    desk = Desk(recipients=5)
    desk.write([hit(61), hit(119, 2), hit(121, 3, 0)])
    assert [(one.at, one.opened.all, one.clicked.all) for one in desk.get().minutes] == [
        (SENT + timedelta(minutes=place), opens, clicks) for place, opens, clicks in ((1, 2, 0), (2, 0, 1))
    ]


@pytest.mark.parametrize("mode", [Mode.COUNTING, Mode.PSEUDONYMOUS])
def test_where_numbers_are_published_no_minute_is_told(mode: Mode) -> None:
    desk = Desk(mode=mode, recipients=1000, terms=TWICE, at=9 * 24 * HOUR)
    desk.write([hit(61, 0 if mode is Mode.COUNTING else 1)])
    assert desk.get().minutes == []
