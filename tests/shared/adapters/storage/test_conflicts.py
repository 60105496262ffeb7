"""Inserts whose answers are lost, conflicts and refusals: each told by its cause."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.adapters.storage.queues import OverflowQueue
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.audit import AuditTable
from shared.adapters.storage.tables.claims import ClaimTable
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.adapters.storage.tables.sign_ins import SignInTable
from shared.audience.expansions import Expansions
from shared.audience.limits import Limits
from shared.audience.pace import Pace
from shared.audience.planner import Planner
from shared.audit import Audit, Search
from shared.errors import StoreUnavailable
from shared.helpers import Helper
from shared.record_kinds import Kind
from tests.support.listed import tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.storage_proxy import StorageProxy, Weather
from tests.support.storage_rows import NOW, expansion, message
from tests.support.tenants import DOMAIN

# -- every insert is repeated under its fixed key


def insert_expansion(tables: Tables, connection: str) -> Any:
    return ExpansionTable(tables).add(expansion()) is not None


def insert_claim(tables: Tables, connection: str) -> Any:
    return ClaimTable(tables, lambda: NOW).claim(uuid.uuid4().hex, 60)


def insert_sign_in(tables: Tables, connection: str) -> Any:
    store, state = SignInTable(tables), uuid.uuid4().hex
    store.add(state, {"a": 1}, NOW + timedelta(hours=1))
    return store.take(state, NOW) == {"a": 1}


def insert_record(tables: Tables, connection: str) -> Any:
    trail, actor = AuditTable(tables), uuid.uuid4().hex
    Audit(trail, lambda: datetime.now(UTC), "").note(Kind.LIST_TESTED, actor)
    return len(trail.read(Search(actor=actor), 10).rows) == 1


def insert_part(tables: Tables, connection: str) -> Any:
    store, kept = MessageTable(tables), message()
    store.keep_recipients(kept, 0, ["a@x.example"])
    return store.list_recipients(kept, 0, 10) == ["a@x.example"]


def insert_message(tables: Tables, connection: str) -> Any:
    store, kept = MessageTable(tables), message()
    return store.add(kept) is not None


def insert_objection(tables: Tables, connection: str) -> Any:
    store, who = OptOutTable(StorageAccount.by_connection(connection).tables), uuid.uuid4().hex
    store.add(who)
    return store.find(who) is not None


INSERTS = [
    insert_expansion,
    insert_claim,
    insert_sign_in,
    insert_record,
    insert_part,
    insert_message,
    insert_objection,
]


@pytest.mark.parametrize("insert", INSERTS)
@pytest.mark.parametrize("lost", ["before", "after"])
def test_an_insert_whose_answer_was_lost_is_repeated_and_is_there_once(
    tables: Tables, connection: str, proxy: StorageProxy, insert: Any, lost: str
) -> None:
    assert insert(tables, connection)
    proxy.weather = [Weather(r"^POST /\w+/(?!\$batch|Tables)", reset=lost, times=1)]
    assert insert(tables, connection)
    assert proxy.weather[0].seen == 1


# -- every conflict is told by its code, and every refusal by its cause


@pytest.mark.parametrize("insert", INSERTS)
@pytest.mark.parametrize(
    ("status", "code"),
    [(409, "TableBeingDeleted"), (409, "ConflictOfTheFuture"), (404, "ResourceNotFound"), (409, "")],
)
def test_another_conflict_is_not_taken_for_a_row_that_is_there(
    tables: Tables, connection: str, proxy: StorageProxy, insert: Any, status: int, code: str
) -> None:
    proxy.weather = [Weather(r"^POST ", status=status, code=code)]
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        insert(tables, connection)
    assert time.monotonic() - began < 5
    assert len(proxy.requests) < 12


@pytest.mark.parametrize(
    ("status", "code", "reason", "helper"),
    [
        (403, "AuthorizationFailure", "store_firewall", Helper.SUBSCRIPTION_OWNER),
        (403, "AuthorizationPermissionMismatch", "store_role", Helper.SUBSCRIPTION_OWNER),
        (403, "AuthenticationFailed", "store_clock", Helper.SUBSCRIPTION_OWNER),
        (403, "KeyBasedAuthenticationNotPermitted", "store_no_keys", Helper.SUBSCRIPTION_OWNER),
        (403, "AccountIsDisabled", "store_disabled", Helper.SUBSCRIPTION_OWNER),
        (401, "InvalidAuthenticationInfo", "store_identity", Helper.SUBSCRIPTION_OWNER),
        (503, "ServerBusy", "store_busy", Helper.READER),
        (500, "OperationTimedOut", "store_busy", Helper.READER),
        (418, "Teapot", "unknown_answer", Helper.ROLLCALL_ADMIN),
    ],
)
def test_a_refusal_of_storage_is_told_by_its_cause(
    tables: Tables, connection: str, proxy: StorageProxy, status: int, code: str, reason: str, helper: Helper
) -> None:
    proxy.weather = [Weather("", status=status, code=code)]
    account = StorageAccount.by_connection(connection)
    for ask in (
        lambda: ExpansionTable(tables).find("alice", "x"),
        lambda: list(JournalTable(account.tables, lambda: tables).read("0")),
        lambda: OptOutTable(account.tables).version(),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            ask()
        assert (caught.value.reason, caught.value.helper) == (reason, helper)


def test_a_refusal_of_queues_is_told_by_its_cause(azurite: str) -> None:
    port = int(azurite.partition("QueueEndpoint=http://127.0.0.1:")[2].partition("/")[0])
    with StorageProxy(port).running() as proxy:
        account = StorageAccount.by_connection(azurite.replace(f":{port}/", f":{proxy.port}/"))
        proxy.weather = [Weather("", status=403, code="AuthorizationPermissionMismatch")]
        with pytest.raises(StoreUnavailable) as caught:
            OverflowQueue(account.queues).count()
    assert caught.value.reason == "store_role"


def test_a_count_does_not_ask_for_ever_while_its_table_is_being_deleted(
    tables: Tables, proxy: StorageProxy
) -> None:
    directory = MemoryDirectory(tenant_of({"top": ["zoe"]}))
    counts = Expansions(ExpansionTable(tables), lambda: Planner(directory, []), Limits(), Pace(), lambda: NOW)
    ExpansionTable(tables).add(expansion())  # so that there is a table
    proxy.requests.clear()
    proxy.weather = [Weather("^POST .*/Expansions", status=409, code="TableBeingDeleted")]
    with pytest.raises(StoreUnavailable) as caught:
        counts.expand("alice", str(uuid.uuid4()), [f"top@{DOMAIN}"])
    assert caught.value.reason == "store_being_deleted"
    assert len(proxy.requests) < 10
