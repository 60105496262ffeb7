"""Who may see a message besides its owner: the readers whom the owner names.

The message itself says who its readers are; the index only finds messages for a reader, so that nothing that
is left over in it shows anybody anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from shared.audience.directory import DistributionList, Mailbox
from shared.errors import AmbiguousAddress, Conflict, InvalidRequest, NotFound, RollcallError
from shared.paging import RowPage
from shared.tracking.mail.messages import GONE, Message, MessageStore, Stage
from shared.tracking.mail.owners import Whose, means, person_in
from shared.tracking.mail.readers import Reader
from shared.tracking.mail.search import EVERYTHING, MessageSearch

MAX_READERS = 50

Found = DistributionList | Mailbox | RollcallError | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that somebody else shows to a reader."""

    owner: str
    id: str
    created_at: datetime


class ReaderIndex(Protocol):
    """Finds the messages that a reader may see. Every method may raise StoreUnavailable."""

    def add(self, reader: str, message: Message) -> None:
        """Have the message found for the reader; once more changes nothing."""

    def remove(self, reader: str, identifier: str) -> None:
        """Undo that; without it nothing changes."""

    def find(self, reader: str, identifier: str) -> Shown | None:
        """The message of that id, if it was added for the reader."""

    def list_shown(self, reader: str) -> Iterable[Shown]:
        """All that were added for the reader."""


class Sharing:
    """What people may see. A `viewer` or `owner` of EVERY_OWNER is an admin, who sees and shares all; a
    Colleague does so with all of their teams."""

    def __init__(
        self,
        store: MessageStore,
        index: ReaderIndex,
        find_people: Callable[[Sequence[str]], Mapping[str, Found]],
    ) -> None:
        """`find_people` asks the directory who has each address."""
        self.store = store
        self.index = index
        self.find_people = find_people

    def get(self, viewer: Whose, identifier: str) -> Message:
        """The message, if it is the viewer's or shared with them. Raises NotFound."""
        found = self.store.find(viewer, identifier)
        person = person_in(viewer)
        if found is None and person is not None:
            shown = self.index.find(person, identifier)
            found = self._load(person, shown) if shown else None
        if found is None or found.stage is Stage.DELETING:
            raise NotFound(*GONE)
        return found

    def list_messages(
        self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING
    ) -> RowPage[Message]:
        """The viewer's messages and those shared with them that fit the search, newest first, behind the
        place that a page's `next` named, at most `limit`; a page may have fewer, or none, before the last."""
        found, following = self.store.list_page(viewer, after, limit, search)
        # What was found may be out of date: whether it may be seen is asked of the message.
        seen = [message for message in found if may_see(viewer, message)]
        return RowPage(seen, following, None)

    def share(
        self,
        owner: Whose,
        identifier: str,
        addresses: Sequence[str],
        record: Callable[[list[str]], None],
    ) -> Message:
        """The message with these readers, and no others, whose ids are given to `record` before anybody sees
        anything.

        Raises NotFound; InvalidRequest, naming the address that is nobody's; DirectoryError or
        ServiceAccountError when nobody can be asked whose they are.
        """
        message = self._own(owner, identifier)
        readers = self._find_readers(message, addresses)
        record([reader.id for reader in readers])
        while True:
            # Before the message, so that its deletion finds every row of the index; and whatever is kept for
            # somebody who goes is looked at anew, should this be the last that is done.
            for reader in (*readers, *message.readers):
                self.index.add(reader.id, message)
            try:
                kept = self.store.update(replace(message, readers=readers))
                break
            except Conflict:
                try:
                    message = self._own(message.owner, identifier)
                except NotFound:
                    self._forget(readers, identifier)
                    raise
            except NotFound:
                self._forget(readers, identifier)
                raise NotFound(*GONE) from None
        stay = {reader.id for reader in readers}
        self._forget([reader for reader in message.readers if reader.id not in stay], identifier)
        return kept

    def withdraw(self, message: Message, address: str) -> bool:
        """Have nobody with that address among the message's readers any more; whether anybody was."""
        while True:
            gone = [reader for reader in message.readers if reader.address == address]
            if not gone:
                return False
            stay = tuple(reader for reader in message.readers if reader.address != address)
            for reader in gone:
                self.index.add(reader.id, message)
            try:
                self.store.update(replace(message, readers=stay))
            except Conflict:
                found = self.store.find(message.owner, message.id)
                if found is not None:
                    message = found
                    continue
            except NotFound:
                pass
            self._forget(gone, message.id)
            return True

    def _own(self, owner: Whose, identifier: str) -> Message:
        found = self.store.find(owner, identifier)
        if found is None or found.stage is Stage.DELETING:
            raise NotFound(*GONE)
        return found

    def _load(self, viewer: str, shown: Shown) -> Message | None:
        """The message that the index names, if it says itself that the viewer is one of its readers."""
        message = self.store.find(shown.owner, shown.id)
        if message is None:
            self.index.remove(viewer, shown.id)  # it was deleted in the middle of being shared
        return message if message is not None and may_see(viewer, message) else None

    def _find_readers(self, message: Message, addresses: Sequence[str]) -> tuple[Reader, ...]:
        # Whoever is a reader already is not looked up: taking somebody off needs no directory.
        known: dict[str, Reader] = {reader.address: reader for reader in message.readers}
        asked = [address for address in dict.fromkeys(addresses) if address not in known]
        found = self.find_people(asked) if asked else {}
        readers: dict[str, Reader] = {}
        for place, address in enumerate(addresses):
            reader = known.get(address) or _reader(address, found[address], f"$.addresses[{place}]")
            if reader.id != message.owner:
                readers[reader.id] = reader
        return tuple(readers.values())

    def _forget(self, readers: Iterable[Reader], identifier: str) -> None:
        for reader in readers:
            self.index.remove(reader.id, identifier)


def _first(found: tuple[str, object]) -> str:
    return found[0]


def may_see(viewer: Whose, message: Message) -> bool:
    """Whether the message is the viewer's or shared with them, and there to be seen."""
    return message.stage in (Stage.REGISTERED, Stage.SENT) and (
        means(viewer, message.owner, message.teams)
        or any(reader.id == person_in(viewer) for reader in message.readers)
    )


def _reader(address: str, found: Found, field: str) -> Reader:
    if isinstance(found, Mailbox) and found.signs_in:
        return Reader(found.id, found.address or address)
    if isinstance(found, AmbiguousAddress):
        raise InvalidRequest(field, found.sentence, found.remedy)
    if isinstance(found, RollcallError):
        raise found
    if isinstance(found, DistributionList):
        raise InvalidRequest(field, "This is a list.", "Name the people who shall see the report.")
    raise InvalidRequest(field, "This address is nobody's in your organisation.", "Check the address.")
