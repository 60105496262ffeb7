"""The service account's sign-in as Key Vault has it: shared by every process of the app."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from shared.adapters.entra.client import CREDENTIAL_SECRETS, Client
from shared.adapters.entra.sign_in import NOTHING, AccountIdentity, SignIn, trim
from shared.errors import RollcallError, VaultDenied, VaultUnavailable
from shared.settings import Settings

TOKEN_CACHE = "rollcall-token-cache"

# Seconds after which the vault is read again, in case another process connected or disconnected.
LOOK_EVERY = 300.0
# Entra gives a new refresh token with every use, and Key Vault keeps every version written. The old token
# goes on working, for 90 days after its last use, so a day's delay loses nothing.
REWRITE_AFTER = timedelta(hours=24)

log = logging.getLogger(__name__)


class VaultSecrets(Protocol):
    """What is needed of Key Vault. Every method raises VaultUnavailable."""

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        """The secret's value, None when there is no such secret; straight from the vault when `fresh`."""

    def set(self, name: str, value: str) -> None:
        """Write a new version of the secret."""

    def retire(self, name: str) -> None:
        """Make all versions but the latest unreadable."""


@dataclass(slots=True, eq=False)
class VaultSnapshot:
    """What the vault held when it was last read, and the client made of it on first use."""

    text: str = field(repr=False)
    credential: str = field(repr=False)
    sign_in: SignIn | None
    client: Client | None = None


class SignInVault:
    """Reads and writes the vault's secrets. Only `settled` and `credential` are thread-safe."""

    def __init__(self, settings: Settings, vault: VaultSecrets, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._vault = vault
        self._clock = clock
        self._look_every = min(LOOK_EVERY, settings.recheck_after)
        self._held: VaultSnapshot | None = None
        self._look_at = 0.0

    def settled(self) -> VaultSnapshot | None:
        """What is in memory; None when it is time to look into the vault."""
        return self._held if self._clock() < self._look_at else None

    def current(self) -> VaultSnapshot:
        """What the vault holds, read again when it is time. Raises VaultUnavailable."""
        if settled := self.settled():
            return settled
        try:
            return self.read()
        except VaultDenied:
            raise  # somebody closed the vault to us: that is a change, and it means stop
        except VaultUnavailable:
            if not self._held:
                raise
            # The vault is read to notice changes; what is in memory goes on working without.
            log.warning("Key Vault cannot be read; going on with the sign-in in memory")
            self._look_at = self._clock() + self._look_every
            return self._held

    def read(self) -> VaultSnapshot:
        """What the vault holds now; the same object when that has not changed. Raises VaultUnavailable."""
        text, credential = self._read_text(), self.credential()
        if not self._held or (self._held.text, self._held.credential) != (text, credential):
            self._held = VaultSnapshot(text, credential, self._parse(text))
        self._look_at = self._clock() + self._look_every
        return self._held

    def credential(self) -> str:
        """The app's own credential; empty for a managed identity, or when there is none.

        Raises VaultUnavailable.
        """
        name = CREDENTIAL_SECRETS.get(self._settings.credential)
        return (self._vault.get(name, fresh=True) or "").strip() if name else ""

    def connect(self, account: AccountIdentity, credential: str, client: Client) -> VaultSnapshot:
        """Keep a new sign-in, in the vault and here.

        Raises VaultUnavailable, and KeyError when the client holds no sign-in.
        """
        sign_in = SignIn(account, connected_at=self._now(), written_at=self._now(), cache=trim(client.cache))
        text = sign_in.to_json()
        self._vault.set(TOKEN_CACHE, text)
        self._held = VaultSnapshot(text, credential, sign_in, client)
        self._look_at = self._clock() + self._look_every
        self._retire()
        return self._held

    def renew(self, connection: VaultSnapshot, kept: SignIn, client: Client) -> None:
        """Keep the client's refresh token when the one kept is another and a day old. Never raises."""
        renewed = replace(kept, cache=trim(client.cache), written_at=self._now())
        age = renewed.written_at - kept.written_at
        if age < REWRITE_AFTER or renewed.refresh_token == kept.refresh_token:
            return
        try:
            # Another process may have been first, or an administrator disconnected the account.
            if self._read_text() != connection.text:
                self._look_at = 0.0
                return
            text = renewed.to_json()
            self._vault.set(TOKEN_CACHE, text)
        except RollcallError as error:
            log.warning("the renewed sign-in could not be kept, the next refresh tries again: %s", error.code)
            return
        connection.text, connection.sign_in = text, renewed

    def disconnect(self) -> None:
        """Forget the sign-in, in the vault and here. Raises VaultUnavailable.

        Overwritten, not deleted: a deleted secret could not be written again before it is purged.
        """
        self._vault.set(TOKEN_CACHE, NOTHING)
        self._held = None
        self._look_at = 0.0
        self._retire()

    def _retire(self) -> None:
        """Close what the vault's older versions hold: refresh tokens that Entra still honours."""
        try:
            self._vault.retire(TOKEN_CACHE)
        except VaultUnavailable as error:
            log.warning("older versions of the sign-in are still enabled in Key Vault: %s", error.code)

    def _read_text(self) -> str:
        return self._vault.get(TOKEN_CACHE, fresh=True) or NOTHING

    def _parse(self, text: str) -> SignIn | None:
        try:
            sign_in = SignIn.from_json(text)
        except ValueError:
            log.error("the sign-in in Key Vault cannot be read: connect the service account again")
            return None
        if sign_in and sign_in.account.tenant_id != self._settings.tenant_id:
            log.error("the sign-in in Key Vault is another tenant's: connect the service account again")
            return None
        return sign_in

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)
