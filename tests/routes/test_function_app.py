"""The app through its public door: over HTTP on the local host, with the sandbox and Azurite behind it."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
import requests

from sandbox.stack.cookies import taken
from shared.services.process import services
from tests.support.amounts import UNKNOWN, at_least, exactly
from tests.support.api import ADA, ALL, MIA, NOAH, SALES, Api, assert_problem

NAMES = ["Olivia Hart", "Marcus Lindqvist", "Priya Nair", "Tomás Rivera"]

# -- the main job


def test_the_mission_a_typed_list_becomes_four_unique_recipients(api: Api) -> None:
    answer = api.expand(SALES)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["state"], body["complete"], body["count"]) == ("done", True, exactly(4))
    assert [(entry["name"], entry["members"], entry["recipients"]) for entry in body["lists"]] == [
        ("Sales Team", exactly(3), exactly(4)),
        ("Regional Managers", exactly(2), exactly(2)),
    ]
    assert body["lists"][1]["parent"] == body["lists"][0]["id"]
    page = api.call("GET", f"/api/expansions/{body['id']}/recipients").json()
    sales, managers = (entry["id"] for entry in body["lists"])
    known = {"list": sales, "more_lists": 0}, {"list": managers, "more_lists": 0}
    assert page == {
        "rows": [
            {"address": f"user{n}@company.com", "name": name} | known[n > 2]
            for n, name in enumerate(NAMES, 1)
        ],
        "total": 4,
        "next": None,
        "groups": [],
        "draw": "",
    }


def test_the_balance_sheet_of_the_whole_company_adds_up(api: Api) -> None:
    body = api.expand(ALL).json()
    balance = body["balance"]
    assert balance.pop("members_read") == sum(balance.values())
    assert body["complete"]
    assert body["external"] == exactly(2)
    assert balance["duplicates"] >= 1
    assert balance["without_address"] == 1
    assert balance["not_mail"] == 2


def test_graph_alone_says_once_that_it_does_not_see_dynamic_lists(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_DYNAMIC_LISTS", "present")
    services.cache_clear()
    body = api.expand(ALL).json()
    assert not body["complete"]
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("dynamic_not_visible", None)]
    assert api.expand("engineering@company.com").json()["complete"]  # a Microsoft 365 group holds no lists


def test_lists_aliases_people_and_strangers_may_be_typed_together(api: Api) -> None:
    body = api.expand(" Everybody@Company.com", ALL, "olivia.hart@company.com", "new@partner.example").json()
    alone = api.expand(ALL).json()
    assert body["count"] == exactly(alone["count"]["at_most"] + 1)
    assert body["external"] == exactly(alone["external"]["at_most"] + 1)
    assert body["balance"]["duplicates"] == alone["balance"]["duplicates"] + 2


def test_a_list_whose_members_are_hidden_is_named_and_the_count_is_not_called_complete(api: Api) -> None:
    body = api.expand("board@company.com", "mia.sender@company.com").json()
    assert (body["complete"], body["count"]) == (False, at_least(1))
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("hidden_membership", "board@company.com")]


def test_an_unknown_address_of_our_own_domain_is_a_problem_and_no_guess(api: Api) -> None:
    body = api.expand("sales-taem@company.com").json()
    assert (body["complete"], body["count"]) == (False, UNKNOWN)
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("not_found", "sales-taem@company.com")]


def test_an_expansion_can_be_asked_for_again_and_forgotten(api: Api) -> None:
    identifier = str(uuid.uuid4())
    first = api.expand(SALES, id=identifier).json()
    assert api.call("GET", f"/api/expansions/{identifier}").json() == first
    assert api.expand(SALES, id=identifier).json() == first
    assert api.call("DELETE", f"/api/expansions/{identifier}").status_code == 204
    for path in ("", "/recipients"):
        assert_problem(api.call("GET", f"/api/expansions/{identifier}{path}"), 404, "not_found")


def test_progress_can_be_watched_and_the_result_picked_up_after_the_connection_broke(api: Api) -> None:
    api.sandbox.world.faults.set([{"service": "graph", "path": "members", "delay": 1.5}])
    identifier = str(uuid.uuid4())
    with pytest.raises(requests.Timeout):
        requests.post(
            f"{api.origin}/api/expansions",
            json={"addresses": [ALL], "id": identifier},
            headers={"Authorization": f"Bearer {api.sandbox.caller_token(MIA)}"},
            timeout=0.5,
        )
    seen = api.call("GET", f"/api/expansions/{identifier}").json()
    assert seen["state"] == "running"
    assert seen["progress"]["lists_known"] >= 0
    until = time.monotonic() + 20
    while seen["state"] == "running" and time.monotonic() < until:
        time.sleep(0.2)
        seen = api.call("GET", f"/api/expansions/{identifier}").json()
    assert seen["complete"] is True


# -- bad input


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"", 400, "body"),
        (b"{", 400, "body"),
        (b"\xff\xfe", 400, "body"),
        (b"[]", 400, "$"),
        (b"{}", 400, "$.addresses"),
        (b'{"addresses": []}', 400, "$.addresses"),
        (b'{"addresses": "sales@company.com"}', 400, "$.addresses"),
        (b'{"addresses": [1]}', 400, "$.addresses[0]"),
        (b'{"addresses": ["my friends", "sales"]}', 400, "$.addresses[0]"),
        (b'{"addresses": ["a@b.example"], "subject": "hello"}', 400, "$.subject"),
        (b'{"addresses": ["a@b.example"], "id": "../../x"}', 400, "$.id"),
        (json.dumps({"addresses": ["a@b.example"] * 501}).encode(), 400, "$.addresses"),
        (b'{"addresses": ["' + b"x" * 10_000_000 + b'"]}', 413, "body"),
        (b'{"id":' + b"[" * 100_000, 400, "$.id"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_gets_a_4xx_that_names_the_field(
    unconnected: Api, body: bytes, status: int, field: str
) -> None:
    answer = unconnected.call(
        "POST", "/api/expansions", data=body, headers={"Content-Type": "application/json"}
    )
    assert_problem(answer, status, "invalid_request", field)


def test_another_content_type_is_refused(unconnected: Api) -> None:
    answer = unconnected.call("POST", "/api/expansions", data="addresses=a@b.example")
    assert_problem(answer, 415, "invalid_request", "content-type")


def test_a_chunked_body_is_told_apart_from_an_empty_one(unconnected: Api) -> None:
    answer = unconnected.call(
        "POST",
        "/api/expansions",
        data=iter([b'{"addresses": ["a@b.example"]}']),
        headers={"Content-Type": "application/json"},
    )
    assert_problem(answer, 411, "invalid_request", "body")


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=10001", "limit=1.5"])
def test_a_page_that_cannot_be_is_refused_by_parameter(unconnected: Api, query: str) -> None:
    answer = unconnected.call("GET", f"/api/expansions/{uuid.uuid4()}/recipients?{query}")
    assert_problem(answer, 400, "invalid_request", query.partition("=")[0])


def test_the_same_id_for_other_addresses_is_a_conflict(api: Api) -> None:
    identifier = api.expand(SALES).json()["id"]
    assert_problem(api.expand(ALL, id=identifier), 409, "conflict")


# -- callers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/expansions"),
        ("GET", "/api/expansions/12345678"),
        ("DELETE", "/api/expansions/12345678"),
        ("GET", "/api/expansions/12345678/recipients"),
        ("GET", "/api/connection/start"),
        ("POST", "/api/connection/test"),
    ],
)
@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer nonsense", "Basic YTpi"])
def test_no_route_answers_without_an_access_token(
    unconnected: Api, method: str, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = requests.request(method, unconnected.origin + path, headers=headers, json={}, timeout=30)
    assert_problem(answer, 401, "not_authenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"exp": 1_700_000_000}, 401),
        ({"aud": "00000003-0000-0000-c000-000000000000"}, 401),
        ({"iss": "https://login.microsoftonline.com/other/v2.0"}, 401),
        ({"tid": str(uuid.uuid4())}, 403),
        ({"azp": str(uuid.uuid4())}, 403),
        ({"scp": "User.Read"}, 403),
        ({"roles": None}, 403),
    ],
    ids=str,
)
def test_an_access_token_that_is_not_meant_for_this_is_refused(
    unconnected: Api, claims: dict[str, Any], status: int
) -> None:
    access_token = unconnected.sandbox.caller_token(MIA, **claims)
    answer = unconnected.call(
        "GET", "/api/expansions/12345678", headers={"Authorization": f"Bearer {access_token}"}
    )
    assert answer.status_code == status, answer.text


def test_another_senders_expansion_is_not_there(api: Api) -> None:
    identifier = api.expand(SALES).json()["id"]
    for person in (NOAH, ADA):
        other = api.as_person(person)
        assert_problem(other.call("GET", f"/api/expansions/{identifier}"), 404, "not_found")
        assert_problem(other.call("GET", f"/api/expansions/{identifier}/recipients"), 404, "not_found")
        assert_problem(other.call("DELETE", f"/api/expansions/{identifier}"), 404, "not_found")
    assert api.call("GET", f"/api/expansions/{identifier}").status_code == 200


def test_a_sender_does_not_connect_the_service_account(unconnected: Api) -> None:
    assert_problem(unconnected.call("GET", "/api/connection/start"), 403, "not_allowed")


# -- the service account


def test_nothing_is_expanded_before_an_account_is_connected(unconnected: Api) -> None:
    answer = unconnected.expand(SALES)
    assert answer.status_code == 503
    assert answer.json()["code"] == "no_account"


def test_a_callback_works_once(unconnected: Api) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    first = requests.get(callback, cookies=taken(start), timeout=30)
    assert first.status_code == 200
    assert "rollcall-service@company.com" in first.text
    again = requests.get(callback, cookies=taken(start), timeout=30)
    assert again.status_code == 400
    assert "used already" in again.text


def test_a_callback_with_a_state_of_ones_own_making_goes_nowhere(unconnected: Api) -> None:
    answer = requests.get(
        f"{unconnected.origin}/api/connection/callback?code=x&state=<script>alert(1)</script>", timeout=30
    )
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_no_page_takes_an_access_token_from_a_person(unconnected: Api) -> None:
    assert requests.get(f"{unconnected.origin}/api/connection/sign-in", timeout=30).status_code == 404


def test_the_end_of_a_sign_in_leads_back_to_the_connection_and_runs_nothing(unconnected: Api) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    connected = requests.get(callback, cookies=taken(start), timeout=30)
    refused = requests.get(callback, cookies=taken(start), timeout=30)
    consented = requests.get(f"{unconnected.origin}/api/connection/callback?admin_consent=True", timeout=30)
    assert [page.status_code for page in (connected, refused, consented)] == [200, 400, 200]
    for page in (connected, refused, consented):
        assert '<a href="/addin/pages.html#/connection">' in page.text
        assert "<script" not in page.text
        assert "script-src" not in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_other_notices_lead_nowhere(unconnected: Api) -> None:
    assert "<a " not in requests.get(f"{unconnected.origin}/c/forged", timeout=30).text


def test_a_declined_sign_in_is_said_plainly(unconnected: Api) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    state = start.json()["authorize_url"].partition("state=")[2].partition("&")[0]
    answer = requests.get(
        f"{unconnected.origin}/api/connection/callback?error=access_denied&error_description=AADSTS65004&state={state}",
        cookies=taken(start),
        timeout=30,
    )
    assert answer.status_code == 503
    assert "AADSTS65004: " not in answer.text
