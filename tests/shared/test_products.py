"""What is bounded by neither of two limits alone, and is bounded all the same: an answer, a page, a file."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator

import msgspec
import pytest

from shared.adapters.storage.tables import audit as audit_table
from shared.adapters.storage.tables.audit import AuditTable
from shared.audit import Record, Search, read_all
from shared.paging import RowPage
from shared.record_kinds import Kind
from shared.tracking.mail.links import MAX_LINKS, Links, parse_links
from shared.tracking.mail.mails import PAGE_CHARACTERS, UrlSet
from shared.tracking.mail.messages import ERASED, Message
from shared.tracking.mail.modes import Mode
from shared.tracking.privacy import people
from shared.web.audit_file import CUT_OFF, MAX_CHARACTERS, to_csv
from tests.support.desk import MIA, ORIGIN, Desk, desk, store
from tests.support.people_house import House
from tests.support.trails import NOW, table, writer

__all__ = ["desk", "store", "table"]

RECIPIENTS = 400


def longest_links() -> Links:
    """As many as there may be, each as long as a tracked one may be."""
    texts = [f"https://company.example/{number:03}/{'x' * 1380}" for number in range(MAX_LINKS)]
    assert len(msgspec.json.encode(texts)) < 1024 * 1024
    found = parse_links(texts, "$.links", ORIGIN)
    assert None not in found.written.values()
    return found


def pages(desk: Desk, message: Message, limit: int) -> Iterator[RowPage[UrlSet]]:
    place: str | None = "0"
    while place is not None:
        page = desk.mails.list_urls(message, int(place), limit)
        yield page
        place = page.next


@pytest.mark.parametrize("mode", [Mode.INDIVIDUAL, Mode.PSEUDONYMOUS])
def test_many_long_links_for_many_recipients_are_pages_of_bounded_size_with_everybody_in_them(
    mode: Mode, desk: Desk
) -> None:
    message = desk.register(desk.reviewed.add(RECIPIENTS), mode, longest_links())
    begun = desk.mails.begin(message)
    assert isinstance(begun, RowPage)
    sizes, pixels = [len(msgspec.json.encode(begun))], list[str]()
    for number, page in enumerate(pages(desk, message, 1000)):
        sizes.append(len(msgspec.json.encode(page)))
        pixels += [one.pixel_url or "" for one in page.rows]
        if number == 9:
            break
    assert max(sizes) < 1.05 * PAGE_CHARACTERS
    assert len(set(pixels)) == len(pixels) >= 10
    # Wherever one begins, one finds whom one would have found there.
    assert page.next is not None
    again = desk.mails.list_urls(message, int(page.next) - 1, 1000)
    assert again.rows[0] == page.rows[-1]


def test_a_page_of_few_links_ends_where_it_was_asked_to(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(RECIPIENTS), Mode.INDIVIDUAL)
    found = list(pages(desk, message, 150))
    assert [len(page.rows) for page in found] == [150, 150, 100]
    assert [page.next for page in found] == ["150", "300", None]


def test_whoever_was_erased_ends_no_page_and_is_in_none(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(6), Mode.INDIVIDUAL, longest_links())
    for number in (0, 2, 3, 5):
        desk.store.erase_recipient(message, f"person{number:06}@company.example")
    found = [one.address for page in pages(desk, message, 1000) for one in page.rows]
    assert found == ["person000001@company.example", "person000004@company.example"]
    assert ERASED not in found


def test_a_page_takes_no_more_memory_than_a_few_of_its_size(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(RECIPIENTS), Mode.PSEUDONYMOUS, longest_links())
    tracemalloc.start()
    try:
        desk.mails.list_urls(message, 0, 1000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * PAGE_CHARACTERS


def test_what_is_kept_of_a_person_is_answered_in_parts_with_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(people, "ANSWER_EVENTS", 20)
    house, mia = House(), "user1@company.com"
    sent = [house.send(Mode.INDIVIDUAL, [mia, "user2@company.com"]) for _ in range(9)]
    for message in sent:
        house.open(message, *[1] * 8)
    found = list(house.pages(house.people.get, mia))
    assert [len(page.received) for page in found] == [3, 3, 3]
    assert [one.message_id for page in found for one in page.received] == [one.id for one in sent]
    assert all(sum(len(one.events) for one in page.received) <= 28 for page in found)


def test_a_page_of_long_records_ends_early_and_none_is_left_out(
    table: AuditTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_table, "PAGE_CHARACTERS", 50_000)
    audit = writer(table)
    for number in range(9):
        audit.note(Kind.EXPANDED, MIA, f"{number} {'x' * 20_000}")
    page = table.read(Search(), 1000)
    assert len(page.rows) == 2
    assert page.next is not None
    assert [record.number for record in read_all(table)] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]


class Endless:
    """A trail of as many records as anybody wants to read, each as long as one may be."""

    def add(self, record: Record) -> None:
        raise AssertionError

    def delete(self, until: object, through: str | None) -> None:
        raise AssertionError

    def read(self, search: Search, limit: int, after: str = "") -> RowPage[Record]:
        record = Record("c", 1, "", NOW, "expanded", MIA, "x" * 30_000, "{}")
        return RowPage([record] * limit, "more", None)


def test_a_file_of_long_records_ends_and_says_so() -> None:
    file = to_csv(Search(), Endless())
    assert len(file) < 1.1 * MAX_CHARACTERS
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert CUT_OFF in rows[-1]
    assert CUT_OFF not in rows[-2]
