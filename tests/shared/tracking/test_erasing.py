"""Showing and erasing people without any wire: everything and nothing else, in pieces, and in a race."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import errors
from shared.audience.expansion_store import Expansion
from shared.audit import Kind
from shared.services.trail import TrailWriter
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.messages import Message, Messages, Mode, Stage
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.readers import Reader
from shared.tracking.mail.sharing import Found, Sharing
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.privacy.erasing import Eraser
from shared.tracking.privacy.objections import Objections
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.people import PATIENCE, People, parse_person
from shared.tracking.recording.events import Entry, Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.reports import Reports
from tests.support.desk import LINKS, MIA, SENDER, Reviewed
from tests.support.memory_journal import MemoryEntries
from tests.support.memory_messages import MemoryMessages, MemoryReaders
from tests.support.memory_opt_outs import MemoryOptOuts
from tests.support.memory_summaries import MemorySummaries

BEGAN = datetime(2027, 1, 1, tzinfo=UTC)
ADMIN = "ada"
# Each within another, or like it but for what a careless search overlooks.
POOL = [
    "ann@a.example",
    "joann@a.example",
    "ann@a.example.org",
    "ann@a.exampl",
    "a+nn@a.example",
    "ann%40a@a.example",
    "änn@a.example",
    "=ann@a.example",
    SENDER.address,
]


class Lists(Reviewed):
    """Reviewed expansions that can be looked through."""

    def list_done(self) -> Iterable[Expansion]:
        return [
            replace(self.get(MIA, key), started_at=BEGAN, expires_at=BEGAN) for key in list(self.addresses)
        ]

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        return address in self.addresses.get(expansion.id, [])


class House:
    """All that holds people. `at` is seconds, for the look's patience; each look takes `takes` of them."""

    def __init__(self, takes: float = 0) -> None:
        self.at, self.takes, self.ticks = 0.0, takes, count()
        self.store, self.lists, self.entries = MemoryMessages(), Lists(), MemoryEntries()
        self.noted: list[tuple[str, str, str]] = []
        self.directory: dict[str, Found] = {}
        kept = MemoryOptOuts()
        self.opt_outs = OptOuts(lambda: kept)
        keys = SigningKeys(Keyring.new().text(), lambda: None, lambda: None)  # type: ignore[arg-type, return-value]
        told = TrailWriter(self.note)
        self.objections = Objections(keys, lambda: self.opt_outs, told)
        self.messages = Messages(self.store, self.lists, lambda _: None, Mode, self.now, Mock())
        publisher = Publisher(Terms(), lambda: Signer(Keyring.new()).place)
        self.reports = Reports(
            self.store, self.entries, MemorySummaries(), lambda _: False, self.now, publisher
        )
        self.readers = MemoryReaders()
        sharing = Sharing(self.store, self.readers, lambda _: {})
        self.people = People(
            self.store, self.lists, self.reports, sharing.withdraw, self.objections,
            Eraser(self.store, self.opt_outs, self.entries), self._find_people, told, self.clock,
        )  # fmt: skip

    def _find_people(self, addresses: Sequence[str]) -> dict[str, Found]:
        return {address: self.directory.get(address) for address in addresses}

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=next(self.ticks))

    def clock(self) -> float:
        self.at += self.takes
        return self.at

    def note(self, kind: Kind, actor: str, subject: str = "", **facts: object) -> None:
        self.noted.append((kind, actor, subject))

    def review(self, addresses: Sequence[str]) -> str:
        identifier = self.lists.add(0)
        self.lists.addresses[identifier] = list(addresses)
        return identifier

    def send(self, mode: Mode, addresses: Sequence[str]) -> Message:
        message = self.messages.register(
            MIA, self.review(addresses), mode, replace(SENDER, checked=True), LINKS
        )
        return self.messages.mark_sent(MIA, message.id)

    def open(self, message: Message, *numbers: int) -> None:
        at = round(BEGAN.timestamp() * 1000) + 7_200_000
        events = [Event(at + n, Flag.CLICKED * (n % 2), n, 0, 0, 0, "Mozilla/5 Chrome/130") for n in numbers]
        for entry in pack(message.id, key_of(at / 1000, uuid.uuid4().hex[:8], 1), events):
            self.entries.put(entry)

    def shown(self, address: str) -> list[Any]:
        """All of what is shown of a person but the time, in plain words."""
        pages = list(self.pages(self.people.get, address))
        return [msgspec.to_builtins([page.received, page.sent, page.expansions]) for page in pages]

    def pages(self, ask: Any, address: str) -> Iterable[Any]:
        after = ""
        while True:
            page = ask(address, ADMIN, after)
            yield page
            if page.next is None:
                return
            after = page.next


