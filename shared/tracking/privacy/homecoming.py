"""Events that took the long way, over the queue or out of a log, are judged when they come home.

When they left, it may not have been known who objects; and since then their message may have been deleted,
or the person erased. An entry holds numbers alone, so whose an event is follows from the message: what no
message says is not kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.messages import ERASED, Message, MessageStore, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.tokens import NOBODY, week_of
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.recording.events import Entry, Event, encode, unpack
from shared.tracking.recording.overflow import Home

log = logging.getLogger(__name__)


class Homecoming:
    """A Home that keeps of an entry what may be kept as of now."""

    def __init__(
        self,
        home: Home,
        messages: MessageStore,
        opt_outs: OptOuts,
        keys: Callable[[], SigningKeys],
        permits: Callable[[Event, bytes], bool] = lambda event, person: True,
    ) -> None:
        """`permits`: whether the event of that person may be recorded. It may raise StoreUnavailable."""
        self._home = home
        self._messages = messages
        self._opt_outs = opt_outs
        self._keys = keys
        self._permits = permits

    def bring_home(self, entry: Entry, at: float) -> None:
        """Store what may be kept of the entry, `at`, unless it is there.

        Raises StoreUnavailable or VaultUnavailable while that cannot be told.
        """
        try:
            events = list(unpack(entry.data))
        except ValueError:
            log.error("an entry that came home cannot be read, so nothing of it is kept")
            return
        kept = self._screen(entry.message, events)
        if kept:
            self._home.bring_home(Entry(entry.message, entry.key, encode(kept)), at)

    def _screen(self, identifier: str, events: list[Event]) -> list[Event]:
        if self._opt_outs.has_ended(identifier):
            return []
        message = self._messages.find(EVERY_OWNER, identifier)
        if message is None or message.stage is Stage.DELETING:
            return []
        held = [each for each in self._with_whose(message, events) if self._permits(*each)]
        return self._opt_outs.screen(identifier, held, week_of(message.created_at))

    def _with_whose(self, message: Message, events: list[Event]) -> list[tuple[Event, bytes]]:
        """The events that are still somebody's, each with whose it is."""
        if message.mode is not Mode.INDIVIDUAL:
            return [(event, NOBODY) for event in events]
        person = self._keys().get().person
        numbers = [event.recipient for event in events]
        first, last = max(1, min(numbers)), max(numbers)
        addresses = self._messages.list_recipients(message, first - 1, last - first + 1)
        people = {first + place: person(each) for place, each in enumerate(addresses) if each != ERASED}
        return [(event, people[event.recipient]) for event in events if event.recipient in people]
