"""How the agreement stood at the last change, and the course of the ceiling, in Table Storage."""

from __future__ import annotations

import msgspec
from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode

from shared.adapters.storage.tables.account import Tables
from shared.agreement.watch import AgreementStanding
from shared.tracking.mail.course import Course

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


class CourseTable:
    """The CourseStore of `shared.tracking.mail.course`: one row as well."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self) -> Course:
        try:
            row = self.tables.call(AGREEMENT, lambda table: table.get_entity("ceiling", "course"))
        except ResourceNotFoundError:
            return ()
        return msgspec.json.decode(row["course"], type=Course)

    def put(self, course: Course) -> None:
        row = {"PartitionKey": "ceiling", "RowKey": "course", "course": msgspec.json.encode(course).decode()}
        self.tables.write(AGREEMENT, lambda table: table.upsert_entity(row, mode=UpdateMode.REPLACE))
