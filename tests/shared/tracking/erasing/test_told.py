"""What a person's export and erasure tell, and to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared import errors
from shared.services.trail import TrailWriter
from shared.tracking.mail.messages import Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.readers import Reader
from shared.tracking.privacy.people import PATIENCE, parse_person
from shared.tracking.recording.events import Entry, key_of
from tests.support.people_house import ADMIN, BEGAN, POOL, House


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
    message = house.send(Mode.COUNTING, POOL)
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
    message = house.send(Mode.COUNTING, POOL)

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
    house.send(Mode.COUNTING, POOL)
    house.send(Mode.COUNTING, POOL)
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
