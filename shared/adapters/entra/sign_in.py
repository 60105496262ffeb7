"""What is kept of a sign-in: the refresh token and whose it is, as one Key Vault secret.

Source: "About Azure Key Vault secrets", learn.microsoft.com/azure/key-vault/secrets/about-secrets
(25 KB per value; every write makes a new version that stays).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.errors import ServiceAccountError

if TYPE_CHECKING:
    import msal

MAX_CHARACTERS = 20_000
NOTHING = "{}"

# Access and ID tokens are left out: they are large, short-lived, and belong in memory only.
_KEPT = ("Account", "RefreshToken", "AppMetadata")


@dataclass(frozen=True, slots=True)
class AccountIdentity:
    """The service account. `id` never changes; `username`, an address, is for display only."""

    id: str
    tenant_id: str
    username: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in. `cache` is what `msal` needs to go on from it."""

    account: AccountIdentity
    connected_at: datetime
    written_at: datetime
    cache: Mapping[str, Any] = field(repr=False)

    @property
    def refresh_token(self) -> str:
        """The secret that everything hangs on; changes with every use."""
        tokens: list[str] = [entry["secret"] for entry in self.cache["RefreshToken"].values()]
        return tokens[-1]

    def to_json(self) -> str:
        """Raises ServiceAccountError when it is larger than a secret should be."""
        text = json.dumps(
            {
                "account": asdict(self.account),
                "connected_at": self.connected_at.isoformat(),
                "written_at": self.written_at.isoformat(),
                "cache": self.cache,
            },
            separators=(",", ":"),
        )
        if len(text) >= MAX_CHARACTERS:
            raise ServiceAccountError(
                "sign_in_too_large",
                "Microsoft's sign-in is too large to be kept in Key Vault.",
                "Tell whoever looks after Rollcall.",
            )
        return text

    @classmethod
    def from_json(cls, text: str) -> SignIn | None:
        """None for NOTHING. Raises ValueError for what `to_json` never wrote."""
        if text == NOTHING:
            return None
        try:
            kept = json.loads(text)
            sign_in = cls(
                account=AccountIdentity(**kept["account"]),
                connected_at=datetime.fromisoformat(kept["connected_at"]),
                written_at=datetime.fromisoformat(kept["written_at"]),
                cache=_trim(kept["cache"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a sign-in") from error
        return sign_in


def trim(cache: msal.SerializableTokenCache) -> dict[str, Any]:
    """The part of the cache that outlives the process. Raises KeyError when there was no sign-in."""
    return _trim(json.loads(cache.serialize()))


def _trim(cache: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: cache[kind] for kind in _KEPT}
