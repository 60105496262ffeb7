"""How the agreement stood at the last change, in Table Storage: one row."""

from __future__ import annotations

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.agreement.watch import AgreementStanding

AGREEMENT = "Agreement"
_KEYS = {"PartitionKey": "agreement", "RowKey": "last"}


class StandingTable:
    """The StandingStore of `shared.agreement.watch`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self) -> AgreementStanding | None:
        try:
            row = self.tables.call(AGREEMENT, lambda table: table.get_entity("agreement", "last"))
        except ResourceNotFoundError:
            return None
        return AgreementStanding(row["state"], row["agreement"], row["key"])

    def put(self, standing: AgreementStanding) -> None:
        row = {"state": standing.state, "agreement": standing.agreement, "key": standing.key}
        self.tables.write(AGREEMENT, lambda table: table.upsert_entity(_KEYS | row, mode=UpdateMode.REPLACE))
