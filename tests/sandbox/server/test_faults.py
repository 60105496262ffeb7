"""What goes wrong on purpose, and the tenant behind it."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
import requests
from requests.exceptions import ChunkedEncodingError, ConnectionError

from sandbox.server.server import Running, find_tenant
from sandbox.tenant.faults import Faults
from sandbox.tenant.tenant import Group
from sandbox.tenant.world import Switches, World
from tests.support.sandbox_server import keys_url, make_tenant

# --- faults


def test_a_status_takes_the_place_of_the_answer(running: Running, session: requests.Session) -> None:
    running.world.faults.add(
        service="entra", status=429, headers={"Retry-After": "7"}, body={"error": "busy"}
    )
    answer = session.get(keys_url(running), timeout=10)
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()) == (429, "7", {"error": "busy"})
    assert answer.headers["Content-Type"].startswith("application/json")


def test_a_body_may_be_what_no_api_would_send(running: Running, session: requests.Session) -> None:
    html = {"content-type": "text/html"}
    running.world.faults.add(service="entra", status=200, headers=html, body="<html>Sign in to the Wi-Fi")
    answer = session.get(keys_url(running), timeout=10)
    assert (answer.headers["content-type"], answer.text) == ("text/html", "<html>Sign in to the Wi-Fi")


def test_a_delay_makes_the_true_answer_late(running: Running, session: requests.Session) -> None:
    running.world.faults.add(service="entra", delay=0.3)
    began = time.monotonic()
    assert "keys" in session.get(keys_url(running), timeout=10).json()
    assert time.monotonic() - began >= 0.3


def test_latency_is_per_service(running: Running, session: requests.Session) -> None:
    running.world.faults.latency = {"entra": 0.2}
    began = time.monotonic()
    session.get(keys_url(running), timeout=10)
    slow = time.monotonic() - began
    session.get(f"{running.origin}/secrets", timeout=10)
    assert slow >= 0.2 > time.monotonic() - began - slow


def test_a_dropped_connection_gives_no_answer_and_the_next_one_works(
    running: Running, session: requests.Session
) -> None:
    running.world.faults.add(service="entra", drop=True, times=1)
    with pytest.raises(ConnectionError):
        session.get(keys_url(running), timeout=10)
    assert session.get(keys_url(running), timeout=10).status_code == 200
    deadline = time.monotonic() + 5
    while len(running.world.journal) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)  # an answer is noted after it was sent
    assert sorted(arrival.status for arrival in running.world.journal) == [0, 200]


def test_a_truncated_answer_promises_more_than_it_gives(running: Running, session: requests.Session) -> None:
    running.world.faults.add(service="entra", truncate=10, times=1)
    with pytest.raises(ChunkedEncodingError, match="10 bytes read"):
        session.get(keys_url(running), timeout=10)
    assert session.get(keys_url(running), timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7]),
        ({"after": 3}, [4, 5, 6, 7]),
        ({"every": 3}, [3, 6]),
        ({"times": 2}, [1, 2]),
        ({"after": 1, "every": 2, "times": 2}, [3, 5]),
        ({"path": "members"}, []),
        ({"path": r"^/v1.0/groups\?\$filter=mail eq"}, [1, 2, 3, 4, 5, 6, 7]),
    ],
    ids=str,
)
def test_a_rule_says_which_requests_it_spoils(
    running: Running, session: requests.Session, rule: dict[str, Any], spoilt: list[int]
) -> None:
    running.world.faults.add(service="graph", status=503, **rule)
    url = f"{running.origin}/v1.0/groups?$filter=mail%20eq%20'a@company.com'"
    statuses = [session.get(url, timeout=10).status_code for _ in range(7)]
    assert [n for n, status in enumerate(statuses, 1) if status == 503] == spoilt
    assert running.world.faults.hits["graph"] == 7


def test_the_first_rule_due_decides_and_only_it_is_used_up() -> None:
    faults = Faults()
    faults.set(
        [{"service": "graph", "status": 500, "times": 1}, {"service": "graph", "status": 503, "times": 1}]
    )
    fired = [faults.next("graph", "/v1.0/groups") for _ in range(3)]
    assert [fault.status if fault else None for fault in fired] == [500, 503, None]


def test_rules_are_counted_exactly_by_many_threads() -> None:
    faults = Faults()
    faults.add(service="graph", status=503, every=2)
    fired: list[bool] = []

    def ask() -> None:
        for _ in range(500):
            faults.arrived("graph")
            fired.append(faults.next("graph", "/v1.0/x") is not None)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(fired), faults.hits["graph"]) == (1000, 2000)


@pytest.mark.parametrize(
    "rule",
    [{"service": "mail"}, {"service": "graph", "statsu": 500}, {"service": "graph", "every": 0}, {}],
    ids=str,
)
def test_a_malformed_rule_is_refused_and_the_old_ones_stay(rule: dict[str, Any]) -> None:
    faults = Faults()
    faults.add(service="graph", status=500)
    with pytest.raises(ValueError, match="fault"):
        faults.set([rule])
    assert len(faults.describe()) == 1


# --- the tenant


def test_the_tenant_can_be_swapped_while_it_runs(running: Running, session: requests.Session) -> None:
    origin, token = running.origin, running.caller_token()
    running.world.switches.vault_denied = True
    running.world.load(make_tenant(3, faults=[{"service": "ews", "status": 500}], latency={"graph": 0.01}))
    state = session.get(f"{origin}/_sandbox/state", timeout=10).json()
    assert (state["tenant"], state["people"]) == ("Test", 3)
    assert state["latency"] == {"graph": 0.01}
    assert len(state["faults"]) == 1
    assert not state["switches"]["vault_denied"]
    assert running.world.keys.read(token)["name"] == "Mia Lambert"


def test_swapping_small_tenants_is_quick(running: Running) -> None:
    tenant = make_tenant(50)
    began = time.process_time()
    for _ in range(500):
        running.world.load(tenant)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "changes",
    [
        {"service_account": "nobody"},
        {"groups": [Group("g", "G", "distribution_list", "g@t.example", members=["nobody"])]},
        {"groups": [Group("p0", "G", "distribution_list", "g@t.example")]},
        {"groups": [Group("g", "G", "security_group")], "service_account": "g"},
    ],
    ids=["no service account", "unknown member", "one id twice", "a list as service account"],
)
def test_a_tenant_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="the tenant"):
        World(make_tenant(**changes), "https://localhost:1")


def test_addresses_are_found_in_any_case_and_by_alias_all_that_share_one() -> None:
    tenant = make_tenant(2)
    tenant.people[0].aliases = ["Shared@T.example"]
    tenant.groups = [Group("g", "G", "distribution_list", "shared@t.example", members=["p1", "p0"])]
    world = World(tenant, "https://localhost:1")
    assert [entry.id for entry in world.by_address["shared@t.example"]] == ["p0", "g"]
    assert world.find_person("SHARED@t.example") is tenant.people[0]
    assert [entry.id for entry in world.members(tenant.groups[0])] == ["p1", "p0"]


def test_a_removed_object_is_gone_from_lists_and_addresses() -> None:
    tenant = make_tenant(2)
    tenant.groups = [Group("g", "G", "distribution_list", "g@t.example", members=["p1", "p0"])]
    world = World(tenant, "https://localhost:1")
    world.remove("p1")
    assert [entry.id for entry in world.members(tenant.groups[0])] == ["p0"]
    assert not world.by_address["p1@t.example"]


def test_the_company_tenant_holds_the_missions_example() -> None:
    world = World(find_tenant("company"), "https://localhost:1")
    (sales,) = world.by_address["sales-team@company.com"]
    assert isinstance(sales, Group)
    assert [getattr(entry, "address", None) for entry in world.members(sales)] == [
        "user1@company.com",
        "user2@company.com",
        "regional-managers@company.com",
    ]


def test_a_tenant_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        find_tenant("no-such-tenant")


@pytest.mark.parametrize("change", [{"busyy": True}, {"busy": "yes"}, {"consent_missing": True}], ids=str)
def test_a_switch_takes_only_what_it_is(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no switch"):
        Switches().set(**change)
