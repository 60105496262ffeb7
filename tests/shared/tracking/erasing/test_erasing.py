"""Showing and erasing people without any wire: everything and nothing else, in pieces, and in a race."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from shared import errors
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.privacy.people import PATIENCE
from tests.support.desk import LINKS, MIA, SENDER
from tests.support.people_house import ADMIN, POOL, House

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
        names
        for mode, names, what in plan
        if what == "sent" and mode is not Mode.PSEUDONYMOUS and gone in names
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
    house.send(Mode.COUNTING, POOL)
    house.send(Mode.COUNTING, POOL)
    first = house.people.erase(POOL[0], ADMIN)
    assert first.next is not None
    house.send(Mode.COUNTING, POOL)
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
