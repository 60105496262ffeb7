"""A desk at which messages are registered, in memory and on Azurite alike."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from shared import errors
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.messages import MessageTable
from shared.audience.directory import ListKind
from shared.audience.expansion_store import Expansion, State
from shared.audience.result import Audience, Balance, ListEntry
from shared.paging import RowPage
from shared.tracking.mail.links import Links, TrackingUrls, parse_links
from shared.tracking.mail.mails import Mails
from shared.tracking.mail.messages import Message, Messages, Sender
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.sharing import Sharing
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.privacy.purge import Kept, Purge
from tests.support.memory_messages import MemoryMessages

ORIGIN = "https://rollcall.company.example"


MIA, NOAH = "mia", "noah"


SENDER = Sender("Mia Sender", "mia@company.example")


TEXTS = ["https://company.example/a", "https://COMPANY.example/a", "https://company.example/b"]


LINKS = parse_links(TEXTS, "$.links", ORIGIN)


@dataclass
class Reviewed:
    """Expansions that were reviewed. `break_at` makes reading from that number on fail, once."""

    addresses: dict[str, list[str]] = field(default_factory=dict)
    state: State = State.DONE
    complete: bool = True
    break_at: int | None = None
    seed: str = ""
    typed: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """By expansion: the typed lists, and the places of their members."""
    added: int = 0

    def add(self, count: int) -> str:
        self.added += 1
        identifier = f"{self.seed}-{self.added}" if self.seed else str(uuid.uuid4())
        self.addresses[identifier] = [f"person{n:06}@company.example" for n in range(count)]
        return identifier

    def get(self, owner: str, identifier: str) -> Expansion:
        now = datetime.now(UTC)
        balance = Balance(0, 0, 0, 0, 0, 0, 0)
        addresses = self._addresses(owner, identifier)
        lists = [
            ListEntry(
                name, name, name, ListKind.DISTRIBUTION_LIST, "graph", len(places), len(places), None, 1,
                None, None,
            )
            for name, places in self.typed.get(identifier, {}).items()
        ]  # fmt: skip
        found = Audience(self.complete, len(addresses), lists, balance, [], None, [])
        return Expansion(
            owner, identifier, "", "", self.state, now, now, now, recipients=len(addresses),
            audience=found if self.state is State.DONE else None,
        )  # fmt: skip

    def list_members(self, owner: str, identifier: str) -> list[bytes]:
        size = (len(self._addresses(owner, identifier)) + 7) // 8
        sets = self.typed.get(identifier, {}).values()
        return [sum(1 << place for place in set(places)).to_bytes(size, "little") for places in sets]

    def list_recipients(self, owner: str, identifier: str, after: int, limit: int) -> RowPage[str]:
        addresses = self._addresses(owner, identifier)
        if self.break_at is not None and after >= self.break_at:
            self.break_at = None
            raise errors.StoreUnavailable
        following = after + limit
        more = str(following) if following < len(addresses) else None
        return RowPage(addresses[after:following], more, len(addresses))

    def forget(self, owner: str, identifier: str) -> None:
        self._addresses(owner, identifier)
        del self.addresses[identifier]

    def _addresses(self, owner: str, identifier: str) -> list[str]:
        if owner != MIA or identifier not in self.addresses:
            raise errors.NotFound
        return self.addresses[identifier]


@dataclass
class Desk:
    """All that a sender needs."""

    messages: Messages
    sharing: Sharing
    mails: Mails
    store: MemoryMessages | MessageTable
    reviewed: Reviewed
    signer: Signer
    forgotten: list[str]
    ahead: timedelta = timedelta()

    def sweep(self) -> None:
        """Finish what was interrupted, as it happens every five minutes."""
        nothing: Any = None
        Purge(self.messages, nothing, (), nothing, Kept(), nothing).sweep()

    def register(self, expansion_id: str, mode: Mode = Mode.COUNTING, links: Links = LINKS) -> Message:
        return self.messages.register(MIA, expansion_id, mode, SENDER, links)


@pytest.fixture(params=["memory", "azurite"])
def store(request: pytest.FixtureRequest) -> MemoryMessages | MessageTable:
    if request.param == "memory":
        return MemoryMessages()
    return MessageTable(Tables.by_connection(request.getfixturevalue("azurite")))


@pytest.fixture
def desk(store: MemoryMessages | MessageTable) -> Desk:
    reviewed, signer, forgotten = Reviewed(), Signer(Keyring.new()), list[str]()
    sharing = Sharing(store, store.index, lambda addresses: {})

    def forget(message: Message) -> None:
        forgotten.append(message.id)

    messages = Messages(store, reviewed, forget, Mode, lambda: datetime.now(UTC) + made.ahead, Mock())
    mails = Mails(store, lambda: TrackingUrls(ORIGIN, signer))
    made = Desk(messages, sharing, mails, store, reviewed, signer, forgotten)
    return made
