"""What keeps months: packs of facts, and changes that came after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.tracking.mail.message import Message
from shared.tracking.mail.owners import Whose
from shared.tracking.overview.facts import Fact, Numbers


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is."""

    owner: str
    id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What the message at that place is; to be looked at, where `fact` is None. `entered` then, in
    milliseconds since 1970; `version` is the store's own."""

    place: Place
    fact: Fact | None
    entered: int
    version: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of somebody's messages ("2026-11"). Without `facts` it was never packed; no number of theirs
    has to be asked for before `due_at`. `version` is the store's own, empty where nothing was begun."""

    name: str
    facts: Sequence[Fact] | None = None
    changes: Sequence[Change] = ()
    version: str = ""
    due_at: int = 0


class MonthStore(Protocol):
    """Keeps months. Every method may raise StoreUnavailable."""

    def read(self, viewer: Whose, first: str, last: str) -> list[Month]:
        """Of the months from the first to the last those that have a row."""

    def pack(self, viewer: Whose, month: Month, facts: Sequence[Fact], done: Sequence[Change]) -> None:
        """Keep the facts in place of the month's, and forget the changes that are `done`, unless they are
        others by now. Raises Conflict where the month is another by now."""

    def begin(self, viewer: Whose, name: str) -> str:
        """Begin that month, before what is packed into it is read; its version."""

    def list_places(self, viewer: Whose, since: datetime, until: datetime) -> list[Place]:
        """Where everything is that the viewer sees, registered in that time."""

    def tell(self, message: Message, numbers: Numbers) -> None:
        """Have these numbers known to everybody who sees the message."""
