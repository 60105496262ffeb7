"""What else the local host does: threads, timers, limits, and what it refuses to load."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import azure.functions as func
import pytest

from sandbox.host import host
from sandbox.host.routing import parse_route
from sandbox.host.timers import parse_schedule
from tests.support.host_calls import HOST_JSON, TICKS, ask, sample_app


def test_synchronous_functions_run_side_by_side(origin: str) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: ask(origin, "/slow/sync"), range(4)))
    assert {reply.status for reply in replies} == {200}
    assert time.monotonic() - began < 0.9


def test_timers_fire_when_due(origin: str) -> None:
    deadline = time.monotonic() + 5
    while len(TICKS) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert round((TICKS[1] - TICKS[0]).total_seconds()) == 1


def test_home_page_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AzureWebJobsDisableHomepage", "true")
    with host.serve(func.FunctionApp()) as running:
        reply = ask(running.origin, "/")
    assert (reply.status, reply.body) == (204, b"")


def test_threads_for_synchronous_functions_are_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "1")
    with host.serve(sample_app(), host_json=HOST_JSON) as running, ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: ask(running.origin, "/slow/sync"), range(3)))
    assert len({reply.text for reply in replies}) == 1


def test_a_body_over_the_limit_is_a_failure_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "10")
    with host.serve(sample_app(), host_json=HOST_JSON) as running:
        assert ask(running.origin, "/body", "POST", b"x" * 10).status == 200
        reply = ask(running.origin, "/body", "POST", b"x" * 11)
    assert (reply.status, reply.body) == (500, b"")


def test_without_a_host_json_routes_begin_with_api() -> None:
    with host.serve(sample_app()) as running:
        assert ask(running.origin, "/only/get").status == 404
        assert ask(running.origin, "/api/only/get").status == 200


def test_a_timer_may_run_at_the_start() -> None:
    app, called = func.FunctionApp(), threading.Event()

    @app.timer_trigger(schedule="0 0 0 1 1 *", arg_name="timer", run_on_startup=True)
    async def at_start(timer: func.TimerRequest) -> None:
        called.set()

    with host.serve(app):
        assert called.wait(5)


def test_other_triggers_are_refused_rather_than_ignored() -> None:
    app = func.FunctionApp()

    @app.queue_trigger(arg_name="message", queue_name="overflow", connection="AzureWebJobsStorage")
    def on_message(message: func.QueueMessage) -> None:
        """Never called here."""

    with pytest.raises(ValueError, match="queueTrigger"), host.serve(app):
        pass


@pytest.mark.parametrize(
    "template", ["a/{b=1}", "a/{b?}/c", "a/{*b}/c", "a/{b:regex(x)}", "a/{b:nosuch}", "a/{b"]
)
def test_route_templates_that_are_not_understood_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match="this host"):
        parse_route("name", "", template)


@pytest.mark.parametrize(
    ("constraint", "fitting", "unfitting"),
    [
        ("int", ["0", "-7", "2147483647"], ["a", "1.0", "2147483648"]),
        ("long", ["9223372036854775807"], ["9223372036854775808"]),
        ("bool", ["true", "FALSE"], ["1"]),
        (
            "guid",
            ["0B1A5F6E-1111-4222-8333-444455556666"],
            ["0b1a5f6e", "0b1a5f6e-11114222-8333-444455556666"],
        ),
        ("alpha", ["abcXYZ"], ["a1", "é"]),
        ("length(2)", ["ab"], ["a", "abc"]),
        ("length(2,3)", ["ab", "abc"], ["a", "abcd"]),
        ("minlength(2):maxlength(3)", ["ab", "abc"], ["a", "abcd"]),
        ("min(2)", ["2", "30"], ["1", "x"]),
        ("max(2)", ["2", "-1"], ["3"]),
        ("range(2,4)", ["2", "4"], ["1", "5"]),
    ],
)
def test_constraints_let_pass_what_they_describe(
    constraint: str, fitting: list[str], unfitting: list[str]
) -> None:
    route = parse_route("name", "", f"x/{{value:{constraint}}}")
    assert all(route.match("GET", f"/x/{value}") == {"value": value} for value in fitting)
    assert not any(route.match("GET", f"/x/{value}") for value in unfitting)


@pytest.mark.parametrize(
    ("schedule", "moment", "due"),
    [
        ("0 */5 * * * *", "2026-03-01T10:02:00", "2026-03-01T10:05:00"),
        ("0 */5 * * * *", "2026-03-01T10:05:00", "2026-03-01T10:10:00"),
        ("*/15 * * * * *", "2026-03-01T10:02:44.5", "2026-03-01T10:02:45"),
        ("0 0 3 * * *", "2026-02-28T03:00:00", "2026-03-01T03:00:00"),
        ("30 9 8-10 * * mon-fri", "2026-03-06T10:10:00", "2026-03-09T08:09:30"),
        ("0 0 0 29 feb *", "2026-03-01T00:00:00", "2028-02-29T00:00:00"),
        ("0 10,40 0 1 */6 *", "2026-03-01T00:00:00", "2026-07-01T00:10:00"),
    ],
)
def test_timers_are_due_at_the_next_matching_second(schedule: str, moment: str, due: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert parse_schedule(schedule).next_after(now) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize("schedule", ["* * *", "60 * * * * *", "* * * 0 * *", "x * * * * *", "*/0 * * * * *"])
def test_malformed_schedules_are_refused(schedule: str) -> None:
    with pytest.raises(ValueError, match="schedule"):
        parse_schedule(schedule)


def test_a_folder_must_hold_exactly_one_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "function_app", raising=False)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    (tmp_path / "host.json").write_text("{}")
    two = "import azure.functions\none, two = azure.functions.FunctionApp(), azure.functions.FunctionApp()\n"
    (tmp_path / "function_app.py").write_text(two)
    with pytest.raises(ValueError, match="exactly one"):
        host.load_host(tmp_path)
    del sys.modules["function_app"]
