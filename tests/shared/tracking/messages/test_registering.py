"""Messages: registered, made ready for each mode, sent and not sent."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared import errors
from shared.audience.expansion_store import State
from shared.tracking.mail.links import parse_links
from shared.tracking.mail.mails import UrlSet
from shared.tracking.mail.messages import PART, Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY, NOBODY
from tests.support.desk import LINKS, MIA, NOAH, ORIGIN, SENDER, TEXTS, Desk
from tests.support.memory_messages import MemoryMessages


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


def test_registering_moves_the_recipients(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(PART * 2 + 5)
    everybody = list(desk.reviewed.addresses[expansion_id])
    message = desk.register(expansion_id)
    assert (message.stage, message.recipients, message.complete) == (Stage.REGISTERED, len(everybody), True)
    assert desk.reviewed.addresses == {}
    assert desk.store.list_recipients(message, 0, 10**6) == everybody
    for start, limit in [(0, 3), (PART - 2, 5), (PART, 1), (2 * PART + 4, 9), (len(everybody), 9)]:
        assert desk.store.list_recipients(message, start, limit) == everybody[start : start + limit]


def test_registering_again_is_the_same_message(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(4)
    first = desk.register(expansion_id)
    again = desk.register(expansion_id)
    assert (again.id, again.stage, again.created_at) == (first.id, first.stage, first.created_at)
    assert desk.mails.shared(again) == desk.mails.shared(first)


@pytest.mark.parametrize(
    ("mode", "sender", "texts"),
    [
        (Mode.PSEUDONYMOUS, SENDER, TEXTS),
        (Mode.COUNTING, replace(SENDER, name="Someone else"), TEXTS),
        (Mode.COUNTING, SENDER, TEXTS[:1]),
    ],
)
def test_registering_again_otherwise_is_a_conflict(
    desk: Desk, mode: Mode, sender: Sender, texts: list[str]
) -> None:
    expansion_id = desk.reviewed.add(4)
    desk.register(expansion_id)
    with pytest.raises(errors.Conflict):
        desk.messages.register(MIA, expansion_id, mode, sender, parse_links(texts, "$.links", ORIGIN))


def test_a_registration_that_broke_is_resumed(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(PART * 3)
    desk.reviewed.break_at = PART * 2
    with pytest.raises(errors.StoreUnavailable):
        desk.register(expansion_id)
    [broken] = desk.store.list_messages(MIA) if isinstance(desk.store, MemoryMessages) else [None]
    assert broken is None or broken.stage is Stage.REGISTERING
    message = desk.register(expansion_id)
    assert message.stage is Stage.REGISTERED
    assert len(desk.store.list_recipients(message, 0, 10**6)) == PART * 3


def test_two_requests_at_once_register_one_message(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(PART * 2)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: desk.register(expansion_id), range(4)))
    assert len({message.id for message in done}) == 1
    assert len(desk.store.list_recipients(done[0], 0, 10**6)) == PART * 2


def test_an_expansion_that_is_not_there_or_not_done_becomes_no_message(desk: Desk) -> None:
    with pytest.raises(errors.NotFound):
        desk.register(str(uuid.uuid4()))
    expansion_id = desk.reviewed.add(4)
    with pytest.raises(errors.NotFound):
        desk.messages.register(NOAH, expansion_id, Mode.COUNTING, SENDER, LINKS)
    desk.reviewed.state = State.RUNNING
    with pytest.raises(errors.Conflict):
        desk.register(expansion_id)


def test_a_mode_that_is_switched_off_is_refused(desk: Desk) -> None:
    desk.messages.modes = frozenset({Mode.COUNTING})
    with pytest.raises(errors.NotAllowed):
        desk.register(desk.reviewed.add(4), Mode.INDIVIDUAL)


def test_an_incomplete_count_stays_incomplete(desk: Desk) -> None:
    desk.reviewed.complete = False
    assert not desk.register(desk.reviewed.add(4)).complete


def test_counting_has_one_set_for_all(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(4))
    shared = desk.mails.shared(message)
    assert shared.address is None
    assert list(shared.links) == TEXTS
    assert shared.links[TEXTS[0]] == shared.links[TEXTS[1]] != shared.links[TEXTS[2]]
    opening = desk.signer.read_open(token_of(shared.pixel_url or ""))
    assert (opening.message, opening.recipient, opening.person) == (message.id, EVERYBODY, NOBODY)
    click = desk.signer.read_click(token_of(shared.links[TEXTS[2]]))
    assert (click.target, click.link) == ("https://company.example/b", 1)
    with pytest.raises(errors.Conflict):
        desk.mails.list_urls(message, 0, 10)


def list_all(desk: Desk, message: Message, limit: int) -> list[UrlSet]:
    found: list[UrlSet] = []
    place: str | None = "0"
    while place is not None:
        page = desk.mails.list_urls(message, int(place), limit)
        assert page.total == message.recipients
        found += page.rows
        place = page.next
    return found


def test_individual_has_a_set_for_each_address(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(25)
    everybody = list(desk.reviewed.addresses[expansion_id])
    message = desk.register(expansion_id, Mode.INDIVIDUAL)
    found = list_all(desk, message, 10)
    assert [entry.address for entry in found] == everybody
    for number, entry in enumerate(found, 1):
        opening = desk.signer.read_open(token_of(entry.pixel_url or ""))
        assert (opening.recipient, opening.person) == (number, desk.signer.person(everybody[number - 1]))
        assert desk.signer.read_click(token_of(entry.links[TEXTS[0]])).recipient == number


def test_everybody_gets_an_objection_of_their_own_where_mails_differ(desk: Desk) -> None:
    individual = desk.register(desk.reviewed.add(3), Mode.INDIVIDUAL)
    for number, entry in enumerate(list_all(desk, individual, 10), 1):
        assert entry.address is not None
        assert entry.notice_url is not None
        whose = desk.signer.read_objection(token_of(entry.notice_url))
        assert entry.notice_url.startswith(f"{ORIGIN}/p/")
        assert (whose.recipient, whose.person) == (number, desk.signer.person(entry.address))
    pseudonymous = desk.register(desk.reviewed.add(3), Mode.PSEUDONYMOUS)
    for entry in list_all(desk, pseudonymous, 10):
        pixel = desk.signer.read_open(token_of(entry.pixel_url or ""))
        assert desk.signer.read_objection(token_of(entry.notice_url or "")) == pixel
    counting = desk.mails.shared(desk.register(desk.reviewed.add(3)))
    assert desk.signer.read_objection(token_of(counting.notice_url or "")).recipient == EVERYBODY


@pytest.mark.parametrize("mode", list(Mode))
def test_a_mail_holds_the_notice_or_none_whatever_is_set_afterwards(desk: Desk, mode: Mode) -> None:
    def notices(message: Message) -> set[bool]:
        if mode is Mode.COUNTING:
            return {desk.mails.shared(message).notice_url is not None}
        return {one.notice_url is not None for one in list_all(desk, message, 10)}

    with_line = desk.register(desk.reviewed.add(3), mode)
    desk.messages.notice = Notice.NONE
    without = desk.register(desk.reviewed.add(3), mode)
    assert (notices(with_line), notices(without)) == ({True}, {False})
    kept = [desk.messages.get(MIA, one.id) for one in (with_line, without)]
    assert [one.notice for one in kept] == [Notice.LINE, Notice.NONE]
    assert [notices(one) for one in kept] == [{True}, {False}]


def test_a_notice_that_the_sender_took_out_is_gone_until_it_is_back(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(3))
    for gone, expected in ((True, Notice.GONE), (True, Notice.GONE), (False, Notice.LINE)):
        assert desk.messages.mark_sent(MIA, message.id, notice_gone=gone).notice is expected
        assert desk.messages.get(MIA, message.id).notice is expected
    assert desk.mails.shared(message).notice_url  # so that it can be found and taken out
    desk.messages.notice = Notice.NONE
    without = desk.register(desk.reviewed.add(3))
    for gone in (True, False):
        assert desk.messages.mark_sent(MIA, without.id, notice_gone=gone).notice is Notice.NONE


def test_an_erased_person_gets_no_mail_and_everybody_else_does(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(7)
    everybody = list(desk.reviewed.addresses[expansion_id])
    message = desk.register(expansion_id, Mode.INDIVIDUAL)
    for number in (1, 4, 5, 7):
        assert desk.store.erase_recipient(message, everybody[number - 1])
    left = list_all(desk, message, 2)
    assert [entry.address for entry in left] == [everybody[n - 1] for n in (2, 3, 6)]
    assert [desk.signer.read_open(token_of(entry.pixel_url or "")).recipient for entry in left] == [2, 3, 6]


def test_the_sets_of_one_mail_are_the_same_in_the_same_places_whenever_asked(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(15), Mode.PSEUDONYMOUS)
    first, again = (desk.mails.list_urls(message, 0, 100).rows for _ in range(2))
    parts = [one for start in (0, 4, 9) for one in desk.mails.list_urls(message, start, 5).rows]
    assert first == again
    assert len({one.pixel_url for one in first}) == 15
    assert parts == [*first[0:5], *first[4:9], *first[9:14]]


def test_pseudonymous_has_a_set_for_each_recipient_and_keeps_no_address(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(25), Mode.PSEUDONYMOUS)
    found = list_all(desk, message, 10)
    openings = [desk.signer.read_open(token_of(entry.pixel_url or "")) for entry in found]
    assert sorted(opening.recipient for opening in openings) == list(range(1, 26))
    assert {opening.person for opening in openings} == {NOBODY}
    assert {entry.address for entry in found} == {None}
    assert desk.store.list_recipients(message, 0, 100) == []


def test_events_count_from_the_first_time_it_is_marked_sent(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(4))
    assert message.sent_at is None
    sent = desk.messages.mark_sent(MIA, message.id)
    assert sent.stage is Stage.SENT
    assert sent.sent_at is not None
    desk.ahead = timedelta(hours=1)
    assert desk.messages.mark_sent(MIA, message.id).sent_at == sent.sent_at
    assert desk.messages.get(MIA, message.id).sent_at == sent.sent_at


def test_a_mail_that_was_not_sent_after_all_is_disarmed_and_can_be_sent_again(desk: Desk) -> None:
    message = desk.register(desk.reviewed.add(4))
    first = desk.messages.mark_sent(MIA, message.id)
    for _ in range(2):
        disarmed = desk.messages.disarm(MIA, message.id)
        assert (disarmed.stage, disarmed.sent_at) == (Stage.REGISTERED, None)
    assert desk.messages.get(MIA, message.id).sent_at is None
    desk.ahead = timedelta(hours=1)
    again = desk.messages.mark_sent(MIA, message.id)
    assert again.sent_at is not None
    assert first.sent_at is not None
    assert again.sent_at - first.sent_at >= timedelta(hours=1)
    with pytest.raises(errors.NotFound):
        desk.messages.disarm(NOAH, message.id)


def test_what_is_not_registered_yet_cannot_be_sent(desk: Desk) -> None:
    expansion_id = desk.reviewed.add(4)
    desk.reviewed.break_at = 0
    with pytest.raises(errors.StoreUnavailable):
        desk.register(expansion_id)
    [unfinished] = [m for m in desk.store.list_messages(MIA) if m.stage is Stage.REGISTERING][-1:]
    with pytest.raises(errors.Conflict):
        desk.messages.mark_sent(MIA, unfinished.id)
