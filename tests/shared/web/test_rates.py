"""How often one person may expand."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.errors import TooManyRequests
from shared.services.process import services
from shared.web.rates import Rate
from tests.support.api import NOAH, SALES, Api, assert_problem
from tests.support.fake_entra import Clock


def took(rate: Rate, person: str, times: int) -> int:
    """How many of `times` deeds were allowed."""
    allowed = 0
    for _ in range(times):
        try:
            rate.take(person)
        except TooManyRequests:
            continue
        allowed += 1
    return allowed


def test_a_minutes_worth_may_be_used_at_once_and_comes_back_evenly() -> None:
    clock = Clock()
    rate = Rate(30, clock)
    assert took(rate, "mia", 40) == 30
    clock.now += 2.01
    assert took(rate, "mia", 40) == 1
    clock.now += 3600
    assert took(rate, "mia", 40) == 30


def test_one_persons_haste_is_nobody_elses_wait() -> None:
    rate = Rate(2, Clock())
    took(rate, "mia", 9)
    assert took(rate, "noah", 9) == 2


def test_the_wait_that_is_asked_for_suffices_and_waiting_shorter_does_not() -> None:
    clock = Clock()
    rate = Rate(6, clock)
    took(rate, "mia", 6)
    clock.now += 3
    with pytest.raises(TooManyRequests) as refused:
        rate.take("mia")
    assert refused.value.retry_after == pytest.approx(7)
    clock.now += refused.value.retry_after + 0.001
    rate.take("mia")


def test_threads_together_get_no_more_than_the_limit() -> None:
    rate = Rate(50, Clock())
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: took(rate, "mia", 20), range(8))) == 50


def test_people_beyond_number_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.web.rates._MOST", 10)
    rate = Rate(1, Clock())
    for number in range(100):
        rate.take(str(number))
    assert len(rate._left) == 10


def test_whoever_expands_too_often_is_told_when_to_come_back(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_EXPANSIONS_PER_MINUTE", "2")
    services.cache_clear()
    identifier = str(uuid.uuid4())
    assert api.expand(SALES, id=identifier).status_code == 200
    assert api.expand(SALES).status_code == 200
    answer = api.expand(SALES)
    assert_problem(answer, 429, "too_many_requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 30
    assert answer.json()["retry_after"] == int(answer.headers["retry-after"])
    assert api.call("GET", f"/api/expansions/{identifier}").status_code == 200  # looking is free
    assert api.as_person(NOAH).expand(SALES).status_code == 200
