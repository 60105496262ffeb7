"""What is told of the app's work, and what is not."""

from __future__ import annotations

import logging
import threading

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from sandbox.tenant.world import addresses_of
from shared import telemetry
from shared.services.process import services
from shared.telemetry import Counter, Gauge, Timings
from tests.support.amounts import exactly
from tests.support.api import ADA, ALL, SALES, Api
from tests.support.canaries import LINK, NAMED, PLANTED, TYPED, Answers, live
from tests.support.ingestion import KEY, Ingestion
from tests.support.tracked_mails import register

# -- what is written down


@given(st.text() | st.from_regex(r"[a-z.]{1,9}@[a-z]{1,9}\.example", fullmatch=True) | st.uuids().map(str))
def test_what_is_no_word_of_ours_is_not_written_down(text: str) -> None:
    counter, state, timings = (
        Counter("c", "", "word"),
        Gauge("s", "", "subject", "word"),
        Timings("t", "", "w"),
    )
    counter.add(1, text)
    state.set("graph", 1, text)
    timings.add(1, text)
    seen = [figure.words.values() for figure in [*counter.read(), *state.read(), *timings.take()]]
    assert [word for words in seen for word in words if "@" in word or "-" in word or len(word) > 40] == []


def test_threads_that_count_at_once_lose_nothing() -> None:
    counter = Counter("c", "", "directory")

    def count() -> None:
        for _ in range(2000):
            counter.add(1, "graph")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(figure.value, figure.words) for figure in counter.read()] == [(16_000, {"directory": "graph"})]


def test_words_without_end_take_no_memory_without_end() -> None:
    counter, timings = Counter("c", "", "word"), Timings("t", "")
    for number in range(12_000):
        counter.add(1, f"word{number}")
        timings.add(1)
    assert len(counter.read()) == 200
    assert len(timings.take()) == 10_000
    assert timings.take() == []


# -- what arrives


def last_state(taken: Ingestion) -> tuple[float, str]:
    """What was told last of the connection to Graph; each export tells it, and Exchange beside it."""
    told = [
        (state["value"], words["code"])
        for state, words in taken.figures("rollcall.connection")
        if words["resource"] == "graph"
    ]
    return told[-1]


def test_the_figures_of_a_working_day_arrive(watched: Api, taken: Ingestion) -> None:
    assert watched.expand(SALES).json()["count"] == exactly(4)
    watched.sandbox.world.faults.set(
        [{"service": "graph", "path": "members", "status": 429, "headers": {"Retry-After": "1"}, "times": 1}]
    )
    assert watched.expand(ALL).json()["complete"]
    watched.sandbox.world.switches.set(account_disabled=True, access_tokens_revoked=True)
    assert watched.expand(SALES).status_code == 503
    watched.sandbox.world.switches.set(account_disabled=False, access_tokens_revoked=False)
    services().monitor.flush()

    [complete], [failed] = (
        [
            metric
            for metric, words in taken.figures("rollcall.expansion.duration")
            if words == {"outcome": word}
        ]
        for word in ("complete", "disabled")
    )
    assert (complete["count"], failed["count"]) == (2, 1)
    assert complete["min"] < 1 <= complete["max"]  # it was throttled for a second
    assert complete["value"] == pytest.approx(complete["min"] + complete["max"])
    assert taken.total("rollcall.requests", directory="graph", outcome="ok") >= 4
    assert taken.total("rollcall.requests", directory="graph", outcome="throttled") == 1
    assert taken.total("rollcall.request.seconds", directory="graph", outcome="ok") > 0
    assert taken.total("rollcall.throttled", directory="graph") == 1
    assert taken.total("rollcall.throttled.seconds", directory="graph") == pytest.approx(1, abs=0.1)
    assert taken.total("rollcall.recipients") >= 8
    assert last_state(taken) == (0, "disabled")

    taken.clear()
    assert watched.connect().status_code == 200
    services().monitor.flush()
    assert last_state(taken) == (1, "connected")
    assert taken.total("rollcall.requests", outcome="throttled") == 0  # it was told already


