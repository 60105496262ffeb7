"""Expansions on a gate that a test opens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from azure.data.tables import TableServiceClient

from shared.adapters.storage.tables.expansions import PARTS, ExpansionTable
from shared.audience.directory import Cursor
from shared.audience.expansions import Expansions
from shared.audience.limits import Limits
from shared.audience.pace import Pace
from shared.audience.planner import Planner
from tests.support.listed import tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.tenants import DOMAIN

ALICE, BOB = "alice", "bob"


TENANT = tenant_of({"top": ["nested", "zoe", "adam"], "nested": ["bea"]})


TOP = [f"top@{DOMAIN}"]


EVERYONE = [f"{name}@{DOMAIN}" for name in ("adam", "bea", "zoe")]


@dataclass
class Clock:
    """Time that passes only when told to, plus the real seconds."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Gate:
    """Holds every read until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, cursor: Cursor) -> None:
        self.reached.set()
        assert self.opened.wait(20)


def expansions(
    store: ExpansionTable, clock: Clock, directory: MemoryDirectory | None = None, **pace: Any
) -> Expansions:
    timing = Pace(**({"beat": 0.05, "stale_after": 1.0, "join": 10.0} | pace))
    graph = directory or MemoryDirectory(TENANT)
    plan = partial(Planner, graph, [], dynamic_lists=False)
    return Expansions(store, plan, Limits(concurrency=2), timing, clock)


def kept_parts(azurite: str, identifier: str) -> int:
    with TableServiceClient.from_connection_string(azurite) as service:
        parts = service.get_table_client(PARTS)
        return sum(identifier in part["PartitionKey"] for part in parts.list_entities(select="PartitionKey"))
