"""Exchange beside Graph, through the public door."""

from __future__ import annotations

import threading
import time
import uuid

import pytest

from shared.services.process import services
from tests.support.amounts import at_least, exactly
from tests.support.api import ADA, ALL, SALES, Api, assert_problem

# -- Exchange beside Graph


@pytest.fixture
def whole(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """Every directory connected."""
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph,exchange,ews")
    monkeypatch.setenv("ROLLCALL_DYNAMIC_LISTS", "present")
    services.cache_clear()
    assert api.connect().status_code == 200
    return api


def test_a_dynamic_list_is_counted_once_exchange_is_connected(whole: Api) -> None:
    body = whole.expand("everyone-dynamic@company.com", SALES).json()
    assert body["complete"], body["problems"]
    plan = {entry["address"]: (entry["directory"], entry["kind"]) for entry in body["lists"]}
    assert plan["everyone-dynamic@company.com"] == ("exchange", "dynamic_distribution_list")
    assert plan[SALES] == ("exchange", "distribution_list")
    ages = {entry["address"]: entry["as_of"] for entry in body["lists"]}
    assert ages[SALES] is None
    assert ages["everyone-dynamic@company.com"]


def test_the_whole_company_is_the_same_read_from_exchange_as_from_graph(whole: Api) -> None:
    body = whole.expand(ALL).json()
    assert body["complete"], body["problems"]
    assert body["count"] == exactly(15)
    assert {entry["directory"] for entry in body["lists"]} == {"exchange", "graph"}


def test_a_complete_count_says_beside_it_that_delivery_is_not_known_and_why(whole: Api) -> None:
    body = whole.expand(ALL).json()
    assert body["complete"]
    assert body["delivery"]["known"] is False
    lists = {doubt["code"]: doubt["lists"] for doubt in body["delivery"]["doubts"]}
    assert lists == {
        "followers": ["engineering@company.com"],
        "restricted": [],
        "outside": [],
        "forwarding": [],
    }
    assert all(doubt["text"].endswith(".") for doubt in body["delivery"]["doubts"])


def test_recipients_are_told_in_the_script_that_people_read(whole: Api) -> None:
    body = whole.expand("Info@Müller.example", "ann@xn--mller-kva.example").json()
    page = whole.call("GET", f"/api/expansions/{body['id']}/recipients").json()
    assert [row["address"] for row in page["rows"]] == ["ann@müller.example", "info@müller.example"]


def test_what_a_sender_wants_to_know_before_send_is_in_the_answer(
    whole: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_LARGE_LIST", "14")
    monkeypatch.setenv("ROLLCALL_DAILY_RECIPIENTS", "14")
    services.cache_clear()
    body = whole.expand(ALL, SALES, "new-starters@company.com").json()
    assert [(warning["code"], warning["list"]) for warning in body["warnings"]] == [
        ("daily_limit", None),
        ("external_recipients", None),
        ("large_list", ALL),
        ("empty_list", "new-starters@company.com"),
    ]
    assert body["mailboxes"] == {"shared": 1, "room": 0, "equipment": 0}
    assert whole.call("GET", f"/api/expansions/{body['id']}").json() == body


def test_while_exchange_is_read_graphs_count_shows_as_provisional(whole: Api) -> None:
    whole.sandbox.world.faults.set([{"service": "exchange", "delay": 1.5}])
    identifier = str(uuid.uuid4())
    posting = threading.Thread(target=whole.expand, args=[ALL], kwargs={"id": identifier})
    posting.start()
    seen: set[int | None] = set()
    until = time.monotonic() + 30
    while posting.is_alive() and time.monotonic() < until:
        time.sleep(0.2)
        answer = whole.call("GET", f"/api/expansions/{identifier}").json()
        if answer.get("state") == "running":
            seen.add(answer["progress"]["provisional"])
    posting.join()
    assert 15 in seen
    assert whole.call("GET", f"/api/expansions/{identifier}").json()["complete"]


def test_ews_takes_over_where_the_admin_api_is_not_there(whole: Api) -> None:
    whole.sandbox.world.switches.set(exchange_api_disabled=True)
    body = whole.expand("everyone-dynamic@company.com", SALES).json()
    assert body["complete"], body["problems"]
    assert {entry["directory"] for entry in body["lists"]} == {"ews"}


def test_with_exchange_closed_graph_counts_and_says_once_what_it_did_not_see(whole: Api) -> None:
    whole.sandbox.world.switches.set(exchange_api_disabled=True, ews_disabled=True)
    body = whole.expand(SALES).json()
    assert (body["complete"], body["count"]) == (False, at_least(4))
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("dynamic_not_visible", None)]


def test_an_admin_sees_who_is_missing_in_which_directory(whole: Api) -> None:
    admin = whole.as_person(ADA)
    same = admin.call("POST", "/api/connection/test", json={"address": ALL}).json()
    assert {reading["directory"] for reading in same["readings"]} == {"graph", "exchange", "ews"}
    counts = {reading["directory"]: reading["count"] for reading in same["readings"]}
    assert (counts["graph"], counts["exchange"]) == (at_least(15), exactly(15))
    other = admin.call(
        "POST", "/api/connection/test", json={"address": "everyone-dynamic@company.com"}
    ).json()
    assert not other["agree"]
    by_name = {reading["directory"]: reading for reading in other["readings"]}
    assert by_name["graph"]["count"] == at_least(0)
    assert by_name["graph"]["missing_count"] == by_name["exchange"]["count"]["at_least"] > 0
    assert "user1@company.com" in by_name["graph"]["missing"]


def test_a_sender_does_not_compare_directories(whole: Api) -> None:
    assert_problem(whole.call("POST", "/api/connection/test", json={"address": ALL}), 403, "not_allowed")
