"""The clock of a mail starts when it arrives: as Outlook said, or as the machines that scan it show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.crawlers import is_crawler
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Network
from shared.tracking.reporting.arrival import PAUSE, SCANS_END, find_waves
from shared.tracking.reporting.judge import Judge, Judgement
from shared.tracking.reporting.publishing import Terms
from shared.tracking.reporting.verdicts import Verdict
from tests.shared.tracking.test_verdicts import HOUR, clicked, opened
from tests.support.report_desk import SENT, Desk, hit
from tests.support.traffic import SENT_AT, Mail

DELIVERY = 8 * HOUR
MICROSOFT = Network.MICROSOFT


def judge(*events: Event, delivery: float | None = None, waves: list[int] | None = None) -> list[Judgement]:
    deliver_at = None if delivery is None else SENT_AT + round(delivery * 1000)
    judged = Judge(SENT_AT, 6, is_crawler, control=True, deliver_at=deliver_at)
    return judged.judge(events, waves=waves)


def scans(at: float, *recipients: int) -> list[Event]:
    """Somebody's mail security at these copies, a second apart."""
    return [
        hit
        for place, who in enumerate(recipients)
        for hit in (
            clicked(at + place, 1, recipient=who),
            clicked(at + place + 0.2, NOTICE, recipient=who),
        )
    ]


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (-HOUR, "before_delivery"),
        (-61, "before_delivery"),
        (30, "scan_time_click"),
        (200, "unopened_click"),
        (1900, "no_sign_of_a_machine"),
    ],
)
def test_rules_that_go_by_the_clock_count_from_the_time_set_for_delivery(after: float, reason: str) -> None:
    [found] = judge(clicked(DELIVERY + after), delivery=DELIVERY)
    assert found.reasons[0] == reason


def test_what_came_before_the_time_set_is_doubted_and_a_machine_still_told() -> None:
    looked, scanned = judge(opened(HOUR), clicked(2 * HOUR, agent="Java/1"), delivery=DELIVERY)
    assert looked.verdict is Verdict.UNSURE
    assert scanned.verdict is Verdict.MACHINE


def test_microsofts_look_just_after_delivery_is_no_persons() -> None:
    [at_delivery] = judge(opened(DELIVERY + 9, network=MICROSOFT), delivery=DELIVERY)
    [without] = judge(opened(DELIVERY + 9, network=MICROSOFT))
    assert at_delivery.reasons == ("scan_time_open",)
    assert without.verdict is Verdict.PERSON


def test_a_wave_of_machines_hours_after_sending_tells_that_the_mail_arrived() -> None:
    wave = scans(DELIVERY, 1, 2, 3)
    beside = [opened(DELIVERY - 30, recipient=9, network=MICROSOFT), clicked(DELIVERY + 20, 4, recipient=9)]
    hours_later = clicked(DELIVERY + SCANS_END / 1000 + 60, 4, recipient=8)
    known: list[int] = []
    *_, look, click, late = judge(*wave, *beside, hours_later, waves=known)
    assert known == [SENT_AT + round(DELIVERY * 1000) + 200]
    assert look.reasons == ("scan_time_open",)
    assert "scan_time_click" in click.reasons
    assert late.verdict is Verdict.PERSON


@pytest.mark.parametrize("who", [(1,), (1, 2), (1, 1, 1)])
def test_one_or_two_copies_that_are_scanned_late_move_no_clock(who: tuple[int, ...]) -> None:
    *_, click = judge(*scans(DELIVERY, *who), clicked(DELIVERY + 20, 4, recipient=9))
    assert click.verdict is Verdict.PERSON


def test_scans_that_go_on_make_one_arrival_and_not_one_after_another() -> None:
    minutes = [(SENT_AT + 60_000 * minute, minute) for minute in range(600)]
    assert find_waves(minutes, 0, shared=False) == []
    dense = [(SENT_AT + 10_000 * turn, turn) for turn in range(3600)]
    assert find_waves(dense, 0, shared=False) == [SENT_AT]


def test_a_wave_begins_after_a_pause_and_not_while_another_lasts() -> None:
    def three(at: int) -> list[tuple[int, int]]:
        return [(at + n, n) for n in range(3)]

    first, too_soon, third = SENT_AT, SENT_AT + PAUSE + 3, SENT_AT + SCANS_END + PAUSE
    assert find_waves(three(first) + three(too_soon) + three(third), 0, shared=False) == [first, third]


def test_where_all_share_their_links_a_wave_takes_more_signs() -> None:
    few, many = ([(SENT_AT + n, EVERYBODY) for n in range(signs)] for signs in (5, 6))
    assert find_waves(few, 0, shared=True) == []
    assert find_waves(many, 0, shared=True) == [SENT_AT]


@pytest.mark.parametrize("mode", [Mode.INDIVIDUAL, Mode.COUNTING])
def test_a_mail_that_arrives_hours_late_folds_to_the_same_however_often_it_is_looked_at(mode: Mode) -> None:
    late = round(DELIVERY * 1000)
    traffic = Mail(recipients=300, shared=mode is Mode.COUNTING, notice=True, seed=5).traffic()
    events = [hit.event._replace(at=hit.event.at + late) for hit in traffic if hit.event.at >= SENT_AT]
    once, often = Desk(mode=mode, recipients=300), Desk(mode=mode, recipients=300)
    often.message, often.messages = once.message, once.messages
    for desk in (once, often):
        desk.write(events)
    for hours in (7, 8.01, 8.02, 8.1, 8.2, 8.4, 9, 30):
        often.at = hours * HOUR
        often.figures()
    often.at = once.at
    assert often.figures() == once.figures()
    kept = once.summaries.find(once.message.id)
    assert kept
    assert len(kept[0].waves) == 1
    assert late - 1000 <= kept[0].waves[0] - SENT_AT <= late + 60_000


def test_numbers_are_published_so_long_after_delivery() -> None:
    waiting = replace(Desk(mode=Mode.COUNTING).message, deliver_at=SENT + timedelta(hours=8))
    due, following = Terms(smallest=5, after=(3600,)).moments(waiting, SENT + timedelta(hours=8))
    assert (due, following) == ([], SENT + timedelta(hours=9))


def test_minutes_are_those_after_delivery() -> None:
    desk = Desk(recipients=5)
    desk.message = replace(desk.message, deliver_at=SENT + timedelta(hours=8))
    desk.write([hit(61), hit(DELIVERY + 61, 2), hit(DELIVERY + 3 * HOUR, 3)])
    assert [minute.at for minute in desk.get().minutes] == [SENT + timedelta(hours=8, minutes=1)]
