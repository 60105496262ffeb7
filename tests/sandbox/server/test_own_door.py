"""The sandbox's own door: switches, tenants, its page."""

from __future__ import annotations

from dataclasses import asdict, fields
from html import escape
from typing import Any

import pytest
import requests

from sandbox.server.mishaps import FURTHER, WORDS
from sandbox.server.server import Running
from sandbox.tenant.tenant import Group
from sandbox.tenant.world import Switches
from tests.support.sandbox_server import keys_url, make_tenant

# --- its own door


def test_switches_faults_and_keys_can_be_changed_over_http(
    running: Running, session: requests.Session
) -> None:
    url = f"{running.origin}/_sandbox"
    assert session.put(f"{url}/switches", json={"busy": True}, timeout=10).json()["busy"] is True
    assert running.world.switches.busy
    assert session.delete(f"{url}/switches", timeout=10).json()["busy"] is False
    given = {"rules": [{"service": "entra", "status": 500}], "latency": {"graph": 0.5}}
    assert session.put(f"{url}/faults", json=given, timeout=10).json()["latency"] == {"graph": 0.5}
    assert session.get(keys_url(running), timeout=10).status_code == 500
    assert session.get(f"{url}/faults", timeout=10).json()["rules"][0]["fired"] == 1
    assert session.delete(f"{url}/faults", timeout=10).json() == {"rules": [], "latency": {}}
    kid = session.post(f"{url}/keys", timeout=10).json()["kid"]
    assert kid in [key["kid"] for key in session.get(keys_url(running), timeout=10).json()["keys"]]


def test_a_callers_token_can_be_had_over_http(running: Running, session: requests.Session) -> None:
    url = f"{running.origin}/_sandbox/tokens"
    given = {"person": "ada.admin@company.com", "claims": {"ver": "1.0"}}
    claims = running.world.keys.read(session.post(url, json=given, timeout=10).json()["access_token"])
    assert (claims["preferred_username"], claims["ver"]) == ("ada.admin@company.com", "1.0")


def test_a_tenant_can_be_sent_over_http(running: Running, session: requests.Session) -> None:
    answer = session.put(
        f"{running.origin}/_sandbox/tenant", json=asdict(make_tenant(name="Sent")), timeout=10
    )
    assert answer.json()["tenant"] == "Sent"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "switches", {"no_such": True}),
        ("PUT", "switches", [1]),
        ("PUT", "faults", [{"service": "nobody"}]),
        ("PUT", "faults", 7),
        ("POST", "tokens", {"person": "stranger@company.com"}),
        ("PUT", "tenant", {"name": "no more"}),
    ],
)
def test_a_wrong_wish_is_refused_with_its_reason(
    running: Running, session: requests.Session, method: str, path: str, body: Any
) -> None:
    answer = session.request(method, f"{running.origin}/_sandbox/{path}", json=body, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_journal_holds_what_was_asked_without_the_query(
    running: Running, session: requests.Session
) -> None:
    url = f"{running.origin}/v1.0/groups?$filter=mail eq 'private@company.com'"
    session.get(url, headers={"client-request-id": "abc"}, timeout=10)
    (seen,) = session.get(f"{running.origin}/_sandbox/requests", timeout=10).json()["requests"]
    assert (seen["service"], seen["method"], seen["path"], seen["status"]) == (
        "graph",
        "GET",
        "/v1.0/groups",
        401,
    )
    assert seen["client_request_id"] == "abc"
    session.delete(f"{running.origin}/_sandbox/requests", timeout=10)
    assert not running.world.journal


def test_the_page_names_in_words_what_goes_wrong_and_each_can_be_switched(
    running: Running, session: requests.Session
) -> None:
    switches = {one.name: getattr(running.world.switches, one.name) for one in fields(Switches)}
    assert set(WORDS) == {name for name, value in switches.items() if isinstance(value, bool)}
    assert set(FURTHER) == set(switches) - set(WORDS)
    running.world.switches.set(account_disabled=True)
    page = session.get(running.origin, timeout=10).text
    assert "What goes wrong" in page
    for name, (who, what) in WORDS.items():
        on = " checked" if name == "account_disabled" else ""
        assert f'name="{name}"{on}> {escape(what)}</label>' in page
        assert f"<legend>{who}</legend>" in page


def test_the_page_shows_lists_in_lists_and_survives_a_cycle(
    running: Running, session: requests.Session
) -> None:
    page = session.get(running.origin, timeout=10).text
    sales = page.index("Sales Team")
    assert sales < page.index("Regional Managers", sales)
    assert "contains itself" in page
    assert "membership hidden" in page
    assert "http://" not in page.replace(running.origin, "").replace(running.outlook_url, "")


def test_the_page_is_harmless_whatever_the_tenant_holds(running: Running, session: requests.Session) -> None:
    running.world.tenant.people[0].name = "<img src=x onerror=alert(1)>"
    running.world.tenant.groups[0].name = "</summary><script>alert(2)</script>"
    running.world.tenant.name = "<b>"
    page = session.get(running.origin, timeout=10).text
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert "<b>" not in page


def test_the_page_of_a_large_tenant_stays_a_page(running: Running, session: requests.Session) -> None:
    tenant = make_tenant(500)
    ids = [person.id for person in tenant.people]
    tenant.groups = [
        Group(
            f"g{n}",
            f"List {n}",
            "distribution_list",
            f"g{n}@t.example",
            members=[f"g{m}" for m in range(n)] + ids,
        )
        for n in range(400)
    ]
    running.world.load(tenant)
    answer = session.get(running.origin, timeout=10)
    assert len(answer.content) < 5_000_000
    assert "The first 200 of 500." in answer.text
