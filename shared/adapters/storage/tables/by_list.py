"""Who is in which typed list, in Table Storage: parts of an expansion or of a message, which go with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import msgspec

from shared.adapters.storage.tables.parts import Parts
from shared.tracking.mail.by_list import Members, without

WHOLE, MEMBERS = "by-list", "list-members"  # the kinds of parts


def keep_members(parts: Parts, message: str, known: Members) -> None:
    """Keep it, unless it is kept already: whoever was erased meanwhile stays so."""
    for number, members in enumerate(known.members):
        parts.add(message, MEMBERS, number, members)
    head = replace(known, members=())
    parts.add(message, WHOLE, 0, msgspec.json.encode(head))


def find_members(parts: Parts, message: str) -> Members | None:
    """What is kept of that message, or None."""
    head = next((content for _, content in parts.read(message, WHOLE)), None)
    if head is None:
        return None
    members = tuple(content for _, content in parts.read(message, MEMBERS))
    return replace(msgspec.json.decode(head, type=Members), members=members)


def erase_member(parts: Parts, message: str, number: int) -> None:
    """Take recipient `number` out of every list."""
    for place, _ in list(parts.read(message, MEMBERS)):
        parts.rewrite(message, MEMBERS, place, partial(without, number=number))
