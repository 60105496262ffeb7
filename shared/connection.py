"""The service account's sign-in: an admin starts it, Entra's redirect ends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.errors import InvalidRequest

SIGN_IN_LASTS = timedelta(minutes=10)
_STATE = re.compile(r"[A-Za-z0-9_-]{8,200}")  # what msal makes, and what a table's key may hold


class SignIns(Protocol):
    """Keeps sign-ins under way, by their `state`."""

    def add(self, state: str, flow: dict[str, Any], expires_at: datetime) -> None:
        """Keep `flow` until `expires_at`."""

    def take(self, state: str, now: datetime) -> dict[str, Any] | None:
        """Hand `flow` out once; None when unknown, used or expired."""

    def purge(self, now: datetime) -> None:
        """Forget those that have expired."""


class Account(Protocol):
    """The service account, as far as signing in goes."""

    def start(self, redirect_uri: str, login_hint: str | None = None) -> dict[str, Any]:
        """A new authorization-code flow, with `state` and `auth_uri`."""

    def finish(self, flow: dict[str, Any], params: Mapping[str, str]) -> Any:
        """Redeem what Entra sent back, and keep the sign-in. Raises ServiceAccountError."""


class Connection:
    """Signs the service account in."""

    def __init__(
        self, account: Account, sign_ins: SignIns, public_url: str, now: Callable[[], datetime]
    ) -> None:
        self.account = account
        self.sign_ins = sign_ins
        self.redirect_uri = f"{public_url}/api/connection/callback"
        self.now = now

    def start(self) -> str:
        """Begin a sign-in; the Entra page where a person goes on with it within ten minutes."""
        flow = self.account.start(self.redirect_uri)
        self.sign_ins.add(flow["state"], flow, self.now() + SIGN_IN_LASTS)
        url: str = flow["auth_uri"]
        return url

    def finish(self, params: Mapping[str, str]) -> str:
        """End the sign-in that `params`, the callback's query, belongs to; the account's user name.

        Raises InvalidRequest for a sign-in that is unknown, used or too old, ServiceAccountError when
        Entra or we refuse the account.
        """
        state = params.get("state", "")
        flow = self.sign_ins.take(state, self.now()) if _STATE.fullmatch(state) else None
        if flow is None:
            raise InvalidRequest("state", "This sign-in was used already, or is older than ten minutes.")
        account = self.account.finish(flow, params)
        username: str = account.username
        return username

    def purge(self) -> None:
        """Forget sign-ins that nobody finished."""
        self.sign_ins.purge(self.now())
