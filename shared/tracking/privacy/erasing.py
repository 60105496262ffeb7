"""Erasing one recipient of a message in which recipients are told apart.

From then on nothing of what they do with it is recorded, what was recorded is gone, and no report shows them
or counts them. The address goes last, since it is what finds them: an erasure that was cut off is done again
from the beginning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from shared.errors import Conflict, NotFound
from shared.tracking.mail.messages import Message, MessageStore
from shared.tracking.mail.tokens import week_of
from shared.tracking.privacy.opt_outs import OptOuts, of_recipient


class ErasableJournal(Protocol):
    """The journal, to erase in."""

    def erase(self, message: str, recipients: Collection[int]) -> None:
        """Take these recipients' events out of the message's entries. Raises StoreUnavailable."""


class Eraser:
    """Erases recipients. Every method may raise StoreUnavailable."""

    def __init__(self, messages: MessageStore, opt_outs: OptOuts, journal: ErasableJournal) -> None:
        self._messages = messages
        self._opt_outs = opt_outs
        self._journal = journal

    def erase(self, message: Message, addresses: Sequence[str]) -> bool:
        """Erase whoever has one of the addresses; whether anybody of the message had."""
        found = (self._messages.find_recipient(message, address) for address in addresses)
        numbers = [number for number in found if number]
        if not numbers:
            return False
        for number in numbers:
            self._opt_outs.add(of_recipient(message.id, number), week_of(message.created_at))
        self._say_gone(message, numbers)
        self._journal.erase(message.id, numbers)
        if message.by_list:
            for number in numbers:
                self._messages.erase_member(message, number)
        for address in addresses:
            self._messages.erase_recipient(message, address)
        return True

    def _say_gone(self, message: Message, numbers: list[int]) -> None:
        """Have reports leave them out; what they add up to so far is void with that."""
        while not set(numbers) <= set(message.gone):
            gone = tuple(sorted({*message.gone, *numbers}))
            try:
                message = self._messages.update(replace(message, gone=gone))
            except Conflict:
                latest = self._messages.find(message.owner, message.id)
                if latest is None:
                    return
                message = latest
            except NotFound:  # deleted meanwhile, and all of it with it
                return
