"""The service account's life: asked about again and again, kept alive, stopped, and told of."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from shared.adapters.entra import AccountIdentity, ServiceAccount
from shared.errors import ServiceAccountError, VaultDenied, VaultUnavailable
from tests.support.fake_entra import TOKEN_CACHE, Clock, FakeEntra, FakeVault, account_of, connect, refused

RECHECK = 300.0
DAY = 24 * 3600.0


@pytest.fixture
def account(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    account = account_of(entra, vault, clock, RECHECK_AFTER=f"{RECHECK:g}")
    connect(account, entra)
    return account


def alerts(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.getMessage().startswith("alert ")]


def test_an_access_token_is_gone_by_for_five_minutes_though_entra_lets_it_live_an_hour(
    account: ServiceAccount, entra: FakeEntra, clock: Clock
) -> None:
    for _ in range(5):
        account.access_token("graph")
        clock.now += RECHECK / 5
    assert len(entra.asked) == 1
    account.access_token("graph")
    assert len(entra.asked) == 2


def test_an_account_disabled_meanwhile_gets_no_further_than_that(
    account: ServiceAccount, entra: FakeEntra, clock: Clock
) -> None:
    account.access_token("graph")
    clock.now += RECHECK
    entra.planned = [refused(50057)]
    with pytest.raises(ServiceAccountError, match="disabled"):
        account.access_token("graph")


def test_a_vault_that_is_closed_to_us_stops_us_where_one_that_is_down_does_not(
    account: ServiceAccount, vault: FakeVault, clock: Clock
) -> None:
    vault.down = True
    clock.now += RECHECK
    account.access_token("graph")
    vault.down, vault.denied = False, True
    clock.now += RECHECK
    with pytest.raises(VaultDenied):
        account.access_token("graph")
    vault.denied = False
    account.access_token("graph")


def test_renewing_asks_whatever_is_in_memory(account: ServiceAccount, entra: FakeEntra) -> None:
    account.renew("graph")
    assert len(entra.asked) == 2
    entra.planned = [refused(50057)]
    with pytest.raises(ServiceAccountError, match="disabled"):
        account.renew("graph")


def test_renewing_after_a_refusal_is_not_answered_from_msals_memory(
    account: ServiceAccount, entra: FakeEntra
) -> None:
    entra.planned = [refused(50057)]
    with pytest.raises(ServiceAccountError):
        account.renew("graph")
    account.renew("graph")


def test_renewing_without_a_vault_says_so(account: ServiceAccount, vault: FakeVault) -> None:
    vault.down = True
    with pytest.raises(VaultUnavailable):
        account.renew("graph")


def test_the_standing_tells_when_the_sign_in_was_last_honoured(
    account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
) -> None:
    connected = account.standing()
    assert connected
    assert connected.connected_at == connected.used_at
    clock.now += 10 * DAY
    account.renew("graph")
    renewed = account.standing()
    assert renewed
    assert renewed.connected_at == connected.connected_at
    assert renewed.used_at - connected.used_at == timedelta(days=10)
    assert renewed.lapses_at - renewed.used_at == timedelta(days=90)
    elsewhere = account_of(entra, vault, clock).standing()
    assert elsewhere
    assert elsewhere.used_at == renewed.used_at  # a renewed sign-in is kept, a day after the last


def test_without_an_account_there_is_no_standing(entra: FakeEntra, vault: FakeVault, clock: Clock) -> None:
    assert account_of(entra, vault, clock).standing() is None


def test_a_stop_and_its_end_are_told_once_each(
    account: ServiceAccount, entra: FakeEntra, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    entra.refresh_tokens.clear()
    for _ in range(3):
        with pytest.raises(ServiceAccountError):
            account.renew("graph")
    assert alerts(caplog) == ["alert connection_stopped: sign_in_revoked"]
    connect(account, entra)
    account.renew("graph")
    assert alerts(caplog)[1:] == ["alert connection_recovered"]


def test_trouble_that_passes_is_no_alert(
    account: ServiceAccount, entra: FakeEntra, caplog: pytest.LogCaptureFixture
) -> None:
    entra.planned = [refused(90055)]
    with pytest.raises(ServiceAccountError):
        account.renew("graph")
    account.renew("graph")
    assert alerts(caplog) == []


def test_what_older_versions_of_the_secret_hold_is_closed(account: ServiceAccount, vault: FakeVault) -> None:
    assert vault.retired == [TOKEN_CACHE]
    account.disconnect()
    assert vault.retired == [TOKEN_CACHE] * 2


def test_what_examines_a_new_account_may_refuse_it(
    account: ServiceAccount, entra: FakeEntra, vault: FakeVault
) -> None:
    before = vault.secrets[TOKEN_CACHE]
    flow = account.start("https://rollcall.example.com/api/connection/callback")

    def refuse(access_token: str, account: AccountIdentity) -> None:
        assert "access-token" in access_token
        assert account.tenant_id
        raise ServiceAccountError("guest_account")

    with pytest.raises(ServiceAccountError):
        account.finish(flow, entra.sign_in(flow["auth_uri"]), refuse)
    assert vault.secrets[TOKEN_CACHE] == before
