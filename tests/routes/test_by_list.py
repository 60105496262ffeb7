"""How each typed list did, and who joined and left, through the public door."""

from __future__ import annotations

from typing import Any

import pytest

from shared.services.process import services
from tests.support.api import ADA, ALL, SALES, Api
from tests.support.report_files import parts_of, sheets_in
from tests.support.tracked_mails import register, visit

CROWD, USER = "newsletter@company.com", "user4@company.com"


@pytest.fixture
def by_list(individual: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    monkeypatch.setenv("ROLLCALL_BY_LIST", "yes")
    services.cache_clear()
    return individual


def sent(api: Api, mode: str, *addresses: str, **more: Any) -> Any:
    body = register(api, mode, api.expand(*addresses).json()["id"], **more)
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def report(api: Api, body: Any) -> Any:
    return api.call("GET", f"/api/messages/{body['message_id']}/report").json()


def test_where_recipients_are_told_apart_each_list_is_told_of_in_the_report_and_its_files(
    by_list: Api,
) -> None:
    body = sent(by_list, "individual", CROWD, SALES)
    for mail in body["recipients"]["rows"][:30]:
        visit(mail["pixel_url"])
    told = {row["lists"][0]: row for row in report(by_list, body)["by_list"]}
    assert list(told) == [CROWD, SALES]
    expected = {
        entry["address"]: entry["recipients"] for entry in by_list.expand(CROWD, SALES).json()["lists"]
    }
    assert told[CROWD]["recipients"] == expected[CROWD]
    assert told[SALES]["opened_by"] is None  # four people
    assert told[CROWD]["opened_by"]["at_most"] > 0
    path = f"/api/messages/{body['message_id']}/report"
    rows = parts_of(by_list.call("GET", f"{path}.csv").content)["By list"]
    assert {row["item"] for row in rows} >= {CROWD, SALES}
    assert sheets_in(by_list.call("GET", f"{path}.xlsx").content)["By list"][0][:2] == ("List", "What")


def test_whoever_asks_what_is_kept_of_a_person_is_told_in_which_lists_they_are(by_list: Api) -> None:
    body = sent(by_list, "individual", SALES, "user3@company.com")
    found = by_list.as_person(ADA).call("GET", f"/api/people/{USER}").json()["received"]
    [kept] = [one["lists"] for one in found if one["message_id"] == body["message_id"]]
    assert kept == [SALES]
    answer = by_list.as_person(ADA).call("DELETE", f"/api/people/{USER}")
    assert answer.status_code == 200
    found = by_list.as_person(ADA).call("GET", f"/api/people/{USER}").json()["received"]
    assert body["message_id"] not in [one["message_id"] for one in found]


def test_where_nobody_may_know_whose_copy_is_whose_they_are_given_out_within_groups(by_list: Api) -> None:
    expansion = by_list.expand(CROWD, ALL).json()["id"]
    page = by_list.call("GET", f"/api/expansions/{expansion}/recipients?groups=yes&limit=10000").json()
    assert len(page["groups"]) == len(page["rows"]) > 0
    assert page["draw"]
    body = register(by_list, "pseudonymous", expansion, draw=page["draw"])
    assert services().tracking.message_table.find_by_id(body["message_id"]).by_list  # type: ignore[union-attr]
    for draw in ("", "0" * 16):
        body = register(by_list, "pseudonymous", by_list.expand(CROWD, ALL).json()["id"], draw=draw)
        assert not services().tracking.message_table.find_by_id(body["message_id"]).by_list  # type: ignore[union-attr]


def test_unless_an_administrator_says_so_nothing_is_kept_or_told_by_list(individual: Api) -> None:
    expansion = individual.expand(CROWD, SALES).json()["id"]
    page = individual.call("GET", f"/api/expansions/{expansion}/recipients?groups=yes").json()
    assert (page["groups"], page["draw"]) == ([], "")
    body = sent(individual, "individual", CROWD, SALES)
    assert report(individual, body)["by_list"] == []
    found = services().tracking.message_table
    message = found.find_by_id(body["message_id"])
    assert message
    assert found.find_members(message) is None


@pytest.mark.parametrize("mode", ["counting", "individual"])
def test_a_recurring_mail_says_how_many_joined_and_left(by_list: Api, mode: str) -> None:
    labels = {"campaign": f"Weekly {mode}"}
    first = sent(by_list, mode, CROWD, labels=labels)
    assert report(by_list, first)["turnover"] is None
    again = sent(by_list, mode, CROWD, SALES, labels=labels)
    found = report(by_list, again)["turnover"]
    assert found["left"] == {"at_least": 0, "at_most": 4}
    assert found["joined"]["at_least"] <= 4 <= found["joined"]["at_most"]
    assert [row["list"] for row in found["by_list"]] == [CROWD]
    message = by_list.call("GET", f"/api/messages/{again['message_id']}").json()
    assert message["turnover"] == found
    rows = parts_of(by_list.call("GET", f"/api/messages/{again['message_id']}/report.csv").content)["Summary"]
    assert {row["item"] for row in rows} >= {"Joined since", "Left since"}
