"""Everything that is kept of messages, in memory or on Azurite, with a clock that goes when it is told to."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.crawlers import is_crawler
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.calendar import CALENDAR
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.opt_outs import OPT_OUTS, OptOutTable
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.errors import StoreUnavailable
from shared.tracking.mail.messages import Message, Messages
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import NOBODY, Keyring, Signer, week_of
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.purge import Kept, Purge
from shared.tracking.privacy.stopping import forget_events
from shared.tracking.recording.events import Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.reports import Reports
from tests.support.desk import LINKS, MIA, SENDER, Reviewed
from tests.support.memory_journal import MemoryEntries
from tests.support.memory_messages import MemoryMessages
from tests.support.memory_opt_outs import MemoryOptOuts
from tests.support.memory_summaries import MemorySummaries

BEGAN = datetime(2026, 11, 24, 9, tzinfo=UTC)
BROWSER = "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"


class Fragile:
    """A store of whose calls one fails, as its fuse says; all that share a fuse count together."""

    def __init__(self, store: Any, fuse: Fuse) -> None:
        self._store = store
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if name in ("calendar", "index", "parts"):
            return Fragile(found, self._fuse)
        return self._fuse.guard(found) if callable(found) else found


@dataclass
class Fuse:
    """Counts calls, and lets the `fail_at`th fail, before it does anything or `after` it did."""

    fail_at: int | None = None
    after: bool = False
    calls: int = 0
    before_each: Callable[[], None] = lambda: None

    def guard(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*given: Any, **more: Any) -> Any:
            self.calls += 1
            self.before_each()
            fails = self.calls == self.fail_at
            if fails and not self.after:
                raise StoreUnavailable
            found = call(*given, **more)
            if fails:
                raise StoreUnavailable
            return found

        return guarded


@dataclass
class Told:
    """Hears what is purged; `refuses` as if the trail were down."""

    heard: list[dict[str, int]] = field(default_factory=list)
    refuses: bool = False

    def purged(self, due: Any) -> None:
        if self.refuses:
            raise StoreUnavailable
        self.heard.append(dict(due))


class House:
    """Messages, events, sums and objections, and the purge."""

    def __init__(self, connection: str = "") -> None:
        self.now = BEGAN
        self.reviewed, self.told, self.fuse = Reviewed(), Told(), Fuse()
        self.kept, self.terms, self.signer = Kept(), Terms(smallest=1), Signer(Keyring.new())
        store: Any = MemoryMessages()
        journal: Any = MemoryEntries()
        summaries: Any = MemorySummaries()
        objections: Any = MemoryOptOuts()
        if connection:
            account, tables = StorageAccount.by_connection(connection), Tables.by_connection(connection)
            store, summaries = MessageTable(tables), SummaryTable(tables)
            journal, objections = JournalTable(account.tables, lambda: tables), OptOutTable(account.tables)
        self.store, self.journal, self.summaries, self.objections = (
            Fragile(each, self.fuse) for each in (store, journal, summaries, objections)
        )
        self.number = self.beside = 0
        self.begin()

    def begin(self) -> None:
        """As after a start: what is in memory alone is gone."""
        self.fuse.fail_at = None
        self.opt_outs = OptOuts(lambda: self.objections)
        publisher = Publisher(self.terms, lambda: self.signer.place)
        self.reports = Reports(
            self.store, self.journal, self.summaries, is_crawler, lambda: self.now, publisher
        )
        self.messages = Messages(self.store, self.reviewed, self.forget, Mode, lambda: self.now, Mock())

    def forget(self, message: Message) -> None:
        forget_events(message, self.opt_outs, (self.journal, self.summaries))

    def purge(self, **more: Any) -> Purge:
        recorded: Any = (self.journal, self.summaries)
        given: dict[str, Any] = {"at_once": 1} | more
        return Purge(self.messages, self.reports, recorded, self.opt_outs, self.kept, self.told, **given)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def end_all(self) -> None:
        """The purge, as often as it takes until nothing more is due."""
        for _ in range(3):
            self.purge().run()
            self.later(days=9)
        self.purge().sweep()

    def register(self, recipients: int = 4, mode: Mode = Mode.INDIVIDUAL, *, sent: bool = True) -> Message:
        message = self.messages.register(MIA, self.reviewed.add(recipients), mode, SENDER, LINKS)
        return self.messages.mark_sent(MIA, message.id) if sent else message

    def hits(self, message: Message, *deeds: tuple[int, int | None], after: float = 60) -> int:
        """These recipients open the mail, or follow that link; how many of it are kept."""
        at = round((self.now.timestamp() + after) * 1000)
        events = [
            Event(at + place, Flag.CLICKED if link is not None else 0, who, link or 0, 0, 0, BROWSER)
            for place, (who, link) in enumerate(deeds)
        ]
        week = week_of(message.created_at)
        kept = self.opt_outs.screen(message.id, [(each, NOBODY) for each in events], week)
        if kept:
            self.write(message, kept)
        return len(kept)

    def write(self, message: Message, events: Iterable[Event]) -> None:
        """Store events, whoever objects."""
        some = list(events)
        self.number += 1
        for entry in pack(message.id, key_of(some[-1].at / 1000, secrets.token_hex(4), self.number), some):
            self.journal.put(entry)

    def entries(self, message: Message) -> int:
        return len(list(self.journal.read(message.id)))


def figures(house: House, message: Message) -> Report:
    """The report of a message, but for when it was made."""
    found = house.messages.get(MIA, message.id)
    return replace(house.reports.get(found), as_of=BEGAN, measured_until=None)


def busy(house: House, mode: Mode = Mode.INDIVIDUAL) -> Message:
    """A mail of which some was opened, and links followed, on several days."""
    message = house.register(40, mode)
    for day in range(5):
        deeds: list[tuple[int, int | None]] = [(who, None) for who in range(1 + day, 20, 3)]
        house.hits(message, *deeds, (2 + day, 0), (3, 1), (5, day % 2))
        house.later(days=1)
    return message


@pytest.fixture
def cleared(azurite: str) -> Iterator[str]:
    """A storage account in which nothing has come to its end yet, and of whose weeks none is closed for
    whoever comes behind us."""
    clear(azurite)
    yield azurite
    clear(azurite)


def clear(connection: str) -> None:
    with TableServiceClient.from_connection_string(connection) as service:
        for name in (OPT_OUTS, CALENDAR):
            table = service.create_table_if_not_exists(name)
            for row in table.list_entities():
                table.delete_entity(row)


@pytest.fixture(params=["memory", "azurite"])
def house(request: pytest.FixtureRequest) -> House:
    return House("" if request.param == "memory" else request.getfixturevalue("cleared"))


@pytest.fixture
def memory() -> House:
    return House()
