"""Entra that fails, and what the app proves itself with."""

from __future__ import annotations

import datetime
import json
from typing import Any

import jwt
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from shared.adapters.entra import ServiceAccount
from shared.errors import ServiceAccountError
from tests.support.access_tokens import another
from tests.support.entra_refusals import error_of
from tests.support.fake_entra import (
    AUTHORITY,
    CALLBACK,
    CLIENT,
    CLIENT_CERTIFICATE,
    CLIENT_SECRET,
    TENANT,
    Clock,
    FakeEntra,
    FakeVault,
    Reply,
    account_of,
    connect,
    refused,
    reply,
)


class TestFailures:
    @pytest.mark.parametrize(
        ("failure", "reason"),
        [
            (requests.ConnectionError("refused"), "network"),
            (requests.Timeout("slow"), "network"),
            (Reply(500, "<html>"), "busy"),
            (Reply(503, "{}"), "busy"),
            (Reply(200, "<html>sign in to the hotel's Wi-Fi</html>"), "unreadable_answer"),
            (Reply(200, ""), "unreadable_answer"),
            (Reply(200, "[]"), "unreadable_answer"),
            (Reply(200, "{}"), "unreadable_answer"),
            (Reply(400, '{"error": "inval'), "unreadable_answer"),
            (Reply(307, "", {"Location": "https://evil.example"}), "unreadable_answer"),
        ],
        ids=["refused", "timeout", "500", "503", "html", "empty", "list", "object", "truncated", "redirect"],
    )
    def test_a_failure_that_lasts_is_told_as_passing(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, failure: Any, reason: str
    ) -> None:
        entra.planned = [failure, failure]
        vault.reads.clear()
        error = error_of(account)
        assert not vault.reads
        assert error.reason == reason
        assert error.passing
        assert not error.needs_sign_in

    @pytest.mark.parametrize(
        "failure", [requests.ConnectionError("refused"), Reply(502, "")], ids=["network", "502"]
    )
    def test_a_failure_that_does_not_last_is_not_noticed(
        self, account: ServiceAccount, entra: FakeEntra, failure: Any
    ) -> None:
        entra.planned = [failure]
        assert another(account).startswith("access-token-2")

    def test_a_retry_after_is_kept_to(self, account: ServiceAccount, entra: FakeEntra) -> None:
        entra.planned = [Reply(503, "{}", {"Retry-After": "60"})]
        assert {error_of(account).reason for _ in range(3)} == {"busy"}
        assert len(entra.asked) == 2

    @pytest.mark.parametrize(
        ("planned", "reason", "passing"),
        [
            (refused(90002, "invalid_tenant"), "tenant_unknown", False),
            (Reply(404, "{}"), "unreadable_answer", True),
            (Reply(429, '{"error": "slow down"}', {"Retry-After": "60"}), "busy", True),
            (Reply(500, ""), "busy", True),
            (Reply(200, "<html>"), "unreadable_answer", True),
            (reply({"issuer": "x"}), "tenant_unknown", False),
            (requests.ConnectionError("refused"), "network", True),
        ],
        ids=["no tenant", "404", "429", "500", "html", "no endpoints", "network"],
    )
    def test_so_is_a_failure_at_the_very_start(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, planned: Any, reason: str, passing: bool
    ) -> None:
        entra.planned_gets = [planned, planned]
        with pytest.raises(ServiceAccountError) as caught:
            account_of(entra, vault, clock).start(CALLBACK)
        assert (caught.value.reason, caught.value.passing) == (reason, passing)

    def test_every_request_has_a_time_limit_and_goes_where_it_was_sent(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        another(account)
        assert len(entra.options) == 4
        for options in entra.options:
            assert options == {"timeout": 10, "allow_redirects": False}


@pytest.fixture(scope="module")
def pem() -> tuple[str, str, rsa.RSAPublicKey]:
    """Private key, certificate, and the public key to check with."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "rollcall")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()
    return private, certificate.public_bytes(serialization.Encoding.PEM).decode(), key.public_key()


class TestCredentials:
    def test_the_secret_is_read_from_the_vault_without_the_newline_it_was_pasted_with(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        vault.secrets[CLIENT_SECRET] = "the-client-secret\n"
        connect(account_of(entra, vault, clock), entra)
        assert entra.asked[0]["client_secret"] == "the-client-secret"

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["key first", "certificate first"])
    def test_a_certificate_signs_an_assertion_for_this_tenants_endpoint(
        self,
        entra: FakeEntra,
        vault: FakeVault,
        clock: Clock,
        pem: tuple[str, str, rsa.RSAPublicKey],
        order: tuple[int, int],
    ) -> None:
        vault.secrets[CLIENT_CERTIFICATE] = (
            f"Bag Attributes\n{pem[order[0]]}\nBag Attributes\n{pem[order[1]]}"
        )
        connect(account_of(entra, vault, clock, CREDENTIAL="certificate"), entra)
        asked = entra.asked[0]
        endpoint = f"{AUTHORITY}/{TENANT}/oauth2/v2.0/token"
        claims = jwt.decode(asked["client_assertion"], pem[2], ["PS256"], audience=endpoint, issuer=CLIENT)
        assert claims["sub"] == CLIENT
        assert {"x5c", "x5t#S256"} <= jwt.get_unverified_header(asked["client_assertion"]).keys()
        assert "client_secret" not in asked

    @pytest.mark.parametrize(
        ("kind", "kept", "reason"),
        [
            ("secret", None, "no_client_credential"),
            ("secret", " \n", "no_client_credential"),
            ("certificate", None, "no_client_credential"),
            ("certificate", "MIIEvQ==", "client_certificate"),
            ("certificate", "KEY", "client_certificate"),
            ("certificate", "CERTIFICATE", "client_certificate"),
            ("certificate", "ENCRYPTED", "client_certificate"),
        ],
        ids=[
            "no secret",
            "empty secret",
            "no certificate",
            "not PEM",
            "key only",
            "certificate only",
            "encrypted",
        ],
    )
    def test_a_credential_that_cannot_be_used_is_told_before_entra_is_asked(
        self,
        entra: FakeEntra,
        clock: Clock,
        pem: tuple[str, str, rsa.RSAPublicKey],
        kind: str,
        kept: str | None,
        reason: str,
    ) -> None:
        key = serialization.load_pem_private_key(pem[0].encode(), None)
        encrypted = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"password"),
        ).decode()
        texts = {"KEY": pem[0], "CERTIFICATE": pem[1], "ENCRYPTED": encrypted + pem[1]}
        vault = FakeVault()
        vault.secrets = {} if kept is None else {f"rollcall-client-{kind}": texts.get(kept, kept)}
        with pytest.raises(ServiceAccountError) as caught:
            account_of(entra, vault, clock, CREDENTIAL=kind).start(CALLBACK)
        assert caught.value.reason == reason
        assert f"rollcall-client-{kind}" in caught.value.remedy
        assert not entra.asked

    @pytest.mark.parametrize("client_id", ["", "cccccccc-0000-0000-0000-000000000000"])
    def test_a_managed_identity_proves_the_app_without_any_secret(
        self, entra: FakeEntra, clock: Clock, monkeypatch: pytest.MonkeyPatch, client_id: str
    ) -> None:
        monkeypatch.setenv("IDENTITY_ENDPOINT", "http://localhost:42/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "the-header")
        monkeypatch.setenv("AZURE_CLIENT_ID", client_id)
        vault = FakeVault()
        vault.secrets = {}
        account = account_of(entra, vault, clock, CREDENTIAL="managed_identity")
        connect(account, entra)
        another(account)
        for asked in entra.asked:
            assert asked["client_assertion"] == "assertion-of-the-identity"
            assert asked["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        [(url, query, headers)] = [got for got in entra.gets if "msi" in got[0]]
        assert url == "http://localhost:42/msi/token"
        assert query["resource"] == "api://AzureADTokenExchange"
        assert query.get("client_id", "") == client_id
        assert headers["X-IDENTITY-HEADER"] == "the-header"

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (reply({"statusCode": 400, "message": "No identity found for anna"}, 400), "managed_identity"),
            (reply({"statusCode": 500, "message": "No identity found for anna"}, 500), "managed_identity"),
            (Reply(500, "<html>"), "busy"),
            (Reply(429, "{}"), "unreadable_answer"),
            (requests.ConnectionError("refused"), "network"),
        ],
        ids=["400", "500", "html", "429", "network"],
    )
    def test_an_identity_that_gives_no_token_is_told_plainly(
        self,
        entra: FakeEntra,
        vault: FakeVault,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
        answer: Any,
        reason: str,
    ) -> None:
        monkeypatch.setenv("IDENTITY_ENDPOINT", "http://localhost:42/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "the-header")
        account = account_of(entra, vault, clock, CREDENTIAL="managed_identity")
        flow = account.start(CALLBACK)
        params = entra.sign_in(flow["auth_uri"])
        discovery = entra.get(f"{AUTHORITY}/{TENANT}/v2.0/.well-known/openid-configuration")
        entra.planned_gets = [discovery, answer, answer]
        with pytest.raises(ServiceAccountError) as caught:
            account.finish(flow, params)
        assert caught.value.reason == reason
        assert "anna" not in json.dumps(vars(caught.value))
