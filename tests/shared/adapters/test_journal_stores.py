"""Where the journal's entries are kept: the same promises on Azurite and in memory."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.queues import QUEUE, OverflowQueue
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.journal import JOURNAL, JournalTable
from shared.adapters.storage.wire import StorageResponse
from shared.errors import StoreUnavailable
from shared.tracking.recording.events import MAX_ENTRY_BYTES, Entry, Event, key_of, pack
from shared.tracking.recording.overflow import drain, replay
from shared.tracking.recording.records import read_records, write_record
from tests.support.memory_journal import MemoryEntries, events_in

NOW = 1_800_000_000.0
AGENT = "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"


def event(number: int = 0, agent: str = AGENT) -> Event:
    return Event(round(NOW * 1000) + number, 1, number, 2, 3, 0, agent)


@pytest.fixture
def message() -> str:
    return secrets.token_hex(16)


@pytest.fixture(scope="module")
def account(azurite: str) -> StorageAccount:
    return StorageAccount.by_connection(azurite)


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> MemoryEntries | JournalTable:
    if request.param == "memory":
        return MemoryEntries()
    connection = request.getfixturevalue("azurite")
    return JournalTable(
        StorageAccount.by_connection(connection).tables, lambda: Tables.by_connection(connection)
    )


@pytest.fixture
def queue(account: StorageAccount) -> Iterator[OverflowQueue]:
    """The overflow queue, empty; as it is left again, for it tells the app's health."""
    everything = f"/{QUEUE}/messages"
    account.queues.send("DELETE", everything)
    yield OverflowQueue(account.queues)
    account.queues.send("DELETE", everything)


def test_what_was_put_is_read_in_order(store: MemoryEntries | JournalTable, message: str) -> None:
    entries = [pack(message, key_of(NOW + n, "abc", n), [event(n)])[0] for n in range(5)]
    for entry in reversed(entries):
        store.put(entry)
    assert list(store.read(message)) == entries
    assert list(store.read(message, entries[2].key)) == entries[3:]
    assert list(store.read(secrets.token_hex(16))) == []


def test_thousands_of_entries_are_read_page_by_page(
    store: MemoryEntries | JournalTable, message: str
) -> None:
    entries = [Entry(message, key_of(NOW, "abc", n), b"x") for n in range(1200)]
    if isinstance(store, MemoryEntries):
        store.rows = {(entry.message, entry.key): entry.data for entry in entries}
    else:
        rows = [{"PartitionKey": message, "RowKey": entry.key, "data": entry.data} for entry in entries]
        for start in range(0, len(rows), 100):
            some = [("create", row) for row in rows[start : start + 100]]
            store.tables().service.get_table_client(JOURNAL).submit_transaction(some)
    assert list(store.read(message)) == entries


def test_a_key_that_is_there_is_left_as_it_is(store: MemoryEntries | JournalTable, message: str) -> None:
    key = key_of(NOW, "abc", 1)
    store.put(Entry(message, key, b"first"))
    store.put(Entry(message, key, b"second"))
    assert list(store.read(message)) == [Entry(message, key, b"first")]


def test_an_entry_comes_home_once_and_after_those_that_were_read_already(
    store: MemoryEntries | JournalTable, message: str
) -> None:
    old, new = (
        Entry(message, key_of(NOW, "abc", 1), b"old"),
        Entry(message, key_of(NOW + 9, "abc", 2), b"new"),
    )
    store.put(new)
    for at in (NOW + 20, NOW + 30):
        store.bring_home(old, at)
        store.bring_home(new, at)
    store.put(old)  # the try that was thought to have failed
    assert [entry.data for entry in store.read(message)] == [b"new", b"old"]
    assert [entry.data for entry in store.read(message, new.key)] == [b"old"]


def test_deleting_leaves_none(store: MemoryEntries | JournalTable, message: str) -> None:
    for n in range(3):
        store.put(Entry(message, key_of(NOW, "abc", n), b"x"))
    store.delete(message)
    assert list(store.read(message)) == []


def test_the_table_is_made_when_it_is_missing(azurite: str, message: str) -> None:
    store = JournalTable(StorageAccount.by_connection(azurite).tables, lambda: Tables.by_connection(azurite))
    with TableServiceClient.from_connection_string(azurite) as service:
        service.delete_table(JOURNAL)
        assert list(store.read(message)) == []
        store.put(Entry(message, "key", b"x"))
        service.delete_table(JOURNAL)
        store.bring_home(Entry(message, "key", b"x"), NOW)
    assert [entry.data for entry in store.read(message)] == [b"x"]


def drained(queue: OverflowQueue, store: MemoryEntries | JournalTable, at: float) -> int:
    """Drain until nothing waits; how many came home.

    An answer may be empty while messages wait: the timer comes again, and so do we.
    """
    home, until = 0, time.monotonic() + 60
    while queue.count():
        assert time.monotonic() < until
        home += drain(queue, store, lambda: at, limit=60)
    return home


