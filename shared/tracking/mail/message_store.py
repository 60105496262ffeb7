"""What keeps messages, their links and recipients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from shared.tracking.mail.by_list import Members
from shared.tracking.mail.calendar import Calendar
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.links import Links
from shared.tracking.mail.message import Message
from shared.tracking.mail.owners import Whose
from shared.tracking.mail.search import EVERYTHING, MessageSearch

PART = 3_500
"""Recipients are moved and kept in parts of this many, each a row, however long its addresses are: erasing a
person rewrites one, and a recipient's number never changes."""
ERASED = ""
"""What stands in the place of an erased person's address."""


class MessageStore(Protocol):
    """Keeps messages, their links and recipients. Every method may raise StoreUnavailable."""

    @property
    def calendar(self) -> Calendar: ...

    def add(self, message: Message) -> Message | None:
        """Store a new message; None where there is one of this id."""

    def find(self, owner: Whose, identifier: str) -> Message | None:
        """The message, if it is that owner's."""

    def update(self, message: Message) -> Message:
        """Store the changed message. Raises Conflict when it is not the version given any more."""

    def relabel(self, message: Message, labels: Labels) -> Message:
        """Store the message with these labels. Raises as `update` does."""

    def keep_links(self, message: Message, links: Links) -> None:
        """Store the links, in place of any that were there."""

    def get_links(self, message: Message) -> Links:
        """The links. Raises NotFound when the message was deleted meanwhile."""

    def keep_recipients(self, message: Message, start: int, addresses: Sequence[str]) -> None:
        """Store the addresses of recipients number `start` on, at most PART, of which `start` is a
        multiple; the same ones again change nothing, and whoever was erased meanwhile stays so."""

    def list_recipients(self, message: Message, start: int, limit: int) -> list[str]:
        """Addresses from number `start` on, at most `limit`; ERASED where a person was erased."""

    def find_recipient(self, message: Message, address: str) -> int | None:
        """The number (from 1) of the recipient with that address; None without one."""

    def erase_recipient(self, message: Message, address: str) -> bool:
        """Put ERASED in the place of the address; whether it was there. Numbers stay as they are."""

    def keep_members(self, message: Message, known: Members) -> None:
        """Store who is in which typed list, unless it is stored: whoever was erased meanwhile stays so."""

    def find_members(self, message: Message) -> Members | None:
        """Who is in which typed list; None where that is not kept."""

    def erase_member(self, message: Message, number: int) -> None:
        """Take the recipient with that number out of every list."""

    def list_messages(self, owner: Whose) -> Iterable[Message]:
        """Every message of that owner."""

    def list_page(
        self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING
    ) -> tuple[list[Message], str | None]:
        """Messages of the viewer's, and those that an index of readers finds for them, which fit the search,
        newest first, behind the place `after`; at most `limit`, and where to go on where there are more to
        look through: fewer than `limit` are not yet all."""

    def delete(self, message: Message) -> None:
        """Forget the message, its links and recipients, and that its readers may see it."""
