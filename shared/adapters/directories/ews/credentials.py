"""User name and password for an Exchange Server on premises."""

from __future__ import annotations

from typing import Protocol

from shared.errors import VaultUnavailable

SECRET = "rollcall-ews-credentials"


class PasswordSource(Protocol):
    """Where secrets are kept."""

    def get(self, name: str) -> str | None:
        """The secret; None where there is none. Raises VaultUnavailable."""


def read_credentials(secrets: PasswordSource) -> tuple[str, str]:
    """User name and password, as an admin stored them in one secret. Raises VaultUnavailable."""
    user, _, password = (secrets.get(SECRET) or "").partition("\n")
    if not user or not password:
        raise VaultUnavailable(
            "The credentials for Exchange Web Services are missing.",
            "Your administrator must store the user name and, on a second line, the password in the "
            f"Key Vault secret {SECRET}.",
        )
    return user, password