def test_the_queue_is_drained_home(
    queue: OverflowQueue, store: MemoryEntries | JournalTable, message: str
) -> None:
    entries = [pack(message, key_of(NOW + n, "abc", n), [event(n)])[0] for n in range(40)]
    for entry in entries:
        queue.put(entry)
    queue.put(entries[0])
    queue.service.send(
        "POST",
        "/rollcall-overflow/messages",
        body=b"<QueueMessage><MessageText>&lt;rubbish&gt;</MessageText></QueueMessage>",
    )
    assert queue.count() == 42
    assert drained(queue, store, NOW + 100) == 41
    assert events_in(store.read(message)) == [event(n) for n in range(40)]
    assert drain(queue, store, lambda: NOW + 100, limit=60) == 0


def test_what_cannot_come_home_yet_stays_in_the_queue(queue: OverflowQueue, message: str) -> None:
    store = MemoryEntries()
    queue.put(Entry(message, key_of(NOW, "abc", 1), b"x"))
    store.down = True
    with pytest.raises(StoreUnavailable):
        drain(queue, store, lambda: NOW, limit=60)
    assert queue.count() == 1


def test_the_largest_entry_fits_the_queue_and_the_table(
    queue: OverflowQueue, store: MemoryEntries | JournalTable, message: str
) -> None:
    [entry] = pack(message, key_of(NOW, "abc", 1), [event(n) for n in range(1400)])
    assert MAX_ENTRY_BYTES - 1000 < len(entry.data) <= MAX_ENTRY_BYTES
    queue.put(entry)
    assert drained(queue, store, NOW) == 1
    assert [found.data for found in store.read(message)] == [entry.data]


def test_a_log_is_replayed_without_doubling(
    queue: OverflowQueue, store: MemoryEntries | JournalTable, message: str
) -> None:
    entries = [Entry(message, key_of(NOW, "abc", n), b"x") for n in range(3)]
    store.put(entries[0])
    text = "\n".join(f"ERROR {write_record(entry)}" for entry in entries + entries)
    assert replay(read_records(text), queue.put) == 6
    assert drain(queue, store, lambda: NOW, limit=60) == 6
    assert len(list(store.read(message))) == 3


@pytest.fixture
def silent() -> Iterator[str]:
    """A storage account that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    "call",
    [
        lambda account: JournalTable(account.tables, _nothing).put(Entry("m", "k", b"")),
        lambda account: list(JournalTable(account.tables, _nothing).read("m")),
        lambda account: OverflowQueue(account.queues).put(Entry("m", "k", b"")),
        lambda account: OverflowQueue(account.queues).count(),
    ],
)
@pytest.mark.parametrize("kind", ["refused", "silent"])
def test_storage_that_does_not_answer_is_said_to_be_down_within_seconds(
    call: Callable[[StorageAccount], object], kind: str, silent: str
) -> None:
    origin = silent if kind == "silent" else "http://127.0.0.1:9"
    account = StorageAccount.by_connection(
        f"AccountName=a;AccountKey=c2VjcmV0;TableEndpoint={origin}/a;QueueEndpoint={origin}/a;"
    )
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        call(account)
    assert time.monotonic() - began < 4


def _nothing() -> Tables:
    raise AssertionError("not called")


def test_the_apps_identity_is_renewed_before_it_ends() -> None:
    from azure.core.credentials import AccessToken

    from shared.adapters.storage.rest import Identity

    given_out: list[str] = []

    class Credential:
        def get_token(self, *scopes: str, **_: object) -> AccessToken:
            given_out.append(scopes[0])
            return AccessToken(f"token{len(given_out)}", int(time.time()) + 200 * len(given_out))

    identity = Identity(Credential())
    seen = [identity.headers("GET", "/", {})["Authorization"] for _ in range(4)]
    assert seen == ["Bearer token1", "Bearer token2", "Bearer token2", "Bearer token2"]
    assert set(given_out) == {"https://storage.azure.com/.default"}


@pytest.mark.parametrize(("size", "entries"), [(20_000, 260), (40, 2300)])
def test_entries_are_read_in_pages_that_fit_in_memory_whatever_their_size(
    account: StorageAccount, message: str, monkeypatch: pytest.MonkeyPatch, size: int, entries: int
) -> None:
    table = JournalTable(account.tables, lambda: pytest.fail("entries are read over plain HTTP"))
    for number in range(entries):
        table.put(Entry(message, key_of(NOW + number, "abcd", number), bytes([number % 256]) * size))
    sizes, send = [], account.tables.send

    def watched(*asked: object, **more: object) -> StorageResponse:
        answer = send(*asked, **more)  # type: ignore[arg-type]
        sizes.append(len(answer.body))
        return answer

    monkeypatch.setattr(account.tables, "send", watched)
    found = list(table.read(message))
    assert [entry.data for entry in found] == [bytes([number % 256]) * size for number in range(entries)]
    assert max(sizes) < 4 * 1024 * 1024
    assert len(sizes) <= 5
