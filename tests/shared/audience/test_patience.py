"""Waiting for a directory: together, not for ever, and not after it was called off."""

from __future__ import annotations

import threading
import time

import pytest

from shared.audience.patience import Patience
from shared.errors import Cancelled, DirectoryDown, Throttled


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_holds_that_overlap_are_counted_once() -> None:
    clock = Clock()
    patience = Patience(limit=15, deadline=100, clock=clock)
    patience.hold(10)
    clock.now += 4
    patience.hold(6)
    patience.hold(8)
    assert patience.held == 12


def test_a_hold_beyond_the_limit_is_refused_with_the_seconds_asked_for() -> None:
    patience = Patience(limit=15, deadline=100, clock=Clock())
    patience.hold(10)
    with pytest.raises(Throttled) as refused:
        patience.hold(20)
    assert refused.value.retry_after == 20
    assert "20 seconds" in refused.value.remedy


def test_a_hold_that_would_pass_the_deadline_is_refused() -> None:
    patience = Patience(limit=100, deadline=5, clock=Clock())
    with pytest.raises(Throttled):
        patience.hold(6)


def test_nothing_goes_out_past_the_deadline() -> None:
    clock = Clock()
    patience = Patience(limit=1, deadline=5, clock=clock)
    assert patience.proceed() == 5
    clock.now += 5
    with pytest.raises(DirectoryDown):
        patience.proceed()


def test_a_hold_holds_every_thread() -> None:
    patience = Patience(limit=1, deadline=10)
    patience.hold(0.2)
    started = time.monotonic()
    waited: list[float] = []

    def reader() -> None:
        patience.proceed()
        waited.append(time.monotonic() - started)

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(waited) >= 0.19


def test_stopping_wakes_whoever_waits() -> None:
    patience = Patience(limit=100, deadline=100)
    patience.hold(60)
    threading.Timer(0.05, patience.stop).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        patience.proceed()
    assert time.monotonic() - started < 5
    assert patience.stopped


def test_the_last_request_before_the_deadline_still_has_a_second() -> None:
    clock = Clock()
    patience = Patience(limit=1, deadline=5, clock=clock)
    clock.now += 4.9
    assert patience.proceed() == 1


def test_how_long_readers_are_held_is_told_while_they_are() -> None:
    clock = Clock()
    patience = Patience(limit=15, deadline=100, clock=clock)
    assert patience.wait == 0
    patience.hold(10)
    clock.now += 4
    assert patience.wait == 6
    clock.now += 7
    assert patience.wait == 0
