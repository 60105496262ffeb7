"""What is known of a sign-in in this process: how it stands, and the access token that it gave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.adapters.entra.connections import VaultSnapshot
from shared.adapters.entra.sign_in import AccountIdentity

# The sign-in ends when it was not used for so long.
IDLE_LIMIT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sign-in stands. `used_at`: when Entra last honoured it, as far as this process knows."""

    account: AccountIdentity
    connected_at: datetime
    used_at: datetime

    @property
    def lapses_at(self) -> datetime:
        """When it would end if it were not used from now on."""
        return self.used_at + IDLE_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class AccessToken:
    """An access token in memory, and what the vault held when Entra gave it. Times are of the clock."""

    value: str = field(repr=False)
    usable_until: float
    fetched_at: float
    connection: VaultSnapshot
