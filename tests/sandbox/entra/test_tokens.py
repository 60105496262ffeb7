"""The simulated Entra hands out tokens: msal, refresh, revocation, lifetimes."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server.server import Running
from tests.support.entra_http import (
    exchange_scopes,
    get_code,
    graph_scopes,
    redeem,
    refresh,
    sign_in,
)


def test_msal_signs_the_service_account_in(running: Running, make_app: Any) -> None:
    app = make_app()
    answer = sign_in(running, app)
    claims = answer["id_token_claims"]
    assert claims["preferred_username"] == "rollcall-service@company.com"
    assert (claims["tid"], claims["oid"]) == (
        running.world.tenant.tenant_id,
        running.world.tenant.service_account,
    )
    assert [a["username"] for a in app.get_accounts()] == ["rollcall-service@company.com"]
    access = running.world.keys.read(answer["access_token"])
    assert access["aud"] == running.origin
    assert access["scp"] == "Directory.Read.All User.Read.All"


def test_one_refresh_token_serves_both_resources(running: Running, make_app: Any) -> None:
    app = make_app()
    sign_in(running, app)
    for scopes, names in (
        (graph_scopes(running), "Directory.Read.All User.Read.All"),
        (exchange_scopes(running), "EWS.AccessAsUser.All"),
    ):
        answer = refresh(app, scopes)
        assert running.world.keys.read(answer["access_token"])["scp"] == names


def test_the_answered_scopes_let_msal_find_its_cached_access_token(running: Running, make_app: Any) -> None:
    app = make_app()
    sign_in(running, app)
    account = app.get_accounts()[0]
    assert (
        app.acquire_token_silent_with_error(graph_scopes(running), account=account)["token_source"] == "cache"
    )


def test_a_refresh_gives_a_new_refresh_token_and_leaves_the_old_one_good(
    running: Running, http: requests.Session
) -> None:
    first = redeem(running, http, get_code(running)).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "code": None, "redirect_uri": None, "code_verifier": None}
    second = redeem(running, http, "", **form, refresh_token=first)
    again = redeem(running, http, "", **form, refresh_token=first)
    newest = {answer.json()["refresh_token"] for answer in (second, again)}
    assert len(newest | {first}) == 3


def test_revoking_access_tokens_shuts_out_the_old_ones_and_lets_a_new_one_in(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    def read_groups(answer: dict[str, Any]) -> int:
        headers = {"Authorization": f"Bearer {answer['access_token']}"}
        return http.get(f"{running.origin}/v1.0/groups", headers=headers, timeout=10).status_code

    app = make_app()
    before = sign_in(running, app)
    assert read_groups(before) == 200
    running.world.switches.access_tokens_revoked = True
    assert read_groups(before) == 401
    assert read_groups(refresh(app, graph_scopes(running))) == 200


def test_an_access_token_opens_only_what_it_is_for(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    app = make_app()
    sign_in(running, app)
    token = refresh(app, exchange_scopes(running))["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert http.get(f"{running.origin}/v1.0/groups", headers=headers, timeout=10).status_code == 401


def test_the_lifetime_of_access_tokens_can_be_set(
    running: Running, http: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.world, "access_token_lifetime", 90)
    answer = redeem(running, http, get_code(running)).json()
    claims = running.world.keys.read(answer["access_token"])
    assert (answer["expires_in"], claims["exp"] - claims["iat"]) == (90, 90)


def test_default_scope_means_everything_that_is_consented_to(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_beyond = ["Exchange.ManageV2", "EWS.AccessAsUser.All", "Mail.Send"]
    running.world.switches.consent_missing = ["Exchange.ManageV2"]
    scope = "https://outlook.office365.com/.default"
    answer = redeem(running, http, get_code(running), scope=scope).json()
    claims = running.world.keys.read(answer["access_token"])
    assert (claims["aud"], claims["scp"]) == ("https://outlook.office365.com", "EWS.AccessAsUser.All")
    assert answer["scope"].split() == ["https://outlook.office365.com/EWS.AccessAsUser.All", scope]


def test_default_scope_of_an_api_that_nobody_consented_to_is_refused(
    running: Running, http: requests.Session
) -> None:
    answer = redeem(running, http, get_code(running), scope="https://outlook.office365.com/.default").json()
    assert (answer["error_codes"], answer["suberror"]) == ([65001], "consent_required")


def test_every_token_names_all_that_is_granted_whatever_it_was_asked_for(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_beyond = ["Group.Read.All"]
    scope = f"openid {running.origin}/User.Read.All"
    answer = redeem(running, http, get_code(running), scope=scope).json()
    granted = running.world.keys.read(answer["access_token"])["scp"].split()
    assert granted == ["Directory.Read.All", "Group.Read.All", "User.Read.All"]
    assert f"{running.origin}/Group.Read.All" in answer["scope"].split()
