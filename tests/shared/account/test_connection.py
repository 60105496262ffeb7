"""Connecting, watching and disconnecting the service account, through the public door."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.entra import tokens
from sandbox.server.server import Running
from sandbox.stack.cookies import taken
from sandbox.tenant.registrations import App
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import World
from shared.services.process import services
from tests.support.amounts import exactly
from tests.support.api import ADA, MIA, SALES, Api, assert_problem

GUEST = "grace.whitfield@fabrikam.com"
KIOSK = "warehouse-kiosk@company.com"  # has no mailbox
TOKEN_CACHE = "rollcall-token-cache"


def look(api: Api) -> dict[str, object]:
    answer = api.as_person(ADA).call("GET", "/api/connection")
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


# -- how it stands


def test_the_connection_says_who_is_connected_what_may_be_read_and_for_how_long(api: Api) -> None:
    body = look(api)
    graph = f"{api.sandbox.origin}/"
    assert body["state"] == "connected"
    assert body["text"] == "Connected as rollcall-service@company.com."
    assert body["days_left"] == 89
    assert body["connected_at"] <= body["last_success_at"]  # type: ignore[operator]
    assert body["directories"] == [
        {
            "name": "graph",
            "scopes": [f"{graph}Directory.Read.All", f"{graph}User.Read.All"],
            "ok": True,
            "text": "",
            "remedy": "",
        }
    ]


def test_without_an_account_the_connection_says_so_and_what_to_do(unconnected: Api) -> None:
    body = look(unconnected)
    assert (body["state"], body["code"], body["account"]) == ("disconnected", "no_account", None)
    assert body["text"] == "No service account is connected."
    assert body["remedy"]


@pytest.mark.parametrize(
    ("directories", "permissions"),
    [
        ("graph", ["Directory.Read.All", "User.Read.All"]),
        ("graph,exchange", ["Directory.Read.All", "User.Read.All", "Exchange.ManageV2"]),
        ("graph,ews", ["Directory.Read.All", "User.Read.All", "EWS.AccessAsUser.All"]),
    ],
)
def test_consent_and_sign_in_ask_for_exactly_what_the_enabled_directories_need(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch, directories: str, permissions: list[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", directories)
    link = urlsplit(str(look(unconnected)["consent_url"]))
    assert link.path.endswith("/v2.0/adminconsent")
    [scope] = parse_qs(link.query)["scope"]
    assert [asked.rpartition("/")[2] for asked in scope.split(" ")] == permissions
    assert ("EWS" in scope) == ("ews" in directories)
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start").json()
    [signed_in_for] = parse_qs(urlsplit(start["authorize_url"]).query)["scope"]
    asked = {one.rpartition("/")[2] for one in signed_in_for.split(" ")}
    assert asked - {"openid", "profile", "offline_access"} == set(permissions)


def test_a_tenant_admin_who_consented_is_told_so(unconnected: Api) -> None:
    answer = requests.get(
        f"{unconnected.origin}/api/connection/callback?admin_consent=True&tenant=x&scope=y", timeout=30
    )
    assert answer.status_code == 200
    assert "Consent granted" in answer.text


def test_what_an_admin_sees_is_asked_anew_and_not_remembered(api: Api) -> None:
    assert look(api)["state"] == "connected"
    api.sandbox.world.switches.set(account_disabled=True)
    body = look(api)
    assert (body["state"], body["code"]) == ("stopped", "disabled")
    api.sandbox.world.switches.set(account_disabled=False)
    assert look(api)["state"] == "connected"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_sender_neither_sees_nor_ends_the_connection(api: Api, method: str) -> None:
    assert_problem(api.as_person(MIA).call(method, "/api/connection"), 403, "not_allowed")


# -- taking it away


def test_disconnecting_stops_expansion_and_leaves_no_sign_in_in_the_vault(api: Api) -> None:
    answer = api.as_person(ADA).call("DELETE", "/api/connection")
    assert answer.status_code == 200
    assert "revoke" in answer.json()["remedy"]
    assert api.expand(SALES).json()["code"] == "no_account"
    *older, last = api.sandbox.world.secrets[TOKEN_CACHE]
    assert last.value == "{}"
    assert all(not version.attributes["attributes"]["enabled"] for version in older)
    assert look(api)["state"] == "disconnected"


def test_any_admin_connects_another_account(api: Api) -> None:
    answer = api.connect("user1@company.com")
    assert "Rollcall now reads lists as user1@company.com.</p>" in answer.text  # and no warning
    assert look(api)["account"]["username"] == "user1@company.com"  # type: ignore[index]
    assert api.expand(SALES).json()["count"] == exactly(4)


# -- who signs in


def test_a_guest_is_refused_and_what_was_connected_stays(api: Api) -> None:
    answer = api.connect(GUEST)
    assert answer.status_code == 503
    assert "is a guest" in answer.text
    assert look(api)["text"] == "Connected as rollcall-service@company.com."


def test_an_account_of_another_organisation_is_refused_in_plain_words(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = tokens.id_token

    def foreign(world: World, app: App, person: Person, nonce: str) -> str:
        claims = world.keys.read(true(world, app, person, nonce))
        return world.keys.sign(claims | {"tid": "99999999-9999-4999-8999-999999999999"})

    monkeypatch.setattr(tokens, "id_token", foreign)
    answer = unconnected.connect()
    assert answer.status_code == 503
    assert "belongs to another organisation; nothing was kept" in answer.text
    assert look(unconnected)["state"] == "disconnected"


def test_a_global_administrator_is_connected_with_a_warning(unconnected: Api) -> None:
    answer = unconnected.connect(ADA)
    assert answer.status_code == 200
    assert "Global Administrator" in answer.text


@pytest.mark.parametrize(("directories", "warned"), [("graph,ews", True), ("graph,exchange", False)])
def test_an_account_without_a_mailbox_is_warned_of_where_ews_needs_one(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch, directories: str, warned: bool
) -> None:
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", directories)
    answer = unconnected.connect(KIOSK)
    assert answer.status_code == 200
    assert ("no mailbox" in answer.text) == warned


def test_an_account_that_could_not_be_looked_at_is_connected_with_a_warning(unconnected: Api) -> None:
    unconnected.sandbox.world.faults.set([{"service": "graph", "status": 503}])
    answer = unconnected.connect()
    assert answer.status_code == 200
    assert "could not look" in answer.text


# -- somebody else's sign-in


def test_a_sign_in_ends_only_in_the_browser_in_which_it_began(unconnected: Api) -> None:
    """Whoever got hold of an admin's sign-in page could else connect an account of his own."""
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"], "user1@company.com")
    answer = requests.get(callback, timeout=30)
    assert answer.status_code == 400
    assert "another browser" in answer.text
    assert look(unconnected)["state"] == "disconnected"


