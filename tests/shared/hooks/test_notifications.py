"""Webhooks: nothing is lost, whatever the other side does, and a repeat is known by its id."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import random
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.notifications import NotificationTable
from shared.hooks.notifications import (
    KEPT,
    LONGEST,
    PAUSES,
    Notification,
    NotificationFate,
    Notifications,
    NotificationStore,
    Outcome,
    Post,
)
from shared.hooks.signing import headers_of, read_secret
from tests.support.memory_notifications import MemoryNotifications

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
KEY = bytes(range(32))


class Clock:
    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> datetime:
        return self.at


def notification(name: str, at: datetime = BEGIN) -> Notification:
    return Notification(name, "report.ready", f'{{"of": "{name}"}}', at, at)


def run_to_the_end(store: NotificationStore, post: Post, clock: Clock) -> None:
    """A timer each minute, as long as anything waits; nothing happens in minutes in which nothing is due."""
    notifications = Notifications(store, post, clock.now)
    while True:
        notifications.run(seconds=600)
        left = store.list_due(clock.at + timedelta(days=365), 1)
        if not left:
            return
        clock.at = max(clock.at + timedelta(minutes=1), left[0].at)


def test_of_10000_with_a_fifth_failing_none_is_lost_and_repeats_carry_one_id() -> None:
    store, clock, chance, lock = MemoryNotifications(), Clock(), random.Random(18), threading.Lock()
    attempts, taken, bodies = Counter[str](), Counter[str](), dict[str, set[bytes]]()

    def post(identifier: str, body: bytes) -> Outcome:
        with lock:
            attempts[identifier] += 1
            bodies.setdefault(identifier, set()).add(body)
            lot = chance.random()
            if lot >= 0.1:
                taken[identifier] += 1
            # Half of those that fail were heard all the same: their answer was lost.
            return Outcome("taken" if lot >= 0.2 else "answered_500" if lot < 0.1 else "timed_out")

    names = [f"told-{number:05}" for number in range(10_000)]
    for start in range(0, len(names), 500):
        for name in names[start : start + 500]:
            store.add(notification(name, clock.at))
            store.add(notification(name, clock.at))  # once more, after a lost answer
        Notifications(store, post, clock.now).run(seconds=600)
        clock.at += timedelta(minutes=1)
    run_to_the_end(store, post, clock)
    assert set(taken) == set(names)
    assert {one.fate for one in store.all.values()} == {NotificationFate.TAKEN}
    assert all(one.attempts == attempts[one.id] for one in store.all.values())
    assert sum(attempts.values()) > 12_000
    assert max(taken.values()) > 1  # heard twice, under one id and with one body
    assert {len(each) for each in bodies.values()} == {1}


def test_what_is_never_taken_is_given_up_after_its_last_pause_and_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, clock, tried = MemoryNotifications(), Clock(), list[datetime]()
    store.add(notification("told-00001"))

    def post(identifier: str, body: bytes) -> Outcome:
        tried.append(clock.at)
        return Outcome("answered_503")

    with caplog.at_level(logging.ERROR):
        run_to_the_end(store, post, clock)
    [last] = store.all.values()
    assert (last.fate, last.attempts, last.outcome) == (
        NotificationFate.GIVEN_UP,
        len(PAUSES) + 1,
        "answered_503",
    )
    apart = [later - earlier for earlier, later in pairwise(tried)]
    assert all(apart[number] >= PAUSES[number] for number in range(len(PAUSES)))
    assert timedelta(days=2) < tried[-1] - tried[0] < timedelta(days=4)
    assert "alert webhook_given_up" in caplog.text


@pytest.mark.parametrize("asked", [timedelta(), timedelta(minutes=10), timedelta(days=400), timedelta.max])
def test_who_asks_to_be_left_alone_is_but_never_for_longer_than_an_hour(asked: timedelta) -> None:
    store, clock, tried = MemoryNotifications(), Clock(), list[datetime]()
    store.add(notification("told-00001"))

    def post(identifier: str, body: bytes) -> Outcome:
        tried.append(clock.at)
        return Outcome("answered_429", asked)

    run_to_the_end(store, post, clock)
    apart = [later - earlier for earlier, later in pairwise(tried)]
    minute = timedelta(minutes=1)  # the timer's
    for found, pause in zip(apart, PAUSES, strict=True):
        expected = max(pause, min(asked, LONGEST))
        assert expected <= found <= expected + minute
    assert tried[-1] - tried[0] < timedelta(days=4)


def test_a_process_that_dies_after_telling_tells_again_under_the_same_id() -> None:
    store, clock, heard = MemoryNotifications(), Clock(), list[tuple[str, bytes]]()
    store.add(notification("told-00001"))

    class Died(BaseException):
        pass

    def die(before: Notification, after: Notification) -> None:
        raise Died

    def post(identifier: str, body: bytes) -> Outcome:
        heard.append((identifier, body))
        return Outcome("taken")

    alive, store.move = store.move, die  # type: ignore[method-assign]
    with pytest.raises(Died):
        Notifications(store, post, clock.now).run()
    store.move = alive  # type: ignore[method-assign]
    run_to_the_end(store, post, clock)
    assert heard == [heard[0]] * 2


@pytest.fixture(params=["memory", "tables"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> NotificationStore:
    if request.param == "memory":
        return MemoryNotifications()
    name = f"Notifications{uuid4().hex[:12]}"
    monkeypatch.setattr("shared.adapters.storage.tables.notifications.NOTIFICATIONS", name)
    return NotificationTable(Tables.by_connection(request.getfixturevalue("azurite")))


def test_what_waits_moves_on_once_and_goes_when_it_was_over_long_enough(store: NotificationStore) -> None:
    clock = Clock()
    for name in ("told-00001", "told-00002", "told-00001"):
        store.add(notification(name))
    [first, second] = store.list_due(clock.at, 10)
    assert (first.id, second.id, first.created_at) == ("told-00001", "told-00002", BEGIN)
    notifications = Notifications(store, lambda identifier, body: Outcome("taken"), clock.now)
    assert notifications.run() == 2
    assert notifications.run() == 0
    store.move(first, second)  # by somebody who is late
    store.add(notification("told-00001"))
    assert {one.fate for one in store.read(10).rows} == {NotificationFate.TAKEN}
    assert len(store.read(10).rows) == 2
    assert store.remembered("place") is None
    store.remember("place", "here")
    store.remember("place", "there")
    assert store.remembered("place") == "there"
    store.end(clock.at)
    assert len(store.read(10).rows) == 2
    store.end(clock.at + KEPT)
    assert store.read(10).rows == []


def test_all_are_read_page_by_page(azurite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"Notifications{uuid4().hex[:12]}"
    monkeypatch.setattr("shared.adapters.storage.tables.notifications.NOTIFICATIONS", name)
    table = NotificationTable(Tables.by_connection(azurite))
    for number in range(7):
        table.add(notification(f"told-{number:05}", BEGIN + timedelta(seconds=number)))
    clock = Clock()
    Notifications(table, lambda identifier, body: Outcome("taken"), clock.now).run()
    found, after = list[str](), ""
    while True:
        page = table.read(2, after)
        found += [one.id for one in page.rows]
        if page.next is None:
            break
        after = page.next
    assert found == [f"told-{number:05}" for number in (1, 2, 3, 4, 5, 6, 0)]


def test_a_signature_is_that_of_the_standard() -> None:
    # The example of the specification's own libraries.
    key = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    headers = headers_of(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
    )


def test_another_id_time_body_or_key_has_another_signature() -> None:
    def signature(key: bytes = KEY, name: str = "one", at: int = 1, body: bytes = b"{}") -> str:
        return headers_of(key, name, at, body)["webhook-signature"]

    others = [signature(KEY[::-1]), signature(name="two"), signature(at=2), signature(body=b"[]")]
    assert len({signature(), *others}) == 5
    digest = hmac.new(KEY, b"one.1.{}", hashlib.sha256).digest()
    assert signature() == f"v1,{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_ä", "whsec_*"]
)
def test_what_is_no_secret_signs_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        read_secret(text)
