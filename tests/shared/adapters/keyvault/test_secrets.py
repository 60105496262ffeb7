"""Key Vault: secrets read and written."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from shared.adapters.keyvault import LIFESPAN, Vault
from tests.support.fake_entra import Clock
from tests.support.fake_keyvault import FakeKeyVault, Identity


class TestSecrets:
    def test_a_secret_is_read_after_the_vaults_challenge(
        self, vault: Vault, wire: FakeKeyVault, identity: Identity
    ) -> None:
        wire.secrets = {"rollcall-client-secret": "value"}
        assert vault.get("rollcall-client-secret") == "value"
        assert identity.asked == ["https://vault.azure.net/.default"]
        assert len(wire.seen) == 2

    def test_a_secret_that_is_not_there_is_none(self, vault: Vault) -> None:
        assert vault.get("rollcall-token-cache") is None

    def test_what_is_written_is_read_again(self, vault: Vault, wire: FakeKeyVault) -> None:
        vault.set("rollcall-token-cache", "{}")
        assert wire.secrets == {"rollcall-token-cache": "{}"}
        assert vault.get("rollcall-token-cache") == "{}"
        assert vault.get("rollcall-token-cache", fresh=True) == "{}"

    def test_nothing_is_sent_along_before_the_vault_has_shown_who_it_is(
        self, vault: Vault, wire: FakeKeyVault
    ) -> None:
        vault.set("rollcall-token-cache", "a secret")
        assert not wire.seen[0].body
        assert "Authorization" not in wire.seen[0].headers

    def test_a_value_is_remembered_for_five_minutes(
        self, vault: Vault, wire: FakeKeyVault, clock: Clock
    ) -> None:
        wire.secrets = {"name": "first"}
        vault.get("name")
        wire.secrets = {"name": "second"}
        clock.now += LIFESPAN - 1
        assert vault.get("name") == "first"
        clock.now += 2
        assert vault.get("name") == "second"

    def test_fresh_asks_the_vault(self, vault: Vault, wire: FakeKeyVault) -> None:
        wire.secrets = {"name": "first"}
        vault.get("name")
        wire.secrets = {"name": "second"}
        assert vault.get("name", fresh=True) == "second"
        assert vault.get("name") == "second"

    def test_that_there_is_no_secret_is_not_remembered(self, vault: Vault, wire: FakeKeyVault) -> None:
        assert vault.get("name") is None
        wire.secrets = {"name": "first"}
        assert vault.get("name") == "first"
        wire.secrets = {}
        assert vault.get("name", fresh=True) is None
        assert vault.get("name") is None

    def test_many_threads_share_one_client(self, vault: Vault, wire: FakeKeyVault) -> None:
        wire.secrets = {"name": "value"}
        barrier = threading.Barrier(8)

        def get() -> str | None:
            barrier.wait()
            return vault.get("name")

        with ThreadPoolExecutor(8) as pool:
            assert {waiting.result() for waiting in [pool.submit(get) for _ in range(8)]} == {"value"}
