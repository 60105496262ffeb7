"""The purge, cut off anywhere, twice at once, and while everybody goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared import errors
from shared.tracking.mail.calendar import Due, Step
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.reporting.report import Report
from tests.support.desk import LINKS, MIA, SENDER
from tests.support.house import BEGAN, House, busy, figures

STORIES: dict[str, tuple[timedelta, Callable[[House], object]]] = {
    "closing": (timedelta(days=95), lambda house: house.purge().run()),
    "forgetting events": (timedelta(days=96), lambda house: house.purge().run()),
    "settling": (timedelta(days=110), lambda house: house.purge().run()),
    "ending": (timedelta(days=401), lambda house: house.purge().run()),
    "sweeping": (timedelta(days=2), lambda house: house.purge().sweep()),
}


def world(house: House) -> list[Message]:
    """Mails of all kinds, as they are left by their senders."""
    sent = busy(house)
    shared = busy(house, Mode.COUNTING)
    house.reviewed.break_at = 0
    with suppress(errors.StoreUnavailable):
        house.register(3)
    return [sent, shared]


def state(house: House) -> object:
    """What is kept once all has settled, but for what is random about it."""
    for _ in range(2):
        house.later(days=9)
        house.purge().run()
    calendar = sorted((due.step, due.message) for due in house.store.calendar.due)
    sums = {message: house.summaries.find(message)[0] for message in sorted(house.summaries.kept)}
    messages = {
        each.id: replace(each, version="", closed_at=None) for each in house.store.list_messages(EVERY_OWNER)
    }
    rows = sorted(message for message, _ in house.journal.rows)
    return calendar, sums, messages, rows, sorted(house.objections.read()), sorted(house.store.recipients)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("story", STORIES)
def test_a_purge_that_is_cut_off_at_any_call_comes_to_the_same_end(story: str, *, after: bool) -> None:
    ahead, act = STORIES[story]

    def at_the_door(seed: str) -> House:
        house = House()
        house.reviewed.seed = seed
        world(house)
        if story == "forgetting events":
            house.now = BEGAN + timedelta(days=95)
            house.purge().run()
        if story == "settling":
            house.now = BEGAN + timedelta(days=95)
            house.purge().run()
            house.later(hours=2)
            house.purge().run()
        house.now = BEGAN + ahead
        return house

    plain = at_the_door(story)
    plain.fuse.calls = 0
    act(plain)
    calls = plain.fuse.calls
    expected = state(plain)
    assert calls > 5
    for number in range(1, calls + 1):
        house = at_the_door(story)
        house.fuse.calls, house.fuse.fail_at, house.fuse.after = 0, number, after
        with suppress(errors.StoreUnavailable):
            act(house)
        house.begin()
        act(house)
        assert state(house) == expected, number


def test_two_purges_at_once_come_to_the_same_end(house: House) -> None:
    messages = [busy(house) for _ in range(6)]
    before = [figures(house, message) for message in messages]
    house.now = BEGAN + timedelta(days=121)
    for _ in range(2):
        together([lambda: house.purge(at_once=4).run()] * 3)
        assert [figures(house, message) for message in messages] == before
        house.later(hours=2)
    assert [house.entries(message) for message in messages] == [0] * 6
    house.now = BEGAN + timedelta(days=431)
    together([lambda: house.purge(at_once=4).run()] * 3)
    assert [house.store.find(EVERY_OWNER, message.id) for message in messages] == [None] * 6


def together(acts: list[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(act) for act in acts]:
            with suppress(errors.StoreUnavailable):  # too many at one row; the next run goes on
                done.result()


@pytest.mark.parametrize("deed", ["report", "unsent", "delete", "hit"])
def test_whatever_happens_beside_a_purge_the_report_is_that_of_before_or_there_is_none(
    memory: House, deed: str
) -> None:
    """At each call of the purge, somebody does something."""
    message = busy(memory)
    expected, number = figures(memory, message), 0
    while True:
        number += 1
        memory = House()
        message = busy(memory)
        memory.later(days=90)
        done = do_at(memory, number, deed, message)
        memory.purge().run()
        if not done:
            return
        memory.later(hours=2)
        memory.purge().run()
        assert memory.entries(message) == 0
        memory.later(days=9)
        memory.purge().run()
        if deed == "delete":
            assert memory.summaries.find(message.id) is None
        else:
            told = figures(memory, message)
            assert opens(told) - opens(expected) == memory.beside
            if not memory.beside:
                assert replace(told, message_id="", sent_at=None) == replace(
                    expected, message_id="", sent_at=None
                )


def opens(report: Report) -> int:
    return report.opened.all if report.opened else 0


def do_at(house: House, number: int, deed: str, message: Message) -> list[int]:
    """Have it done at that call of a store; the list has something in it once it was."""
    done: list[int] = []

    def before_each() -> None:
        if done or house.fuse.calls - began < number:
            return
        done.append(number)
        found = house.store.find(MIA, message.id)
        if deed == "report":
            assert opens(house.reports.get(found))
        elif deed == "unsent" and found.closed_at:
            house.messages.disarm(MIA, message.id)
        elif deed == "delete":
            with suppress(errors.NotFound):
                house.messages.delete(MIA, message.id)
        elif deed == "hit":
            house.beside = house.hits(message, (1, None))

    began = house.fuse.calls
    house.fuse.before_each = before_each
    return done


def test_a_registration_that_was_begun_once_more_ends_by_its_second_beginning(memory: House) -> None:
    expansion = memory.reviewed.add(3)
    memory.reviewed.break_at = 0
    with suppress(errors.StoreUnavailable):
        memory.messages.register(MIA, expansion, Mode.COUNTING, SENDER, LINKS)
    [begun] = memory.store.list_messages(EVERY_OWNER)
    memory.store.messages.clear()  # it never came so far
    memory.later(hours=5)
    message = memory.messages.register(MIA, expansion, Mode.COUNTING, SENDER, LINKS)
    assert message.id == begun.id
    memory.now = BEGAN + timedelta(days=90, seconds=1)
    memory.purge().run()
    assert memory.messages.get(MIA, message.id).closed_at is None
    memory.later(hours=5)
    memory.purge().run()
    assert memory.messages.get(MIA, message.id).closed_at


def test_a_word_of_sending_that_was_cut_off_goes_with_its_message(memory: House) -> None:
    message = busy(memory)
    # The process died before the mail was said to be sent; the sender's device said so again.
    left = Due(Step.SENT, memory.now, MIA, message.id)
    memory.store.calendar.enter(left)
    memory.later(days=399)
    memory.purge().run()
    assert left in memory.store.calendar.due
    memory.later(days=2)
    memory.purge().run()
    assert left not in memory.store.calendar.due


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_deletion_that_is_cut_off_takes_along_when_a_mail_was_to_be_delivered(*, after: bool) -> None:
    for number in range(1, 30):
        house = House()
        message = house.register()
        house.messages.mark_sent(MIA, message.id, deliver_at=house.now + timedelta(days=300))
        house.fuse.calls, house.fuse.fail_at, house.fuse.after = 0, number, after
        with suppress(errors.StoreUnavailable):
            house.messages.delete(MIA, message.id)
        house.begin()
        with suppress(errors.NotFound):
            house.messages.delete(MIA, message.id)
        house.purge().sweep()
        assert Step.SENT not in {due.step for due in house.store.calendar.due}, number
