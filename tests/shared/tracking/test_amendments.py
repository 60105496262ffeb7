"""Amendments: in force within seconds in every process, then for ever, and free where nothing is amended."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.amendments import AMENDMENTS, AmendmentTable
from shared.errors import Conflict, SettingsError, StoreUnavailable
from shared.tracking.mail.amendments import (
    ASK_AGAIN_AFTER,
    KEPT_FOR_ADMINS,
    LOOK_AFTER,
    MOST,
    READ_ANYWAY_AFTER,
    STALE_AFTER,
    Amendment,
    Amendments,
    AmendmentStore,
)
from shared.tracking.mail.hosts import EVERY_HOST, Hosts
from shared.tracking.mail.tokens import Click
from shared.tracking.recording.leads import WAITS, Leads
from tests.support.memory_amendments import MemoryAmendments

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TARGET, ELSEWHERE = "https://company.com/a", "https://company.com/b"


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> AmendmentStore:
    if request.param == "memory":
        return MemoryAmendments()
    connection = request.getfixturevalue("azurite")
    with TableServiceClient.from_connection_string(connection) as service:
        service.delete_table(AMENDMENTS)
    return AmendmentTable(StorageAccount.by_connection(connection).tables)


@pytest.fixture
def message() -> str:
    return secrets.token_hex(16)


class Process:
    """One process of the app, whose clock stands still until it is moved."""

    def __init__(self, store: AmendmentStore, hosts: Hosts = EVERY_HOST) -> None:
        self.time = 1000.0
        self.amendments = Amendments(lambda: store, lambda: self.time)
        self.leads = Leads(self.amendments, hosts)

    def follow(self, message: str, link: int = 0, target: str = TARGET) -> str | None:
        async def clicked() -> str | None:
            begun = self.leads.begin()
            found = await self.leads.find(Click(message, 1, link, target), begun)
            if (looking := self.leads._looking) is not None:  # nobody waits for it, but the test
                await looking
            return found

        return asyncio.run(clicked())


def amended(message: str, link: int | None, target: str | None = None, **more: object) -> Amendment:
    after, by_admin = more.get("after", 0), bool(more.get("by_admin"))
    assert isinstance(after, int)
    return Amendment(message, link, target, by_admin, NOW + timedelta(seconds=after))


def test_a_link_leads_where_it_was_signed_to_until_it_is_amended_and_again_after(
    store: AmendmentStore, message: str
) -> None:
    process = Process(store)
    assert process.follow(message) == TARGET
    process.amendments.put(amended(message, 0, ELSEWHERE))
    assert process.follow(message) == ELSEWHERE
    process.amendments.put(amended(message, 0))
    assert process.follow(message) is None
    assert process.follow(message, 1) == TARGET
    assert process.follow("0" * 32) == TARGET
    process.amendments.remove(amended(message, 0))
    assert process.follow(message) == TARGET


def test_it_is_in_force_in_every_process_within_ten_seconds(store: AmendmentStore, message: str) -> None:
    here, there = Process(store), Process(store)
    assert there.follow(message) == TARGET
    here.amendments.put(amended(message, None))
    there.time += LOOK_AFTER
    there.follow(message)  # has it looked, and does not wait
    assert there.follow(message) is None
    here.amendments.remove(amended(message, None))
    there.time += 10
    assert there.follow(message) == TARGET  # after a quiet while whoever comes first waits


def test_a_fresh_process_knows_what_was_withdrawn_before_it_leads_anybody(
    store: AmendmentStore, message: str
) -> None:
    Process(store).amendments.put(amended(message, 3))
    assert Process(store).follow(message, 3) is None


def test_what_is_known_holds_for_as_long_as_storage_is_down(message: str) -> None:
    store = MemoryAmendments()
    process = Process(store)
    process.amendments.put(amended(message, None))
    assert process.follow(message) is None
    store.down = True
    for _ in range(5):
        process.time += 100_000
        assert process.follow(message) is None
    with pytest.raises(StoreUnavailable):
        process.amendments.of_message(message)


def test_with_storage_down_from_the_start_a_genuine_link_leads_on(message: str) -> None:
    store = MemoryAmendments()
    store.down = True
    process = Process(store)
    assert process.follow(message) == TARGET
    asked = store.asked
    assert process.follow(message) == TARGET  # nobody waits, or asks, again so soon
    assert store.asked == asked
    process.time += ASK_AGAIN_AFTER
    store.down = False
    store.put(amended(message, None))
    process.follow(message)
    assert process.follow(message) is None


def test_settings_that_lead_to_no_storage_are_no_trouble_of_a_look() -> None:
    def broken() -> AmendmentStore:
        raise SettingsError(["ROLLCALL_STORAGE_CONNECTION is no connection string"])

    amendments = Amendments(broken, lambda: 1000.0)
    amendments.look()
    assert not amendments.is_due
    with pytest.raises(StoreUnavailable):
        amendments.all()


def test_where_nothing_is_amended_ten_thousand_clicks_ask_storage_once(message: str) -> None:
    store = MemoryAmendments()
    process = Process(store)
    for _ in range(10_000):
        process.time += LOOK_AFTER / 10_001
        assert process.amendments.find(message, 0) is None
        if process.amendments.is_due:
            process.amendments.look()
    assert (store.asked, store.was_read) == (1, 1)
    process.time += LOOK_AFTER
    process.amendments.look()
    assert (store.asked, store.was_read) == (2, 1)  # the small row alone
    process.time += READ_ANYWAY_AFTER
    process.amendments.look()
    assert store.was_read == 2


def test_nobody_waits_for_slow_storage_but_whoever_comes_first_after_a_quiet_while(message: str) -> None:
    released = threading.Event()

    class Slow(MemoryAmendments):
        def version(self) -> str:
            released.wait(10)
            return super().version()

    released.set()
    process = Process(Slow())
    process.follow(message)
    released.clear()
    took = {}
    for after in (LOOK_AFTER, STALE_AFTER + 1):
        process.time += after
        began = time.monotonic()

        async def clicked() -> str | None:
            return await process.leads.find(Click(message, 1, 0, TARGET), process.leads.begin())

        loop = asyncio.new_event_loop()
        assert loop.run_until_complete(clicked()) == TARGET
        took[after] = time.monotonic() - began
        released.set()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        released.clear()
    assert took[LOOK_AFTER] < 0.5
    assert WAITS * 0.9 < took[STALE_AFTER + 1] < WAITS + 1


def test_the_last_word_counts_and_an_admins_before_a_senders(store: AmendmentStore, message: str) -> None:
    process = Process(store)
    put = process.amendments.put
    put(amended(message, 0, ELSEWHERE))
    put(amended(message, None, after=1))
    assert process.follow(message) is None  # the whole mail, after the link
    put(amended(message, 0, ELSEWHERE, after=2))
    assert (process.follow(message), process.follow(message, 1)) == (ELSEWHERE, None)
    put(amended(message, None, by_admin=True, after=-60))
    assert process.follow(message) is None
    put(amended(message, 0, "https://company.com/c", by_admin=True, after=-59))
    put(amended(message, 0, ELSEWHERE, after=3))
    assert process.follow(message) == "https://company.com/c"
    assert Process(store).follow(message) == "https://company.com/c"


def test_there_are_so_many_and_no_more_and_senders_cannot_take_what_is_left_to_admins() -> None:
    store = MemoryAmendments()
    for number in range(MOST - KEPT_FOR_ADMINS):
        store.put(amended(f"{number:032x}", None))
    process = Process(store)
    with pytest.raises(Conflict):
        process.amendments.put(amended("f" * 32, 0))
    process.amendments.put(amended("0" * 32, None, ELSEWHERE))  # one that is there may change
    for number in range(KEPT_FOR_ADMINS):
        process.amendments.put(amended("f" * 32, number, by_admin=True))
    with pytest.raises(Conflict):
        process.amendments.put(amended("e" * 32, None, by_admin=True))
    assert process.follow("f" * 32, 0) is None


@pytest.mark.parametrize(
    ("target", "allow", "deny", "admits"),
    [
        ("https://company.com/", (), (), True),
        ("https://evil.example/company.com", ("company.com",), (), False),
        ("https://company.com.evil.example/", ("company.com",), (), False),
        ("https://evilcompany.com/", ("company.com",), (), False),
        ("https://intranet.company.com:8443/", ("company.com",), (), True),
        ("https://intranet.company.com./", ("company.com",), (), True),
        ("https://www.evil.example./", (), ("evil.example",), False),
        ("https://old.company.com/", ("company.com",), ("old.company.com",), False),
        ("https://company.com/", ("company.com",), ("old.company.com",), True),
        ("https://[2001:db8::1]/", ("[2001:db8::1]",), (), True),
    ],
)
def test_a_host_is_allowed_with_all_below_it_and_denied_likewise(
    target: str, allow: tuple[str, ...], deny: tuple[str, ...], admits: bool
) -> None:
    assert Hosts(allow, deny).admit(target) is admits


def test_a_host_that_is_denied_is_denied_in_old_mails_too_and_one_not_allowed_is_not(message: str) -> None:
    store = MemoryAmendments()
    assert Process(store, Hosts(deny=("company.com",))).follow(message) is None
    assert Process(store, Hosts(allow=("other.example",))).follow(message) == TARGET
    store.put(amended(message, 0, "https://evil.example/"))
    assert Process(store, Hosts(deny=("evil.example",))).follow(message) is None
