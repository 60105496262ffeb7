"""What Entra grants beyond what the enabled directories need, through the public door."""

from __future__ import annotations

from typing import Any

import pytest

from infra.entra.registration import wanted
from shared.adapters.entra.scopes import APIS, granted_names
from shared.errors import ServiceAccountError
from shared.services.process import services
from tests.support.amounts import exactly
from tests.support.api import ADA, MIA, Api

BOTH = {"graph": ["Group.Read.All", "User.Read"], "exchange": []}


def look(api: Api) -> dict[str, Any]:
    answer = api.as_person(ADA).call("GET", "/api/connection")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def grants(api: Api) -> dict[str, dict[str, Any]]:
    return {one["api"]: one for one in look(api)["grants"]}


def beyond(api: Api) -> dict[str, list[str]]:
    found = grants(api)
    assert all(one["known"] for one in found.values()), found
    return {name: one["beyond"] for name, one in found.items()}


def set_anew(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """The app after somebody changed its settings."""
    for name, value in settings.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    services.cache_clear()


def test_where_entra_grants_what_is_needed_nothing_is_beyond_it(api: Api) -> None:
    assert beyond(api) == {"graph": [], "exchange": []}


@pytest.mark.parametrize(
    ("directories", "more", "expected"),
    [
        ("graph", ["Mail.Send"], {"graph": ["Mail.Send"], "exchange": []}),
        (
            "graph",
            ["User.Read", "Group.Read.All"],
            {"graph": ["Group.Read.All", "User.Read"], "exchange": []},
        ),
        ("graph", ["EWS.AccessAsUser.All"], {"graph": [], "exchange": ["EWS.AccessAsUser.All"]}),
        ("graph,exchange", ["EWS.AccessAsUser.All"], {"graph": [], "exchange": ["EWS.AccessAsUser.All"]}),
        ("graph,ews", ["Exchange.ManageV2"], {"graph": [], "exchange": ["Exchange.ManageV2"]}),
        ("graph,exchange,ews", [], {"graph": [], "exchange": []}),
    ],
)
def test_each_permission_that_no_enabled_directory_needs_is_named(
    unconnected: Api,
    monkeypatch: pytest.MonkeyPatch,
    directories: str,
    more: list[str],
    expected: dict[str, list[str]],
) -> None:
    set_anew(monkeypatch, DIRECTORIES=directories)
    unconnected.sandbox.world.switches.set(consent_beyond=more)
    unconnected.connect()
    assert beyond(unconnected) == expected


def test_exchange_that_was_taken_out_of_the_directories_is_seen_until_it_is_withdrawn(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_anew(monkeypatch, DIRECTORIES="graph,exchange")
    api.connect()
    assert beyond(api) == {"graph": [], "exchange": []}
    set_anew(monkeypatch, DIRECTORIES="graph")
    assert beyond(api) == {"graph": [], "exchange": ["Exchange.ManageV2"]}
    api.sandbox.world.switches.set(consent_missing=["Exchange.ManageV2"])  # as `reconcile --withdraw` does
    assert beyond(api) == {"graph": [], "exchange": []}


def test_a_wider_permission_that_narrower_ones_took_the_place_of_is_seen(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = "User.Read.All GroupMember.Read.All OrgContact.Read.All"
    set_anew(monkeypatch, GRAPH_SCOPES=narrow)
    api.connect()
    assert beyond(api)["graph"] == ["Directory.Read.All"]


def test_what_is_granted_beyond_need_stops_nothing(api: Api) -> None:
    api.sandbox.world.switches.set(consent_beyond=["Mail.Send"])
    body = look(api)
    assert (body["state"], body["text"]) == ("connected", "Connected as rollcall-service@company.com.")
    assert api.expand("sales-team@company.com").json()["count"] == exactly(4)


def test_without_an_account_nobody_is_asked_and_nothing_is_claimed(unconnected: Api) -> None:
    assert look(unconnected)["grants"] == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"status": 503, "body": "busy"}, "Microsoft's sign-in service is busy."),
        ({"drop": True}, "Microsoft's sign-in service cannot be reached."),
        (
            {"status": 400, "body": {"error": "invalid_grant", "error_codes": [650057]}},
            "Rollcall's app registration lacks a permission that Rollcall asks for.",
        ),
        (
            {"status": 200, "body": {"access_token": "x", "expires_in": 3600, "token_type": "Bearer"}},
            "Microsoft's sign-in service gave an answer that makes no sense.",
        ),
    ],
    ids=["busy", "dropped", "not registered", "no word of scopes"],
)
def test_where_entra_does_not_say_it_is_not_known_and_not_nothing(
    api: Api, fault: dict[str, Any], sentence: str
) -> None:
    api.sandbox.world.faults.set([{"service": "entra", "path": "/oauth2/v2.0/token", "after": 1, **fault}])
    found = grants(api)
    assert [(one["known"], one["beyond"], one["text"]) for one in found.values()] == [
        (False, [], sentence)
    ] * 2
    assert all(one["remedy"].endswith(".") for one in found.values())


