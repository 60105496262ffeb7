"""Reports: honest about people, and about what each single one did in the mode `individual` alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared import errors
from shared.amounts import Amount
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag
from shared.tracking.reporting.bounds import UNNOTICED
from tests.support.report_desk import BROWSER, HOUR, SENT, TARGETS, Desk, hit
from tests.support.traffic import MACHINE, PERSON, Mail


def test_opens_and_clicks_are_counted_by_verdict_link_and_hour() -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR), hit(2 * HOUR), hit(HOUR, 2), hit(HOUR + 60, 1, 4), hit(HOUR, 3, 0, network=2)])
    desk.write([hit(-5), hit(HOUR, flags=Flag.HEAD)])
    report = desk.get()
    assert (report.opened.person, report.opened.all) == (3, 3)
    assert (report.clicked.person, report.clicked.machine) == (1, 1)
    assert (report.opened_by.at_least, report.opened_by.at_most) == (2, 2)
    # One click alone may be a machine's that follows one link, and left the notice out.
    assert (report.clicked_by.at_least, report.clicked_by.at_most) == (0, 1)
    assert [
        (link.url, link.clicked.person, link.clicked.machine) for link in report.links if link.clicked.all
    ] == [
        (TARGETS[0], 0, 1),
        (TARGETS[4], 1, 0),
    ]
    assert [(hour.at - SENT, hour.opened.all, hour.clicked.all) for hour in report.hours] == [
        (timedelta(hours=1), 2, 2),
        (timedelta(hours=2), 1, 0),
    ]
    assert report.not_counted == {"before_send": 1, "head_request": 1}
    assert report.reasons == {"no_sign_of_a_machine": 4, "scanner_network": 1}


def test_a_click_is_an_open_whose_image_was_blocked() -> None:
    desk = Desk(recipients=60)
    desk.write(hit(HOUR * who, who, 0) for who in range(1, 51))
    report = desk.get()
    assert report.opened.all == 0
    assert report.opened_by == report.clicked_by
    assert (report.opened_by.at_least, report.opened_by.at_most) == (50 - UNNOTICED * len(TARGETS), 50)


def test_an_image_fetched_by_a_browsers_name_is_nobody_for_sure() -> None:
    desk = Desk(recipients=100)
    desk.write(hit(HOUR + 9 * who, who)._replace(agent=BROWSER) for who in range(1, 81))
    desk.write([hit(HOUR, 90)])
    report = desk.get()
    assert (report.opened_by.at_least, report.opened_by.at_most) == (1, 81)
    rows = {row.address: row.opened for row in desk.reports.list_recipients(desk.message, 0, 100)}
    assert (rows["p0@company.example"], rows["p89@company.example"]) == ("maybe", "yes")


def test_a_mail_that_was_not_sent_reports_nothing() -> None:
    desk = Desk()
    desk.message = replace(desk.message, sent_at=None)
    desk.write([hit(HOUR), hit(HOUR, 1, 0)])
    report = desk.get()
    assert (report.opened.all, report.clicked.all, report.not_counted) == (0, 0, {"before_send": 2})


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("notice", list(Notice))
def test_the_range_of_people_holds_the_truth_and_never_passes_the_recipients(
    notice: Notice, mode: Mode, seed: int
) -> None:
    shared = mode is Mode.COUNTING
    mail = Mail(recipients=400, shared=shared, notice=notice is Notice.LINE, seed=seed)
    hits = mail.traffic()
    desk = Desk(mode=mode, recipients=400, notice=notice)
    desk.write(labelled.event for labelled in hits)
    report = desk.get()
    people = {labelled.who for labelled in hits if labelled.truth == PERSON}
    clickers = {
        labelled.who for labelled in hits if labelled.truth == PERSON and labelled.event.flags & Flag.CLICKED
    }
    for said, truth in ((report.opened_by, people), (report.clicked_by, clickers)):
        assert 0 <= said.at_least <= said.at_most <= 400
        assert said.at_least <= len(truth) <= said.at_most
        if not shared and notice is Notice.LINE:
            assert said.at_least > len(truth) * 0.4
            assert said.at_most < len(truth) + 100  # Apple fetches for one in eight, whoever looks
    assert (
        report.opened.machine + report.clicked.machine
        > len([labelled for labelled in hits if labelled.truth == MACHINE]) * 0.5
    )


def test_where_all_share_a_token_a_machines_storm_makes_no_people() -> None:
    desk = Desk(mode=Mode.COUNTING, recipients=10)
    links = (*range(6), NOTICE)
    desk.write(hit(HOUR + n / 100, EVERYBODY, links[n % 7], source=7, network=1) for n in range(500))
    desk.write(hit(HOUR, EVERYBODY, source=n) for n in range(50))
    report = desk.get()
    assert (report.clicked_by.at_least, report.clicked_by.at_most) == (0, 0)
    # Addresses are no people where scanners have pools of them: what may be anybody's is at least nobody's.
    assert (report.opened_by.at_least, report.opened_by.at_most) == (0, 10)


def test_single_recipients_are_told_in_individual_mode_alone() -> None:
    desk = Desk(recipients=4)
    apple = replace_agent(hit(HOUR, 3), "Mozilla/5")
    desk.write([hit(HOUR, 1), hit(HOUR + 9, 1, 0), hit(HOUR, 2), apple])
    rows = [(r.address[:2], r.opened, r.clicked) for r in desk.reports.list_recipients(desk.message, 0, 9)]
    assert rows == [("p0", "yes", "yes"), ("p1", "yes", "no"), ("p2", "maybe", "no"), ("p3", "no", "no")]
    assert len(desk.reports.list_recipients(desk.message, 2, 1)) == 1
    for mode in (Mode.COUNTING, Mode.PSEUDONYMOUS):
        with pytest.raises(errors.Conflict):
            desk.reports.list_recipients(replace(desk.message, mode=mode), 0, 9)


def test_recipients_are_found_by_what_they_did_and_paged() -> None:
    desk = Desk(recipients=5000)
    openers = range(7, 5000, 1000)
    desk.write([hit(HOUR, number) for number in openers])
    desk.write([hit(HOUR + 9, openers[-1], 0), replace_agent(hit(HOUR, 3), "Mozilla/5")])
    find = desk.reports.find_recipients
    page = find(desk.message, 0, 2, opened="yes")
    assert [one.address for one in page.rows] == ["p6@company.example", "p1006@company.example"]
    assert (page.total, page.next) == (5, "1007")
    last = find(desk.message, 3007, 2, opened="yes")
    assert [(one.address, one.clicked) for one in last.rows] == [("p4006@company.example", "yes")]
    assert last.next is None
    assert find(desk.message, 0, 9, opened="yes", clicked="no").total == 4
    assert [one.address for one in find(desk.message, 0, 9, opened="maybe").rows] == ["p2@company.example"]
    assert find(desk.message, 0, 1000, opened="no").total == 5000 - 6
    assert find(desk.message, 0, 10, opened="no", clicked="yes").rows == []
    assert find(desk.message, 4999, 10).rows[0].address == "p4999@company.example"
    assert find(desk.message, 5000, 10).rows == []


def test_a_mail_that_was_disarmed_and_sent_again_counts_from_then_on() -> None:
    desk = Desk(recipients=9)
    desk.write([hit(HOUR, 1), hit(HOUR, 2)])
    assert desk.get().opened.person == 2
    disarmed = desk.messages.update(replace(desk.messages.messages[desk.message.id], sent_at=None))
    desk.message = disarmed
    report = desk.get()
    assert (report.opened.all, report.not_counted) == (0, {"before_send": 2})
    desk.write([hit(3 * HOUR, 3)])
    again = desk.messages.update(replace(disarmed, sent_at=SENT + timedelta(hours=2)))
    for _ in range(2):
        desk.message = again
        report = desk.get()
        assert (report.opened.person, report.not_counted) == (1, {"before_send": 2})


def replace_agent(event: Event, agent: str) -> Event:
    return event._replace(agent=agent)


def test_an_erased_person_is_in_no_row_and_no_number() -> None:
    desk = Desk(recipients=3)
    desk.messages.keep_recipients(desk.message, 0, ["ann@a.example", "bob@a.example", "cid@a.example"])
    desk.write([hit(HOUR, 2), hit(HOUR + 9, 2, 0), hit(HOUR, 3)])
    before = desk.get()
    assert (before.recipients, before.opened.all, before.clicked.all) == (Amount(3, 3), 2, 1)
    kept = desk.messages.find("mia", desk.message.id)
    assert kept is not None
    message = desk.messages.update(replace(kept, gone=(2,)))
    assert desk.messages.erase_recipient(message, "bob@a.example")
    found = desk.reports.list_recipients(message, 0, 9)
    assert [(one.address, one.opened) for one in found] == [("ann@a.example", "no"), ("cid@a.example", "yes")]
    pages = [desk.reports.find_recipients(message, start, 1) for start in (0, 1)]
    assert [page.rows for page in pages] == [[one] for one in found]
    assert [(page.total, page.next) for page in pages] == [(2, "1"), (2, None)]
    desk.message = message
    after = desk.get()
    assert (after.recipients, after.opened.all, after.clicked.all) == (Amount(2, 2), 1, 0)
    assert after.opened_by.at_most == 1
