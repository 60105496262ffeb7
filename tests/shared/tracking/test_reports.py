"""Reports: the same however they are folded, honest about people, quick the second time."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import errors
from shared.adapters.crawlers import is_crawler
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.tracking.mail.links import Links
from shared.tracking.mail.messages import Message, Mode, Sender, Stage
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Entry, Event, Flag, key_of, pack
from shared.tracking.reporting.folding import SLICE, cut, settled_until
from shared.tracking.reporting.reports import Reports, SummaryStore
from shared.tracking.reporting.sheets import RECIPIENT_COLUMNS, REPORT_COLUMNS, recipient_rows, report_rows
from shared.tracking.reporting.summaries import Summary
from shared.tracking.reporting.verdicts import LOOK_AROUND
from shared.web.spreadsheet import to_csv
from tests.support.memory_journal import MemoryEntries
from tests.support.memory_messages import MemoryMessages
from tests.support.memory_summaries import MemorySummaries
from tests.support.traffic import MACHINE, PERSON, SENT_AT, Labelled, Mail

SENT = datetime.fromtimestamp(SENT_AT / 1000, UTC)
TARGETS = tuple(f"https://company.example/{n}" for n in range(6))
BROWSER = "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"


class CountingEntries(MemoryEntries):
    """Counts the entries that were read."""

    read_count = 0

    def read(self, message: str, after: str = "") -> Iterable[Entry]:  # type: ignore[override]
        for entry in super().read(message, after):
            self.read_count += 1
            yield entry


@dataclass
class Desk:
    """A message with its events, and somebody who asks for reports."""

    mode: Mode = Mode.INDIVIDUAL
    recipients: int = 2000
    summaries: SummaryStore = field(default_factory=MemorySummaries)
    entries: CountingEntries = field(default_factory=CountingEntries)
    messages: MemoryMessages = field(default_factory=MemoryMessages)
    at: float = 90 * 86_400
    notice: Notice = Notice.LINE

    def __post_init__(self) -> None:
        self.message = Message(
            "mia", secrets.token_hex(16), "", self.mode, Stage.SENT, Sender("Mia", "mia@company.example"),
            self.recipients, True, SENT, SENT, notice=self.notice,
        )  # fmt: skip
        self.messages.add(self.message)
        self.messages.keep_links(self.message, Links(TARGETS, {url: n for n, url in enumerate(TARGETS)}))
        for start in range(0, self.recipients, 3500):
            some = [f"p{n}@company.example" for n in range(start, min(start + 3500, self.recipients))]
            self.messages.keep_recipients(self.message, start, some)
        self.number = 0

    @property
    def reports(self) -> Reports:
        def now() -> datetime:
            return SENT + timedelta(seconds=self.at)

        return Reports(self.messages, self.entries, self.summaries, is_crawler, now)  # type: ignore[arg-type]

    def write(self, events: Iterable[Event], size: int = 20) -> None:
        """Store events as a process would: some at a time, when the last of them happened."""
        ordered = sorted(events, key=lambda event: event.at)
        for start in range(0, len(ordered), size):
            some = ordered[start : start + size]
            self.number += 1
            for entry in pack(self.message.id, key_of(some[-1].at / 1000, "abcd", self.number), some):
                self.entries.put(entry)

    def figures(self) -> object:
        """The report, but for the time it was made at."""
        return replace(self.reports.get(self.message), as_of=SENT)


def hit(after: float, recipient: int = 1, link: int | None = None, **more: int) -> Event:
    flags = Flag.CLICKED if link is not None else 0
    whole = {"flags": int(flags), "recipient": recipient, "link": link or 0, "source": 0, "network": 0} | more
    return Event(at=SENT_AT + round(after * 1000), agent=BROWSER, **whole)


@pytest.fixture(scope="module")
def traffic() -> list[Labelled]:
    return Mail(recipients=2000, seed=3).traffic()


HOUR = 3600.0


def test_opens_and_clicks_are_counted_by_verdict_link_and_hour() -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR), hit(2 * HOUR), hit(HOUR, 2), hit(HOUR + 60, 1, 4), hit(HOUR, 3, 0, network=2)])
    desk.write([hit(-5), hit(HOUR, flags=Flag.HEAD)])
    report = desk.reports.get(desk.message)
    assert (report.opened.person, report.opened.all) == (3, 3)
    assert (report.clicked.person, report.clicked.machine) == (1, 1)
    assert (report.opened_by.at_least, report.opened_by.at_most) == (2, 2)
    assert (report.clicked_by.at_least, report.clicked_by.at_most) == (1, 1)
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
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 2, 0)])
    report = desk.reports.get(desk.message)
    assert (report.opened.all, report.opened_by.at_least) == (0, 1)


def test_a_mail_that_was_not_sent_reports_nothing() -> None:
    desk = Desk()
    desk.message = replace(desk.message, sent_at=None)
    desk.write([hit(HOUR), hit(HOUR, 1, 0)])
    report = desk.reports.get(desk.message)
    assert (report.opened.all, report.clicked.all, report.not_counted) == (0, 0, {"before_send": 2})


def test_folding_bit_by_bit_is_folding_at_once(traffic: list[Labelled]) -> None:
    events = [labelled.event for labelled in traffic]
    once, often = Desk(), Desk()
    often.message, often.messages = once.message, once.messages
    once.write(events)
    often.entries.rows = once.entries.rows
    for days in (0.001, 0.003, 0.006, 0.01, 0.02, 0.05, 0.2, 0.9, 1, 3, 20):
        often.at = days * 86_400
        visible = {key: data for key, data in once.entries.rows.items() if key[1] <= key_of(
            (SENT_AT / 1000) + often.at, "zzzz", 0)}  # fmt: skip
        often.entries.rows = visible
        often.figures()
    often.entries.rows, often.at = once.entries.rows, once.at
    assert often.figures() == once.figures()


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(0, 4000), st.integers(1, 4), st.integers(-1, 5)), max_size=60),
    st.lists(st.floats(1, 5000), max_size=5),
)
def test_when_reports_are_asked_for_changes_nothing(
    hits: list[tuple[float, int, int]], asked: list[float]
) -> None:
    events = [hit(at, who, link if link >= 0 else None) for at, who, link in hits]
    once, often = Desk(recipients=4), Desk(recipients=4)
    often.message, often.messages = once.message, once.messages
    once.write(events, 1)
    for at in sorted(asked):
        limit = key_of(SENT_AT / 1000 + at, "zzzz", 0)
        often.entries.rows = {key: data for key, data in once.entries.rows.items() if key[1] <= limit}
        often.at = at
        often.figures()
    often.entries.rows, often.at = once.entries.rows, once.at
    assert often.figures() == once.figures()


def test_two_reports_at_once_agree_and_one_is_kept(traffic: list[Labelled]) -> None:
    desk = Desk()
    desk.write(labelled.event for labelled in traffic)
    first, second = desk.reports, desk.reports
    found = desk.summaries.find

    class Slow(MemorySummaries):
        def find(self, message: str) -> tuple[Summary, str] | None:
            seen = found(message)
            if first.summaries is not self:
                return seen
            first.summaries = desk.summaries
            second.get(desk.message)  # quicker
            return seen

    first.summaries = Slow()
    first.summaries.keep = desk.summaries.keep  # type: ignore[method-assign]
    assert replace(first.get(desk.message), as_of=SENT) == desk.figures()
    assert isinstance(desk.summaries, MemorySummaries)
    assert desk.summaries.written == 1


def test_the_second_report_reads_what_is_new(traffic: list[Labelled]) -> None:
    desk = Desk()
    desk.write(labelled.event for labelled in traffic)
    desk.figures()
    first = desk.entries.read_count
    desk.write([hit(desk.at - 30, 7)])
    desk.entries.read_count = 0
    desk.figures()
    assert first > 100
    assert desk.entries.read_count == 1


def test_what_came_home_late_is_counted_once() -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 1)])
    desk.figures()
    [late] = pack(desk.message.id, key_of(SENT_AT / 1000 + HOUR, "late", 9), [hit(HOUR, 2)])
    for _ in range(2):
        desk.entries.bring_home(late, SENT_AT / 1000 + desk.at)
        desk.at += 1800
    assert desk.reports.get(desk.message).opened_by.at_least == 2
    assert desk.reports.get(desk.message).opened.all == 2


def test_other_rules_or_another_time_of_sending_judge_all_anew() -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 1), hit(3 * HOUR, 2)])
    assert desk.reports.get(desk.message).opened.all == 2
    desk.message = replace(desk.message, sent_at=SENT + timedelta(hours=2))
    assert desk.reports.get(desk.message).opened.all == 1
    assert isinstance(desk.summaries, MemorySummaries)
    assert desk.summaries.written == 2


def test_an_entry_that_cannot_be_read_hides_no_other(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 1)])
    desk.entries.put(Entry(desk.message.id, key_of(SENT_AT / 1000 + HOUR, "abcd", 99), b"rubbish"))
    assert desk.reports.get(desk.message).opened.all == 1
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("notice", list(Notice))
def test_the_range_of_people_holds_the_truth_and_never_passes_the_recipients(
    notice: Notice, mode: Mode, seed: int
) -> None:
    shared = mode is Mode.OVERALL
    mail = Mail(recipients=400, shared=shared, notice=notice is Notice.LINE, seed=seed)
    hits = mail.traffic()
    desk = Desk(mode=mode, recipients=400, notice=notice)
    desk.write(labelled.event for labelled in hits)
    report = desk.reports.get(desk.message)
    people = {labelled.who for labelled in hits if labelled.truth == PERSON}
    clickers = {
        labelled.who for labelled in hits if labelled.truth == PERSON and labelled.event.flags & Flag.CLICKED
    }
    for said, truth in ((report.opened_by, people), (report.clicked_by, clickers)):
        assert 0 <= said.at_least <= said.at_most <= 400
        assert said.at_least <= len(truth) <= said.at_most
        if not shared and notice is Notice.LINE:
            assert said.at_least > len(truth) * 0.5
            assert said.at_most < len(truth) + 100  # Apple fetches for one in eight, whoever looks
    assert (
        report.opened.machine + report.clicked.machine
        > len([labelled for labelled in hits if labelled.truth == MACHINE]) * 0.5
    )


def test_where_all_share_a_token_a_machines_storm_makes_no_people() -> None:
    desk = Desk(mode=Mode.OVERALL, recipients=10)
    links = (*range(6), NOTICE)
    desk.write(hit(HOUR + n / 100, EVERYBODY, links[n % 7], source=7, network=1) for n in range(500))
    desk.write(hit(HOUR, EVERYBODY, source=n) for n in range(50))
    report = desk.reports.get(desk.message)
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
    for mode in (Mode.OVERALL, Mode.ANONYMOUS):
        with pytest.raises(errors.Conflict):
            desk.reports.list_recipients(replace(desk.message, mode=mode), 0, 9)


def test_recipients_are_found_by_what_they_did_and_paged() -> None:
    desk = Desk(recipients=5000)
    openers = range(7, 5000, 1000)
    desk.write([hit(HOUR, number) for number in openers])
    desk.write([hit(HOUR + 9, openers[-1], 0), replace_agent(hit(HOUR, 3), "Mozilla/5")])
    find = desk.reports.find_recipients
    page = find(desk.message, 0, 2, opened="yes")
    assert [one.address for one in page.recipients] == ["p6@company.example", "p1006@company.example"]
    assert (page.total, page.next) == (5, 2)
    last = find(desk.message, 4, 2, opened="yes")
    assert [(one.address, one.clicked) for one in last.recipients] == [("p4006@company.example", "yes")]
    assert last.next is None
    assert find(desk.message, 0, 9, opened="yes", clicked="no").total == 4
    assert [one.address for one in find(desk.message, 0, 9, opened="maybe").recipients] == [
        "p2@company.example"
    ]
    assert find(desk.message, 0, 1000, opened="no").total == 5000 - 6
    assert find(desk.message, 0, 10, opened="no", clicked="yes").recipients == []
    assert find(desk.message, 4999, 10).recipients[0].address == "p4999@company.example"
    assert find(desk.message, 5000, 10).recipients == []


def test_a_mail_that_was_disarmed_and_sent_again_counts_from_then_on() -> None:
    desk = Desk(recipients=9)
    desk.write([hit(HOUR, 1), hit(HOUR, 2)])
    assert desk.reports.get(desk.message).opened.person == 2
    disarmed = desk.messages.update(replace(desk.messages.messages[desk.message.id], sent_at=None))
    report = desk.reports.get(disarmed)
    assert (report.opened.all, report.not_counted) == (0, {"before_send": 2})
    desk.write([hit(3 * HOUR, 3)])
    again = desk.messages.update(replace(disarmed, sent_at=SENT + timedelta(hours=2)))
    for _ in range(2):
        report = desk.reports.get(again)
        assert (report.opened.person, report.not_counted) == (1, {"before_send": 2})


def replace_agent(event: Event, agent: str) -> Event:
    return event._replace(agent=agent)


def test_an_erased_person_is_in_no_row_and_no_number() -> None:
    desk = Desk(recipients=3)
    desk.messages.keep_recipients(desk.message, 0, ["ann@a.example", "bob@a.example", "cid@a.example"])
    desk.write([hit(HOUR, 2), hit(HOUR + 9, 2, 0), hit(HOUR, 3)])
    before = desk.reports.get(desk.message)
    assert (before.recipients, before.opened.all, before.clicked.all) == (3, 2, 1)
    kept = desk.messages.find("mia", desk.message.id)
    assert kept is not None
    message = desk.messages.update(replace(kept, gone=(2,)))
    assert desk.messages.erase_recipient(message, "bob@a.example")
    found = desk.reports.list_recipients(message, 0, 9)
    assert [(one.address, one.opened) for one in found] == [("ann@a.example", "no"), ("cid@a.example", "yes")]
    pages = [desk.reports.find_recipients(message, start, 1) for start in (0, 1)]
    assert [page.recipients for page in pages] == [[one] for one in found]
    assert [(page.total, page.next) for page in pages] == [(2, 1), (2, None)]
    after = desk.reports.get(message)
    assert (after.recipients, after.opened.all, after.clicked.all) == (2, 1, 0)
    assert after.opened_by.at_most == 1


def test_tables_for_spreadsheets_hold_no_formula() -> None:
    desk = Desk(recipients=2)
    desk.messages.keep_recipients(desk.message, 0, ["=cmd@company.example", "+1@company.example"])
    desk.write([hit(HOUR, 1), hit(HOUR + 60, 1, 2)])
    people = to_csv(RECIPIENT_COLUMNS, recipient_rows(desk.reports.list_recipients(desk.message, 0, 9)))
    assert people.decode("utf-8-sig").splitlines() == [
        "address,opened,clicked", "'=cmd@company.example,yes,yes", "'+1@company.example,no,no",
    ]  # fmt: skip
    whole = (
        to_csv(REPORT_COLUMNS, report_rows(desk.reports.get(desk.message))).decode("utf-8-sig").splitlines()
    )
    assert whole[:3] == ["event,by,item,person,unsure,machine", "opened,all,,1,0,0", "clicked,all,,1,0,0"]
    assert "clicked,link,https://company.example/2,1,0,0" in whole
    assert "opened,hour,2027-01-15T09:00Z,1,0,0" in whole


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> SummaryStore:
    if request.param == "memory":
        return MemorySummaries()
    return SummaryTable(Tables.by_connection(request.getfixturevalue("azurite")))


def test_a_summary_is_kept_whole_and_the_first_of_two_writers_wins(store: SummaryStore) -> None:
    message = secrets.token_hex(16)
    assert store.find(message) is None
    desk = Desk(recipients=100_000, summaries=store)
    desk.message = replace(desk.message, id=message)
    desk.messages.keep_links(desk.message, Links(TARGETS, {}))
    desk.write(hit(HOUR + n / 10, 1 + n * 37 % 100_000, n % 6 if n % 3 else None) for n in range(5000))
    before = desk.figures()
    found = store.find(message)
    assert found
    summary, version = found
    assert desk.figures() == before
    store.keep(message, summary, version)
    with pytest.raises(errors.Conflict):
        store.keep(message, summary, version)
    with pytest.raises(errors.Conflict):
        store.keep(message, summary, "")
    assert desk.figures() == before
    if isinstance(store, SummaryTable):
        store.delete(message)
        assert store.find(message) is None
        store.delete(message)


def test_slices_settle_once_nothing_can_be_added_around_them() -> None:
    end = 5 * SLICE
    assert settled_until(end) < 5
    assert settled_until(end + SLICE) == 5


@pytest.mark.parametrize("early", [True, False])
def test_events_bear_on_a_slice_from_a_minute_further_than_rules_look_for_clocks_that_differ(
    early: bool,
) -> None:
    start = 1_000_000 * SLICE

    def entry(at: int) -> Entry:
        return pack("message", key_of(at / 1000, "aaaa", 0), [hit(0)])[0]

    def surrounding(apart: int) -> int:
        beside = start - apart if early else start + SLICE + apart - 1
        found = list(cut(sorted([entry(beside), entry(start)], key=lambda one: one.key), 0))
        return sum(len(one.before) + len(one.after) for one in found if one.number == start // SLICE)

    assert surrounding(LOOK_AROUND + 59_000) == 1
    assert surrounding(LOOK_AROUND + 61_000) == 0
