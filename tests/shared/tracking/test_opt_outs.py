"""Objections: honoured at the hit, within seconds, by every process."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event as Signal
from time import sleep

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.opt_outs import OPT_OUTS, OptOutTable
from shared.errors import StoreUnavailable, VaultUnavailable
from shared.tracking.mail.tokens import NOBODY
from shared.tracking.privacy.opt_outs import (
    FRESH_FOR,
    HOLDS_FOR,
    READ_ANYWAY_AFTER,
    OptOuts,
    OptOutStore,
    of_message,
    of_person,
    of_recipient,
)
from shared.tracking.recording.events import Event
from tests.support.memory_opt_outs import MemoryOptOuts

ALICE, BOB = b"alice123", b"bob45678"


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> OptOutStore:
    if request.param == "memory":
        return MemoryOptOuts()
    connection = request.getfixturevalue("azurite")
    with TableServiceClient.from_connection_string(connection) as service:
        service.delete_table(OPT_OUTS)
    return OptOutTable(StorageAccount.by_connection(connection).tables)


@pytest.fixture
def message() -> str:
    return secrets.token_hex(16)


def events(*who: tuple[int, bytes]) -> list[tuple[Event, bytes]]:
    return [(Event(1, 0, recipient, 0, 0, 0, ""), person) for recipient, person in who]


def kept(opt_outs: OptOuts, message: str, *who: tuple[int, bytes]) -> list[int]:
    return [event.recipient for event in opt_outs.screen(message, events(*who))]


@pytest.mark.parametrize(
    ("objection", "left"),
    [
        (lambda message: of_person(ALICE), [2, 3]),
        (lambda message: of_recipient(message, 3), [1, 2]),
        (lambda message: of_recipient("0" * 32, 3), [1, 2, 3]),
        (lambda message: of_message(message), []),
        (lambda message: of_message("0" * 32), [1, 2, 3]),
    ],
)
def test_only_what_is_objected_to_is_left_out(
    store: OptOutStore, message: str, objection: Callable[[str], str], left: list[int]
) -> None:
    opt_outs = OptOuts(lambda: store)
    who = [(1, ALICE), (2, BOB), (3, NOBODY)]
    assert kept(opt_outs, message, *who) == [1, 2, 3]
    opt_outs.add(objection(message))
    assert kept(opt_outs, message, *who) == left


def test_an_objection_reaches_another_process_within_seconds(store: OptOutStore, message: str) -> None:
    time = 0.0
    here, there = OptOuts(lambda: store), OptOuts(lambda: store, lambda: time)
    assert kept(there, message, (1, ALICE)) == [1]
    here.add(of_person(ALICE))
    time = FRESH_FOR
    assert kept(there, message, (1, ALICE)) == []


def test_an_objection_that_is_withdrawn_is_gone_everywhere(store: OptOutStore, message: str) -> None:
    time = 0.0
    here, there = OptOuts(lambda: store), OptOuts(lambda: store, lambda: time)
    here.add(of_person(ALICE))
    here.add(of_person(BOB))
    assert kept(there, message, (1, ALICE), (2, BOB)) == []
    here.remove(of_person(ALICE))
    assert kept(here, message, (1, ALICE), (2, BOB)) == [1]
    time = FRESH_FOR
    assert kept(there, message, (1, ALICE), (2, BOB)) == [1]
    here.remove(of_person(ALICE))  # a second time changes nothing


def test_with_a_message_go_the_objections_to_its_single_mails_and_no_others(
    store: OptOutStore, message: str
) -> None:
    opt_outs, near = OptOuts(lambda: store), f"{message[:-1]}{'0' if message[-1] != '0' else '1'}"
    for number in (1, 2, 10, 2**20 - 1):
        opt_outs.add(of_recipient(message, number))
    others = [of_recipient(near, 1), of_person(ALICE), of_message("f" * 32)]
    for other in others:
        opt_outs.add(other)
    for _ in range(2):
        opt_outs.end(message)
        assert set(store.read()) == {*others, of_message(message)}
    assert kept(opt_outs, message, (1, NOBODY), (3, NOBODY)) == []
    assert kept(opt_outs, near, (1, NOBODY), (3, NOBODY)) == [3]


def renewed(shown: bytes) -> bytes:
    return shown[::-1]


def test_an_objection_of_an_earlier_version_holds_and_is_kept_as_one_of_this(
    store: OptOutStore, message: str
) -> None:
    opt_outs = OptOuts(lambda: store, of_shown=renewed)
    since = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    store.add(f"person-{ALICE.hex()}", since=since)
    alice = renewed(ALICE)
    assert kept(opt_outs, message, (1, alice), (2, BOB)) == [2]
    assert opt_outs.find(of_person(alice)) == since
    assert opt_outs.renew() == 1
    assert set(store.read()) == {of_person(alice)}
    for process in (opt_outs, OptOuts(lambda: store, of_shown=renewed)):
        assert process.find(of_person(alice)) == since
        assert kept(process, message, (1, alice), (2, BOB)) == [2]


def test_an_objection_of_an_earlier_version_is_withdrawn_for_good(store: OptOutStore, message: str) -> None:
    opt_outs, alice = OptOuts(lambda: store, of_shown=renewed), renewed(ALICE)
    store.add(f"person-{ALICE.hex()}")
    opt_outs.remove(of_person(alice))
    assert store.read() == frozenset()
    assert kept(opt_outs, message, (1, alice)) == [1]
    assert kept(OptOuts(lambda: store, of_shown=renewed), message, (1, alice)) == [1]


def test_without_keys_it_is_unknown_whose_an_earlier_objection_is_and_nothing_is_kept(message: str) -> None:
    store = MemoryOptOuts()
    store.add(f"person-{ALICE.hex()}")

    def locked(shown: bytes) -> bytes:
        raise VaultUnavailable

    with pytest.raises(StoreUnavailable):
        OptOuts(lambda: store, of_shown=locked).screen(message, events((2, BOB)))


def test_an_objection_keeps_the_time_at_which_it_was_first_made(store: OptOutStore) -> None:
    opt_outs = OptOuts(lambda: store)
    assert opt_outs.find(of_person(ALICE)) is None
    opt_outs.add(of_person(ALICE))
    since = opt_outs.find(of_person(ALICE))
    assert since is not None
    assert abs(datetime.now(UTC) - since) < timedelta(minutes=1)
    opt_outs.add(of_person(ALICE))
    assert opt_outs.find(of_person(ALICE)) == since
    assert opt_outs.find(of_person(BOB)) is None
    opt_outs.remove(of_person(ALICE))
    assert opt_outs.find(of_person(ALICE)) is None


def test_an_objection_whose_news_was_lost_is_found_all_the_same(message: str) -> None:
    store, time = MemoryOptOuts(), 0.0
    opt_outs = OptOuts(lambda: store, lambda: time)
    assert kept(opt_outs, message, (1, ALICE)) == [1]
    store.objections[of_person(ALICE)] = datetime.now(UTC)  # its process died before it said so
    time = READ_ANYWAY_AFTER
    assert kept(opt_outs, message, (1, ALICE)) == []


def test_storage_is_asked_once_in_a_while_and_read_only_after_a_change(message: str) -> None:
    store, time = MemoryOptOuts(), 0.0
    opt_outs = OptOuts(lambda: store, lambda: time)
    for _ in range(100):
        kept(opt_outs, message, (1, ALICE))
        time += FRESH_FOR / 10
    assert (store.asked, store.was_read) == (10, 1)


def test_what_is_known_holds_while_storage_is_down(message: str) -> None:
    store, time = MemoryOptOuts(), 0.0
    store.add(of_person(ALICE))
    opt_outs = OptOuts(lambda: store, lambda: time)
    assert kept(opt_outs, message, (1, ALICE), (2, BOB)) == [2]
    store.down, time = True, FRESH_FOR
    assert kept(opt_outs, message, (1, ALICE), (2, BOB)) == [2]


def test_what_is_known_is_unknown_again_once_storage_has_not_answered_for_long(message: str) -> None:
    store, time = MemoryOptOuts(), 0.0
    opt_outs = OptOuts(lambda: store, lambda: time)
    assert kept(opt_outs, message, (1, ALICE)) == [1]
    store.objections[of_person(ALICE)] = datetime.now(UTC)  # by another process
    store.down, time = True, HOLDS_FOR + 1
    with pytest.raises(StoreUnavailable):
        opt_outs.screen(message, events((1, ALICE)))
    store.down, time = False, time + 1
    store.changes += 1
    assert kept(opt_outs, message, (1, ALICE)) == []


def test_after_a_long_silence_everybody_waits_for_the_answer(message: str) -> None:
    store, time, waiting = MemoryOptOuts(), 0.0, Signal()
    opt_outs = OptOuts(lambda: store, lambda: time)
    assert kept(opt_outs, message, (1, ALICE)) == [1]
    store.add(of_person(ALICE))
    time, ask = HOLDS_FOR + 1, store.version

    def slowly() -> str:
        waiting.wait(5)
        return ask()

    store.version = slowly  # type: ignore[method-assign]
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(kept, opt_outs, message, (1, ALICE)) for _ in range(4)]
        sleep(0.1)
        waiting.set()
        assert [one.result() for one in found] == [[]] * 4


def test_nothing_is_kept_before_objections_were_looked_up(message: str) -> None:
    store = MemoryOptOuts()
    store.down = True
    with pytest.raises(StoreUnavailable):
        OptOuts(lambda: store).screen(message, events((1, ALICE)))
