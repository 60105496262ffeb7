"""What the simulator of the outside found, each as a test of its own, on a real storage account."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from azure.data.tables import TableClient

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.adapters.storage.tables.parts import Parts
from shared.adapters.storage.tables.summaries import PARTS, SUMMARIES, SummaryTable
from shared.errors import Cancelled, StoreUnavailable
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.stopping import SWEPT_FOR, forget_events, sweep
from shared.tracking.recording.events import Entry, key_of
from shared.tracking.reporting.summaries import Summary
from tests.support import storage_rows
from tests.support.storage_proxy import StorageProxy, Weather
from tests.support.storage_rows import NOW, expansion

LOST, ARRIVES = Weather("^PUT ", reset="after", times=1), Weather("^PUT ", times=1)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_walk_whose_writes_were_done_and_whose_answers_were_lost_goes_on(
    tables: Tables, proxy: StorageProxy, times: int
) -> None:
    store = ExpansionTable(tables)
    begun = store.add(expansion())
    assert begun
    # The client tries again, and is told that the row is another by now: its own.
    proxy.weather = [replace(each) for _ in range(times) for each in (LOST, ARRIVES)]
    assert store.update(replace(begun, recipients=7)).recipients == 7
    found = store.find(begun.owner, begun.id)
    assert found
    assert found.recipients == 7


def test_a_walk_whose_answers_are_lost_without_an_end_says_so(tables: Tables, proxy: StorageProxy) -> None:
    store = ExpansionTable(tables)
    begun = store.add(expansion())
    assert begun
    proxy.weather = [replace(each) for _ in range(20) for each in (LOST, ARRIVES)]
    with pytest.raises(StoreUnavailable):
        store.update(begun)


def test_a_walk_that_was_taken_over_between_two_lost_answers_is_cancelled(
    tables: Tables, proxy: StorageProxy
) -> None:
    store = ExpansionTable(tables)
    begun = store.add(expansion())
    assert begun
    store.update(replace(begun, runner="f" * 16))
    with pytest.raises(Cancelled):
        store.update(begun)


@pytest.mark.parametrize("gone", [1, 3])
def test_rows_that_somebody_else_deletes_in_the_middle_of_a_deletion_are_no_error(
    azurite: str, tables: Tables, proxy: StorageProxy, gone: int
) -> None:
    ours, theirs = Parts(tables, "FoundParts"), Tables.by_connection(azurite)
    key = uuid.uuid4().hex
    for number in range(3):
        ours.put(key, "some", number, b"content")
    proxy.weather = [Weather(r"^POST /\w+/\$batch", delay=0.6, times=1)]
    with ThreadPoolExecutor(1) as pool:
        deleting = pool.submit(ours.delete, key)
        while not any("$batch" in asked for asked in proxy.requests):
            time.sleep(0.01)
        for number in range(gone):
            theirs.call("FoundParts", partial(_delete, key=key, number=number))
        deleting.result()
    assert list(ours.read(key, "some")) == []


def _delete(table: TableClient, key: str, number: int) -> None:
    table.delete_entity(key, f"some-{number:010}")


def parts_of(tables: Tables, message: str) -> int:
    rows = tables.call(PARTS, lambda table: [row["PartitionKey"] for row in table.list_entities()])
    return sum(row.startswith(message) for row in rows)


def test_parts_of_a_summary_whose_writing_was_broken_off_go_with_the_message(
    tables: Tables, proxy: StorageProxy
) -> None:
    store, message = SummaryTable(tables), uuid.uuid4().hex
    store.keep(message, Summary(basis="1"), "")
    proxy.weather = [Weather(f"^(PUT|POST) .*/{SUMMARIES}", status=403, code="AuthorizationFailure")]
    _, version = store.find(message) or (None, "")
    with pytest.raises(StoreUnavailable):
        store.keep(message, Summary(basis="2"), version)
    proxy.weather.clear()
    assert parts_of(tables, message) == 2
    store.delete(message)
    assert parts_of(tables, message) == 0
    assert store.find(message) is None


@pytest.mark.parametrize("hours", [0, 0.5, 2])
def test_what_was_written_of_a_message_after_its_deletion_is_swept_for_an_hour(
    tables: Tables, connection: str, hours: float
) -> None:
    account = StorageAccount.by_connection(connection)
    journal, summaries = JournalTable(account.tables, lambda: tables), SummaryTable(tables)
    store = OptOutTable(account.tables, lambda: NOW)
    message = uuid.uuid4().hex
    sender = Sender("Mia", "mia@company.example")
    whole = Message("mia", message, "", Mode.COUNTING, Stage.DELETING, sender, 1, True, NOW)
    forget_events(whole, OptOuts(lambda: store), (journal, summaries))
    # By a process that did not know of the deletion yet, and by a report that was under way.
    journal.put(Entry(message, key_of(NOW.timestamp(), "abcd", 1), b"\1"))
    summaries.keep(message, Summary(), "")
    sweep(store, NOW + timedelta(hours=hours), (journal, summaries))
    left = [*journal.read(message)], summaries.find(message)
    if hours * 3600 <= SWEPT_FOR:
        assert left == ([], None)
    else:
        assert left[0] != []


@pytest.mark.parametrize("code", ["AccountNotFound", ""])
def test_an_account_that_is_not_found_has_deleted_nothing(
    azurite: str, tables: Tables, connection: str, proxy: StorageProxy, code: str
) -> None:
    """Azure's own client takes every 404 for a row that is gone, and a message outlived its deletion."""
    kept, begun = MessageTable(tables).add(storage_rows.message()), ExpansionTable(tables).add(expansion())
    SummaryTable(tables).keep("made-up", Summary(), "")
    objections, reference = OptOutTable(StorageAccount.by_connection(connection).tables), uuid.uuid4().hex
    objections.add(reference)
    assert kept
    assert begun
    deletions: list[Callable[[], object]] = [
        lambda: MessageTable(tables).delete(kept),
        lambda: ExpansionTable(tables).delete(begun.owner, begun.id),
        lambda: SummaryTable(tables).delete("made-up"),
        lambda: objections.remove(reference),
    ]
    # In the place of the whole answer, and of the one to the last row that goes.
    proxy.weather = [Weather(r"^(DELETE|POST .*\$batch)", status=404, code=code)]
    for delete in deletions:
        with pytest.raises(StoreUnavailable):
            delete()
    proxy.weather.clear()
    assert MessageTable(tables).find(kept.owner, kept.id)
    assert ExpansionTable(tables).find(begun.owner, begun.id)
    assert reference in objections.read()
    for _ in range(2):  # a row that is gone is no trouble
        for delete in deletions:
            delete()
    assert MessageTable(tables).find(kept.owner, kept.id) is None
    assert ExpansionTable(tables).find(begun.owner, begun.id) is None
    assert reference not in objections.read()
