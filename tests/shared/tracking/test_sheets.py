"""Files that carry what a report's page says, read by other programs than wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.amounts import Amount
from shared.languages.reader import say
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.phrases import people_text, sentence, share_text
from shared.tracking.reporting.report import LinkReport, Report
from shared.tracking.reporting.sheets import file_name, one_table, sheets_of
from shared.web.spreadsheet import may_run, to_csv
from shared.web.workbook import to_xlsx
from tests.support.node import Node
from tests.support.report_desk import DAY, HOUR, SENT, TARGETS, Desk, hit, opens, published_desk
from tests.support.report_files import cells_in, parts_of, sheets_in

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "x;=1+1", "a\t=cmd", 'a|"=1', "\uff1d1+1", " =1"]
SOURCE = """
import { crowdOf, crowdText, shareText } from "./pages/report/ranges.ts";
import { sentenceOf } from "./pages/report/sentence.ts";
export const sentence = (report) => sentenceOf(report);
export const people = (some, of) => crowdText(crowdOf(some, of));
export const share = (some, of) => shareText(crowdOf(some, of));
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


def workbook(desk: Desk, *, single: bool = False) -> bytes:
    found = desk.reports.list_recipients(desk.message, 0, 9_999_999) if single else None
    return to_xlsx(sheets_of(desk.get(), desk.message, found))


def table(desk: Desk, *, single: bool = False) -> bytes:
    found = desk.reports.list_recipients(desk.message, 0, 9_999_999) if single else None
    return to_csv(*one_table(sheets_of(desk.get(), desk.message, found)))


def summary(file: bytes) -> dict[str, tuple[Any, ...]]:
    return {str(name): tuple(rest) for name, *rest in sheets_in(file)["Summary"]}


def busy_desk(mode: Mode = Mode.INDIVIDUAL) -> Desk:
    desk = Desk(mode=mode, recipients=9)
    desk.write([hit(HOUR, 1), hit(HOUR + 60, 1, 2), hit(HOUR, 2), hit(2 * HOUR, 3), hit(-5)])
    desk.message = replace(desk.message, sender=replace(desk.message.sender, name="Mia Lambert"))
    return desk


def test_a_workbook_has_a_sheet_for_each_part_of_the_report_and_the_summary_first() -> None:
    found = sheets_in(workbook(busy_desk(), single=True))
    assert list(found) == ["Summary", "Links", "Over time", "First hours", "Reasons", "Recipients"]
    assert found["Links"][0] == (
        "Link", "Name", "In words", "At least", "At most", "By people", "Unsure", "By machines",
    )  # fmt: skip
    assert [row[0] for row in found["Links"][1:]] == list(TARGETS)
    assert found["Recipients"][:3] == [
        ("Recipient", "Opened", "Clicked a link"),
        ("p0@company.example", "yes", "yes"),
        ("p1@company.example", "yes", "no"),
    ]
    assert ("Opens", "people", 3) in found["Reasons"]
    assert ("It came before the mail was sent: the composer showing its own draft.", "not counted", 1) in (
        found["Reasons"]
    )


def test_the_summary_says_who_sent_it_when_how_to_how_many_and_what_it_comes_to() -> None:
    desk = busy_desk()
    said = summary(workbook(desk))
    assert said["In one sentence"][0] == sentence(desk.get())
    assert said["From"][0] == "Mia Lambert <mia@company.example> (not checked)"
    assert said["Sent"][1] == SENT.replace(tzinfo=None)
    assert said["Mode"][0] == "Individual"
    assert said["Recipients"] == ("9", None, 9, 9)
    assert said["Opened"] == ("3 of 9 recipients", None, 3, 3)
    assert said["Opened, share"][0] == "33% to 34%"


def test_a_mail_that_has_a_name_is_called_by_it_in_the_file_and_outside() -> None:
    desk = busy_desk()
    labels = Labels("=Opening on Thursday", "Move 2027", ("berlin", "staff"), "Information")
    desk.message = replace(desk.message, labels=labels)
    said = summary(workbook(desk))
    assert [said[what][0] for what in ("Name", "Campaign", "Tags", "Purpose")] == [
        "=Opening on Thursday", "Move 2027", "berlin, staff", "Information",
    ]  # fmt: skip
    assert all(cell.data_type == "s" for cell in cells_in(workbook(desk)) if cell.value == labels.name)
    assert file_name(desk.message) == "rollcall-report-2027-01-15-opening-on-thursday"
    assert not {"Name", "Campaign", "Tags", "Purpose"} & summary(workbook(busy_desk())).keys()


