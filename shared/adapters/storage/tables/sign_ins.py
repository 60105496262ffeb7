"""Sign-ins under way, in Table Storage: from the admin's start to the callback, in whichever process."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, TableEntity, UpdateMode

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.parts import delete_expired
from shared.errors import Conflict

SIGN_INS = "SignIns"


class SignInTable:
    """Keeps what a sign-in's callback must match, by its `state`; each is taken once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, state: str, flow: dict[str, Any], expires_at: datetime) -> None:
        """Keep `flow` (JSON-able) under `state`. Raises Conflict when there is one."""
        row = {
            "PartitionKey": "sign-in",
            "RowKey": state,
            "flow": msgspec.json.encode(flow).decode(),
            "expires_at": expires_at,
        }
        try:
            self.tables.insert(SIGN_INS, row)
        except ResourceExistsError:
            # After a lost answer it is our own.
            found = self.tables.call(SIGN_INS, lambda table: table.get_entity("sign-in", state))
            if found["flow"] != row["flow"]:
                raise Conflict from None

    def take(self, state: str, now: datetime) -> dict[str, Any] | None:
        """What was kept under `state`, which is forgotten by this; None when unknown or expired."""
        try:
            entity = self.tables.call(SIGN_INS, lambda table: table.get_entity("sign-in", state))
            self.tables.call(SIGN_INS, lambda table: _take(table, entity))
        except (ResourceNotFoundError, ResourceModifiedError):
            return None
        flow: dict[str, Any] = msgspec.json.decode(entity["flow"])
        return flow if entity["expires_at"] > now else None

    def purge(self, now: datetime) -> None:
        """Forget sign-ins that were never finished."""
        delete_expired(self.tables, SIGN_INS, now)


def _take(table: TableClient, entity: TableEntity) -> None:
    """Delete it, or raise ResourceModifiedError where another callback did so first.

    A row that is gone is none that was deleted now, so it is marked before.
    """
    table.update_entity(
        entity | {"taken": True},
        mode=UpdateMode.REPLACE,
        etag=entity.metadata["etag"],
        match_condition=MatchConditions.IfNotModified,
    )
    delete_row(table, entity["PartitionKey"], entity["RowKey"])