def test_a_code_is_not_taken_for_another_admins_sign_in(unconnected: Api) -> None:
    ours = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    theirs = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(
        theirs.json()["authorize_url"], "user1@company.com"
    )
    [code] = parse_qs(urlsplit(callback).query)["code"]
    [state] = parse_qs(urlsplit(ours.json()["authorize_url"]).query)["state"]
    answer = requests.get(
        f"{unconnected.origin}/api/connection/callback",
        params={"code": code, "state": state},
        cookies=taken(ours),
        timeout=30,
    )
    assert answer.status_code == 503
    assert look(unconnected)["state"] == "disconnected"


def test_the_cookie_is_for_the_callback_and_for_no_script(unconnected: Api, sandbox: Running) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    cookie = start.headers["set-cookie"].lower()
    assert cookie.startswith("rollcall-sign-in=")
    assert {"httponly", "samesite=lax", "path=/api/connection", "max-age=600"} <= {
        part.strip() for part in cookie.split(";")
    }
    assert services().settings.public_url.startswith("http://localhost")
    assert "secure" not in cookie  # it is on https, where the public URL is


def test_on_https_the_cookie_never_travels_in_clear(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_PUBLIC_URL", "https://rollcall.example")
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    assert "; secure" in start.headers["set-cookie"].lower()


def test_on_https_no_page_over_http_can_have_set_the_cookie(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_PUBLIC_URL", "https://rollcall.example")
    admin = unconnected.as_person(ADA)
    [name] = taken(admin.call("GET", "/api/connection/start"))
    assert name == "__Secure-rollcall-sign-in"

    def finish(called: str) -> int:
        start = admin.call("GET", "/api/connection/start")
        [proof] = taken(start).values()
        state = parse_qs(urlsplit(start.json()["authorize_url"]).query)["state"]
        path = f"/api/connection/callback?error=access_denied&state={state[0]}"
        cookies = {called: proof}
        return requests.get(unconnected.origin + path, cookies=cookies, timeout=30).status_code

    assert finish("rollcall-sign-in") == 400  # anybody on the way could have set that one
    assert finish(name) == 503  # what Entra said is told
