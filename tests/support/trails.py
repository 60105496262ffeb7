"""Trails and their chains."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.audit import AUDIT, AuditTable
from shared.audit import Audit
from tests.support.memory_trail import MemoryTrail

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def writer(trail: MemoryTrail | AuditTable) -> Audit:
    """A process that writes to the trail."""
    return Audit(trail, lambda: NOW, "the-settings")


@pytest.fixture
def table(azurite: str) -> AuditTable:
    """An empty trail in Table Storage."""
    with TableServiceClient.from_connection_string(azurite) as account:
        client = account.create_table_if_not_exists(AUDIT)
        for row in client.list_entities():
            client.delete_entity(row)
    return AuditTable(Tables.by_connection(azurite))
