"""Folding: the same however and whenever it is done, and quick the second time."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import errors
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.tracking.mail.links import Links
from shared.tracking.recording.events import Entry, key_of, pack
from shared.tracking.reporting.folding import SLICE, cut, settled_until
from shared.tracking.reporting.reports import SummaryStore
from shared.tracking.reporting.summaries import Summary
from shared.tracking.reporting.verdicts import LOOK_AROUND
from tests.support.memory_summaries import MemorySummaries
from tests.support.report_desk import HOUR, SENT, TARGETS, Desk, hit
from tests.support.traffic import SENT_AT, Labelled, Mail


@pytest.fixture(scope="module")
def traffic() -> list[Labelled]:
    return Mail(recipients=2000, seed=3).traffic()


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
    assert desk.get().opened_by.at_least == 2
    assert desk.get().opened.all == 2


def test_other_rules_or_another_time_of_sending_judge_all_anew() -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 1), hit(3 * HOUR, 2)])
    assert desk.get().opened.all == 2
    desk.message = replace(desk.message, sent_at=SENT + timedelta(hours=2))
    assert desk.get().opened.all == 1
    assert isinstance(desk.summaries, MemorySummaries)
    assert desk.summaries.written == 2


def test_an_entry_that_cannot_be_read_hides_no_other(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(recipients=3)
    desk.write([hit(HOUR, 1)])
    desk.entries.put(Entry(desk.message.id, key_of(SENT_AT / 1000 + HOUR, "abcd", 99), b"rubbish"))
    assert desk.get().opened.all == 1
    assert "cannot be read" in caplog.text


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
        return sum(len(one.events) - (one.end - one.start) for one in found if one.number == start // SLICE)

    assert surrounding(LOOK_AROUND + 59_000) == 1
    assert surrounding(LOOK_AROUND + 61_000) == 0
