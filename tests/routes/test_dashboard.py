"""The dashboard through the public door: whose mails are in it, and that it tells what reports tell."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from shared.services.process import services
from tests.support.api import ADA, ALL, MIA, NOAH, Api, assert_problem
from tests.support.tracked_mails import register, visit


@pytest.fixture
def mark() -> str:
    return f"m{uuid.uuid4().hex[:10]}"


def dashboard(api: Api, mark: str, **more: str) -> dict[str, Any]:
    answer = api.call("GET", f"/api/dashboard?{urlencode({'campaign': mark, **more})}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def send(api: Api, mark: str, to: str = ALL, mode: str = "counting", **labels: Any) -> Any:
    expansion = api.expand(to).json()["id"]
    body = register(api, mode, expansion_id=expansion, labels={"campaign": mark, **labels})
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def test_it_tells_what_the_reports_tell(api: Api, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    mails = [send(api, mark, name=f"Mail {number}") for number in range(3)]
    for mail in mails:
        visit(mail["pixel_url"])
    found = dashboard(api, mark)
    assert (found["total"]["mails"], found["total"]["recipients"]) == (3, {"at_least": 45, "at_most": 45})
    assert found["total"]["opened"]["mails"] == 3
    assert [mail["name"] for mail in found["mails"]] == ["Mail 2", "Mail 1", "Mail 0"]
    assert found["campaigns"][0]["name"] == mark
    assert found["senders"][0]["name"] == MIA


def test_no_number_is_in_it_that_the_report_withholds(api: Api, mark: str) -> None:
    mail = send(api, mark)
    visit(mail["pixel_url"])
    send(api, mark, to="regional-managers@company.com")
    found = dashboard(api, mark)
    assert found["withheld"] == {"not_yet": 1, "too_few": 1}
    assert found["total"]["opened"]["mails"] == 0
    assert [line["opened_by"] for line in found["mails"]] == [None, None]


def test_of_a_mail_that_names_people_none_or_all_is_never_said(individual: Api, mark: str) -> None:
    mail = send(individual, mark, mode="individual")
    report = individual.call("GET", f"/api/messages/{mail['message_id']}/report").json()
    assert report["opened_by"] == {"at_least": 0, "at_most": 0}
    line = dashboard(individual, mark)["mails"][0]
    assert line["opened_by"] == {"at_least": 0, "at_most": 4}
    records = individual.as_person(ADA).call("GET", "/api/audit?kind=recipients_viewed").json()["rows"]
    assert sum(one["subject"] == mail["message_id"] for one in records) == 1  # the report


def test_everybody_sees_in_it_what_they_may_see(api: Api, mark: str) -> None:
    mail = send(api, mark)["message_id"]
    noah = api.as_person(NOAH)
    assert (
        dashboard(api, mark)["total"]["mails"] == dashboard(api.as_person(ADA), mark)["total"]["mails"] == 1
    )
    assert dashboard(noah, mark)["total"]["mails"] == 0
    api.call("PUT", f"/api/messages/{mail}/readers", json={"addresses": [NOAH]})
    assert dashboard(noah, mark)["total"]["mails"] == 1
    api.call("PUT", f"/api/messages/{mail}/readers", json={"addresses": []})
    assert dashboard(noah, mark)["total"]["mails"] == 0


def test_a_new_name_and_a_deletion_are_in_it_at_once(api: Api, mark: str) -> None:
    mail = send(api, mark, name="Before")["message_id"]
    assert dashboard(api, mark)["mails"][0]["name"] == "Before"
    api.call("PATCH", f"/api/messages/{mail}", json={"name": "After"})
    assert dashboard(api, mark)["mails"][0]["name"] == "After"
    api.call("DELETE", f"/api/messages/{mail}")
    assert dashboard(api, mark)["total"]["mails"] == 0


def audience(api: Api, mark: str) -> dict[str, Any]:
    answer = api.call("GET", f"/api/dashboard/audience?{urlencode({'campaign': mark})}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_people_who_got_several_mails_count_once(
    api: Api, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    for _ in range(2):
        send(api, mark)
    send(api, mark, to="regional-managers@company.com")
    found = audience(api, mark)
    assert (found["mails"], found["people"]) == (3, {"at_least": 15, "at_most": 15})
    assert [(level["mails"], level["people"]["at_least"]) for level in found["levels"]] == [
        (1, 15),
        (2, 15),
        (3, 2),
    ]
    assert audience(api.as_person(NOAH), mark)["untold"] == "unknown"
    assert audience(api.as_person(ADA), mark)["mails"] == 3


def test_whom_mails_reached_is_told_in_steps(api: Api, mark: str) -> None:
    for _ in range(2):
        send(api, mark)
    found = audience(api, mark)
    assert found["step"] == 20
    for level in found["levels"]:
        assert level["people"]["at_least"] <= 15 <= level["people"]["at_most"]
        assert level["people"]["at_least"] in (0, *range(5, 16))


@pytest.mark.parametrize(
    "query",
    [
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "2026-01-01", "until": "2026-01-01"},
        {"since": "2010-01-01", "until": "2026-01-01"},
    ],
)
def test_a_period_that_is_none_is_refused(api: Api, query: dict[str, str]) -> None:
    assert_problem(api.call("GET", f"/api/dashboard?{urlencode(query)}"), 400, "invalid_request", "since")


def test_a_time_zone_that_is_none_is_refused(api: Api) -> None:
    assert_problem(api.call("GET", "/api/dashboard?zone=Europe/Nowhere"), 400, "invalid_request", "zone")
