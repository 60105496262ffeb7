"""Everything that is kept of people, with some in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import Mock

import msgspec

from shared.audience.expansion_store import Expansion
from shared.record_kinds import Kind
from shared.services.trail import TrailWriter
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.messages import Message, Messages
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.sharing import Found, Sharing
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.privacy.erasing import Eraser
from shared.tracking.privacy.objections import Objections
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.people import People
from shared.tracking.recording.events import Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.reports import Reports
from tests.support.desk import LINKS, MIA, SENDER, Reviewed
from tests.support.memory_journal import MemoryEntries
from tests.support.memory_messages import MemoryMessages, MemoryReaders
from tests.support.memory_opt_outs import MemoryOptOuts
from tests.support.memory_summaries import MemorySummaries

BEGAN = datetime(2027, 1, 1, tzinfo=UTC)


ADMIN = "ada"


# Each within another, or like it but for what a careless search overlooks.
POOL = [
    "ann@a.example",
    "joann@a.example",
    "ann@a.example.org",
    "ann@a.exampl",
    "a+nn@a.example",
    "ann%40a@a.example",
    "änn@a.example",
    "=ann@a.example",
    SENDER.address,
]


class Lists(Reviewed):
    """Reviewed expansions that can be looked through."""

    def list_done(self) -> Iterable[Expansion]:
        return [
            replace(self.get(MIA, key), started_at=BEGAN, expires_at=BEGAN) for key in list(self.addresses)
        ]

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        return address in self.addresses.get(expansion.id, [])


class House:
    """All that holds people. `at` is seconds, for the look's patience; each look takes `takes` of them."""

    def __init__(self, takes: float = 0) -> None:
        self.at, self.takes, self.ticks = 0.0, takes, count()
        self.store, self.lists, self.entries = MemoryMessages(), Lists(), MemoryEntries()
        self.noted: list[tuple[str, str, str]] = []
        self.directory: dict[str, Found] = {}
        kept = MemoryOptOuts()
        self.opt_outs = OptOuts(lambda: kept)
        keys = SigningKeys(Keyring.new().text(), lambda: None, lambda: None)  # type: ignore[arg-type, return-value]
        told = TrailWriter(self.note)
        self.objections = Objections(keys, lambda: self.opt_outs, told, self.store.messages.get)
        self.messages = Messages(self.store, self.lists, lambda _: None, Mode, self.now, Mock())
        publisher = Publisher(Terms(), lambda: Signer(Keyring.new()).place)
        self.reports = Reports(
            self.store, self.entries, MemorySummaries(), lambda _: False, self.now, publisher
        )
        self.readers = MemoryReaders()
        sharing = Sharing(self.store, self.readers, lambda _: {})
        self.people = People(
            self.store, self.lists, self.reports, sharing.withdraw, self.objections,
            Eraser(self.store, self.opt_outs, self.entries), self._find_people, told, clock=self.clock,
        )  # fmt: skip

    def _find_people(self, addresses: Sequence[str]) -> dict[str, Found]:
        return {address: self.directory.get(address) for address in addresses}

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=next(self.ticks))

    def clock(self) -> float:
        self.at += self.takes
        return self.at

    def note(self, kind: Kind, actor: str, subject: str = "", **facts: object) -> None:
        self.noted.append((kind, actor, subject))

    def review(self, addresses: Sequence[str]) -> str:
        identifier = self.lists.add(0)
        self.lists.addresses[identifier] = list(addresses)
        return identifier

    def send(self, mode: Mode, addresses: Sequence[str]) -> Message:
        message = self.messages.register(
            MIA, self.review(addresses), mode, replace(SENDER, checked=True), LINKS
        )
        return self.messages.mark_sent(MIA, message.id)

    def open(self, message: Message, *numbers: int) -> None:
        at = round(BEGAN.timestamp() * 1000) + 7_200_000
        events = [Event(at + n, Flag.CLICKED * (n % 2), n, 0, 0, 0, "Mozilla/5 Chrome/130") for n in numbers]
        for entry in pack(message.id, key_of(at / 1000, uuid.uuid4().hex[:8], 1), events):
            self.entries.put(entry)

    def shown(self, address: str) -> list[Any]:
        """All of what is shown of a person but the time, in plain words."""
        pages = list(self.pages(self.people.get, address))
        return [msgspec.to_builtins([page.received, page.sent, page.expansions]) for page in pages]

    def pages(self, ask: Any, address: str) -> Iterable[Any]:
        after = ""
        while True:
            page = ask(address, ADMIN, after)
            yield page
            if page.next is None:
                return
            after = page.next
