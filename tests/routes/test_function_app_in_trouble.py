"""The app through its public door while the outside is in trouble, its health, and its description."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import azure.functions as func
import pytest
import requests

from tests.support.amounts import at_least, exactly
from tests.support.api import ADA, SALES, Api, assert_problem, functions

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
        lambda body: body["complete"] and body["count"] == exactly(4),
    ),
    "one nested list is refused": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 403}],
        lambda body: (
            not body["complete"]
            and body["count"] == at_least(2)
            and [(p["code"], p["list"]) for p in body["problems"]]
            == [("no_permission", "regional-managers@company.com")]
        ),
    ),
    "one nested list was deleted meanwhile": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 404}],
        lambda body: (
            not body["complete"]
            and body["count"] == at_least(2)
            and [(p["code"], p["list"]) for p in body["problems"]]
            == [("not_found", "regional-managers@company.com")]
        ),
    ),
    "the answer is cut off": (
        [{"service": "graph", "path": "d8a52325.*members", "truncate": 40}],
        lambda body: not body["complete"] and body["count"] == at_least(2),
    ),
    "the directory's second page is throttled for long": (
        [{"service": "graph", "path": "d8a52325.*members", "status": 429, "headers": {"Retry-After": "300"}}],
        lambda body: (
            not body["complete"]
            and [p["code"] for p in body["problems"]] == ["throttled"]
            and body["count"] == at_least(2)
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
    assert (body["complete"], body["count"]) == (True, exactly(4))


def test_an_access_token_revoked_midway_leaves_what_was_counted_and_the_reason(api: Api) -> None:
    assert api.expand(SALES).json()["complete"]
    revoke = {"service": "graph", "path": "d8a52325.*members", "status": 401}
    api.sandbox.world.faults.set([revoke])
    api.sandbox.world.switches.set(sessions_revoked=True)
    body = api.expand(SALES).json()
    assert (body["complete"], body["count"]) == (False, at_least(2))
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
    assert names == ["key_vault", "storage", "service_account", "events", "individual_basis"]
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
        for method in (
            str(getattr(m, "value", m)) for m in trigger.methods or ()
        )  # what takes the rest has none
    }
    assert {(m, path) for path, item in described["paths"].items() for m in item} == routes


def test_every_route_is_open_to_the_host_and_guarded_by_us() -> None:
    for function in functions():
        trigger = function.get_trigger()
        if trigger.type == "httpTrigger":
            assert trigger.auth_level == func.AuthLevel.ANONYMOUS
