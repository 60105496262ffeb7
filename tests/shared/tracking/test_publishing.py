"""Publishing: what reports tell of people where nobody is told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.publishing import Publisher, Terms, measure
from shared.tracking.reporting.report import Withheld
from shared.tracking.reporting.reports import Reports
from shared.tracking.reporting.sheets import one_table, sheets_of
from shared.web.spreadsheet import to_csv
from tests.support.report_desk import DAY, HOUR, SENT, TARGETS, Desk, hit, opens, published_desk
from tests.support.report_files import parts_of

ROOT = Path(__file__).parents[3]
TOLD_APART = (Mode.COUNTING, Mode.PSEUDONYMOUS)


def file_of(asked: Desk) -> dict[str, list[dict[str, str]]]:
    return parts_of(to_csv(*one_table(sheets_of(asked.get(), asked.message, None))))


def numbers_of(report: Any) -> list[object]:
    """Everything in a report that may tell of acts."""
    return [
        report.opened, report.opened_by, report.clicked, report.clicked_by, *report.hours, *report.published,
        *((link.clicked, link.clicked_by) for link in report.links), *report.reasons, *report.not_counted,
    ]  # fmt: skip


@pytest.mark.parametrize("mode", TOLD_APART)
@pytest.mark.parametrize("recipients", [1, 2, 4])
@pytest.mark.parametrize("act", [[], [1], [1, 2, 3, 4]])
def test_a_mail_to_fewer_than_the_smallest_group_has_no_numbers_and_says_why(
    mode: Mode, recipients: int, act: list[int]
) -> None:
    asked = published_desk(recipients, mode)
    asked.write(opens(number for number in act if number <= recipients))
    report = asked.get()
    assert report.withheld is Withheld.TOO_FEW
    assert not any(any(n) if isinstance(n, tuple) else n for n in numbers_of(report))
    file = file_of(asked)
    assert file.keys() == {"Summary", "Links"}
    assert {row["words"] for row in file["Links"]} == {"not told"}
    assert "too few recipients" in str(file["Summary"])
    assert not {"Opened", "Clicked a link"} & {row["item"] for row in file["Summary"]}


def test_a_lower_bound_of_recipients_that_is_too_low_is_no_reason_to_show_numbers() -> None:
    asked = published_desk(4)
    asked.message = replace(asked.message, complete=False)
    assert asked.get().withheld is Withheld.TOO_FEW_KNOWN


def test_the_smallest_group_itself_has_a_report_that_tells_nobodys_act() -> None:
    few, all_of_them = published_desk(5), published_desk(5)
    all_of_them.write(opens(range(1, 6)))
    for asked in (few, all_of_them):
        report = asked.get()
        assert report.withheld is None
        assert report.opened_by == PeopleCount(0, 5)


def test_before_the_first_time_of_publishing_there_are_no_numbers() -> None:
    asked = published_desk()
    asked.at = DAY - 1
    asked.write(opens(range(1, 900)))
    report = asked.get()
    assert (report.withheld, report.next_at) == (Withheld.NOT_YET, SENT + timedelta(days=1))
    assert [link.clicked_by for link in report.links] == [None] * 6
    asked.at = DAY
    report = asked.get()
    assert (report.withheld, report.as_of) == (None, SENT + timedelta(days=1))
    assert report.next_at == SENT + timedelta(days=7)


def test_single_requests_hours_and_reasons_are_told_nowhere() -> None:
    asked = published_desk()
    asked.write([*opens(range(1, 900)), hit(HOUR, 3, 2), hit(-9, 4)])
    report = asked.get()
    assert (report.opened, report.clicked, report.hours) == (None, None, [])
    assert (report.reasons, report.not_counted) == ({}, {})
    assert {link.clicked for link in report.links} == {None}
    file = file_of(asked)
    assert file.keys() == {"Summary", "Links", "Over time"}
    assert not any("person" in row for rows in file.values() for row in rows)
    assert [row["item"] for row in file["Over time"]] == ["Opened", "Clicked a link"] * 2


def test_a_smallest_group_of_one_lets_everything_out_at_any_time() -> None:
    asked = published_desk(3, terms=Terms(smallest=1))
    asked.at = 2 * HOUR
    asked.write(opens([1]))
    report = asked.get()
    assert (report.withheld, report.step, report.opened.person) == (None, 1, 1)


def test_where_each_recipient_is_told_apart_nothing_is_withheld_or_widened() -> None:
    asked = published_desk(2, Mode.INDIVIDUAL)
    asked.at = 2 * HOUR
    asked.write(opens([1]))
    report = asked.get()
    assert (report.withheld, report.opened_by) == (None, PeopleCount(1, 1))


ranges = st.integers(0, 3000).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))


@given(ranges, st.integers(5, 3000), st.booleans(), st.integers(2, 9), st.integers(0, 10**6))
def test_a_published_range_holds_the_truth_and_tells_no_few_and_no_all_but_few(
    ends: tuple[int, int], recipients: int, complete: bool, smallest: int, place: int
) -> None:
    terms = Terms(smallest)
    message = replace(published_desk(1).message, recipients=max(recipients, smallest), complete=complete)
    least, most = ends
    if complete:
        least, most = min(least, message.recipients), min(most, message.recipients)
    publisher = Publisher(terms, lambda: lambda *_: place % terms.step)
    at = round(SENT.timestamp() * 1000) + 86_400_000
    report = publisher.report(message, SENT + timedelta(days=1), [], {at: [at, least, most, least, most]})
    shown = report.opened_by
    assert shown
    assert shown.at_least <= least <= most <= shown.at_most
    assert shown.at_least == 0 or smallest <= shown.at_least <= message.recipients - smallest
    if complete:
        assert shown.at_most == message.recipients or (
            smallest - 1 <= shown.at_most < message.recipients - smallest
        )


@pytest.mark.parametrize("smallest", [2, 5])
@pytest.mark.parametrize("count", [0, 40, 311, 499])
def test_what_one_person_did_changes_a_number_at_one_place_of_all(smallest: int, count: int) -> None:
    terms = Terms(smallest)
    message = replace(published_desk(1).message, recipients=500)

    def shown(count: int, place: int) -> object:
        publisher = Publisher(terms, lambda: lambda *_: place)
        told = {0: [0, count, count, count, count]}
        return publisher.report(message, SENT, [], told).opened_by

    changed = [place for place in range(terms.step) if shown(count, place) != shown(count + 1, place)]
    assert len(changed) <= 1
    assert len(terms.after) * smallest * 20 == terms.step


def test_places_are_other_for_each_number_mail_time_and_keyring_and_evenly_spread() -> None:
    signer = Signer(Keyring.new())
    drawn = [
        signer.place(f"{mail:032x}", 7, name, 200) for mail in range(500) for name in ("opened", "clicked")
    ]
    assert {place // 20 for place in drawn} == set(range(10))
    assert max(map(drawn.count, set(drawn))) < 25
    assert [signer.place("a", moment, "opened", 10**9) for moment in (1, 1)] == [
        signer.place("a", 1, "opened", 10**9)
    ] * 2
    other = Signer(Keyring.new())
    assert len({s.place("a", at, n, 10**9) for s in (signer, other) for at in (1, 2) for n in "bc"}) == 8


def test_a_rotation_of_keys_changes_no_published_number() -> None:
    keyring = Keyring.new()
    before, after = (Signer(each).place("a", 1, "opened", 10**9) for each in (keyring, keyring.rotated()))
    assert before == after


def test_what_events_add_up_to_is_known_in_one_room_and_leaves_it_as_a_report() -> None:
    public = {name for name, value in vars(Reports).items() if callable(value) and name[0] != "_"}
    assert public == {"get", "published_at", "list_recipients", "find_recipients", "fold"}
    # The purge folds, to keep sums; what it gets goes to nobody.
    folding = [path for path in (ROOT / "routes").rglob("*.py") if ".fold(" in path.read_text("utf-8")]
    assert folding == []
    known = re.compile(r"reporting\.(summaries|folding|judge|bursts)\b")
    outside = [*(ROOT / "routes").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]
    reach = {str(path.relative_to(ROOT)) for path in outside if known.search(path.read_text("utf-8"))}
    assert {path for path in reach if not path.startswith("shared/tracking/reporting/")} == {
        "shared/adapters/storage/tables/summaries.py"
    }


def test_what_is_published_leaves_room_for_those_who_object() -> None:
    desk = published_desk(200, terms=Terms(5, (86_400,)))
    desk.write(opens(range(1, 61)))
    summary, _, _ = desk.reports.fold(desk.message)
    silent = [measure(desk.message, summary, len(TARGETS), 0, unmeasured) for unmeasured in (0, 30, 500)]
    assert [ends[2] for ends in silent] == [60, 90, 200]
    assert len({ends[1] for ends in silent}) == 1
