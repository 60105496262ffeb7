"""What connecting the service account needs of the outside: an account, a place for sign-ins, a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol


class SignIns(Protocol):
    """Keeps sign-ins under way, by their `state`."""

    def add(self, state: str, flow: dict[str, Any], expires_at: datetime) -> None:
        """Keep `flow` until `expires_at`."""

    def take(self, state: str, now: datetime) -> dict[str, Any] | None:
        """Hand `flow` out once; None when unknown, used or expired."""

    def purge(self, now: datetime) -> None:
        """Forget those that have expired."""


class Named(Protocol):
    """An account. `username` is for display only."""

    @property
    def id(self) -> str: ...
    @property
    def username(self) -> str: ...


class SignInState(Protocol):
    """How a sign-in stands."""

    @property
    def account(self) -> Named: ...
    @property
    def connected_at(self) -> datetime: ...
    @property
    def used_at(self) -> datetime: ...
    @property
    def lapses_at(self) -> datetime: ...


class Connectable(Protocol):
    """The service account. Every method may raise ServiceAccountError or VaultUnavailable."""

    @property
    def scopes(self) -> Mapping[str, list[str]]:
        """What each enabled directory asks Entra for; nothing where it does without."""

    def consent_url(self, redirect_uri: str) -> str:
        """Where a tenant administrator grants these."""

    def start(self, redirect_uri: str, login_hint: str | None = None) -> dict[str, Any]:
        """A new authorization-code flow, with `state` and `auth_uri`."""

    def finish(
        self, flow: Mapping[str, Any], params: Mapping[str, str], examine: Callable[[str, Named], object]
    ) -> Named:
        """Redeem what Entra sent back and keep the sign-in, unless `examine`, given the access token for
        Graph and whose it is, raises."""

    def standing(self) -> SignInState | None:
        """How the sign-in stands; None without one."""

    def renew(self, resource: str) -> None:
        """Have Key Vault and Entra confirm the sign-in for `graph` or `exchange` now."""

    def disconnect(self) -> None:
        """Forget the sign-in."""


class DirectoryProfile(Protocol):
    """What Graph says of an account."""

    @property
    def is_guest(self) -> bool: ...
    @property
    def has_mailbox(self) -> bool: ...
    @property
    def is_global_admin(self) -> bool: ...
