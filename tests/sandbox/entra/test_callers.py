"""The add-in's and callers' tokens, and the published keys."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import requests

from sandbox.server.server import Running
from tests.support.entra_http import (
    authorize_url,
    redeem,
    token_url,
)


def test_the_addin_gets_a_token_for_the_backend_without_a_secret(
    running: Running, http: requests.Session
) -> None:
    addin = running.world.addin
    scope = f"api://{running.world.tenant.client_id}/access_as_user"
    redirect_uri = "https://localhost:7071/addin/dialog.html"
    url = authorize_url(running, client_id=addin.client_id, scope=scope, redirect_uri=redirect_uri)
    accept = {"account": "mia.sender@company.com", "action": "accept"}
    location = http.post(url, accept, timeout=10, allow_redirects=False).headers["Location"]
    code = dict(parse_qsl(urlsplit(location).query))["code"]
    changes = {"client_id": addin.client_id, "client_secret": None, "scope": scope}
    http.headers["Origin"] = "https://localhost:7071"
    answer = redeem(running, http, code, redirect_uri=redirect_uri, **changes)
    claims = running.world.keys.read(answer.json()["access_token"])
    assert claims["aud"] == running.world.tenant.client_id
    assert (claims["azp"], claims["azpacr"], claims["scp"]) == (addin.client_id, "0", "access_as_user")
    assert claims["roles"] == ["Rollcall.Sender"]


def test_a_page_of_another_origin_may_ask_for_tokens(running: Running, http: requests.Session) -> None:
    origin = {"Origin": "https://localhost:7071"}
    answer = http.options(token_url(running), headers=origin, timeout=10)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://localhost:7071"


def verify(running: Running, keys: jwt.PyJWKClient, token: str) -> dict[str, Any]:
    key = keys.get_signing_key_from_jwt(token)
    tenant = running.world.tenant
    issuer = f"{running.origin}/{tenant.tenant_id}/v2.0"
    return dict(jwt.decode(token, key, algorithms=["RS256"], audience=tenant.client_id, issuer=issuer))


def test_a_callers_token_verifies_against_the_published_keys(
    running: Running, http: requests.Session
) -> None:
    base = f"{running.origin}/{running.world.tenant.tenant_id}"
    metadata = http.get(f"{base}/v2.0/.well-known/openid-configuration", timeout=10).json()
    keys = jwt.PyJWKClient(metadata["jwks_uri"])
    claims = verify(running, keys, running.caller_token())
    assert metadata["issuer"] == claims["iss"]
    assert (claims["ver"], claims["scp"], claims["tid"]) == (
        "2.0",
        "access_as_user",
        running.world.tenant.tenant_id,
    )
    assert claims["preferred_username"] == "mia.sender@company.com"
    assert verify(running, keys, running.caller_token("ada.admin@company.com"))["roles"] == ["Rollcall.Admin"]
    assert "roles" not in verify(running, keys, running.caller_token("lena.fischer@company.com"))


def test_claims_of_a_callers_token_can_be_replaced_and_left_out(running: Running) -> None:
    claims = running.world.keys.read(running.caller_token(ver="1.0", scp=None))
    assert claims["ver"] == "1.0"
    assert "scp" not in claims
    with pytest.raises(LookupError, match="stranger"):
        running.caller_token("stranger@company.com")


@pytest.mark.parametrize("forget_old", [False, True])
def test_a_rotated_key_signs_at_once_and_the_old_one_verifies_while_published(
    running: Running, http: requests.Session, forget_old: bool
) -> None:
    before = running.caller_token()
    running.world.keys.rotate(forget_old=forget_old)
    after = running.caller_token()
    keys = jwt.PyJWKClient(f"{running.origin}/{running.world.tenant.tenant_id}/discovery/v2.0/keys")
    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    assert verify(running, keys, after)
    if forget_old:
        with pytest.raises(jwt.PyJWKClientError):
            verify(running, keys, before)
    else:
        assert verify(running, keys, before)


def test_another_tenants_metadata_is_not_there(running: Running, http: requests.Session) -> None:
    url = f"{running.origin}/00000000-0000-0000-0000-000000000000/v2.0/.well-known/openid-configuration"
    answer = http.get(url, timeout=10)
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])


def test_instance_discovery_names_this_tenant(running: Running, http: requests.Session) -> None:
    authority = f"{running.origin}/{running.world.tenant.tenant_id}"
    query = {"api-version": "1.1", "authorization_endpoint": f"{authority}/oauth2/v2.0/authorize"}
    answer = http.get(f"{running.origin}/common/discovery/instance", params=query, timeout=10).json()
    assert http.get(answer["tenant_discovery_endpoint"], timeout=10).status_code == 200
