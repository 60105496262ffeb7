"""Programs and the feed, through the public door: what is told, and of whom nothing is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.audit import Search
from shared.services.process import services
from shared.tracking.mail.delivery import sent_due
from tests.support.api import DASHBOARD, MIA, MONITOR, SALES, Api, assert_problem
from tests.support.tracked_mails import register, visit

ROOT = Path(__file__).parents[2]
CROWD = "newsletter@company.com"
NUMBERS = ("opened", "opened_by", "clicked", "clicked_by", "hours", "minutes", "published", "reasons")


@pytest.fixture
def programs(individual: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """An organisation that lets programs read reports, but nothing of single people."""
    return let_in(individual, monkeypatch, "reports")


def let_in(api: Api, monkeypatch: pytest.MonkeyPatch, how: str) -> Api:
    monkeypatch.setenv("ROLLCALL_PROGRAMS", how)
    services.cache_clear()
    services().tracking.purge.run()
    # Numbers of mails that other tests sent just now come out while this one runs, behind all that are old.
    before_today = services().now() - timedelta(hours=6)
    services().tracking.outlets.feed._now = lambda: before_today
    return api


def sent(api: Api, mode: str, *addresses: str) -> Any:
    body = register(api, mode, api.expand(*addresses).json()["id"])
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def act(body: Any) -> None:
    for mail in (body["recipients"] or {"rows": [body]})["rows"][:10]:
        visit(mail["pixel_url"])
        visit(next(iter(mail["links"].values())))


def long_ago(body: Any, days: float = 2) -> None:
    """Have the mail been sent that many days ago; what was done with it went along."""
    table = services().tracking.message_table
    message = table.find_by_id(body["message_id"])
    assert message
    assert message.sent_at
    table.calendar.strike(*sent_due(message))
    past = replace(message, sent_at=message.sent_at - timedelta(days=days))
    table.update(past)
    table.calendar.enter(*sent_due(past))


def read(api: Api, query: str = "") -> list[Any]:
    answer = api.as_person(DASHBOARD).call("GET", f"/api/feed{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def of(lines: list[Any], body: Any) -> list[Any]:
    return [
        line
        for line in lines
        if body["message_id"] in (line.get("message_id"), (line.get("message") or {}).get("message_id"))
    ]


def whole(api: Api) -> list[Any]:
    lines, query = list[Any](), ""
    while True:
        *rows, end = read(api, f"?limit=50{query}")
        lines += rows
        if not end["more"]:
            return lines
        query = f"&after={end['cursor']}"


def test_the_feed_tells_what_a_report_tells_and_in_the_same_steps(programs: Api) -> None:
    body = sent(programs, "counting", CROWD)
    act(body)
    assert of(whole(programs), body) == []
    long_ago(body)
    [line] = of(whole(programs), body)
    shown = programs.call("GET", f"/api/messages/{body['message_id']}/report").json()
    assert line["kind"] == "report"
    assert line["report"] == shown
    assert shown["step"] > 1
    assert line["message"]["sender"]["address"] == MIA
    assert not line["message"]["mine"]
    assert [of(whole(programs), body)] == [[line]]


def test_of_few_the_feed_has_no_numbers(programs: Api) -> None:
    body = sent(programs, "pseudonymous", "user1@company.com", "user2@company.com")
    act(body)
    long_ago(body)
    [line] = of(whole(programs), body)
    assert line["report"]["withheld"] == "too_few"
    assert not any(line["report"][name] for name in NUMBERS)


def test_of_single_people_programs_see_nothing_unless_an_admin_says_so(programs: Api) -> None:
    body = sent(programs, "individual", SALES)
    act(body)
    long_ago(body)
    [line] = of(whole(programs), body)
    assert line["report"] is None
    dashboard = programs.as_person(DASHBOARD)
    for path in ("report", "report/recipients"):
        answer = dashboard.call("GET", f"/api/messages/{body['message_id']}/{path}")
        assert_problem(answer, 403, "not_allowed")
    assert not viewed(body)


def viewed(body: Any) -> list[str]:
    rows = services().audit.trail.read(Search(kind="recipients_viewed"), 1000).rows
    return [row.actor for row in rows if row.subject == body["message_id"]]


def test_each_look_of_a_program_at_single_people_is_recorded_under_its_own_id(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = let_in(individual, monkeypatch, "recipients")
    body = sent(api, "individual", "user1@company.com")
    act(body)
    long_ago(body)
    [line] = of(whole(api), body)
    assert line["report"]["opened_by"]
    principal = next(app.principal for app in api.sandbox.world.apps.values() if app.name == DASHBOARD)
    assert viewed(body) == [principal]
    answer = api.as_person(DASHBOARD).call("GET", f"/api/messages/{body['message_id']}/report/recipients")
    assert [row["address"] for row in answer.json()["rows"]] == ["user1@company.com"]
    assert viewed(body) == [principal, principal]


def test_a_reader_goes_on_behind_any_line(programs: Api) -> None:
    bodies = [sent(programs, "counting", CROWD) for _ in range(3)]
    for days, body in zip((4, 3, 2), bodies, strict=True):
        long_ago(body, days)
    lines = whole(programs)
    ids = [line["id"] for line in lines]
    assert ids == sorted(set(ids))
    for at, line in enumerate(lines[-3:], len(lines) - 3):
        *rest, _ = read(programs, f"?after={line['cursor']}&limit=1000")
        assert [one["id"] for one in rest] == ids[at + 1 :]


def test_a_deleted_mail_says_that_it_is_gone(programs: Api) -> None:
    body = sent(programs, "counting", CROWD)
    long_ago(body)
    *_, last = whole(programs)
    assert programs.call("DELETE", f"/api/messages/{body['message_id']}").status_code == 204
    programs_feed = services().tracking.outlets.feed
    later = services().now() + timedelta(minutes=3)
    programs_feed._now = lambda: later
    lines = of(read(programs, f"?after={last['cursor']}&limit=1000"), body)
    assert [line["kind"] for line in lines] == ["gone"]
    assert lines[0]["message_id"] == body["message_id"]
    assert [line["kind"] for line in of(whole(programs), body)] == ["gone"]


def test_a_program_sees_messages_and_the_security_teams_one_the_trail_and_neither_the_other(
    programs: Api,
) -> None:
    body = sent(programs, "counting", CROWD)
    dashboard, monitor = programs.as_person(DASHBOARD), programs.as_person(MONITOR)
    found = dashboard.call("GET", f"/api/messages/{body['message_id']}")
    assert found.json()["message_id"] == body["message_id"]
    assert body["message_id"] in dashboard.call("GET", "/api/messages?limit=1000").text
    assert monitor.call("GET", "/api/audit").json()["rows"]
    assert_problem(dashboard.call("GET", "/api/audit"), 403, "not_allowed")
    assert_problem(monitor.call("GET", "/api/feed"), 403, "not_allowed")
    assert_problem(dashboard.call("DELETE", f"/api/messages/{body['message_id']}"), 403, "not_allowed")


def test_the_sample_copies_the_feed_and_goes_on_where_it_was(programs: Api, tmp_path: Path) -> None:
    world = programs.sandbox.world
    environ = os.environ | {
        "ROLLCALL_URL": programs.origin,
        "ROLLCALL_API": world.tenant.client_id,
        "ENTRA_TENANT": world.tenant.tenant_id,
        "ENTRA_CLIENT": next(app.client_id for app in world.apps.values() if app.name == DASHBOARD),
        "ENTRA_SECRET": "dashboard-secret",
        "ENTRA_AUTHORITY": world.origin,
    }
    results = tmp_path / "results.db"
    for copied in range(2):
        body = sent(programs, "counting", CROWD)
        long_ago(body, 3 - copied)
        command = [sys.executable, str(ROOT / "docs" / "samples" / "feed.py"), str(results)]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        with sqlite3.connect(results) as database:
            kept = database.execute("select line from result order by id").fetchall()
        assert [json.loads(line) for (line,) in kept] == [
            line for line in whole(programs) if line["kind"] == "report"
        ]
        assert body["message_id"] in str(kept)