def test_times_are_real_dates_and_numbers_are_numbers() -> None:
    cells = cells_in(workbook(busy_desk(), single=True))
    assert {type(cell.value) for cell in cells} == {str, int, datetime}
    assert all(cell.is_date for cell in cells if isinstance(cell.value, datetime))
    hours = sheets_in(workbook(busy_desk()))["Over time"]
    first = (SENT + timedelta(hours=1)).replace(tzinfo=None)
    assert hours[:3] == [
        ("Time (UTC)", "Requests", "By people", "Unsure", "By machines"),
        (first, "Opens", 2, 0, 0),
        (first, "Clicks", 1, 0, 0),
    ]


def test_times_are_those_of_the_world_wherever_the_server_is() -> None:
    there = SENT.astimezone(timezone(timedelta(hours=9)))
    desk = busy_desk()
    file = to_xlsx(sheets_of(replace(desk.get(), sent_at=there), desk.message, None))
    assert summary(file)["Sent"][1] == SENT.replace(tzinfo=None)
    rows = parts_of(to_csv(*one_table(sheets_of(replace(desk.get(), sent_at=there), desk.message, None))))
    assert {row["item"]: row.get("at") for row in rows["Summary"]}["Sent"] == f"{SENT:%Y-%m-%dT%H:%M:%SZ}"


def test_an_open_end_is_an_empty_cell_and_never_nought() -> None:
    desk = busy_desk()
    desk.message = replace(desk.message, recipients=0, complete=False)
    said = summary(workbook(desk))
    assert said["Recipients"] == ("an unknown number", None, None, None)
    assert "of an unknown number of recipients" in said["Opened"][0]
    assert said["Opened, share"][0] == "share not known"
    desk.message = replace(desk.message, recipients=4)
    assert summary(workbook(desk))["Recipients"] == ("at least 4", None, 4, None)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_either_file_is_a_formula_whatever_separates_cells(text: str) -> None:
    desk = busy_desk()
    desk.message = replace(desk.message, sender=replace(desk.message.sender, name=text))
    desk.messages.keep_recipients(desk.message, 0, [f"{text}@company.example"] * 9)
    report = replace(desk.get(), links=[LinkReport(text, None, PeopleCount(0, 1))])
    found = desk.reports.list_recipients(desk.message, 0, 9)
    assert may_run(text)
    cells = cells_in(to_xlsx(sheets_of(report, desk.message, found)))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    risky = [cell for cell in cells if isinstance(cell.value, str) and may_run(cell.value)]
    assert len(risky) >= 10
    assert all(cell.quotePrefix for cell in risky)
    rows = to_csv(*one_table(sheets_of(report, desk.message, found))).decode("utf-8-sig")
    for separator in ",;|\t":
        for cell in rows.replace("\r\n", separator).split(separator):
            assert not cell.strip().strip('"').strip().startswith(("=", "+", "-", "@", "\uff1d")), cell


def test_one_table_has_all_the_parts_and_reads_as_one() -> None:
    parts = parts_of(table(busy_desk(), single=True))
    assert list(parts) == ["Summary", "Links", "Over time", "First hours", "Reasons", "Recipients"]
    assert parts["Recipients"][0] == {"item": "p0@company.example", "opened": "yes", "clicked": "yes"}
    clicked = next(row for row in parts["Links"] if row["item"] == TARGETS[2])
    assert clicked["person"] == "1"
    assert {"item": "Opens", "at": "2027-01-15T09:00:00Z", "person": "2", "unsure": "0", "machine": "0"} in (
        parts["Over time"]
    )


@pytest.mark.parametrize("mode", [Mode.COUNTING, Mode.PSEUDONYMOUS])
def test_where_numbers_come_in_steps_no_request_is_in_a_file(mode: Mode) -> None:
    desk = published_desk(mode=mode)
    desk.write(opens(range(1, 700)))
    for sheets in (set(sheets_in(workbook(desk))), set(parts_of(table(desk)))):
        assert sheets == {"Summary", "Links", "Over time"}
    rows = sheets_in(workbook(desk))["Over time"]
    assert rows[0] == ("Time (UTC)", "What", "In words", "At least", "At most")
    assert [row[1] for row in rows[1:]] == ["Opened", "Clicked a link"] * 2
    assert rows[1][0] == (SENT + timedelta(seconds=DAY)).replace(tzinfo=None)


def test_a_file_without_numbers_says_why() -> None:
    desk = published_desk(recipients=3)
    said = summary(workbook(desk))
    assert "too few recipients" in said["Numbers"][0]
    assert "Opened" not in said
    assert "In one sentence" not in said


