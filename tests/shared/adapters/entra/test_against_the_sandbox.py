"""The service account, Key Vault and callers against the simulated tenant, over TLS."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from sandbox.server.server import Running
from shared.adapters.entra import ServiceAccount, client
from shared.adapters.identity import own_identity
from shared.adapters.keyvault import Vault
from shared.errors import NotAllowed, NotAuthenticated, ServiceAccountError, VaultUnavailable
from shared.settings import Settings
from shared.web.callers import Callers
from tests.support.access_tokens import another

CALLBACK = "http://localhost:7071/api/connection/callback"


@pytest.fixture
def environ(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The app's environment; the clients' own part of it is set."""
    environ = sandbox.settings_env() | {
        "ROLLCALL_STORAGE_CONNECTION": "UseDevelopmentStorage=true",
        "ROLLCALL_PUBLIC_URL": "http://localhost:7071",
        "ROLLCALL_DIRECTORIES": "graph,exchange,ews",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(client, "_RETRY_PAUSE", 0)
    # The vault outlives the other tests.
    name = "rollcall-client-secret"
    monkeypatch.setattr(sandbox.world, "secrets", {name: sandbox.world.secrets[name]})
    return environ


def process(environ: dict[str, str], **changed: str) -> ServiceAccount:
    """The service account as a new process has it."""
    settings = Settings.from_env(environ | {f"ROLLCALL_{name}": value for name, value in changed.items()})
    return ServiceAccount(settings, Vault(settings.key_vault_url, own_identity()))


def connect(account: ServiceAccount, sandbox: Running) -> None:
    flow = account.start(CALLBACK)
    callback = sandbox.sign_in_service_account(flow["auth_uri"])
    account.finish(flow, dict(parse_qsl(urlsplit(callback).query)))


@pytest.fixture
def account(environ: dict[str, str], sandbox: Running) -> ServiceAccount:
    account = process(environ)
    connect(account, sandbox)
    return account


def claims(access_token: str) -> dict[str, Any]:
    import jwt

    decoded: dict[str, Any] = jwt.decode(access_token, options={"verify_signature": False})
    return decoded


class TestServiceAccount:
    def test_one_sign_in_serves_every_directory_and_every_process(
        self, account: ServiceAccount, environ: dict[str, str], sandbox: Running
    ) -> None:
        connected = account.account()
        assert connected
        assert connected.username == "rollcall-service@company.com"
        for one in (account, process(environ)):
            assert "User.Read.All" in claims(one.access_token("graph"))["scp"]
            assert "EWS.AccessAsUser.All" in claims(one.access_token("exchange"))["scp"]
            assert claims(one.access_token("graph"))["oid"] == sandbox.world.tenant.service_account

    def test_what_is_kept_in_the_vault_is_small_and_holds_no_access_token(
        self, account: ServiceAccount, sandbox: Running
    ) -> None:
        access_token = account.access_token("graph")
        [version] = sandbox.world.secrets["rollcall-token-cache"]
        assert len(version.value) < 4000
        assert access_token not in version.value
        assert set(json.loads(version.value)["cache"]) == {"Account", "RefreshToken", "AppMetadata"}

    @pytest.mark.parametrize(
        ("switch", "reason", "mended_by_sign_in"),
        [
            ("mfa_required", "mfa_required", True),
            ("password_expired", "password_expired", True),
            ("sign_in_frequency", "sign_in_frequency", True),
            ("sessions_revoked", "sign_in_revoked", True),
            ("refresh_token_unused", "sign_in_expired", True),
            ("account_disabled", "disabled", False),
            ("account_locked", "locked", False),
            ("conditional_access", "conditional_access", False),
            ("user_not_assigned", "not_assigned", False),
            ("client_secret_expired", "client_secret_expired", False),
            ("client_secret_wrong", "client_secret_wrong", False),
            ("app_disabled", "app_unknown", False),
        ],
    )
    def test_what_stops_it_is_told_and_once_mended_it_works_again(
        self, account: ServiceAccount, sandbox: Running, switch: str, reason: str, mended_by_sign_in: bool
    ) -> None:
        sandbox.world.switches.set(**{switch: True})
        with pytest.raises(ServiceAccountError) as caught:
            another(account)
        assert caught.value.reason == reason
        assert caught.value.needs_sign_in == mended_by_sign_in
        assert not caught.value.passing
        if not mended_by_sign_in:
            sandbox.world.switches.set(**{switch: False})
        connect(account, sandbox)
        assert claims(another(account))["oid"] == sandbox.world.tenant.service_account

    def test_withdrawn_consent_stops_the_directory_it_concerns(
        self, account: ServiceAccount, sandbox: Running
    ) -> None:
        sandbox.world.switches.set(consent_missing=["EWS.AccessAsUser.All"])
        with pytest.raises(ServiceAccountError) as caught:
            another(account, "exchange")
        assert caught.value.reason == "consent_missing"
        assert another(account)

    def test_a_busy_entra_passes(self, account: ServiceAccount, sandbox: Running) -> None:
        sandbox.world.switches.set(busy=True)
        with pytest.raises(ServiceAccountError) as caught:
            another(account)
        assert caught.value.passing

    def test_a_truncated_answer_is_tried_again(self, account: ServiceAccount, sandbox: Running) -> None:
        sandbox.world.faults.set([{"service": "entra", "truncate": 40, "times": 1}])
        assert another(account)

    def test_without_any_secret_the_functions_own_identity_is_proof_enough(
        self, environ: dict[str, str], sandbox: Running
    ) -> None:
        sandbox.world.secrets.clear()
        account = process(environ, CREDENTIAL="managed_identity")
        connect(account, sandbox)
        assert another(account)

    def test_a_code_is_good_once(self, account: ServiceAccount, sandbox: Running) -> None:
        flow = account.start(CALLBACK)
        params = dict(parse_qsl(urlsplit(sandbox.sign_in_service_account(flow["auth_uri"])).query))
        account.finish(flow, params)
        with pytest.raises(ServiceAccountError) as caught:
            account.finish(flow, params)
        assert caught.value.reason == "sign_in_reused"
        assert account.access_token("graph")


class TestVault:
    def test_secrets_are_read_and_written_with_the_apps_identity(self, environ: dict[str, str]) -> None:
        vault = Vault(environ["ROLLCALL_KEY_VAULT_URL"], own_identity())
        assert vault.get("rollcall-token-cache") is None
        vault.set("rollcall-token-cache", "{}")
        assert vault.get("rollcall-token-cache", fresh=True) == "{}"

    def test_a_role_that_is_missing_is_named(self, environ: dict[str, str], sandbox: Running) -> None:
        sandbox.world.switches.set(vault_denied=True)
        with pytest.raises(VaultUnavailable) as caught:
            Vault(environ["ROLLCALL_KEY_VAULT_URL"], own_identity()).get("rollcall-client-secret")
        assert "Key Vault Secrets Officer" in caught.value.remedy

    @pytest.mark.parametrize("service", ["vault", "msi"])
    @pytest.mark.parametrize("fault", [{"drop": True}, {"status": 503}], ids=["drop", "503"])
    def test_what_is_down_is_known_soon(
        self, environ: dict[str, str], sandbox: Running, service: str, fault: dict[str, Any]
    ) -> None:
        sandbox.world.faults.set([{"service": service, **fault}])
        started_at = time.monotonic()
        with pytest.raises(VaultUnavailable):
            Vault(environ["ROLLCALL_KEY_VAULT_URL"], own_identity()).get("rollcall-client-secret")
        assert time.monotonic() - started_at < 10


class TestCallers:
    def test_people_of_the_tenant_are_recognised_by_their_roles(
        self, environ: dict[str, str], sandbox: Running
    ) -> None:
        callers = Callers(Settings.from_env(environ))
        sender = callers.identify(f"Bearer {sandbox.caller_token()}")
        assert sender.is_sender
        assert not sender.is_admin
        admin = callers.identify(f"Bearer {sandbox.caller_token('ada.admin@company.com')}")
        assert admin.is_admin
        with pytest.raises(NotAllowed):
            callers.identify(f"Bearer {sandbox.caller_token('user1@company.com')}")

    def test_the_service_accounts_tokens_open_nothing_here(
        self, account: ServiceAccount, environ: dict[str, str]
    ) -> None:
        with pytest.raises(NotAuthenticated):
            Callers(Settings.from_env(environ)).identify(f"Bearer {account.access_token('graph')}")
