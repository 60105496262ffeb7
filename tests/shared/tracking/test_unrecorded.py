"""What was not recorded of a mail: since when, as far as that is known, and never as nought."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.mail.ceiling import Basis, Ceiling, Tracking
from shared.tracking.mail.course import MOST, CeilingWatch, Course, Phase, continued
from shared.tracking.mail.message import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.report import Report, Unrecorded, Withheld
from shared.tracking.reporting.unrecorded import marked, unrecorded_of
from tests.support.report_desk import Desk

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
ALL, NONE = Ceiling(Tracking.INDIVIDUAL, Basis.OBJECTION), Ceiling(Tracking.OFF)


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def course_of(*changes: tuple[float, Ceiling]) -> Course:
    course: Course = ()
    for number, ceiling in changes:
        course = continued(course, ceiling, day(number), day(number))
    return course


def mail(mode: Mode = Mode.COUNTING, sent: float = 2, closed: float | None = None) -> Message:
    message: Message = Desk(mode, 100, at=0).message
    ends = None if closed is None else day(closed)
    return replace(message, sent_at=day(sent), deliver_at=None, closed_at=ends, has_pixel=True)


def gaps(course: Course, message: Message, now: float = 20, *, links: bool = True) -> list[Unrecorded]:
    return unrecorded_of(message, course, day(now), links=links)


def test_where_the_ceiling_was_never_lower_nothing_is_missing() -> None:
    assert gaps(course_of((0, ALL)), mail()) == []


def test_a_mail_says_since_when_it_is_recorded_no_more() -> None:
    course = course_of((0, ALL), (5, NONE))
    assert gaps(course, mail()) == [Unrecorded(day(5), None, opens=True, clicks=True)]


def test_what_was_lost_between_is_said_when_it_is_recorded_again() -> None:
    course = course_of((0, ALL), (5, NONE), (7, ALL))
    assert gaps(course, mail()) == [Unrecorded(day(5), day(7), opens=True, clicks=True)]


def test_changes_that_lose_the_same_are_one_stretch() -> None:
    course = course_of((0, ALL), (5, NONE), (6, Ceiling(Tracking.OFF, Basis.CONSENT)), (7, ALL))
    assert gaps(course, mail()) == [Unrecorded(day(5), day(7), opens=True, clicks=True)]


def test_what_was_before_sending_or_after_the_end_of_measuring_is_not_the_mails() -> None:
    course = course_of((0, NONE), (1, ALL), (5, NONE), (7, ALL), (10, NONE))
    assert gaps(course, mail(sent=2, closed=4)) == []
    assert gaps(course, mail(sent=2, closed=6)) == [Unrecorded(day(5), None, opens=True, clicks=True)]
    assert gaps(course, replace(mail(), sent_at=None)) == []


def test_since_when_is_not_known_where_nobody_looked_before() -> None:
    course = course_of((4, NONE), (6, ALL))
    assert gaps(course, mail(sent=2)) == [Unrecorded(None, day(6), opens=True, clicks=True)]
    assert gaps(course, mail(sent=5)) == [Unrecorded(day(5), day(6), opens=True, clicks=True)]


@pytest.mark.parametrize(
    ("mode", "ceiling", "lost"),
    [
        (Mode.COUNTING, Ceiling(Tracking.CLICKS), (True, False)),
        (Mode.COUNTING, Ceiling(Tracking.OPENS), (False, True)),
        (Mode.COUNTING, Ceiling(Tracking.PSEUDONYMOUS), None),
        (Mode.PSEUDONYMOUS, Ceiling(Tracking.COUNTING), (True, True)),
        (Mode.INDIVIDUAL, Ceiling(Tracking.INDIVIDUAL), (True, True)),  # nobody states a basis any more
        (Mode.INDIVIDUAL, Ceiling(Tracking.INDIVIDUAL, Basis.CONSENT), None),
    ],
)
def test_each_ceiling_loses_of_each_mode_what_it_does_not_let_be_recorded(
    mode: Mode, ceiling: Ceiling, lost: tuple[bool, bool] | None
) -> None:
    found = gaps(course_of((0, ALL), (5, ceiling)), mail(mode))
    assert [(gap.opens, gap.clicks) for gap in found] == ([lost] if lost else [])


def test_a_mail_without_links_loses_no_clicks_and_one_without_a_pixel_no_opens() -> None:
    course = course_of((0, ALL), (5, Ceiling(Tracking.OPENS)))
    assert gaps(course, mail(), links=False) == []
    course = course_of((0, ALL), (5, Ceiling(Tracking.CLICKS)))
    assert gaps(course, replace(mail(), has_pixel=False)) == []


def test_an_agreement_that_ends_by_itself_is_told_by_its_own_time() -> None:
    agreed = replace(ALL, begins=day(0).timestamp(), ends=day(5).timestamp())
    course = course_of((1, agreed), (9, agreed))
    assert course[-1] == Phase(day(5), Tracking.INDIVIDUAL, Basis.OBJECTION, is_open=False)
    # Where something else changed as well, nobody knows what bound the process before.
    assert course_of((1, agreed), (9, replace(agreed, tracking=Tracking.COUNTING)))[-1].at == day(9)
    assert [(each.at, each.is_open) for each in continued((), agreed, day(4), day(9))] == [
        (day(4), True),
        (day(5), False),
    ]


def test_a_change_is_told_by_when_the_process_that_brought_it_began() -> None:
    course = continued(course_of((0, NONE)), ALL, began=day(5), now=day(9))
    assert [each.at for each in course] == [day(0), day(5)]
    assert gaps(course, mail(sent=6), now=9) == []


def test_an_old_process_that_goes_on_for_a_while_leaves_nothing_in_the_course() -> None:
    course = course_of((0, ALL))
    for _ in range(5):  # the new one looks, then the old one
        course = continued(course, NONE, began=day(5), now=day(6))
        assert [each.at for each in course] == [day(0), day(5)]
        between = continued(course, ALL, began=day(0), now=day(6))
        assert len(between) <= 2
        course = continued(between, NONE, began=day(5), now=day(6))
    assert [(each.at, each.tracking) for each in course] == [
        (day(0), Tracking.INDIVIDUAL),
        (day(5), Tracking.OFF),
    ]


def test_what_a_clock_ahead_kept_is_no_part_of_the_course() -> None:
    ahead = course_of((0, ALL), (50, NONE))
    assert continued(ahead, ALL, began=day(3), now=day(4)) == course_of((0, ALL))


@given(st.lists(st.sampled_from(list(Tracking)), max_size=2 * MOST))
def test_a_course_is_bounded_and_says_nothing_twice(ceilings: list[Tracking]) -> None:
    course = course_of(*((number, Ceiling(tracking)) for number, tracking in enumerate(ceilings)))
    assert len(course) <= MOST
    assert all(one.tracking is not other.tracking for one, other in pairwise(course))


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.course: Course = ()
        self.reads = self.writes = 0

    def find(self) -> Course:
        self.reads += 1
        return self.course

    def put(self, course: Course) -> None:
        self.writes += 1
        self.course = course


def test_a_look_keeps_what_is_new_and_nothing_else() -> None:
    kept = Kept()
    for number, ceiling in enumerate((ALL, ALL, NONE, NONE)):
        CeilingWatch(ceiling, day(number), lambda: kept, lambda: day(9)).look()
    assert [stretch.tracking for stretch in kept.course] == [Tracking.INDIVIDUAL, Tracking.OFF]
    assert kept.writes == 2


def test_a_report_knows_what_no_look_has_kept_yet_and_reads_once_for_many() -> None:
    kept = Kept()
    CeilingWatch(ALL, day(0), lambda: kept, lambda: day(0)).look()
    watch = CeilingWatch(NONE, day(5), lambda: kept, lambda: day(6), clock=lambda: 1.0)
    reads = kept.reads
    for _ in range(50):
        assert [each.at for each in watch.course()] == [day(0), day(5)]
    assert kept.reads == reads + 1


def reported() -> Report:
    found: Report = Desk(Mode.INDIVIDUAL, 100, at=0).get()
    return found


def test_what_was_recorded_at_no_time_is_not_told_as_nought() -> None:
    report, message = reported(), mail(sent=2)
    told = marked(report, message, [Unrecorded(day(2), None, opens=True, clicks=True)])
    assert told.withheld is Withheld.NOT_RECORDED
    assert (told.opened_by, told.clicked_by, told.opened, told.clicked) == (None,) * 4
    assert all(link.clicked_by is None for link in told.links)
    few = replace(report, withheld=Withheld.TOO_FEW)
    assert (
        marked(few, message, [Unrecorded(day(2), None, opens=True, clicks=True)]).withheld is Withheld.TOO_FEW
    )


def test_opens_that_were_recorded_at_no_time_are_not_told_beside_clicks_that_are() -> None:
    report, message = reported(), mail(sent=2)
    told = marked(report, message, [Unrecorded(day(2), None, opens=True, clicks=False)])
    assert told.withheld is None
    assert (told.opened_by, told.opened, told.has_pixel) == (None, None, False)
    assert told.clicked_by == report.clicked_by


def test_numbers_of_a_part_of_the_time_are_told_with_the_part_that_is_missing() -> None:
    report, gap = reported(), Unrecorded(day(5), None, opens=True, clicks=True)
    told = marked(report, mail(sent=2), [gap])
    assert told == replace(report, unrecorded=[gap])
