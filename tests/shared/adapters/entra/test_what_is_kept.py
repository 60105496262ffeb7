"""What is kept of the service account's sign-in."""

from __future__ import annotations

import logging

import pytest

from shared.adapters.entra import ServiceAccount
from shared.errors import ServiceAccountError
from tests.support.access_tokens import another
from tests.support.entra_sign_in import GRAPH_TOKEN, refuse_to_write
from tests.support.fake_entra import (
    CALLBACK,
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