def test_a_look_that_entra_does_not_answer_raises_no_alert_and_ends_no_sign_in(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = {"status": 400, "body": {"error": "invalid_grant", "error_codes": [50173]}}
    api.sandbox.world.faults.set([{"service": "entra", "path": "/oauth2/v2.0/token", "after": 1, **refusal}])
    assert look(api)["state"] == "connected"
    assert "alert" not in caplog.text
    api.sandbox.world.faults.set([])
    assert api.expand("sales-team@company.com").json()["count"] == exactly(4)


def test_no_token_that_may_more_than_is_needed_stays_in_memory(api: Api) -> None:
    api.sandbox.world.switches.set(consent_beyond=["EWS.AccessAsUser.All"])
    assert beyond(api)["exchange"] == ["EWS.AccessAsUser.All"]
    held = services().service_account._connections.settled()
    assert held is not None
    assert held.client is None


def test_who_refuses_everything_is_not_asked_again(api: Api) -> None:
    api.sandbox.world.switches.set(account_disabled=True)
    before = len(api.sandbox.world.journal)
    body = look(api)
    asked = [one for one in list(api.sandbox.world.journal)[before:] if one.path.endswith("/token")]
    assert (body["state"], len(asked)) == ("stopped", 1)
    assert [(one["known"], one["text"]) for one in body["grants"]] == [(False, body["text"])] * 2


def test_one_api_that_refuses_hides_nothing_of_the_other(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    set_anew(monkeypatch, DIRECTORIES="graph,exchange")
    api.connect()
    api.sandbox.world.switches.set(consent_missing=["Exchange.ManageV2"], consent_beyond=["Mail.Send"])
    found = grants(api)
    assert (found["graph"]["known"], found["graph"]["beyond"]) == (True, ["Mail.Send"])
    # Nobody consented to anything there, which is known.
    assert (found["exchange"]["known"], found["exchange"]["beyond"]) == (True, [])


def test_every_request_of_the_look_belongs_to_its_record(api: Api) -> None:
    before = len(api.sandbox.world.journal)
    look(api)
    asked = [one for one in list(api.sandbox.world.journal)[before:] if one.path.endswith("/token")]
    assert len(asked) == 3  # the sign-in, Graph, Exchange
    assert len({one.client_request_id[:14] for one in asked}) == 1


def test_a_sender_is_told_nothing_of_it(api: Api) -> None:
    assert api.as_person(MIA).call("GET", "/api/connection").status_code == 403


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("User.Read.All openid profile email", ["User.Read.All"]),
        ("https://graph.microsoft.com/User.Read.All https://graph.microsoft.com/.default", ["User.Read.All"]),
        ("https://outlook.office365.com/EWS.AccessAsUser.All", ["EWS.AccessAsUser.All"]),
        ("https://outlook.office365.com//EWS.AccessAsUser.All", ["EWS.AccessAsUser.All"]),
        ("openid profile", []),  # only that was granted
        ("B.Read  A.Read\tA.Read", ["A.Read", "B.Read"]),
    ],
)
def test_a_permission_is_read_in_every_form_in_which_entra_names_it(said: str, names: list[str]) -> None:
    assert granted_names({"scope": said}) == names


@pytest.mark.parametrize("said", [None, "", " ", 7, ["User.Read"], "https://graph.microsoft.com/.default"])
def test_an_answer_that_names_no_permission_says_nothing(said: object) -> None:
    with pytest.raises(ServiceAccountError):
        granted_names({"scope": said})


def test_the_page_and_register_py_mean_the_same_apis() -> None:
    assert {"graph": wanted.GRAPH, "exchange": wanted.EXCHANGE} == APIS
