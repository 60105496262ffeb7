"""Dividing: which of the typed lists a message's recipients are in, taken over from the expansion in the
modes in which each recipient has a copy.

Where recipients are told apart by name it is kept of each. Where nobody may know whose copy is whose, it is
kept how many each group has: whoever gives the copies out does it within the groups, and says so by the name
of their `draw`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from shared.tracking.mail.apart import chosen_of
from shared.tracking.mail.by_list import (
    Groups,
    Members,
    among,
    digest_of,
    divide,
    draw_of,
    everybody_of,
)
from shared.tracking.mail.message import Message
from shared.tracking.mail.message_store import MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.told import ReviewedExpansions


class Dividing:
    """Divides the recipients of expansions. Methods raise NotFound where an expansion is gone."""

    def __init__(self, expansions: ReviewedExpansions, smallest: int, least: int) -> None:
        """Lists with fewer than `smallest` members are told of together, and no group whose members nobody
        knows has fewer than `least`."""
        self._expansions = expansions
        self._smallest = smallest
        self._least = least

    def applies(self, message: Message, expansion_id: str, draw: str) -> bool:
        """Whether it is kept of the message which lists its recipients are in."""
        known = self._known(message.owner, expansion_id)
        if known is None or message.mode is Mode.COUNTING:
            return False
        if message.mode is Mode.INDIVIDUAL:
            return True
        return draw == self._drawn(known, message.recipients)[1]

    def keep(self, message: Message, expansion_id: str, store: MessageStore, draw: str) -> None:
        """Keep it. It is done before recipients can be found, so that no erasure of one misses it."""
        known = self._known(message.owner, expansion_id)
        if known is None:
            return
        if message.mode is Mode.INDIVIDUAL:
            store.keep_members(message, among(known, chosen_of(message.apart)) if message.apart else known)
            return
        groups, said, _ = self._drawn(known, message.recipients)
        if said == draw:
            store.keep_members(message, Members(known.whole, groups=groups))

    def draw(self, owner: str, expansion_id: str) -> tuple[str, list[int]] | None:
        """The groups within which copies are to be given out: what they are called, and the number of each
        recipient's group. None where that is not kept."""
        known = self._known(owner, expansion_id)
        if known is None:
            return None
        _, said, drawn = self._drawn(known, self._expansions.get(owner, expansion_id).recipients)
        return said, drawn

    def _drawn(self, known: Members, recipients: int) -> tuple[Groups, str, list[int]]:
        return _drawn(known, recipients, self._least, self._smallest)

    def _known(self, owner: str, expansion_id: str) -> Members | None:
        audience = self._expansions.get(owner, expansion_id).audience
        members: Sequence[bytes] = self._expansions.list_members(owner, expansion_id)
        if audience is None or not members:
            return None
        whole = [entry.whole for entry in audience.lists if entry.parent is None]
        return Members(tuple(whole[: len(members)]), tuple(members))


# Each page of a pane that gives copies out asks for the whole of it, and so does each step of registering.
@lru_cache(maxsize=4)
def _drawn(known: Members, recipients: int, least: int, smallest: int) -> tuple[Groups, str, list[int]]:
    groups, sets = divide(known, everybody_of(recipients, ()), least, smallest)
    drawn = draw_of(sets, recipients)
    return groups, digest_of(drawn), drawn
