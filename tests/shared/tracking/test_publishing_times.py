"""Publishing: numbers that move at fixed times alone, whoever asks and whatever anybody fetches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.tracking.recording.events import key_of
from shared.tracking.reporting.publishing import Terms
from shared.tracking.reporting.report import Withheld
from shared.tracking.reporting.summaries import Summary
from tests.support.memory_summaries import MemorySummaries
from tests.support.report_desk import DAY, HOUR, SENT, TWICE, WEEK, hit, opens, published_desk


def test_asking_again_and_acting_in_between_change_nothing_until_the_next_time() -> None:
    asked = published_desk()
    asked.at = DAY
    asked.write(opens(range(1, 400)))
    first = asked.get()
    read = asked.entries.read_count
    for hours in (0.1, 5, 100, 143):
        asked.at = DAY + hours * HOUR
        asked.write(opens(range(400, 1000), asked.at - 100))
        assert asked.get() == first
    assert asked.entries.read_count == read
    asked.at = WEEK
    assert asked.get().opened_by.at_least > first.opened_by.at_least


def test_whoever_asks_and_whenever_is_told_the_same() -> None:
    asked = published_desk()
    asked.write([*opens(range(1, 500)), *opens(range(500, 900), 3 * DAY)])
    late = asked.get()  # for the first time, after both times
    timely = published_desk(signer=asked.signer)
    timely.message, timely.messages = asked.message, asked.messages
    rows = dict(asked.entries.rows)
    for at in (DAY, WEEK, 8 * DAY):
        timely.at = at
        until = key_of(SENT.timestamp() + at, "", 0)
        timely.entries.rows = {key: data for key, data in rows.items() if key[1] < until}
        found = timely.get()
    assert found == late
    assert len(late.published) == 2


def test_of_two_who_ask_at_once_both_are_told_what_the_first_kept() -> None:
    asked = published_desk()
    asked.write(opens(range(1, 500)))

    class Slow(MemorySummaries):
        quick: Any = None

        def keep(self, message: str, summary: Summary, version: str) -> None:
            if self.quick is None:
                self.quick = ()
                self.quick = asked.get()
            super().keep(message, summary, version)

    asked.summaries = Slow()
    assert asked.get() == asked.summaries.quick


def test_a_number_never_goes_back() -> None:
    for _ in range(20):
        asked = published_desk()
        asked.write(opens(range(1, 500)))
        first, second = asked.get().published
        assert second.opened_by.at_least >= first.opened_by.at_least
        assert second.opened_by.at_least <= 499 <= second.opened_by.at_most


@pytest.mark.parametrize("hours", [-1, 2, 30])
def test_a_copy_that_is_fetched_again_or_before_the_mail_is_sent_changes_nothing(hours: float) -> None:
    truth = opens(range(1, 120))
    asked = published_desk()
    asked.write(truth)
    before = asked.get()
    for again in (range(1, 120), range(1, 1001) if hours < 0 else ()):
        asked.summaries = MemorySummaries()
        asked.write(hit(hours * HOUR + n / 100, number) for n, number in enumerate(again))
        assert asked.get() == before


def test_a_sender_who_fetches_a_copy_is_not_told_whether_it_was_opened() -> None:
    """Whoever fetches the one of a copy that was opened changes nothing; of one that was not, hardly ever."""
    changed = 0
    for _ in range(60):
        asked = published_desk()
        asked.write(opens(range(1, 120)))
        before = asked.get()
        asked.summaries = MemorySummaries()
        asked.write([hit(2 * HOUR, 777)])
        changed += asked.get() != before
    assert changed <= 6  # of 60: one in a hundred is to be expected


def test_a_mail_that_is_sent_anew_has_no_numbers_until_its_own_time() -> None:
    asked = published_desk()
    asked.write(opens(range(1, 900)))
    asked.at = 2 * DAY
    assert asked.get().withheld is None
    asked.message = replace(asked.message, sent_at=SENT + timedelta(days=2))
    assert asked.get().withheld is Withheld.NOT_YET
    asked.at = 3 * DAY
    assert asked.get().opened_by.at_least == 0


def test_better_rules_leave_what_was_published() -> None:
    asked = published_desk()
    asked.write(opens(range(1, 500)))
    first = asked.get()
    found = asked.summaries.find(asked.message.id)
    assert found
    summary, version = found
    older = summary.basis.replace(".", ".0", 1)
    asked.summaries.keep(asked.message.id, replace(summary, basis=older), version)
    assert asked.get() == first


def test_a_mail_whose_summary_went_on_is_published_as_of_when_it_stands() -> None:
    asked = published_desk(terms=Terms(smallest=1))
    asked.write(opens(range(1, 500)))
    asked.get()
    asked.terms = TWICE
    report = asked.get()
    assert report.published[-1].at > SENT + timedelta(days=7)
    assert report.opened_by.at_least <= 499 <= report.opened_by.at_most
    assert report.as_of <= datetime.fromtimestamp(SENT.timestamp() + asked.at, UTC)


def test_other_times_of_publishing_leave_what_was_published() -> None:
    asked = published_desk()
    asked.write(opens(range(1, 500)))
    first = asked.get()
    for after in ([86_400], [3600, 7200], [691_199]):
        asked.terms = replace(TWICE, after=after)
        assert len(asked.get().published) >= len(first.published)
