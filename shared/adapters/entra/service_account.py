"""The service account: signs in once, with a person in front of the screen; hands out access tokens silently.

What outlives the process is one Key Vault secret with the refresh token. Access tokens stay in memory.
Source: "Refresh tokens in the Microsoft identity platform", learn.microsoft.com/entra/identity-platform.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from shared.adapters.entra import client, refusals
from shared.adapters.entra.sign_in import NOTHING, Account, SignIn, trim
from shared.errors import RollcallError, ServiceAccountError, VaultUnavailable
from shared.settings import Settings

if TYPE_CHECKING:
    import msal

TOKEN_CACHE = "rollcall-token-cache"

# Seconds before its end at which an access token is no longer handed out: clocks differ, requests last.
MARGIN = 300
# Seconds after which the vault is read again, in case another process connected or disconnected.
LOOK_EVERY = 300
# Entra gives a new refresh token with every use, and Key Vault keeps every version written. The old token
# goes on working, for 90 days after its last use, so a day's delay loses nothing.
REWRITE_AFTER = timedelta(hours=24)

log = logging.getLogger(__name__)


class Secrets(Protocol):
    """What is needed of Key Vault. Both raise VaultUnavailable."""

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        """The secret's value, None when there is no such secret; straight from the vault when `fresh`."""

    def set(self, name: str, value: str) -> None:
        """Write a new version of the secret."""


@dataclass(frozen=True, slots=True)
class _AccessToken:
    value: str = field(repr=False)
    usable_until: float


@dataclass(slots=True)
class _Vaulted:
    """What Key Vault held when it was last read."""

    sign_in: str
    credential: str


def resource_scopes(settings: Settings) -> dict[str, list[str]]:
    """What is asked of each resource, for the enabled directories and nothing more.

    `exchange` serves the Admin API and EWS: in Exchange Online the two are one resource. An EWS elsewhere
    is Exchange Server, which has no part in Entra's scopes.
    """
    scopes: dict[str, list[str]] = {}
    if "graph" in settings.directories:
        scopes["graph"] = [f"{_origin(settings.graph_url)}/{name}" for name in settings.graph_scopes]
    exchange = []
    if "exchange" in settings.directories:
        exchange.append(f"{_origin(settings.exchange_url)}/Exchange.ManageV2")
    if "ews" in settings.directories and (
        not exchange or _origin(settings.ews_url) == _origin(settings.exchange_url)
    ):
        exchange.append(f"{_origin(settings.ews_url)}/EWS.AccessAsUser.All")
    if exchange:
        scopes["exchange"] = exchange
    return scopes


class ServiceAccount:
    """The account that reads the directories. Thread-safe.

    Every method raises ServiceAccountError, which says what an administrator must do, and VaultUnavailable.
    """

    def __init__(
        self,
        settings: Settings,
        vault: Secrets,
        *,
        http_client: Any = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._vault = vault
        self._http_client = http_client
        self._clock = clock
        self._scopes = resource_scopes(settings)
        self._working = threading.Lock()
        self._handed_out = threading.local()
        self._latest: dict[str, _AccessToken | RollcallError] = {}
        self._vaulted: _Vaulted | None = None
        self._look_at = 0.0
        self._sign_in: SignIn | None = None
        self._app: msal.ConfidentialClientApplication | None = None
        self._cache: Any = None

    def access_token(self, resource: str, force: bool = False) -> str:
        """An access token for `graph` or `exchange`, good for some minutes at least.

        `force` fetches a new one, for when the last was refused, unless another thread has
        done so meanwhile. One thread fetches at a time; those that wait share its outcome.
        """
        seen = self._latest.get(resource)
        if not self._serves(seen, resource, force):
            with self._working:
                latest = self._latest.get(resource)
                if latest is None or latest is seen:
                    latest = self._latest[resource] = self._attempt(resource, force)
            seen = latest
        if isinstance(seen, RollcallError):
            raise seen
        ...
