"""What Entra refuses, how it fails, and how the app proves itself to it."""

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

from shared.adapters.entra import ServiceAccount, client
from shared.adapters.entra.refusals import REFUSALS, refusal
from shared.errors import ServiceAccountError
from tests.support.access_tokens import another
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

# Those that a new sign-in mends, all others, and those that pass by themselves.
MENDED_BY_SIGN_IN = {
    50055, 50072, 50074, 50076, 50078, 50079, 50132, 50133, 50144, 50158, 50173,
    65001, 70000, 70008, 70043, 700082, 700084,
}  # fmt: skip
OTHERS = {
    50057, 50053, 50126, 50034, 51004, 50020, 53003, 53000, 53001, 53011, 50105, 65004, 650056, 650057,
    7000215, 7000222, 700027, 50012, 700016, 70001, 50011, 90002, 900023, 501481, 54005, 28000, 28002, 70011,
}  # fmt: skip
PASSING = {90055, 50196}


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_RETRY_PAUSE", 0)


@pytest.fixture
def entra() -> FakeEntra:
    return FakeEntra()


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    account = account_of(entra, vault, clock)
    connect(account, entra)
    return account


def error_of(account: ServiceAccount) -> ServiceAccountError:
    """Why no new access token is to be had."""
    with pytest.raises(ServiceAccountError) as caught:
        another(account)
    return caught.value


MENDED_BY_SIGN_IN |= {530035, 530004, 90093, 90094, 90095, 90097, 900971}
PASSING |= {90006, 90024, 90033, 90036}
OTHERS |= {
    *(530032, 50131, 53004, 53010, 530001, 530002, 530003, 530021, 50005, 50097, 50129, 50155),
    *(53002, 53009, 530034, 530027, 530029, 700024, 700023, 7000274, 50027),
    *(500014, 7000112, 7000114, 7000113, 500011, 650052, 650051),
    *(70021, 700211, 700212, 700213, 700222, 700223, 7002131),
}


