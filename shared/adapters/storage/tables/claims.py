"""Claims in Table Storage: the first writer of a row has it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.parts import delete_expired

CLAIMS = "Claims"


class ClaimTable:
    """Settles which of several processes does a thing."""

    def __init__(self, tables: Tables, now: Callable[[], datetime]) -> None:
        self.tables = tables
        self.now = now

    def claim(self, name: str, seconds: float) -> bool:
        """Whether `name` is ours for `seconds`: it was nobody's, or somebody's who let it lapse."""
        now = self.now()
        row = {
            "PartitionKey": "claim",
            "RowKey": name,
            "expires_at": now + timedelta(seconds=seconds),
            "claimant": secrets.token_hex(8),  # tells a row of ours, whose answer was lost, from another's
        }
        try:
            self.tables.insert(CLAIMS, row)
        except ResourceExistsError:
            return self._take_over(row, now)
        return True

    def purge(self) -> None:
        """Forget claims that lapsed."""
        delete_expired(self.tables, CLAIMS, self.now())

    def _take_over(self, row: dict[str, object], now: datetime) -> bool:
        try:
            found = self.tables.call(CLAIMS, lambda table: table.get_entity("claim", str(row["RowKey"])))
            if found["expires_at"] > now:
                return bool(found.get("claimant") == row["claimant"])
            self.tables.call(
                CLAIMS,
                lambda table: table.update_entity(
                    row,
                    mode=UpdateMode.REPLACE,
                    etag=found.metadata["etag"],
                    match_condition=MatchConditions.IfNotModified,
                ),
            )
        except (ResourceModifiedError, ResourceNotFoundError):
            return False
        return True
