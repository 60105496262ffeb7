"""What connecting the service account needs of the outside: an account, a place for sign-ins, a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

    def access_token(self, resource: str) -> str:
        """An access token for `graph` or `exchange`."""

    def granted(self, resource: str) -> list[str]:
        """The permissions that Entra grants on `graph` or `exchange`, needed or not."""

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
    @property
    def roles(self) -> Sequence[str] | None:
        """The names of its roles in Entra, those of its groups too; None where not all can be known."""


class ConnectionTold(Protocol):
    """Hears what happens to the connection. May raise StoreUnavailable: then what can wait is not done."""

    def connection_started(self, admin: str) -> None:
        """A sign-in began."""

    def connection_refused(self, admin: str, reason: str) -> None:
        """It came to nothing, for a reason that is a code."""

    def connecting(self, admin: str, account: str) -> None:
        """The account of that id is about to be kept."""

    def connected(self, admin: str, account: str, warnings: int) -> None:
        """It was kept; the admin was told of so many things that are not as they should be."""

    def connection_checked(self, admin: str | None, outcome: str) -> None:
        """An admin looked how it stands; None where nobody did but Rollcall itself."""

    def disconnected(self, admin: str) -> None:
        """The sign-in was forgotten."""

    def kept_alive(self, outcome: str) -> None:
        """The sign-in was used, so that it does not lapse."""