mails = st.lists(
    st.tuples(
        st.sampled_from(Mode),
        st.lists(st.sampled_from(POOL), unique=True, min_size=1),
        st.sampled_from(["sent", "review"]),
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(mails, st.sampled_from(POOL))
def test_whoever_is_erased_is_found_nowhere_and_all_others_as_before(
    plan: list[tuple[Mode, list[str], str]], gone: str
) -> None:
    house = House()
    for mode, addresses, what in plan:
        if what == "review":
            house.review(addresses)
        else:
            house.open(house.send(mode, addresses), *range(1, len(addresses) + 1))
    others = [address for address in POOL if address != gone]
    # A list under review that holds the person is forgotten, for its other members as well.
    left = {key: names for key, names in house.lists.addresses.items() if gone not in names}
    before = {address: [page[:2] for page in house.shown(address)] for address in others}
    [erasure] = house.pages(house.people.erase, gone)
    held = [
        names for mode, names, what in plan if what == "sent" and mode is not Mode.ANONYMOUS and gone in names
    ]
    assert len(erasure.messages) == len(held)
    assert not erasure.unfinished
    [[received, sent, reviews]] = house.shown(gone)
    assert received == reviews == []
    assert bool(sent) == (gone == SENDER.address and any(what == "sent" for _, _, what in plan))
    assert {address: [page[:2] for page in house.shown(address)] for address in others} == before
    assert house.lists.addresses == left
    [again] = house.pages(house.people.erase, gone)
    assert (again.messages, again.expansions) == ([], 0)


@settings(max_examples=30)
@given(mails, st.sampled_from(POOL))
def test_in_many_short_looks_the_same_is_found_and_erased(
    plan: list[tuple[Mode, list[str], str]], address: str
) -> None:
    house = House()
    for mode, addresses, what in plan:
        if what == "sent":
            house.send(mode, addresses)
        else:
            house.review(addresses)
    [whole] = house.shown(address)
    house.takes = PATIENCE
    pieces = house.shown(address)
    assert len(pieces) == max(1, len(plan))
    assert [[item for piece in pieces for item in piece[kind]] for kind in range(3)] == whole
    erased = list(house.pages(house.people.erase, address))
    assert sum(len(page.messages) for page in erased) == len(whole[0])
    assert sum(page.expansions for page in erased) == len(whole[2])


def test_a_mail_that_arrives_between_two_looks_is_not_missed() -> None:
    house = House(takes=PATIENCE)
    house.send(Mode.OVERALL, POOL)
    house.send(Mode.OVERALL, POOL)
    first = house.people.erase(POOL[0], ADMIN)
    assert first.next is not None
    house.send(Mode.OVERALL, POOL)
    rest, after = [], first.next
    while after:
        page = house.people.erase(POOL[0], ADMIN, after)
        rest += page.messages
        after = page.next or ""
    assert len(first.messages + rest) == 3


def test_a_registration_under_way_is_named_and_erased_with_the_next_request() -> None:
    house = House()
    identifier = house.review(POOL)
    keep, erasures = house.store.keep_recipients, []

    def erase_first(message: Message, start: int, addresses: Sequence[str]) -> None:
        erasures.append(house.people.erase(POOL[0], ADMIN))  # they were read, and are not stored yet
        keep(message, start, addresses)

    house.store.keep_recipients = erase_first  # type: ignore[method-assign]
    message = house.messages.register(MIA, identifier, Mode.INDIVIDUAL, SENDER, LINKS)
    assert [(erasure.messages, erasure.unfinished) for erasure in erasures] == [([], [message.id])]
    assert house.store.find_recipient(message, POOL[0]) == 1
    again = house.people.erase(POOL[0], ADMIN)
    assert (again.messages, again.unfinished) == ([message.id], [])
    assert house.store.list_recipients(message, 0, 99) == ["", *POOL[1:]]


def test_whatever_races_an_erasure_that_was_repeated_until_nothing_is_unfinished_is_complete() -> None:
    house = House()

    def register(number: int) -> None:
        identifier = house.review(POOL)
        for _ in range(2):  # a lost answer, asked again
            with suppress(errors.NotFound, errors.Conflict):  # it was forgotten: count again
                house.messages.register(MIA, identifier, Mode.INDIVIDUAL, SENDER, LINKS)

    with ThreadPoolExecutor(6) as pool:
        registering = [pool.submit(register, number) for number in range(40)]
        erasing = [pool.submit(house.people.erase, POOL[0], ADMIN) for _ in range(10)]
        for done in registering:
            done.result()
        for erased in erasing:
            erased.result()
    house.people.erase(POOL[0], ADMIN)
    everything = [house.store.list_recipients(m, 0, 99) for m in house.store.list_messages(EVERY_OWNER)]
    assert not any(POOL[0] in addresses for addresses in everything)
    assert all(addresses in ([], ["", *POOL[1:]]) for addresses in everything)


@pytest.mark.parametrize("mode", Mode)
def test_whoever_may_see_a_report_is_shown_and_may_not_once_erased(mode: Mode) -> None:
    house = House()
    message = house.send(mode, ["zoe@a.example"])
    readers = (Reader("id-ann", POOL[0]), Reader("id-jo", POOL[1]))
    house.store.update(replace(message, readers=readers))
    for reader in readers:
        house.readers.add(reader.id, message)
    assert house.people.get(POOL[0], ADMIN).shown == [message.id]
    assert house.people.get(POOL[2], ADMIN).shown == []
    assert house.people.erase(POOL[0], ADMIN).shown == [message.id]
    assert house.people.get(POOL[0], ADMIN).shown == house.people.erase(POOL[0], ADMIN).shown == []
    assert house.store.messages[message.id].readers == readers[1:]
    assert [reader for reader, _ in house.readers.shown] == ["id-jo"]


def test_a_message_being_deleted_is_not_shown_but_erased() -> None:
    house = House()
    message = house.send(Mode.OVERALL, POOL)
    house.store.update(replace(message, stage=Stage.DELETING))
    assert house.shown(POOL[0]) == [[[], [], []]]
    assert house.people.erase(POOL[0], ADMIN).messages == [message.id]


def test_of_a_mail_that_is_measured_no_more_is_shown_that_it_was_received_and_no_deed() -> None:
    house = House()
    message = house.send(Mode.INDIVIDUAL, POOL)
    house.open(message, 2)
    house.store.update(replace(house.messages.get(message.owner, message.id), closed_at=BEGAN))
    [[[received], _, _]] = house.shown(POOL[1])
    assert (received["opened"], received["events_in_all"]) == (None, 0)


def test_an_entry_that_cannot_be_read_hides_no_other() -> None:
    house = House()
    message = house.send(Mode.INDIVIDUAL, POOL)
    house.entries.put(Entry(message.id, key_of(BEGAN.timestamp() + 60, "spoilt", 1), b"?"))
    house.open(message, 2)
    [[[received], _, _]] = house.shown(POOL[1])
    assert received["events_in_all"] == 1


def test_what_cannot_be_noted_is_neither_shown_nor_erased_nor_objected_to() -> None:
    house = House()
    message = house.send(Mode.OVERALL, POOL)

    def down(*_: object, **__: object) -> None:
        raise errors.StoreUnavailable

    house.people._tell = house.objections._tell = TrailWriter(down)
    objection = house.objections.of_address(POOL[0])
    for act in (
        lambda: house.people.get(POOL[0], ADMIN),
        lambda: house.people.erase(POOL[0], ADMIN),
        lambda: house.objections.make(objection, ADMIN),
    ):
        with pytest.raises(errors.StoreUnavailable):
            act()
    assert house.store.find_recipient(message, POOL[0]) == 1
    assert house.objections.of_address(POOL[0]).objected_at is None


def test_each_look_is_noted_by_reference() -> None:
    house = House(takes=PATIENCE)
    house.send(Mode.OVERALL, POOL)
    house.send(Mode.OVERALL, POOL)
    reference = house.objections.of_address(POOL[0]).reference
    list(house.pages(house.people.erase, POOL[0]))
    assert house.noted == [("person_erased", ADMIN, reference)] * 2
    assert POOL[0] not in reference


@pytest.mark.parametrize("text", ["", "@", "a@", "@b", "a b@c", "a\n@c", "a" * 320 + "@b", "a\u200b\x00@b"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(errors.InvalidRequest):
        parse_person(text, "address")


@pytest.mark.parametrize("kept", ["info@müller.example", "info@xn--mller-kva.example"])
@pytest.mark.parametrize("asked", ["Info@MÜLLER.example", "info@xn--mller-kva.example"])
def test_a_person_is_found_and_erased_in_either_spelling_of_the_domain(kept: str, asked: str) -> None:
    house = House()
    message = house.send(Mode.INDIVIDUAL, ["ann@a.example", kept])
    house.review([kept])
    address = parse_person(asked, "address")
    assert [one.message_id for one in house.people.get(address, ADMIN).received] == [message.id]
    erased = house.people.erase(address, ADMIN)
    assert (erased.messages, erased.expansions) == ([message.id], 1)
    assert house.store.list_recipients(message, 0, 9) == ["ann@a.example", ""]


def test_addresses_compare_as_they_are_kept() -> None:
    assert parse_person(" Ann@A.example ", "address") == "ann@a.example"