def test_what_widens_or_ends_the_numbers_stands_in_the_summary() -> None:
    desk = busy_desk()
    closed = SENT + timedelta(days=30)
    report = replace(desk.get(), notice=Notice.GONE, not_measured=2, measured_until=closed)
    rows = sheets_in(to_xlsx(sheets_of(report, desk.message, None)))["Summary"]
    text = " ".join(str(cell) for row in rows for cell in row)
    assert "did not say that it is measured" in text
    assert ("Not measured, because they objected", None, None, 2, 2) in rows
    assert ("Measured until", None, closed.replace(tzinfo=None), None, None) in rows


def test_a_workbook_speaks_the_readers_language_and_leaves_alone_what_is_not_ours() -> None:
    desk = busy_desk()
    desk.messages.keep_recipients(desk.message, 0, ["yes@company.example", *["no"] * 8])
    found = desk.reports.list_recipients(desk.message, 0, 9)

    def german(text: str) -> str:
        return say(text, "de")

    book = sheets_in(to_xlsx(sheets_of(desk.get(), desk.message, found, german), german))
    assert list(book) == ["Übersicht", "Links", "Verlauf", "Die ersten Stunden", "Gründe", "Empfänger"]
    assert book["Empfänger"][:3] == [
        ("Empfänger", "Geöffnet", "Link angeklickt"),
        ("yes@company.example", "ja", "ja"),
        ("no", "ja", "nein"),
    ]
    said = {str(name): rest for name, *rest in book["Übersicht"]}
    assert said["Geöffnet"][0] == "3 von 9 Empfängern"
    assert str(said["Geöffnet, Anteil"][0]).replace("\u00a0", " ") == "33 % bis 34 %"
    assert "3 von 9 Empfängern" in str(said["In einem Satz"][0])
    english_words = {"of", "the", "recipients", "opened", "by", "not", "at"}
    for rows in book.values():
        for cell in (cell for row in rows for cell in row if isinstance(cell, str)):
            assert not english_words & set(cell.split()), cell


def test_large_numbers_in_words_are_written_as_the_reader_writes_them() -> None:
    people, of = Amount(1204, 1310), Amount(100_000, None)
    said = people_text(people, of, lambda text: say(text, "de"))
    assert said == "zwischen 1.204 und 1.310 von mindestens 100.000 Empfängern"
    assert people_text(Amount(1204, 1204), of, lambda text: say(text, "de")).startswith("1.204 von ")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Mia Lambert", "rollcall-report-2027-01-15-mia-lambert"),
        ('"; rm -rf /\r\nSet-Cookie: a=b', "rollcall-report-2027-01-15-rm-rf-set-cookie-a-b"),
        ("Zoë Ångström", "rollcall-report-2027-01-15-zoë-ångström"),
        ("", "rollcall-report-2027-01-15-mia"),
        ("..", "rollcall-report-2027-01-15"),
        ("x" * 300, f"rollcall-report-2027-01-15-{'x' * 60}"),
    ],
)
def test_a_file_is_named_by_day_and_sender_and_by_nothing_that_a_path_or_header_reads(
    name: str, file: str
) -> None:
    desk = Desk(recipients=1)
    assert file_name(replace(desk.message, sender=replace(desk.message.sender, name=name))) == file


# -- the page and the file say the same


@st.composite
def amounts(draw: st.DrawFn, *, closed: bool = False) -> Amount:
    low, high = sorted(draw(st.integers(0, 500)) for _ in range(2))
    return Amount(low, high if closed or draw(st.booleans()) else None)


@st.composite
def recipients(draw: st.DrawFn) -> Amount:
    n = draw(st.integers(0, 500))
    return Amount(n, draw(st.sampled_from([n, None])))


@given(amounts(), recipients())
def test_a_file_says_a_range_as_the_page_does(page: Node, people: Amount, of: Amount) -> None:
    wire = [msgspec.to_builtins(one) for one in (people, of)]
    assert people_text(people, of) == page.call("people", *wire)
    assert share_text(people, of) == page.call("share", *wire).replace("\u00a0", "")


@given(recipients(), st.lists(amounts(closed=True), min_size=2, max_size=5))
def test_a_file_begins_with_the_sentence_of_the_page(page: Node, of: Amount, some: list[Amount]) -> None:
    opened, clicked, *links = [PeopleCount(one.at_least, one.at_most or 0) for one in some]
    report = Report(
        "m", Mode.COUNTING, of, Notice.LINE, SENT, datetime.now(UTC), None, 1, 1, None, None, opened, None,
        clicked,
        [LinkReport(f"https://www.a.example/{n}?q=1", None, one) for n, one in enumerate(links)],
        [], [], {}, {},
    )  # fmt: skip
    assert sentence(report) == page.call("sentence", msgspec.to_builtins(report))
