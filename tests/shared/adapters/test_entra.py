"""The service account: signing in, keeping the sign-in, handing out access tokens."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from shared.adapters.entra import AccountIdentity, ServiceAccount
from shared.errors import ServiceAccountError, VaultUnavailable
from tests.support.access_tokens import another
from tests.support.fake_entra import (
    AUTHORITY,
    CALLBACK,
    GRAPH,
    OUTLOOK,
    TENANT,
    TOKEN_CACHE,
    Clock,
    FakeEntra,
    FakeVault,
    account_of,
    connect,
    reply,
)

HOUR = 3600.0
DAY = 24 * HOUR
GRAPH_TOKEN = "access-token-{} for graph.example.com"
BOTH = [f"{GRAPH}/Directory.Read.All", f"{GRAPH}/User.Read.All"]
ALL_DIRECTORIES = {"DIRECTORIES": "graph,exchange,ews"}


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
def connected(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    account = account_of(entra, vault, clock, **ALL_DIRECTORIES)
    connect(account, entra)
    return account


class TestSigningIn:
    @pytest.mark.parametrize(
        ("changed", "scopes"),
        [
            ({}, [f"{GRAPH}/Directory.Read.All", f"{GRAPH}/User.Read.All"]),
            ({"GRAPH_SCOPES": "GroupMember.Read.All"}, [f"{GRAPH}/GroupMember.Read.All"]),
            ({"DIRECTORIES": "graph,exchange"}, [*BOTH, f"{OUTLOOK}/Exchange.ManageV2"]),
            ({"DIRECTORIES": "graph,ews"}, [*BOTH, f"{OUTLOOK}/EWS.AccessAsUser.All"]),
            (
                {"DIRECTORIES": "ews,exchange,graph"},
                [*BOTH, f"{OUTLOOK}/EWS.AccessAsUser.All", f"{OUTLOOK}/Exchange.ManageV2"],
            ),
            (
                {
                    "DIRECTORIES": "graph,ews,exchange",
                    "EWS_URL": "https://mail.on-premises.example/EWS/Exchange.asmx",
                },
                [*BOTH, f"{OUTLOOK}/Exchange.ManageV2"],
            ),
            ({"DIRECTORIES": "graph,ews", "EWS_SIGN_IN": "password"}, BOTH),
        ],
        ids=[
            "graph",
            "narrower graph",
            "exchange",
            "ews",
            "ews and exchange",
            "ews on premises",
            "ews by password",
        ],
    )
    def test_consent_is_asked_for_the_enabled_directories_and_nothing_else(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, changed: dict[str, str], scopes: list[str]
    ) -> None:
        flow = account_of(entra, vault, clock, **changed).start(CALLBACK)
        query = dict(parse_qsl(urlsplit(flow["auth_uri"]).query))
        assert sorted(query["scope"].split()) == sorted([*scopes, "offline_access", "openid", "profile"])

    def test_the_authorization_request_is_bound_to_its_answer(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        flow = account_of(entra, vault, clock).start(CALLBACK, "rollcall@example.com")
        assert flow["auth_uri"].startswith(f"{AUTHORITY}/{TENANT}/oauth2/v2.0/authorize?")
        query = dict(parse_qsl(urlsplit(flow["auth_uri"]).query))
        assert query["state"] == flow["state"]
        assert query["code_challenge_method"] == "S256"
        assert {"code_challenge", "nonce"} <= query.keys()
        assert query["redirect_uri"] == CALLBACK
        assert query["login_hint"] == "rollcall@example.com"
        assert flow["code_verifier"] not in flow["auth_uri"]
        assert json.loads(json.dumps(flow)) == flow

    def test_only_the_tenant_is_asked_for_its_endpoints(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account = account_of(entra, vault, clock)
        connect(account, entra)
        account.access_token("graph")
        assert {url for url, _, _ in entra.gets} == {
            f"{AUTHORITY}/{TENANT}/v2.0/.well-known/openid-configuration"
        }

    def test_the_account_is_told_and_remembered(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account = account_of(entra, vault, clock)
        assert account.account() is None
        expected = AccountIdentity(entra.person["oid"], TENANT, "rollcall@example.com")
        assert connect(account, entra) == expected
        assert account.account() == expected
        assert account_of(entra, vault, clock).account() == expected

    def test_two_resources_live_on_one_refresh_token(
        self, connected: ServiceAccount, entra: FakeEntra
    ) -> None:
        assert connected.access_token("exchange") == "access-token-2 for outlook.example.com"
        assert connected.access_token("graph") == GRAPH_TOKEN.format(1)
        first, second = entra.asked
        assert first["scope"].split()[:2] == [f"{GRAPH}/Directory.Read.All", f"{GRAPH}/User.Read.All"]
        assert second["grant_type"] == "refresh_token"
        assert {scope for scope in second["scope"].split() if "://" in scope} == {
            f"{OUTLOOK}/EWS.AccessAsUser.All",
            f"{OUTLOOK}/Exchange.ManageV2",
        }

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "another"},
            {"state": ""},
            {"code": ""},
            {"code": "", "error": ""},
        ],
        ids=["another state", "no state", "no code", "neither code nor error"],
    )
    def test_an_answer_that_is_not_to_our_question_is_refused(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, change: dict[str, str]
    ) -> None:
        account = account_of(entra, vault, clock)
        flow = account.start(CALLBACK)
        params = entra.sign_in(flow["auth_uri"]) | change
        with pytest.raises(ServiceAccountError) as caught:
            account.finish(flow, {name: value for name, value in params.items() if value})
        assert caught.value.reason == "sign_in_mismatch"
        assert not entra.asked
        assert not vault.writes

    def test_a_code_that_another_sign_in_was_given_is_refused(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account = account_of(entra, vault, clock)
        ours, theirs = account.start(CALLBACK), account.start(CALLBACK)
        injected = entra.sign_in(theirs["auth_uri"]) | {"state": ours["state"]}
        with pytest.raises(ServiceAccountError, match="already used"):
            account.finish(ours, injected)
        assert not vault.writes

    @pytest.mark.parametrize(
        ("claims", "reason"),
        [
            ({"nonce": "another"}, "sign_in_mismatch"),
            ({"tid": "99999999-0000-0000-0000-000000000000"}, "wrong_tenant"),
            ({"tid": None}, "wrong_tenant"),
            ({"aud": "another app"}, "wrong_tenant"),
        ],
        ids=["another nonce", "another tenant", "no tenant", "another app"],
    )
    def test_somebody_elses_sign_in_is_not_kept(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, claims: dict[str, Any], reason: str
    ) -> None:
        account = account_of(entra, vault, clock)
        entra.id_token = claims
        with pytest.raises(ServiceAccountError) as caught:
            connect(account, entra)
        assert caught.value.reason == reason
        assert not vault.writes
        assert account.account() is None

    @pytest.mark.parametrize("lost", ["refresh_token", "oid"])
    def test_a_sign_in_that_could_not_last_is_not_kept(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock, lost: str
    ) -> None:
        entra.lost = [lost]
        with pytest.raises(ServiceAccountError) as caught:
            connect(account_of(entra, vault, clock), entra)
        assert caught.value.reason == "unreadable_answer"
        assert not vault.writes

    def test_a_failed_sign_in_leaves_the_account_that_was_connected(
        self, connected: ServiceAccount, entra: FakeEntra
    ) -> None:
        entra.id_token = {"tid": "99999999-0000-0000-0000-000000000000"}
        with pytest.raises(ServiceAccountError):
            connect(connected, entra)
        assert connected.access_token("graph") == GRAPH_TOKEN.format(1)
        assert connected.account() == AccountIdentity(entra.person["oid"], TENANT, "rollcall@example.com")

    def test_a_sign_in_that_the_vault_does_not_take_is_not_used(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account = account_of(entra, vault, clock)
        flow = account.start(CALLBACK)
        vault.set = refuse_to_write  # type: ignore[method-assign]
        with pytest.raises(VaultUnavailable):
            account.finish(flow, entra.sign_in(flow["auth_uri"]))
        assert account.account() is None

    def test_another_account_takes_the_place_of_the_first(
        self, connected: ServiceAccount, entra: FakeEntra
    ) -> None:
        connected.access_token("exchange")
        entra.person = entra.person | {"oid": "0b0b0b0b", "preferred_username": "second@example.com"}
        assert connect(connected, entra).username == "second@example.com"
        assert connected.access_token("graph") == GRAPH_TOKEN.format(3)
        assert connected.access_token("exchange").startswith("access-token-4")
        assert entra.asked[-1]["refresh_token"] == "refresh-token-3"


class TestWhatIsKept:
    def test_nothing_but_the_refresh_token_and_whose_it_is(
        self, connected: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        connected.access_token("exchange")
        text = vault.secrets[TOKEN_CACHE]
        assert set(vault.kept) == {"account", "connected_at", "written_at", "cache"}
        assert set(vault.kept["cache"]) == {"Account", "RefreshToken", "AppMetadata"}
        assert "refresh-token-1" in text
        assert "access-token" not in text
        assert "e30." not in text
        assert '": ' not in text

    def test_a_sign_in_too_large_for_a_secret_is_refused(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        entra.person["preferred_username"] = "x" * 20_000
        with pytest.raises(ServiceAccountError) as caught:
            connect(account_of(entra, vault, clock), entra)
        assert caught.value.reason == "sign_in_too_large"
        assert not vault.writes

    def test_a_renewed_refresh_token_is_used_at_once_and_kept_once_a_day(
        self, connected: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        started_at = clock.now
        for _ in range(49):
            clock.now += HOUR
            connected.access_token("graph")
        assert [asked["refresh_token"] for asked in entra.asked[1:4]] == [
            "refresh-token-1",
            "refresh-token-2",
            "refresh-token-3",
        ]
        assert vault.writes == [TOKEN_CACHE] * 3  # the sign-in, after one day, after two
        assert vault.kept["connected_at"] < vault.kept["written_at"]
        assert clock.now - started_at > 2 * DAY

    def test_a_refresh_token_that_was_not_renewed_is_not_written_again(
        self, connected: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        clock.now += 2 * DAY
        entra.lost = ["refresh_token"]
        connected.access_token("graph")
        assert vault.writes == [TOKEN_CACHE]

    def test_a_vault_that_takes_no_renewed_token_stops_nobody(
        self, connected: ServiceAccount, vault: FakeVault, clock: Clock
    ) -> None:
        clock.now += 2 * DAY
        write, vault.set = vault.set, refuse_to_write  # type: ignore[method-assign]
        assert connected.access_token("graph") == GRAPH_TOKEN.format(2)
        vault.set = write  # type: ignore[method-assign]
        clock.now += 2 * HOUR
        connected.access_token("graph")
        assert "refresh-token-3" in vault.secrets[TOKEN_CACHE]

    def test_disconnecting_overwrites_it(
        self, connected: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        connected.disconnect()
        assert vault.secrets[TOKEN_CACHE] == "{}"
        assert connected.account() is None
        with pytest.raises(ServiceAccountError) as caught:
            connected.access_token("graph")
        assert caught.value.reason == "no_account"
        assert caught.value.needs_sign_in

    @pytest.mark.parametrize("text", ["", "{}", "not json", "[]", '{"account": 5}', '{"cache": {}}', "null"])
    def test_what_cannot_be_read_counts_as_nobody_connected(
        self, entra: FakeEntra, clock: Clock, text: str
    ) -> None:
        account = account_of(entra, FakeVault(**{TOKEN_CACHE: text}), clock)
        assert account.account() is None
        with pytest.raises(ServiceAccountError) as caught:
            account.access_token("graph")
        assert caught.value.reason == "no_account"

    @pytest.mark.parametrize(
        "changed",
        [
            {"TENANT_ID": "99999999-0000-0000-0000-000000000000"},
            {"CLIENT_ID": "99999999-0000-0000-0000-000000000000"},
            {"AUTHORITY": "https://login.another.example"},
        ],
        ids=["tenant", "app", "cloud"],
    )
    def test_a_sign_in_is_no_good_elsewhere(
        self,
        connected: ServiceAccount,
        entra: FakeEntra,
        vault: FakeVault,
        clock: Clock,
        changed: dict[str, str],
    ) -> None:
        with pytest.raises(ServiceAccountError) as caught:
            account_of(entra, vault, clock, **changed).access_token("graph")
        assert caught.value.reason == "no_account"
        assert len(entra.asked) == 1

    def test_no_secret_is_in_a_log_or_a_repr(
        self,
        entra: FakeEntra,
        vault: FakeVault,
        clock: Clock,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        account = account_of(entra, vault, clock)
        flow = account.start(CALLBACK)
        account.finish(flow, entra.sign_in(flow["auth_uri"]))
        clock.now += 2 * DAY
        another(account)
        truncated = reply({"access_token": "access-token-9"}).text[:-1]
        entra.planned = [reply({}), reply({})]
        entra.planned[0].text = truncated  # type: ignore[union-attr]
        with pytest.raises(ServiceAccountError):
            another(account)
        seen = caplog.text + repr(vars(account)) + repr(vars(account)["_connections"].current())
        secrets = ["refresh-token", "access-token", "the-client-secret", "rollcall@example.com"]
        for secret in (*secrets, flow["code_verifier"]):
            assert secret not in seen


def refuse_to_write(name: str, value: str) -> None:
    raise VaultUnavailable
