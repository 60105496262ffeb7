"""The ledger of the simulated year: it answers as the tables do, and in the end they hold what it holds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError

from shared.adapters.storage.tables.account import Tables, delete_row
from shared.adapters.storage.tables.message_list import MESSAGE_LIST
from shared.adapters.storage.tables.messages import MessageTable
from shared.errors import Conflict
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Stage
from tests.shared.adapters.storage.test_listing import MIA, message, walk_twice
from tests.shared.adapters.storage.test_listing import tables as tables_of_lists
from tools.history.ledger import Ledger

__all__ = ["tables_of_lists"]


@pytest.fixture
def ledger(tables_of_lists: Tables) -> Ledger:
    return Ledger(tables_of_lists)


def rows(tables: Tables) -> list[dict[str, Any]]:
    return tables.call(MESSAGE_LIST, lambda table: [dict(row) for row in table.list_entities()])


def test_nothing_is_stored_before_it_is_told_to_and_then_all_of_it(
    ledger: Ledger, tables_of_lists: Tables
) -> None:
    made, real = MessageTable(ledger), MessageTable(tables_of_lists)
    walk_twice(made)
    kept = [made.add(message(number, stage=Stage.REGISTERED)) for number in range(120)]
    assert None not in kept
    made.keep_recipients(message(1), 0, ["a@company.example", "b@company.example"])
    assert real.list_page(MIA, "", 200) == ([], None)
    ledger.store()
    assert len(MessageTable(tables_of_lists).list_page(MIA, "", 200)[0]) == 120
    assert real.list_recipients(message(1), 0, 9) == ["a@company.example", "b@company.example"]


def test_a_row_that_changed_meanwhile_is_refused_as_by_the_tables(ledger: Ledger) -> None:
    made = MessageTable(ledger)
    kept = made.add(message(1, stage=Stage.REGISTERED))
    assert kept is not None
    made.update(replace(kept, labels=Labels("First")))
    with pytest.raises(Conflict):
        made.update(replace(kept, labels=Labels("Second")))


def test_what_was_there_before_is_known_changed_and_deleted(ledger: Ledger, tables_of_lists: Tables) -> None:
    for row in ("a", "b", "c"):
        entity = {"PartitionKey": "p", "RowKey": row, "text": row}
        tables_of_lists.write(MESSAGE_LIST, partial(_put, entity=entity))
    with pytest.raises(ResourceExistsError):
        ledger.insert(MESSAGE_LIST, {"PartitionKey": "p", "RowKey": "a"})
    ledger.call(MESSAGE_LIST, lambda table: delete_row(table, "p", "b"))
    merged = {"PartitionKey": "p", "RowKey": "c", "sent": True}
    ledger.call(MESSAGE_LIST, lambda table: table.submit_transaction([("upsert", merged, {"mode": "merge"})]))
    with pytest.raises(ResourceNotFoundError):
        ledger.call(MESSAGE_LIST, lambda table: table.get_entity("p", "b"))
    ledger.store()
    left = {row["RowKey"]: row for row in rows(tables_of_lists) if row["PartitionKey"] == "p"}
    assert sorted(left) == ["a", "c"]
    assert (left["c"]["text"], left["c"]["sent"]) == ("c", True)


def _put(table: Any, entity: dict[str, Any]) -> None:
    table.upsert_entity(entity)
