"""The app through its public door: over HTTP on the local host, with the sandbox and Azurite behind it."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import azure.functions as func
import pytest
import requests

from sandbox.stack.cookies import taken
from shared.services.process import services
from tests.support.api import ADA, ALL, MIA, NOAH, SALES, Api, assert_problem, functions

# -- the main job


def test_the_mission_a_typed_list_becomes_four_unique_recipients(api: Api) -> None:
    answer = api.expand(SALES)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["state"], body["complete"], body["count"]) == ("done", True, 4)
    assert [(entry["name"], entry["members"], entry["recipients"]) for entry in body["lists"]] == [
        ("Sales Team", 3, 4),
        ("Regional Managers", 2, 2),
    ]
    assert body["lists"][1]["parent"] == body["lists"][0]["id"]
    page = api.call("GET", f"/api/expansions/{body['id']}/recipients").json()
    expected = [f"user{n}@company.com" for n in range(1, 5)]
    assert page == {"addresses": expected, "total": 4, "next": None}


def test_the_balance_sheet_of_the_whole_company_adds_up(api: Api) -> None:
    body = api.expand(ALL).json()
    balance = body["balance"]
    assert balance.pop("members_read") == sum(balance.values())
    assert body["complete"]
    assert body["external"] == 2
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
    assert body["count"] == alone["count"] + 1
    assert body["external"] == alone["external"] + 1
    assert body["balance"]["duplicates"] == alone["balance"]["duplicates"] + 2


def test_a_list_whose_members_are_hidden_is_named_and_the_count_is_not_called_complete(api: Api) -> None:
    body = api.expand("board@company.com", "mia.sender@company.com").json()
    assert (body["complete"], body["count"]) == (False, 1)
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("hidden_membership", "board@company.com")]


def test_an_unknown_address_of_our_own_domain_is_a_problem_and_no_guess(api: Api) -> None:
    body = api.expand("sales-taem@company.com").json()
    assert (body["complete"], body["count"]) == (False, 0)
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


@pytest.mark.parametrize("query", ["start=-1", "start=x", "limit=0", "limit=10001", "limit=1.5"])
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


# -- what the outside does to us

BOUNDED = 60  # seconds; an answer must come before the platform gives up


FAULTS: dict[str, tuple[list[dict[str, Any]], Callable[[dict[str, Any]], bool]]] = {
    "Graph is down": (
        [{"service": "graph", "status": 503}],
        lambda body: body["status"] in (502, 503),
    ),
    "Graph closes connections": (
        [{"service": "graph", "drop": True}],
        lambda body: body["status"] == 502,
    ),
    "Graph answers HTML": (
        [{"service": "graph", "status": 200, "body": "<html>", "headers": {"content-type": "text/html"}}],
        lambda body: body["status"] == 502,
    ),
    "Graph throttles for a minute": (
        [{"service": "graph", "status": 429, "headers": {"Retry-After": "60"}}],
        lambda body: body["code"] == "throttled" and body["retry_after"] == 60,
    ),
    "Graph hiccups once": (
        [{"service": "graph", "path": "members", "times": 1, "status": 503, "headers": {"Retry-After": "1"}}],
        lambda body: body["complete"] and body["count"] == 4,
    ),
    "one nested list is refused": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 403}],
        lambda body: (
            not body["complete"]
            and body["count"] == 2
            and [(p["code"], p["list"]) for p in body["problems"]]
            == [("no_permission", "regional-managers@company.com")]
        ),
    ),
    "one nested list was deleted meanwhile": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 404}],
        lambda body: (
            not body["complete"]
            and body["count"] == 2
            and [(p["code"], p["list"]) for p in body["problems"]]
            == [("not_found", "regional-managers@company.com")]
        ),
    ),
    "the answer is cut off": (
        [{"service": "graph", "path": "d8a52325.*members", "truncate": 40}],
        lambda body: not body["complete"] and body["count"] == 2,
    ),
    "the directory's second page is throttled for long": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 429, "headers": {"Retry-After": "300"}}],
        lambda body: (
            not body["complete"]
            and [p["code"] for p in body["problems"]] == ["throttled"]
            and body["count"] == 2
        ),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_gives_a_clear_answer_and_never_a_wrong_count_called_complete(api: Api, name: str) -> None:
    rules, expected = FAULTS[name]
    api.sandbox.world.faults.set(rules)
    started = time.monotonic()
    body = api.expand(SALES).json()
    assert expected(body), body
    assert time.monotonic() - started < BOUNDED


def test_empty_pages_that_lead_on_are_followed(api: Api) -> None:
    api.sandbox.world.switches.set(empty_pages=True)
    body = api.expand(SALES).json()
    assert (body["complete"], body["count"]) == (True, 4)


def test_an_access_token_revoked_midway_leaves_what_was_counted_and_the_reason(api: Api) -> None:
    assert api.expand(SALES).json()["complete"]
    revoke = {"service": "graph", "path": "d8a52325.*members", "status": 401}
    api.sandbox.world.faults.set([revoke])
    api.sandbox.world.switches.set(sessions_revoked=True)
    body = api.expand(SALES).json()
    assert (body["complete"], body["count"]) == (False, 2)
    assert [(p["code"], p["list"]) for p in body["problems"]] == [
        ("service_account", "regional-managers@company.com")
    ]


def test_key_vault_down_is_said_to_be(unconnected: Api) -> None:
    unconnected.sandbox.world.faults.set([{"service": "vault", "status": 503}])
    assert_problem(unconnected.expand(SALES), 503, "vault_unavailable")


def test_table_storage_down_is_said_to_be(unconnected: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "ROLLCALL_STORAGE_CONNECTION",
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        "TableEndpoint=http://127.0.0.1:9/devstoreaccount1;",
    )
    assert_problem(unconnected.expand(SALES), 503, "store_unavailable")


def test_settings_that_are_missing_are_not_told_to_callers(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROLLCALL_TENANT_ID")
    answer = unconnected.expand(SALES)
    assert_problem(answer, 503, "not_configured")
    assert "ROLLCALL_TENANT_ID" not in answer.text


# -- health and description


def test_health_says_little_to_anybody_and_everything_to_an_admin(api: Api) -> None:
    assert requests.get(f"{api.origin}/api/health", timeout=30).json() == {"status": "ok", "checks": None}
    detailed = api.as_person(ADA).call("GET", "/api/health").json()
    names = [check["name"] for check in detailed["checks"]]
    assert names == ["key_vault", "storage", "service_account", "events"]
    assert api.call("GET", "/api/health").json()["checks"] is None


def test_health_names_what_is_wrong_and_what_helps(unconnected: Api) -> None:
    body = unconnected.as_person(ADA).call("GET", "/api/health").json()
    assert body["status"] == "degraded"
    [wrong] = [check for check in body["checks"] if not check["ok"]]
    assert wrong["name"] == "service_account"
    assert wrong["remedy"]


def test_health_asked_by_many_asks_the_outside_once(api: Api) -> None:
    threads = [
        threading.Thread(target=requests.get, args=(f"{api.origin}/api/health",), kwargs={"timeout": 30})
        for _ in range(10)
    ]
    before = api.sandbox.world.faults.hits["vault"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert api.sandbox.world.faults.hits["vault"] - before <= 2


def test_the_description_of_the_api_has_every_route_and_no_other(unconnected: Api) -> None:
    described = requests.get(f"{unconnected.origin}/api/openapi.json", timeout=30).json()
    routes = {
        (method.lower(), f"/{trigger.route.replace('{*', '{')}")
        for function in functions()
        if (trigger := function.get_trigger()).type == "httpTrigger"
        for method in (str(getattr(m, "value", m)) for m in trigger.methods)
    }
    assert {(m, path) for path, item in described["paths"].items() for m in item} == routes


def test_every_route_is_open_to_the_host_and_guarded_by_us() -> None:
    for function in functions():
        trigger = function.get_trigger()
        if trigger.type == "httpTrigger":
            assert trigger.auth_level == func.AuthLevel.ANONYMOUS


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
    assert body["count"] == 15
    assert {entry["directory"] for entry in body["lists"]} == {"exchange", "graph"}


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
    assert (body["complete"], body["count"]) == (False, 4)
    assert [(p["code"], p["list"]) for p in body["problems"]] == [("dynamic_not_visible", None)]


def test_an_admin_sees_who_is_missing_in_which_directory(whole: Api) -> None:
    admin = whole.as_person(ADA)
    same = admin.call("POST", "/api/connection/test", json={"address": ALL}).json()
    assert {reading["directory"] for reading in same["readings"]} == {"graph", "exchange", "ews"}
    counts = {reading["directory"]: reading["count"] for reading in same["readings"]}
    assert counts["graph"] == counts["exchange"] == 15
    other = admin.call(
        "POST", "/api/connection/test", json={"address": "everyone-dynamic@company.com"}
    ).json()
    assert not other["agree"]
    by_name = {reading["directory"]: reading for reading in other["readings"]}
    assert by_name["graph"]["count"] == 0
    assert by_name["graph"]["missing_count"] == by_name["exchange"]["count"] > 0
    assert "user1@company.com" in by_name["graph"]["missing"]


def test_a_sender_does_not_compare_directories(whole: Api) -> None:
    assert_problem(whole.call("POST", "/api/connection/test", json={"address": ALL}), 403, "not_allowed")
