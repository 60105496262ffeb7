"""A mail that Outlook delivers later: the server is told, and its clock waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.services.process import services
from tests.support.api import Api, assert_problem
from tests.support.tracked_mails import register


def at(**ahead: float) -> str:
    """So long from now, as a pane writes it."""
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def sent(api: Api) -> str:
    """Where a registered mail is said to be sent."""
    return f"/api/messages/{register(api)['message_id']}/sent"


def moment(answer: Any) -> datetime:
    return datetime.fromisoformat(answer.json()["deliver_at"])


def test_the_set_time_is_kept_and_shown_beside_the_time_of_sending(api: Api, sent: str) -> None:
    told = at(hours=8)
    answer = api.call("POST", f"{sent}?deliver_at={told}")
    assert moment(answer) == datetime.fromisoformat(told)
    path = sent.removesuffix("/sent")
    listed = next(one for one in api.call("GET", "/api/messages").json()["rows"] if one["message_id"] in path)
    report = api.call("GET", f"{path}/report").json()
    assert listed["deliver_at"] == report["deliver_at"] == answer.json()["deliver_at"]
    assert report["sent_at"] < report["deliver_at"]


@pytest.mark.parametrize("query", ["", f"?deliver_at={at(hours=-1)}"])
def test_a_mail_without_such_a_time_or_whose_time_has_passed_is_delivered_at_once(
    api: Api, sent: str, query: str
) -> None:
    assert api.call("POST", sent + query).json()["deliver_at"] is None


def test_a_time_more_than_a_year_away_is_refused_by_name(api: Api, sent: str) -> None:
    assert_problem(
        api.call("POST", f"{sent}?deliver_at={at(days=400)}"), 400, "invalid_request", "deliver_at"
    )
    assert api.call("POST", sent).json()["deliver_at"] is None


def test_once_it_counts_another_time_changes_nothing_until_it_is_said_not_to_be_sent(
    api: Api, sent: str
) -> None:
    first = moment(api.call("POST", f"{sent}?deliver_at={at(hours=8)}"))
    assert moment(api.call("POST", f"{sent}?deliver_at={at(hours=9)}")) == first
    assert api.call("DELETE", sent).json()["deliver_at"] is None
    assert moment(api.call("POST", f"{sent}?deliver_at={at(hours=9)}")) > first


def test_numbers_that_come_out_at_fixed_times_wait_for_the_delivery(
    api: Api, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = sent.removesuffix("/sent"), timedelta(hours=8)
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "2")
    monkeypatch.setenv("ROLLCALL_PUBLISHED_AFTER", "3600")
    services.cache_clear()
    api.call("POST", f"{sent}?deliver_at={at(hours=8)}")
    report = api.call("GET", f"{path}/report").json()
    assert report["withheld"] == "not_yet"
    after_sending = datetime.fromisoformat(report["next_at"]) - datetime.fromisoformat(report["sent_at"])
    assert abs(after_sending - wanted - timedelta(hours=1)) < timedelta(minutes=1)
