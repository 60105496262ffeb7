"""Reports of mails that once fared badly: what a report says is true of each, whoever was a machine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag
from shared.tracking.recording.hits import reduce_agent
from tests.support.report_desk import HOUR, Desk, hit
from tests.support.traffic import PERSON, Mail

JAVA = "Java/1.8.0_202"


def shared_hit(after: float, source: int, link: int | None = None) -> Event:
    return hit(after, EVERYBODY, link, source=source)


def is_click(event: Event) -> bool:
    return bool(event.flags & Flag.CLICKED) and event.link != NOTICE


def ends(people: object) -> tuple[int, int | None]:
    return people.at_least, people.at_most  # type: ignore[attr-defined]


@pytest.mark.parametrize("pause", [1.0, 2.0])
@pytest.mark.parametrize("after", [199.0, 7200.0])
def test_a_look_and_at_once_a_click_may_be_a_machines(after: float, pause: float) -> None:
    desk = Desk(Mode.INDIVIDUAL, 1)
    desk.write([hit(after, 1), hit(after + pause, 1, 0)])
    assert ends(desk.get().clicked_by) == (0, 1)


@pytest.mark.parametrize("notice", [True, False])
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("seed", range(1, 6))
def test_in_a_mail_with_one_link_at_least_is_never_over_the_truth(
    seed: int, shared: bool, notice: bool
) -> None:
    mail = Mail(2000, 1, shared, notice, seed)
    traffic = mail.traffic()
    desk = Desk(Mode.COUNTING if shared else Mode.INDIVIDUAL, 2000, targets=("https://company.example/0",))
    if not notice:
        desk.message = replace(desk.message, notice=Notice.NONE)
    desk.write((labelled.event for labelled in traffic), size=200)
    report = desk.get()
    opened = {one.who for one in traffic if one.truth == PERSON}
    clicked = {one.who for one in traffic if one.truth == PERSON and is_click(one.event)}
    assert report.opened_by.at_least <= len(opened)
    assert report.clicked_by.at_least <= len(clicked) <= report.clicked_by.at_most


@pytest.mark.parametrize("links", [3, 6])
def test_links_in_one_second_from_a_pool_of_addresses_are_nobody_for_sure(links: int) -> None:
    desk = Desk(Mode.COUNTING, 50)
    desk.write([shared_hit(400 + place / 10, 100 + place, place) for place in range(links)])
    assert desk.get().clicked_by.at_least == 0


@pytest.mark.parametrize("has_notice", [True, False])
@pytest.mark.parametrize("recipients", [50, 2000])
def test_a_scanner_whose_source_changes_with_each_request_is_nobody_for_sure(
    recipients: int, has_notice: bool
) -> None:
    desk = Desk(Mode.COUNTING, recipients, notice=Notice.LINE if has_notice else Notice.NONE)
    links = [*range(6), *([NOTICE] if has_notice else [])]
    desk.write(
        [
            shared_hit(60 + number * 0.7 + place / 5, (number * 7 + place) % 65_000 + 1, link)
            for number in range(recipients)
            for place, link in enumerate(links)
        ],
        size=500,
    )
    report = desk.get()
    assert (report.clicked_by.at_least, report.opened_by.at_least) == (0, 0)


def test_opens_from_places_that_are_no_people_are_at_most_so_many() -> None:
    desk = Desk(Mode.COUNTING, 500)
    desk.write([shared_hit(100, source) for source in range(1, 11)])
    assert desk.get().opened_by.at_most >= 10
    # Two looks within an hour may be one person's at two places; more are not known of one.
    assert desk.get().opened_by.at_least <= 5


@pytest.mark.parametrize("late", [0.0, 8 * HOUR])
def test_a_scan_after_a_late_delivery_is_no_crowd_of_people(late: float) -> None:
    desk = Desk(Mode.INDIVIDUAL, 1500)
    people = range(1, 301)
    scanned = [
        hit(late + 30 + number / 50 + 3 * place, number, place)
        for number in range(1, 1501)
        for place in range(4)
    ]
    read = [hit(late + 2 * HOUR + number, number) for number in people]
    clicked = [hit(late + 2 * HOUR + number + 40, number, 5) for number in people]
    desk.write([*scanned, *read, *clicked], size=500)
    report = desk.get()
    assert report.clicked_by.at_least <= len(people)
    assert report.opened_by.at_least <= len(people)


@pytest.mark.parametrize("agent", [JAVA, "python-requests/2.31.0", "curl/8.5.0", "okhttp/4.12.0", ""])
def test_a_click_by_a_program_that_is_no_browser_is_a_machines_whenever_it_comes(agent: str) -> None:
    desk = Desk(Mode.INDIVIDUAL, 3)
    desk.write([hit(HOUR, 1, 0)._replace(agent=reduce_agent(agent))])
    report = desk.get()
    assert (report.clicked.machine, report.clicked.person) == (1, 0)
    assert ends(report.clicked_by)[0] == 0


def test_two_who_click_in_a_mail_to_a_list_that_hides_its_members_are_not_nobody() -> None:
    desk = Desk(Mode.COUNTING, 0)
    desk.message = replace(desk.message, complete=False)
    desk.write([shared_hit(HOUR * (1 + source), source, 0) for source in (1, 2)])
    report = desk.get()
    assert report.recipients.at_most is None
    assert report.clicked_by.at_most >= 2
    assert report.opened_by.at_most >= 2
