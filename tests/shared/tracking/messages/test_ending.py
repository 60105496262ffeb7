"""Messages: whose they are, their end, and people who are erased from them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared import errors
from shared.tracking.mail.links import parse_links
from shared.tracking.mail.messages import ERASED, PART, Message, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from tests.support.desk import MIA, NOAH, ORIGIN, Desk


def test_nobody_sees_anybody_elses_message_but_an_admin(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(4))
    looks: list[Callable[[Whose], object]] = [
        lambda owner: desk.messages.get(owner, message.id),
        lambda owner: desk.messages.delete(owner, message.id),
    ]
    for look in looks:
        with pytest.raises(errors.NotFound):
            look(NOAH)
    assert message.id not in [m.id for m in desk.sharing.list_messages(NOAH, "", 1000).rows]
    with pytest.raises(errors.NotFound):
        desk.messages.mark_sent(NOAH, message.id)
    for look in looks:
        look(EVERY_OWNER)


def test_messages_are_listed_newest_first_and_paged(desk: Desk) -> None:
    mine: list[str] = []
    for hour in range(5):
        desk.ahead = timedelta(days=1, hours=hour)
        mine.insert(0, desk.register(desk.reviewed.add(1)).id)
    page = desk.sharing.list_messages(MIA, "", 3)
    assert [message.id for message in page.rows] == mine[:3]
    assert page.next
    assert [message.id for message in desk.sharing.list_messages(MIA, page.next, 2).rows] == mine[3:]
    assert mine[0] in [message.id for message in desk.sharing.list_messages(EVERY_OWNER, "", 1000).rows]


def test_deleting_leaves_nothing(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(PART + 1), Mode.INDIVIDUAL)
    desk.messages.delete(MIA, message.id)
    assert desk.forgotten == [message.id]
    assert desk.store.list_recipients(message, 0, 10**6) == []
    for look in (desk.messages.get, desk.messages.delete, desk.messages.mark_sent):
        with pytest.raises(errors.NotFound):
            look(MIA, message.id)
    with pytest.raises(errors.NotFound):
        desk.mails.shared(message)


def test_an_interrupted_deletion_is_finished_by_the_purge(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(3))
    forget, desk.messages.forget_events = desk.messages.forget_events, _fail
    with pytest.raises(errors.StoreUnavailable):
        desk.messages.delete(MIA, message.id)
    with pytest.raises(errors.NotFound):
        desk.messages.get(MIA, message.id)
    desk.messages.forget_events = forget
    desk.sweep()
    assert desk.forgotten == [message.id]
    assert desk.store.find(EVERY_OWNER, message.id) is None


def _fail(message: Message) -> None:
    raise errors.StoreUnavailable


def test_a_registration_that_was_given_up_is_swept_away_after_a_day(desk: Desk) -> None:
    desk.reviewed.break_at = 0
    with pytest.raises(errors.StoreUnavailable):
        desk.register(desk.reviewed.add(4))
    desk.sweep()
    assert any(m.stage is Stage.REGISTERING for m in desk.store.list_messages(MIA))
    desk.ahead = timedelta(days=1, minutes=1)
    desk.sweep()
    assert not any(m.stage is Stage.REGISTERING for m in desk.store.list_messages(MIA))


def test_the_longest_addresses_and_links_fit(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(0)
    unlike = [f"{uuid.uuid4().hex * 7}{number:06}@company.example" for number in range(PART)]
    desk.reviewed.addresses[expansion_id] = unlike
    texts = [f"https://company.example/{uuid.uuid4().hex * 40}" for _ in range(500)]
    message = desk.register(expansion_id, links=parse_links(texts, "$.links", ORIGIN))
    assert desk.store.list_recipients(message, 0, PART) == unlike
    assert list(desk.mails.shared(message).links) == texts


@pytest.mark.parametrize("number", [1, 7, PART, PART + 1, PART * 2 + 5])
def test_an_erased_person_leaves_a_gap_and_every_number_stays(desk: Desk, number: int) -> None:
    expansion_id = desk.reviewed.add(PART * 2 + 5)
    everybody = list(desk.reviewed.addresses[expansion_id])
    message, gone = desk.register(expansion_id), everybody[number - 1]
    assert desk.store.find_recipient(message, gone) == number
    assert desk.store.erase_recipient(message, gone)
    left = [*everybody[: number - 1], ERASED, *everybody[number:]]
    assert desk.store.list_recipients(message, 0, 10**6) == left
    assert desk.store.find_recipient(message, gone) is None
    assert not desk.store.erase_recipient(message, gone)  # a second time changes nothing


def test_only_the_whole_address_is_erased(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(0)
    similar = ["ann@company.example", "joann@company.example", "ann@company.example.org"]
    desk.reviewed.addresses[expansion_id] = list(similar)
    message = desk.register(expansion_id)
    assert not desk.store.erase_recipient(message, "ann@company")
    assert desk.store.find_recipient(message, "nn@company.example") is None
    assert desk.store.erase_recipient(message, similar[0])
    assert desk.store.list_recipients(message, 0, 9) == [ERASED, *similar[1:]]
    for address in similar[1:]:
        assert desk.store.erase_recipient(message, address)
    assert desk.store.list_recipients(message, 0, 9) == [ERASED] * 3


def test_a_registration_sent_twice_brings_no_erased_person_back(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(PART + 5)
    everybody = list(desk.reviewed.addresses[expansion_id])
    desk.reviewed.break_at = PART
    with pytest.raises(errors.StoreUnavailable):
        desk.register(expansion_id)
    [unfinished] = [m for m in desk.store.list_messages(MIA) if m.recipients == len(everybody)]
    assert desk.store.erase_recipient(unfinished, everybody[3])
    message = desk.register(expansion_id)
    left = desk.store.list_recipients(message, 0, 10**6)
    assert left == [*everybody[:3], ERASED, *everybody[4:]]


def test_people_of_one_row_erased_at_once_are_all_erased(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(20)
    everybody = list(desk.reviewed.addresses[expansion_id])
    message = desk.register(expansion_id)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda address: desk.store.erase_recipient(message, address), everybody[:16]))
    assert all(done)
    assert desk.store.list_recipients(message, 0, 100) == [ERASED] * 16 + everybody[16:]


def test_a_message_that_was_deleted_meanwhile_is_not_brought_back_by_an_erasure(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(20)
    gone = desk.reviewed.addresses[expansion_id][0]
    message = desk.register(expansion_id)
    desk.messages.delete(MIA, message.id)
    assert not desk.store.erase_recipient(message, gone)
    assert desk.store.list_recipients(message, 0, 100) == []


def test_a_hundred_thousand_recipients_move_in_seconds(desk: Desk) -> None:
    began = datetime.now(UTC)
    message = desk.register(desk.reviewed.add(100_000), Mode.INDIVIDUAL)
    assert datetime.now(UTC) - began < timedelta(seconds=20)
    assert desk.store.list_recipients(message, 99_999, 5) == ["person099999@company.example"]


@pytest.mark.parametrize("forgotten", ["", None])
def test_an_owner_that_was_forgotten_is_nobody(desk: Desk, forgotten: Any) -> None:
    message = desk.register(desk.reviewed.add(3))
    looks: list[Callable[[], object]] = [
        lambda: desk.store.find(forgotten, message.id),
        lambda: [*desk.store.list_messages(forgotten)],
        lambda: desk.sharing.list_messages(forgotten, "", 1000).rows,
        lambda: desk.messages.get(forgotten, message.id),
    ]
    for look in looks:
        with suppress(errors.NotFound, TypeError, ValueError, AttributeError):
            assert look() in (None, [])
    assert desk.store.find(EVERY_OWNER, message.id)