def test_what_becomes_of_events_arrives(watched: Api, taken: Ingestion) -> None:
    mail = register(watched)
    watched.call("POST", f"/api/messages/{mail['message_id']}/sent")
    urls = [mail["pixel_url"], *mail["links"].values()]
    for url in urls:
        assert requests.get(url, timeout=10, allow_redirects=False).status_code in (200, 302)
    services().monitor.flush()
    assert taken.total("rollcall.events", fate="stored") == len(urls)
    fates = {words["fate"] for _, words in taken.figures("rollcall.events")}
    assert fates == {"stored", "overflowed", "declined", "late", "lost"}
    flushes = list(taken.figures("rollcall.flush.duration"))
    assert {words["outcome"] for _, words in flushes} == {"stored"}
    assert 1 <= sum(metric["count"] for metric, _ in flushes) <= len(urls)


def test_every_answer_is_counted_by_its_route_and_class_of_status(watched: Api, taken: Ingestion) -> None:
    watched.expand(SALES)
    for path in ("/o/no-token", "/c/no-token", "/p/no-token"):
        assert requests.get(watched.origin + path, timeout=10).status_code in (200, 404)
    services().monitor.flush()
    told = {(words["route"], words["outcome"]) for _, words in taken.figures("rollcall.answers")}
    assert told >= {
        ("expansions_create", "ok"),
        ("track_open", "ok"),
        ("track_click", "refused"),
        ("objection_page", "refused"),
    }
    assert taken.total("rollcall.answer.seconds", route="expansions_create") > 0
    assert telemetry.STARTS.read()[0].value >= 1


def test_a_pixel_that_could_not_be_recorded_is_counted_as_failed_though_the_reader_sees_it(
    watched: Api, taken: Ingestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services().tracking.tracker, "opened", broken)
    assert requests.get(f"{watched.origin}/o/no-token", timeout=10).status_code == 200
    services().monitor.flush()
    assert taken.total("rollcall.answers", route="track_open", outcome="failed") == 1


def test_exchange_and_ews_are_counted_too(
    watched: Api, taken: Ingestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    services().monitor.close()
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph,exchange,ews")
    services.cache_clear()
    watched.connect()
    watched.as_person(ADA).call("POST", "/api/connection/test", json={"address": ALL})
    services().monitor.flush()
    for directory in ("graph", "exchange", "ews"):
        assert taken.total("rollcall.requests", directory=directory, outcome="ok") > 0, directory


def test_nothing_of_a_whole_day_tells_who_or_which_list(
    watched: Api, taken: Ingestion, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    services().monitor.close()
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph,exchange,ews")
    monkeypatch.setenv("ROLLCALL_CANARY_LIST", ALL)
    services.cache_clear()
    caplog.set_level(logging.CRITICAL)
    watched.connect()
    answers = Answers(monkeypatch, watched.origin)
    live(watched, answers)
    services().monitor.flush()

    sent = "\n".join(taken.texts).lower()
    assert "rollcall.expansion.duration" in sent
    assert taken.total("rollcall.requests", outcome="failed") > 0
    world = watched.sandbox.world
    addresses = {address.lower() for entry in world.by_id.values() for address in addresses_of(entry)}
    names = {TYPED, NAMED.lower(), LINK, "canary", "203.0.113.77", PLANTED, "company.com", "@"}
    secrets = {token[-32:].lower() for token in answers.sent if token}
    assert [word for word in {*addresses, *names, *world.by_id, *secrets} if word and word in sent] == []
    # Every word that there is, one by one: a directory, an outcome, a code, a fate.
    words = {word for item in taken.items for word in item["data"]["baseData"]["properties"].values()}
    assert {"graph", "exchange", "ews", "ok", "failed", "complete"} <= words
    assert [word for word in words if not word.replace("_", "").isalnum() or len(word) > 40] == []


def test_the_figures_have_the_apps_name_and_no_key_but_the_one_that_opens_nothing(
    watched: Api, taken: Ingestion
) -> None:
    services().monitor.flush()
    assert {item["iKey"] for item in taken.items} == {KEY}
    assert {item["tags"]["ai.cloud.role"] for item in taken.items} == {"rollcall"}
    assert {item["name"] for item in taken.items} == {"Microsoft.ApplicationInsights.Metric"}
