"""Messages in memory: the port, without any wire."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shared.errors import Conflict, NotFound
from shared.paging import place_of
from shared.tracking.mail.by_list import Members, without
from shared.tracking.mail.calendar import to_millisecond
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.links import Links
from shared.tracking.mail.messages import ERASED, PART, Message
from shared.tracking.mail.owners import Whose, means, person_in
from shared.tracking.mail.search import EVERYTHING, MessageSearch
from shared.tracking.mail.sharing import Shown
from tests.support.memory_calendar import MemoryCalendar


class MemoryMessages:
    """A MessageStore. `rows` is all that is stored, by what it is stored under."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.messages: dict[str, Message] = {}
        self.links: dict[str, Links] = {}
        self.recipients: dict[tuple[str, int], list[str]] = {}
        self.members: dict[str, Members] = {}
        self.written = 0
        self.index = MemoryReaders()
        self.calendar = MemoryCalendar()

    def add(self, message: Message) -> Message | None:
        with self.lock:
            if message.id in self.messages:
                return None
            return self._keep(message)

    def find(self, owner: Whose, identifier: str) -> Message | None:
        found = self.messages.get(identifier)
        return found if found and means(owner, found.owner, found.teams) else None

    def update(self, message: Message) -> Message:
        with self.lock:
            found = self.messages.get(message.id)
            if found is None:
                raise NotFound
            if found.version != message.version:
                raise Conflict
            return self._keep(message)

    def relabel(self, message: Message, labels: Labels) -> Message:
        return self.update(replace(message, labels=labels))

    def keep_links(self, message: Message, links: Links) -> None:
        self.links[message.id] = links

    def get_links(self, message: Message) -> Links:
        if message.id not in self.links:
            raise NotFound
        return self.links[message.id]

    def keep_recipients(self, message: Message, start: int, addresses: Sequence[str]) -> None:
        assert start % PART == 0
        assert len(addresses) <= PART
        with self.lock:
            kept = self.recipients.get((message.id, start), [])
            is_same = len(kept) == len(addresses) and all(
                one in (ERASED, other) for one, other in zip(kept, addresses, strict=True)
            )
            self.recipients[message.id, start] = kept if is_same else list(addresses)

    def list_recipients(self, message: Message, start: int, limit: int) -> list[str]:
        parts = sorted(
            (number, part) for (owner, number), part in self.recipients.items() if owner == message.id
        )
        addresses = [address for _, part in parts for address in part]
        return addresses[start : start + limit]

    def find_recipient(self, message: Message, address: str) -> int | None:
        everybody = self.list_recipients(message, 0, 10**9)
        return everybody.index(address) + 1 if address in everybody else None

    def erase_recipient(self, message: Message, address: str) -> bool:
        with self.lock:
            found = False
            for key, kept in self.recipients.items():
                if key[0] == message.id and address in kept:
                    self.recipients[key] = [ERASED if each == address else each for each in kept]
                    found = True
            return found

    def keep_members(self, message: Message, known: Members) -> None:
        self.members.setdefault(message.id, known)

    def find_members(self, message: Message) -> Members | None:
        return self.members.get(message.id)

    def erase_member(self, message: Message, number: int) -> None:
        if known := self.members.get(message.id):
            left = tuple(without(members, number) for members in known.members)
            self.members[message.id] = replace(known, members=left)

    def list_messages(self, owner: Whose) -> Iterable[Message]:
        return [each for each in list(self.messages.values()) if means(owner, each.owner, each.teams)]

    def list_page(
        self, viewer: Whose, after: str, limit: int, search: MessageSearch = EVERYTHING
    ) -> tuple[list[Message], str | None]:
        person = person_in(viewer)
        shown = self.index.list_shown(person) if person else []
        others = (self.messages.get(one.id) for one in shown)
        found = [*self.list_messages(viewer), *(one for one in others if one)]
        found = [message for message in found if search.fits(message)]
        places = {place_of(to_millisecond(message.created_at), message.id): message for message in found}
        behind = [place for place in sorted(places, reverse=True) if not after or place < after]
        return [places[place] for place in behind[:limit]], behind[limit - 1] if behind[limit:] else None

    def delete(self, message: Message) -> None:
        self.index.forget(message.id)
        self.messages.pop(message.id, None)
        self.links.pop(message.id, None)
        self.members.pop(message.id, None)
        for key in [key for key in self.recipients if key[0] == message.id]:
            del self.recipients[key]

    def _keep(self, message: Message) -> Message:
        self.written += 1
        kept = replace(message, version=str(self.written))
        self.messages[message.id] = kept
        return kept


class MemoryReaders:
    """A ReaderIndex."""

    def __init__(self) -> None:
        self.shown: dict[tuple[str, str], Shown] = {}

    def add(self, reader: str, message: Message) -> None:
        self.shown[reader, message.id] = Shown(message.owner, message.id, message.created_at)

    def remove(self, reader: str, identifier: str) -> None:
        self.shown.pop((reader, identifier), None)

    def forget(self, identifier: str) -> None:
        for key in [key for key in self.shown if key[1] == identifier]:
            del self.shown[key]

    def find(self, reader: str, identifier: str) -> Shown | None:
        return self.shown.get((reader, identifier))

    def list_shown(self, reader: str) -> Iterable[Shown]:
        return [shown for (whose, _), shown in list(self.shown.items()) if whose == reader]
