"""Access tokens: from memory, by one thread for all, and across processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from shared.adapters.entra import ServiceAccount
from shared.errors import RollcallError, ServiceAccountError, VaultUnavailable
from tests.support.fake_entra import (
    CLIENT_SECRET,
    TOKEN_CACHE,
    Clock,
    FakeEntra,
    FakeVault,
    Reply,
    account_of,
    connect,
    refused,
)

MINUTE = 60.0
DAY = 24 * 60 * MINUTE
THREADS = 16


def token(number: int, resource: str = "graph") -> str:
    """The fake's access token of that number."""
    return f"access-token-{number} for {resource}.example.com"


@pytest.fixture
def account(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    account = account_of(entra, vault, clock, DIRECTORIES="graph,exchange")
    connect(account, entra)
    return account


def at_once(call: Callable[[], Any]) -> list[Any]:
    """What many threads get that call at one moment, errors included."""
    barrier = threading.Barrier(THREADS)

    def one() -> Any:
        barrier.wait()
        try:
            return call()
        except RollcallError as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        return [waiting.result() for waiting in [pool.submit(one) for _ in range(THREADS)]]


class Slowly(FakeEntra):
    """Takes its time over each token, as the network does."""

    def post(self, *args: Any, **kwargs: Any) -> Reply:
        time.sleep(0.05)
        return super().post(*args, **kwargs)


class TestMemory:
    def test_an_access_token_serves_until_five_minutes_before_its_end(
        self, account: ServiceAccount, entra: FakeEntra, clock: Clock
    ) -> None:
        for _ in range(69):
            assert account.access_token("graph") == token(1)
            clock.now += MINUTE
        assert len(entra.asked) == 1
        clock.now += MINUTE
        assert account.access_token("graph") == token(2)

    def test_a_token_in_memory_costs_neither_entra_nor_the_vault_a_request(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        account.access_token("graph")
        entra.planned = [requests.ConnectionError()]
        vault.down = True
        started_at = time.perf_counter()
        for _ in range(1000):
            account.access_token("graph")
        assert time.perf_counter() - started_at < 0.2
        assert entra.planned

    def test_for_a_refused_one_another_is_fetched_although_it_looks_good(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        assert [account.access_token("graph", token(n)) for n in (1, 2, 3)] == [token(2), token(3), token(4)]

    def test_a_new_process_goes_on_without_a_sign_in(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        assert account_of(entra, vault, clock).access_token("graph") == token(2)
        assert entra.asked[-1]["grant_type"] == "refresh_token"

    def test_a_token_that_hardly_lives_is_given_to_the_one_who_asked(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account = account_of(entra, vault, clock)
        entra.lifetime = 120
        connect(account, entra)
        assert account.access_token("graph") == token(2)


class TestThreads:
    @pytest.fixture
    def entra(self) -> FakeEntra:
        return Slowly()

    def test_many_that_find_no_token_wait_for_one_refresh(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        fresh = account_of(entra, vault, clock)
        assert at_once(lambda: fresh.access_token("graph")) == [token(2)] * THREADS
        assert len(entra.asked) == 2

    def test_many_that_are_refused_at_once_cause_one_refresh(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        assert at_once(lambda: account.access_token("graph", token(1))) == [token(2)] * THREADS
        assert len(entra.asked) == 2

    def test_one_whose_refused_token_was_replaced_meanwhile_gets_the_new_one(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        with ThreadPoolExecutor(1) as late:
            assert late.submit(account.access_token, "graph").result() == token(1)
            assert account.access_token("graph", token(1)) == token(2)
            # The late thread's answer, a 401 to token 1, comes in only now.
            assert late.submit(account.access_token, "graph", token(1)).result() == token(2)
            assert late.submit(account.access_token, "graph", token(2)).result() == token(3)

    def test_many_share_one_refusal(self, account: ServiceAccount, entra: FakeEntra) -> None:
        entra.refresh_tokens.clear()
        outcomes = at_once(lambda: account.access_token("graph", token(1)))
        assert {outcome.reason for outcome in outcomes} == {"sign_in_revoked"}
        assert len(entra.asked) == 2

    def test_two_resources_do_not_get_each_others_tokens(
        self, account: ServiceAccount, entra: FakeEntra
    ) -> None:
        with ThreadPoolExecutor(2) as pool:
            graph = pool.submit(account.access_token, "graph", token(1))
            exchange = pool.submit(account.access_token, "exchange")
            assert "graph" in graph.result()
            assert "outlook" in exchange.result()

    def test_a_vault_that_is_down_keeps_those_who_wait_no_longer_than_the_first(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        fresh = account_of(entra, vault, clock)
        vault.down = True
        answer = vault.answer

        def late_answer() -> None:
            time.sleep(0.2)
            answer()

        vault.answer = late_answer  # type: ignore[method-assign]
        started_at = time.perf_counter()
        outcomes = at_once(lambda: fresh.access_token("graph"))
        assert {type(outcome) for outcome in outcomes} == {VaultUnavailable}
        assert time.perf_counter() - started_at < 1


class TestOtherProcesses:
    def test_a_sign_in_elsewhere_mends_a_refused_one_at_the_next_call(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        entra.refresh_tokens.clear()
        with pytest.raises(ServiceAccountError):
            account.access_token("graph", token(1))
        connect(account_of(entra, vault, clock), entra)
        assert account.access_token("graph") == token(3)

    def test_a_first_sign_in_elsewhere_is_noticed_at_the_next_call(
        self, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        waiting = account_of(entra, vault, clock)
        with pytest.raises(ServiceAccountError):
            waiting.access_token("graph")
        connect(account_of(entra, vault, clock), entra)
        assert waiting.access_token("graph") == token(2)

    def test_another_account_elsewhere_is_noticed_within_five_minutes(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        entra.person = entra.person | {"oid": "0b0b0b0b", "preferred_username": "second@example.com"}
        connect(account_of(entra, vault, clock), entra)
        assert account.access_token("graph") == token(1)
        clock.now += 5 * MINUTE
        assert account.access_token("graph") == token(3)
        assert entra.asked[-1]["refresh_token"] == "refresh-token-2"
        connected = account.account()
        assert connected
        assert connected.username == "second@example.com"

    def test_a_disconnection_elsewhere_is_noticed_within_five_minutes(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        account_of(entra, vault, clock).disconnect()
        clock.now += 5 * MINUTE
        with pytest.raises(ServiceAccountError, match="No service account is connected"):
            account.access_token("graph")
        assert account.account() is None

    def test_a_disconnection_elsewhere_is_not_undone_by_a_renewed_token(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        clock.now += DAY - 2 * MINUTE
        account.access_token("graph")
        account_of(entra, vault, clock).disconnect()
        clock.now += 3 * MINUTE
        account.access_token("graph", token(2))
        assert vault.secrets[TOKEN_CACHE] == "{}"

    def test_a_renewed_token_that_was_kept_is_not_taken_for_another_processs(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        clock.now += DAY
        account.access_token("graph")
        assert vault.writes == [TOKEN_CACHE] * 2
        clock.now += 6 * MINUTE
        assert account.access_token("graph") == token(2)

    def test_a_secret_renewed_in_the_vault_mends_a_refused_one(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        entra.secret = "the-next-client-secret"
        with pytest.raises(ServiceAccountError, match="client secret in Key Vault is wrong"):
            account.access_token("graph", token(1))
        vault.secrets[CLIENT_SECRET] = "the-next-client-secret\n"
        assert account.access_token("graph", token(1)) == token(2)

    def test_the_vault_is_read_every_five_minutes_not_more(
        self, account: ServiceAccount, vault: FakeVault, clock: Clock
    ) -> None:
        account.access_token("graph")
        vault.reads.clear()
        for _ in range(60):
            clock.now += MINUTE
            account.access_token("graph")
        assert vault.reads.count(TOKEN_CACHE) == 12

    def test_a_vault_that_is_down_stops_nobody_who_has_a_sign_in_in_memory(
        self, account: ServiceAccount, vault: FakeVault, clock: Clock
    ) -> None:
        vault.down = True
        clock.now += 10 * MINUTE
        assert account.access_token("graph") == token(1)
        clock.now += 2 * 60 * MINUTE
        assert account.access_token("graph") == token(2)
        assert account.account()

    def test_a_vault_that_is_down_does_not_hide_why_entra_refused(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault
    ) -> None:
        vault.down = True
        entra.planned = [refused(50057)]
        with pytest.raises(ServiceAccountError, match="disabled"):
            account.access_token("graph", token(1))

    def test_without_a_sign_in_in_memory_it_is_the_vault_that_is_down(
        self, account: ServiceAccount, entra: FakeEntra, vault: FakeVault, clock: Clock
    ) -> None:
        vault.down = True
        fresh = account_of(entra, vault, clock)
        with pytest.raises(VaultUnavailable):
            fresh.access_token("graph")
        with pytest.raises(VaultUnavailable):
            fresh.account()
        vault.down = False
        assert fresh.access_token("graph") == token(2)
