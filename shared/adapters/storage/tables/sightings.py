"""What the canary list last amounted to, in Table Storage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.audience.canary import Sighting

CANARY = "Canary"
_KEYS = {"PartitionKey": "canary", "RowKey": "last"}


class SightingTable:
    """The Sightings of `shared.audience.canary`: one row."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self) -> Sighting | None:
        try:
            row = self.tables.call(CANARY, lambda table: table.get_entity("canary", "last"))
        except ResourceNotFoundError:
            return None
        return Sighting(row["address"], row["at"], row.get("count"), row["complete"], row["trouble"])

    def purge(self, before: datetime) -> None:
        """Forget the last one, if it is from before that moment."""
        found = self.find()
        if found and found.at < before:
            self.tables.call(CANARY, lambda table: delete_row(table, *_KEYS.values()))

    def put(self, sighting: Sighting) -> None:
        row: dict[str, Any] = _KEYS | {
            "address": sighting.address,
            "at": sighting.at,
            "complete": sighting.complete,
            "trouble": sighting.trouble,
        }
        if sighting.count is not None:
            row["count"] = sighting.count
        self.tables.write(CANARY, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))
