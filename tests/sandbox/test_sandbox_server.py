"""The sandbox as a whole: starting, stopping, faults, swapping its tenant, its own door and page."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509
from requests.exceptions import ChunkedEncodingError, ConnectionError

from sandbox.server.server import Running, find_tenant, serve
from sandbox.serving import certificates
from sandbox.tenant.faults import Faults
from sandbox.tenant.tenant import Group, Person, Tenant
from sandbox.tenant.world import Switches, World
from shared.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with serve("company") as running, pytest.MonkeyPatch.context() as environment:
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
            environment.setenv(name, str(running.ca_path))
        yield running


@pytest.fixture
def running(served: Running) -> Running:
    served.world.load(find_tenant("company"))
    served.world.journal.clear()
    served.world.faults.hits.clear()
    return served


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def keys_url(running: Running) -> str:
    return f"{running.origin}/{running.world.tenant.tenant_id}/discovery/v2.0/keys"


def make_tenant(people: int = 1, **changes: Any) -> Tenant:
    staff = [Person(f"p{n}", f"Person {n}", f"p{n}@t.example", f"p{n}@t.example") for n in range(people)]
    ids = ("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222")
    return replace(Tenant("Test", *ids, ["t.example"], "p0", staff), **changes)


# --- start and stop


def test_it_serves_localhost_and_the_loopback_address_over_tls(running: Running) -> None:
    for host in ("localhost", "127.0.0.1"):
        url = running.origin.replace("localhost", host)
        assert requests.get(f"{url}/_sandbox/state", timeout=10).json()["tenant"] == "Company"


def connect(running: Running) -> contextlib.closing[http.client.HTTPSConnection]:
    trust = ssl.create_default_context(cafile=running.ca_path)
    host = urlsplit(running.origin).netloc
    return contextlib.closing(http.client.HTTPSConnection(host, context=trust, timeout=10))


def test_it_stops_at_once_although_one_client_waits_and_another_is_idle(tmp_path: Path) -> None:
    with contextlib.ExitStack() as clients:
        with serve("company", folder=tmp_path) as running:
            running.world.faults.add(service="entra", delay=60)
            idle, waiting = (clients.enter_context(connect(running)) for _ in range(2))
            idle.request("GET", "/_sandbox/state")
            idle.getresponse().read()
            waiting.request("GET", "/common/discovery/instance")
            deadline = time.monotonic() + 5
            while not running.world.faults.hits and time.monotonic() < deadline:
                time.sleep(0.01)
            began = time.monotonic()
        assert time.monotonic() - began < 1
        port = urlsplit(running.origin).port or 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1)
        assert f"sandbox at {running.origin}" not in [thread.name for thread in threading.enumerate()]


def test_a_connection_is_kept_after_refusals(running: Running) -> None:
    with connect(running) as connection:
        connection.connect()
        first = connection.sock
        for path in ("/v1.0/groups", "/secrets/none", "/no/such/path", "/_sandbox/state"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert not answer.will_close
            assert connection.sock is first


def test_the_settings_name_every_outside_service(running: Running) -> None:
    env = running.settings_env()
    ours = {"ROLLCALL_PUBLIC_URL": "http://localhost:7071", "ROLLCALL_STORAGE_CONNECTION": "x"}
    settings = Settings.from_env(env | ours)
    outside = (settings.authority, settings.graph_url, settings.exchange_url, settings.ews_url)
    assert all(url.startswith(running.origin) for url in (*outside, settings.key_vault_url))
    assert settings.addin_client_ids == (running.world.addin.client_id,)
    assert Path(env["REQUESTS_CA_BUNDLE"]).is_absolute()


def test_it_runs_alone_says_where_and_stops_on_a_signal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--json", "--folder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        state = requests.get(f"{ready['origin']}/_sandbox/state", timeout=10, verify=ready["ca_path"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    assert state.json()["tenant"] == "Company"
    assert state.json()["outlook"] == ready["outlook_url"]
    assert f"{ready['environment']['ROLLCALL_OUTLOOK_ORIGINS']}/outlook" == ready["outlook_url"]
    assert ready["environment"]["ROLLCALL_GRAPH_URL"] == f"{ready['origin']}/v1.0"


# --- certificates


def test_certificates_are_made_once(tmp_path: Path) -> None:
    first = certificates.issue(tmp_path).server.read_bytes()
    assert certificates.issue(tmp_path).server.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.pem", "server.pem"]


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", None], ids=["empty", "nonsense", "another authority's"]
)
def test_spoilt_certificates_are_made_anew(tmp_path: Path, content: bytes | None) -> None:
    made = certificates.issue(tmp_path)
    before = made.ca.read_bytes()
    if content is None:
        other = certificates.issue(tmp_path / "other").ca.read_bytes()
        content = made.server.read_bytes().replace(before, other)
    made.server.write_bytes(content)
    again = certificates.issue(tmp_path)
    authority = x509.load_pem_x509_certificate(again.ca.read_bytes())
    server = x509.load_pem_x509_certificates(again.server.read_bytes())[0]
    assert again.ca.read_bytes() != before
    server.verify_directly_issued_by(authority)


def test_a_certificate_about_to_expire_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = certificates.issue(tmp_path).ca.read_bytes()
    monkeypatch.setattr(certificates, "_MARGIN", timedelta(days=2_000_000))
    assert certificates.issue(tmp_path).ca.read_bytes() != before


def test_a_lost_authority_is_written_again_from_the_servers_file(tmp_path: Path) -> None:
    made = certificates.issue(tmp_path)
    before = made.ca.read_bytes()
    made.ca.unlink()
    assert certificates.issue(tmp_path).ca.read_bytes() == before


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
