"""The service account: signing in, keeping the sign-in, handing out access tokens."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from shared.adapters.entra import AccountIdentity, ServiceAccount
from shared.errors import ServiceAccountError, VaultUnavailable
from tests.support.entra_sign_in import GRAPH_TOKEN, refuse_to_write
from tests.support.fake_entra import (
    AUTHORITY,
    CALLBACK,
    GRAPH,
    OUTLOOK,
    TENANT,
    Clock,
    FakeEntra,
    FakeVault,
    account_of,
    connect,
)

BOTH = [f"{GRAPH}/Directory.Read.All", f"{GRAPH}/User.Read.All"]


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