class TestCodes:
    def test_the_table_has_every_code_that_is_known(self) -> None:
        assert REFUSALS.keys() == MENDED_BY_SIGN_IN | OTHERS | PASSING

    @pytest.mark.parametrize("code", sorted(REFUSALS))
    def test_each_code_has_its_own_plain_words(
        self, account: ServiceAccount, entra: FakeEntra, code: int
    ) -> None:
        entra.planned = [refused(code)]
        error = error_of(account)
        assert error.sentence == REFUSALS[code].sentence
        assert error.remedy == REFUSALS[code].remedy
        assert error.reason == REFUSALS[code].reason
        assert error.needs_sign_in == (code in MENDED_BY_SIGN_IN)
        assert error.passing == (code in PASSING)
        assert len(entra.asked) == 2

    def test_reasons_are_words_for_programs_and_sentences_for_people(self) -> None:
        for found in REFUSALS.values():
            assert found.reason.replace("_", "").isalpha()
            assert found.sentence.endswith(".")
            assert found.remedy.endswith(".")
            assert "AADSTS" not in found.sentence

    @pytest.mark.parametrize(
        ("error", "reason", "needs_sign_in", "passing"),
        [
            ("invalid_grant", "sign_in_needed", True, False),
            ("interaction_required", "sign_in_needed", True, False),
            ("login_required", "sign_in_needed", True, False),
            ("consent_required", "consent_missing", True, False),
            ("access_denied", "consent_declined", False, False),
            ("invalid_client", "client_refused", False, False),
            ("unauthorized_client", "app_unknown", False, False),
            ("invalid_scope", "wrong_request", False, False),
            ("temporarily_unavailable", "busy", False, True),
            ("server_error", "busy", False, True),
            ("what_is_this", "unknown", False, False),
        ],
    )
    def test_an_unknown_code_is_judged_by_its_error_and_named_by_its_number(
        self,
        account: ServiceAccount,
        entra: FakeEntra,
        error: str,
        reason: str,
        needs_sign_in: bool,
        passing: bool,
    ) -> None:
        entra.planned = [refused(999123, error)]
        caught = error_of(account)
        assert (caught.reason, caught.needs_sign_in, caught.passing) == (reason, needs_sign_in, passing)
        assert caught.sentence.endswith(" (AADSTS999123).")

    @pytest.mark.parametrize(
        ("code", "reason", "remedy"),
        [
            (530003, "device_policy", "Exempt"),
            (50097, "device_policy", "Exempt"),
            (53002, "app_policy", "Exempt"),
            (530027, "network_policy", "Exempt"),
            (530035, "security_defaults", "multi-factor"),
            (530099, "conditional_access", "policy"),
            (53099, "conditional_access", "policy"),
            (700024, "clock", "clock"),
            (500014, "resource_disabled", "Enable"),
            (90094, "consent_missing", "consent"),
            (900999, "consent_missing", "consent"),
            (7000299, "client_refused", "Key Vault"),
            (700213, "federation", "federated credential"),
        ],
    )
    def test_a_policy_is_told_by_its_kind_whatever_its_number(
        self, account: ServiceAccount, entra: FakeEntra, code: int, reason: str, remedy: str
    ) -> None:
        entra.planned = [refused(code)]
        caught = error_of(account)
        assert (caught.reason, remedy in caught.remedy) == (reason, True)
        assert code in REFUSALS or f"AADSTS{code}" in caught.sentence
        if reason not in ("security_defaults", "consent_missing"):
            assert "connect the service account again" not in caught.remedy

    @pytest.mark.parametrize("lifetime", ["soon", None, {}, []])
    def test_a_token_of_an_odd_lifetime_poisons_nothing(
        self, account: ServiceAccount, entra: FakeEntra, lifetime: Any
    ) -> None:
        odd = {"access_token": "x", "token_type": "Bearer", "expires_in": lifetime}
        entra.planned = [reply(odd, 200)]
        assert error_of(account).passing
        assert account.access_token("graph")

    @pytest.mark.parametrize(
        "garbage",
        [{"code": "x"}, ["x"], 5, None, True],
        ids=["an object", "a list", "a number", "null", "true"],
    )
    def test_an_error_that_is_no_word_poisons_nothing(
        self, account: ServiceAccount, entra: FakeEntra, garbage: Any
    ) -> None:
        entra.planned = [reply({"error": garbage, "error_description": "odd"}, 400)]
        caught = error_of(account)
        assert caught.reason == "token_refused"
        assert account.access_token("graph")

    @pytest.mark.parametrize(
        "answer",
        [
            {"error": "invalid_grant"},
            {"error": "invalid_grant", "error_codes": None, "error_description": None},
            {"error": "invalid_grant", "error_codes": "none", "error_description": "AADSTS"},
            {"error": "invalid_grant", "error_codes": {}, "error_description": ["AADSTS5"]},
        ],
    )
    def test_a_refusal_without_a_number_is_judged_by_its_error(self, answer: dict[str, Any]) -> None:
        assert refusal(answer).reason == "sign_in_needed"
        assert "AADSTS" not in refusal(answer).sentence

    @pytest.mark.parametrize("code", [50076, 999123])
    def test_nothing_of_entras_text_is_passed_on(
        self, account: ServiceAccount, entra: FakeEntra, code: int
    ) -> None:
        entra.planned = [refused(code)]
        error = error_of(account)
        assert "anna" not in error.sentence + error.remedy + str(error)

    @pytest.mark.parametrize(
        ("params", "reason"),
        [
            ({"error": "access_denied", "error_description": "AADSTS65004: declined"}, "consent_declined"),
            ({"error": "access_denied"}, "consent_declined"),
            ({"error": "consent_required", "error_description": "AADSTS65001: missing"}, "consent_missing"),
            ({"error": "server_error"}, "busy"),
            (
                {"error": "invalid_client", "error_description": "AADSTS650056: x"},
                "permission_not_registered",
            ),
            ({"error": "<script>", "error_description": "<script>"}, "unknown"),
        ],
    )
    def test_what_the_callback_brings_instead_of_a_code_is_told_plainly(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, params: dict[str, str], reason: str
    ) -> None:
        account = account_of(entra, vault, clock)
        flow = account.start(CALLBACK)
        with pytest.raises(ServiceAccountError) as caught:
            account.finish(flow, params | {"state": flow["state"]})
        assert caught.value.reason == reason
        assert "<" not in caught.value.sentence
        assert not vault.writes

    def test_entra_is_not_asked_again_for_a_minute_after_it_refused(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        entra.refresh_tokens.clear()
        assert {error_of(account).reason for _ in range(5)} == {"sign_in_revoked"}
        assert len(entra.asked) == 2

    def test_a_refusal_of_the_app_itself_is_not_asked_for_twice(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        entra.secret = "another"
        assert error_of(account).reason == "client_secret_wrong"
        assert len(entra.asked) == 2

    def test_a_new_sign_in_ends_that_minute(self, account: ServiceAccount, entra: FakeEntra) -> None:
        entra.refresh_tokens.clear()
        error_of(account)
        connect(account, entra)
        assert another(account).startswith("access-token-3")


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
