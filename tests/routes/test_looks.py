"""What shows single people's acts is recorded because of what it shows; what is done with a mail is too."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import routes
from shared.errors import StoreUnavailable
from shared.services.process import services
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.report import FEW, LinkReport, Report, unmeasured
from tests.support.amounts import exactly
from tests.support.api import ADA, MIA, NOAH, Api, assert_problem
from tests.support.storage_rows import message as untold
from tests.support.tracked_mails import register, visit


def records(api: Api, message: str) -> list[tuple[str, dict[str, Any]]]:
    """What is recorded of a message, oldest first: kinds, and facts."""
    found = api.as_person(ADA).call("GET", "/api/audit?limit=200").json()["rows"]
    return [(one["kind"], json.loads(one["facts"])) for one in reversed(found) if one["subject"] == message]


def kinds(api: Api, message: str) -> list[str]:
    return [kind for kind, _ in records(api, message)]


def to_one(api: Api, mode: str) -> Any:
    """A mail to one person, sent and opened."""
    counted = api.expand("user1@company.com").json()["id"]
    body = register(api, mode, counted)
    api.call("POST", f"/api/messages/{body['message_id']}/sent")
    visit(body["pixel_url"] or body["recipients"]["rows"][0]["pixel_url"])
    return body["message_id"]


def test_the_report_of_one_recipient_who_is_told_apart_is_a_look_at_one_person(individual: Api) -> None:
    message = to_one(individual, "individual")
    report = individual.call("GET", f"/api/messages/{message}/report").json()
    assert (report["recipients"], report["opened_by"]["at_least"]) == (exactly(1), 1)
    assert kinds(individual, message)[-1] == "recipients_viewed"
    assert records(individual, message)[-1][1]["after"] is None


@pytest.mark.parametrize("person", [MIA, NOAH, ADA])
@pytest.mark.parametrize("way", ["report", "report/recipients", "report.csv", "report.xlsx"])
def test_every_way_to_single_people_is_recorded_before_it_is_shown(
    person: str, way: str, individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = to_one(individual, "individual")
    individual.call("PUT", f"/api/messages/{message}/readers", json={"addresses": [NOAH]})
    reader, path = individual.as_person(person), f"/api/messages/{message}/{way}"
    before = len(kinds(individual, message))
    assert reader.call("GET", path).status_code == 200
    [kind] = kinds(individual, message)[before:]
    assert kind == ("report_exported" if way in ("report.csv", "report.xlsx") else "recipients_viewed")

    def fail(record: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(services().audit.trail, "add", fail)
        answer = reader.call("GET", path)
    assert_problem(answer, 503, "store_unavailable")
    assert "opened" not in answer.text
    individual.call("DELETE", f"/api/messages/{message}")


@pytest.mark.parametrize(("smallest", "is_look"), [("5", False), ("1", True)])
@pytest.mark.parametrize("mode", ["counting", "pseudonymous"])
def test_a_report_in_steps_is_no_look_at_a_person_and_one_that_lets_all_out_is(
    mode: str, smallest: str, is_look: bool, individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = to_one(individual, mode)
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", smallest)
    services.cache_clear()
    assert individual.call("GET", f"/api/messages/{message}/report").status_code == 200
    assert ("recipients_viewed" in kinds(individual, message)) is is_look


def report(mode: Mode, recipients: int, *ranges: Sequence[int], step: int = 1) -> Report:
    """A report in which so many people opened, clicked, and followed each link."""
    opened, clicked, *links = [PeopleCount(*ends) for ends in ranges]
    mail = replace(untold(), mode=mode, recipients=recipients)
    told = [LinkReport("https://company.com", None, people) for people in links]
    return replace(unmeasured(mail, mail.created_at, 1, step, told), opened_by=opened, clicked_by=clicked)


@pytest.mark.parametrize(
    ("recipients", "ranges", "shows"),
    [
        (FEW - 1, [(1, 2), (1, 2)], True),
        (FEW, [(1, 2), (1, 2)], False),
        (100, [(40, 60), (10, 12), (1, 5)], False),
        (100, [(100, 100), (10, 12)], True),  # all opened
        (100, [(40, 60), (0, 0)], True),  # nobody clicked
        (100, [(40, 60), (10, 12), (0, 0)], True),  # nobody followed that link
        (100, [(40, 60), (10, 12), (100, 100)], True),
        (100, [(0, 60), (0, 12)], False),  # nobody knows
    ],
)
def test_few_all_and_none_are_single_people(recipients: int, ranges: Sequence[Any], shows: bool) -> None:
    for mode in Mode:
        assert report(mode, recipients, *ranges).shows_single_people is shows
        assert not report(mode, recipients, *ranges, step=20).shows_single_people


def test_no_route_reaches_a_report_but_through_the_guard() -> None:
    """Else the next route would have to remember."""
    reached = {
        (path.name, node.attr)
        for path in Path(routes.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("reports", "journal_table", "summary_table")
    }
    assert reached == set()


# -- what is done with a mail


def test_registered_sent_unsent_and_sent_again_is_in_the_trail(api: Api) -> None:
    body = register(api)
    message = body["message_id"]
    path = f"/api/messages/{message}/sent"
    first = api.call("POST", path).json()["sent_at"]
    api.call("POST", path)  # changes nothing, so it is no deed
    api.call("DELETE", path)
    api.call("DELETE", path)
    again = api.call("POST", path).json()["sent_at"]
    assert again > first
    api.call("DELETE", f"/api/messages/{message}")
    told = records(api, message)
    assert [kind for kind, _ in told] == [
        "message_registered",
        "message_sent",
        "message_unsent",
        "message_sent",
        "message_deleted",
    ]
    registered, unsent = told[0][1], told[2][1]
    assert (registered["mode"], registered["count"], registered["links"]) == ("counting", 4, 2)
    assert registered["hosts"] == ["company.com"]
    assert datetime.fromisoformat(unsent["counted_since"]) == datetime.fromisoformat(first)


def test_a_lost_answer_that_is_asked_for_again_is_registered_once(api: Api) -> None:
    counted = api.expand("user1@company.com").json()["id"]
    first = register(api, expansion_id=counted)["message_id"]
    assert register(api, expansion_id=counted)["message_id"] == first
    assert kinds(api, first) == ["message_registered"]


@pytest.mark.parametrize(
    ("method", "stage"), [("POST", "registered"), ("DELETE", "sent")], ids=["sending", "unsending"]
)
def test_what_cannot_be_recorded_does_not_move_the_start_of_counting(
    method: str, stage: str, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/messages/{register(api)['message_id']}/sent"
    if stage == "sent":
        api.call("POST", path)

    def fail(record: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(services().audit.trail, "add", fail)
        assert_problem(api.call(method, path), 503, "store_unavailable")
    listed = {one["message_id"]: one["stage"] for one in api.call("GET", "/api/messages").json()["rows"]}
    assert listed[path.split("/")[3]] == stage


def test_what_cannot_be_recorded_is_not_registered(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = api.expand("user1@company.com").json()["id"]
    new = {"expansion_id": counted, "mode": "counting", "sender": {"name": "Mia", "address": MIA}}

    def fail(record: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(services().audit.trail, "add", fail)
        assert_problem(api.call("POST", "/api/messages", json=new), 503, "store_unavailable")
    assert api.call("POST", "/api/messages", json=new).status_code == 201
