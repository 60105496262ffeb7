"""What can be switched on in the simulated Entra: accounts, consents, apps that are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from sandbox.server.server import Running
from tests.support.entra_http import (
    authorize_url,
    exchange_scopes,
    graph_scopes,
    refresh,
    sign_in,
)

MENDED = {
    "mfa_required": 50076,
    "password_expired": 50055,
    "sign_in_frequency": 70043,
    "sessions_revoked": 50173,
    "refresh_token_unused": 700082,
}


BLOCKING = {
    "account_disabled": 50057,
    "account_locked": 50053,
    "conditional_access": 53003,
    "user_not_assigned": 50105,
}


ENDING = ["sign_in_frequency", "sessions_revoked", "refresh_token_unused"]


@pytest.mark.parametrize(("switch", "number"), [*MENDED.items(), *BLOCKING.items()])
def test_a_switch_about_the_account_refuses_its_refresh_token(
    running: Running, make_app: Any, cache: Any, switch: str, number: int
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert answer["error"] == "invalid_grant"
    assert answer["error_codes"] == [number]


@pytest.mark.parametrize("switch", MENDED)
def test_signing_in_again_mends_it_while_the_switch_is_still_on(
    running: Running, make_app: Any, cache: Any, switch: str
) -> None:
    running.world.switches.set(**{switch: True})
    sign_in(running, make_app(cache=cache))
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


@pytest.mark.parametrize("switch", BLOCKING)
def test_a_blocked_account_cannot_sign_in(running: Running, make_app: Any, switch: str) -> None:
    running.world.switches.set(**{switch: True})
    with pytest.raises(PermissionError, match=f"AADSTS{BLOCKING[switch]}"):
        sign_in(running, make_app())


@pytest.mark.parametrize("switch", [*MENDED, *BLOCKING])
def test_only_a_refused_refresh_token_that_is_gone_for_good_stays_refused(
    running: Running, make_app: Any, cache: Any, switch: str
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    refresh(make_app(cache=cache), graph_scopes(running))
    running.world.switches.set(**{switch: False})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert ("error" in answer) == (switch in ENDING)


def test_a_switch_may_be_about_another_account(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(account="ada.admin@company.com", account_disabled=True)
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


def test_a_person_disabled_in_the_tenant_is_refused(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.service_account.enabled = False
    assert refresh(make_app(cache=cache), graph_scopes(running))["error_codes"] == [50057]


def test_a_missing_consent_refuses_only_what_needs_it(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.consent_missing = ["EWS.AccessAsUser.All"]
    refused = refresh(make_app(cache=cache), exchange_scopes(running))
    assert (refused["error_codes"], refused["suberror"]) == ([65001], "consent_required")
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


def test_only_an_administrator_can_consent_to_reading_the_directory(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_missing = ["Directory.Read.All", "Member.Read.Hidden"]
    url = authorize_url(running)
    basic = http.post(url, {"account": "mia.sender@company.com", "action": "accept"}, timeout=10)
    assert "AADSTS90094" in basic.text
    admin = {"account": "ada.admin@company.com", "action": "accept"}
    assert http.post(url, admin, timeout=10, allow_redirects=False).is_redirect
    assert running.world.switches.consent_missing == ["Member.Read.Hidden"]


@pytest.mark.parametrize(
    ("switch", "error", "number"),
    [
        ("client_secret_expired", "invalid_client", 7000222),
        ("client_secret_wrong", "invalid_client", 7000215),
        ("app_disabled", "unauthorized_client", 700016),
    ],
)
def test_a_switch_about_the_app_refuses_it(
    running: Running, make_app: Any, cache: Any, switch: str, error: str, number: int
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert (answer["error"], answer["error_codes"]) == (error, [number])


def test_a_busy_entra_is_no_answer_about_the_account(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.busy = True
    with pytest.raises(msal.exceptions.MsalServiceError, match="503"):
        refresh(make_app(cache=cache), graph_scopes(running))


def test_a_wrong_secret_is_refused(running: Running, make_app: Any) -> None:
    answer = sign_in(running, make_app("not the secret"))
    assert answer["error_codes"] == [7000215]


def make_certificate() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "rollcall")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    form = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key.private_bytes(*form).decode(), certificate.public_bytes(form[0]).decode()


def test_a_certificate_is_as_good_as_a_secret_once_it_is_registered(running: Running, make_app: Any) -> None:
    key, certificate = make_certificate()
    credential = {"private_key": key, "public_certificate": certificate}
    assert sign_in(running, make_app(credential))["error_codes"] == [700027]
    running.world.apps[running.world.tenant.client_id].certificates = [certificate]
    assert "access_token" in sign_in(running, make_app(credential))


def test_a_managed_identity_can_stand_for_the_app(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    identity = msal.UserAssignedManagedIdentity(client_id=running.world.managed_identity.client_id)
    client = msal.ManagedIdentityClient(identity, http_client=http)

    def assertion() -> str:
        answer = client.acquire_token_for_client(resource="api://AzureADTokenExchange")
        return str(answer["access_token"])

    assert "access_token" in sign_in(running, make_app({"client_assertion": assertion}))
    running.world.apps[running.world.tenant.client_id].federated = ["another identity"]
    assert sign_in(running, make_app({"client_assertion": assertion}))["error_codes"] == [700213]
