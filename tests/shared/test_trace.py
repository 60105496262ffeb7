"""Every request to Microsoft has an id, and the audit trail leads from an act to all of its requests."""

from __future__ import annotations

import json
import threading
import time
import uuid

import pytest

from routes.timers import keep
from sandbox.tenant.world import Arrival
from shared import trace
from shared.adapters.identity import own_identity
from shared.services.process import services
from tests.support.api import ADA, ALL, SALES, Api

ANOTHER = "rollcall-standin@company.com"
OURS = {"graph", "exchange", "ews", "entra", "vault", "msi"}


def arrived(api: Api) -> list[Arrival]:
    """What the app sent to Microsoft, but for what a person's browser did."""
    journal = list(api.sandbox.world.journal)
    return [one for one in journal if one.service in OURS and not one.path.endswith("/authorize")]


def noted(api: Api, kind: str) -> str:
    """How the newest record of that kind says that its requests' ids begin."""
    answer = api.as_person(ADA).call("GET", f"/api/audit?limit=1&kind={kind}")
    [record] = answer.json()["rows"]
    beginning = str(json.loads(record["facts"])["client_request_ids"])
    assert beginning.endswith("*")
    return beginning[:-1]


def services_that(api: Api, beginning: str) -> set[str]:
    """Which services were asked with ids that begin so."""
    return {one.service for one in arrived(api) if one.client_request_id.startswith(beginning)}


@pytest.fixture
def quiet(api: Api) -> Api:
    """Rollcall with somebody connected, as after a start, and with an empty journal."""
    services.cache_clear()
    api.sandbox.world.journal.clear()
    return api


def test_every_request_of_a_day_has_an_id_that_is_in_the_trail(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph,exchange,ews")
    monkeypatch.setenv("ROLLCALL_CANARY_LIST", SALES)
    services.cache_clear()
    world, admin = unconnected.sandbox.world, unconnected.as_person(ADA)
    world.journal.clear()
    unconnected.connect()
    unconnected.expand(ALL)
    admin.call("GET", "/api/connection")
    admin.call("GET", "/api/health")
    admin.call("POST", "/api/connection/test", json={"address": ALL})
    keep()
    unconnected.connect("grace.whitfield@fabrikam.com")
    admin.call("DELETE", "/api/connection")
    assert unconnected.expand(ALL).status_code == 503

    sent = arrived(unconnected)
    assert {one.service for one in sent} == OURS
    assert [one for one in sent if not is_guid(one.client_request_id)] == []
    records = admin.call("GET", "/api/audit?limit=1000").json()["rows"]
    kept = {str(json.loads(one["facts"]).get("client_request_ids", "*"))[:-1] for one in records} - {""}
    assert [one for one in sent if not one.client_request_id.startswith(tuple(kept))] == []
    # One process's requests that belong to no act are few: keys of callers, the look of health.
    stray = [one for one in sent if one.client_request_id.startswith(trace.PROCESS)]
    assert {one.path.rpartition("/")[2] for one in stray} <= {"keys", "token", "rollcall-token-cache"} | {
        "rollcall-client-secret",
        "openid-configuration",
        "v2.0",
    }


def is_guid(text: str) -> bool:
    return str(uuid.UUID(text)) == text and uuid.UUID(text).version == 4


def test_an_expansion_that_renewed_the_access_token_has_the_tokens_request_in_its_record(quiet: Api) -> None:
    quiet.expand(SALES)
    assert {"graph", "entra", "vault"} <= services_that(quiet, noted(quiet, "expanded"))


def test_an_expansion_that_entra_refused_leads_to_the_refusal(quiet: Api) -> None:
    quiet.sandbox.world.switches.set(account_disabled=True)
    assert quiet.expand(SALES).status_code == 503
    beginning = noted(quiet, "expansion_failed")
    [refused] = [one for one in arrived(quiet) if one.service == "entra" and one.status == 400][:1]
    assert refused.client_request_id.startswith(beginning)


def test_a_sign_in_has_one_beginning_from_its_start_to_its_end(quiet: Api) -> None:
    quiet.connect(ANOTHER)
    beginning = noted(quiet, "connection_started")
    assert noted(quiet, "connecting") == noted(quiet, "connected") == beginning
    assert services_that(quiet, beginning) == {"entra", "graph", "vault", "msi"}


def test_the_persons_own_sign_in_at_entra_is_of_the_same_beginning(quiet: Api) -> None:
    start = quiet.as_person(ADA).call("GET", "/api/connection/start").json()
    identifier = start["authorize_url"].partition("&client-request-id=")[2]
    assert is_guid(identifier)
    assert identifier.startswith(noted(quiet, "connection_started"))


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [("GET", "/api/connection", "connection_checked"), ("DELETE", "/api/connection", "disconnected")],
)
def test_an_admins_look_and_goodbye_lead_to_their_requests(
    quiet: Api, method: str, path: str, kind: str
) -> None:
    quiet.as_person(ADA).call(method, path)
    assert "vault" in services_that(quiet, noted(quiet, kind))


def test_the_daily_renewal_is_recorded_with_its_outcome(quiet: Api) -> None:
    keep()
    assert services_that(quiet, noted(quiet, "kept_alive")) >= {"entra", "vault"}
    quiet.sandbox.world.switches.set(sessions_revoked=True)
    keep()
    [record] = quiet.as_person(ADA).call("GET", "/api/audit?limit=1&kind=kept_alive").json()["rows"]
    assert json.loads(record["facts"])["outcome"] == "sign_in_revoked"


def test_a_list_that_an_admin_tests_leads_to_its_requests(quiet: Api) -> None:
    quiet.as_person(ADA).call("POST", "/api/connection/test", json={"address": SALES})
    assert "graph" in services_that(quiet, noted(quiet, "list_tested"))


def test_a_request_that_is_sent_twice_has_two_ids(quiet: Api) -> None:
    quiet.sandbox.world.faults.set([{"service": "entra", "path": "token", "status": 503, "times": 1}])
    quiet.expand(SALES)
    tried = [one.client_request_id for one in arrived(quiet) if one.service == "entra"]
    assert len(tried) > 1
    assert len(set(tried)) == len(tried)


def test_the_keys_of_callers_are_fetched_under_the_processs_own_beginning(quiet: Api) -> None:
    quiet.call("GET", "/api/messages")
    [fetched] = [one for one in arrived(quiet) if one.path.endswith("/keys")]
    assert fetched.client_request_id.startswith(trace.PROCESS)
    assert noted(quiet, "process_started") == trace.PROCESS


def test_the_apps_own_identity_is_asked_for_with_an_id(quiet: Api) -> None:
    own_identity().get_token("https://storage.azure.com/.default")
    time.sleep(0.2)  # the journal is written once the answer is out
    [asked] = [one for one in arrived(quiet) if one.service == "msi"]
    assert is_guid(asked.client_request_id)


# -- acts


def test_an_act_within_an_act_is_a_part_of_it() -> None:
    with trace.act():
        outer = trace.beginning()
        with trace.act():
            assert trace.beginning() == outer
        with trace.act("12345678-1234-"):
            assert trace.client_request_id().startswith("12345678-1234-")
        assert trace.client_request_id().startswith(outer)
    assert trace.beginning() == ""


def test_acts_at_once_have_beginnings_of_their_own() -> None:
    seen: list[str] = []

    def act() -> None:
        with trace.act():
            time.sleep(0.01)
            seen.append(trace.client_request_id()[:14])

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 8
