"""One sending, two messages: where only who said yes is told apart, everybody else is in a message of their
own, of the mode `counting`, with one set of links for all of them. Each of the two halves names the other: a
name, readers, an amended link and a deletion are for both.

Who is in which is decided once, when the first of the two is stored, and stands in both: a registration that
is done again, or by two processes at once, comes to the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from shared.errors import NotAllowed
from shared.tracking.mail.message import Message
from shared.tracking.mail.message_store import PART, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.told import ReviewedExpansions

Granted = Callable[[Sequence[str]], Sequence[bool]]
"""Who of those with the addresses said yes; where that is not known, nobody."""
MOST = 400_000
"""So many recipients a message can say this of: what it says is one property of a row, 64 KiB at the most."""
_COUNT_BYTES = 4


def decide(
    granted: Granted, expansions: ReviewedExpansions, owner: str, expansion_id: str, recipients: int
) -> tuple[bytes, int]:
    """What both messages say of who is in which, and how many are told apart. Raises NotAllowed for more
    than MOST."""
    if recipients > MOST:
        raise NotAllowed(
            "This mail goes to too many people to tell who said yes.", "Choose the mode counting."
        )
    said = [yes for page in pages_of(expansions, owner, expansion_id) for yes in granted(page)]
    bits = bytearray((len(said) + 7) // 8)
    for place, yes in enumerate(said):
        bits[place // 8] |= yes << place % 8
    return len(said).to_bytes(_COUNT_BYTES) + bytes(bits), sum(said)


def counted(apart: bytes) -> int:
    """How many recipients it says something of."""
    return int.from_bytes(apart[:_COUNT_BYTES])


def chosen_of(apart: bytes) -> list[bool]:
    """Who is told apart, in the order of the expansion's recipients."""
    return [_is_apart(apart, place) for place in range(counted(apart))]


def rest_of(identifier: str) -> str:
    """The id of the message of everybody else."""
    return hashlib.sha256(f"{identifier}\nrest".encode()).hexdigest()[:32]


def rest_to(message: Message) -> Message:
    """The message of everybody who is not told apart, as it begins."""
    others = counted(message.apart) - message.recipients
    return replace(
        message,
        id=message.rest,
        mode=Mode.COUNTING,
        recipients=others,
        rest="",
        by_list=False,
        turnover=None,
        told_apart=message.id,
        version="",
    )


def move_recipients(
    message: Message, expansion_id: str, store: MessageStore, expansions: ReviewedExpansions
) -> None:
    """Give the message those recipients of the expansion that are its own. Raises NotFound, Conflict."""
    if message.mode is Mode.PSEUDONYMOUS:
        return
    start = 0
    for part in _parts(_own(message, pages_of(expansions, message.owner, expansion_id))):
        store.keep_recipients(message, start, part)
        start += len(part)


def _own(message: Message, pages: Iterator[Sequence[str]]) -> Iterator[str]:
    place, wanted = 0, message.mode is Mode.INDIVIDUAL
    for page in pages:
        for address in page:
            if not message.apart or _is_apart(message.apart, place) is wanted:
                yield address
            place += 1


def _is_apart(apart: bytes, place: int) -> bool:
    return bool(apart[_COUNT_BYTES + place // 8] >> place % 8 & 1)


def _parts(addresses: Iterator[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for address in addresses:
        part.append(address)
        if len(part) == PART:
            yield part
            part = []
    if part:
        yield part


def pages_of(expansions: ReviewedExpansions, owner: str, expansion_id: str) -> Iterator[Sequence[str]]:
    """The recipients of an expansion, some at a time. Raises NotFound, Conflict."""
    place: str | None = "0"
    while place is not None:
        page = expansions.list_recipients(owner, expansion_id, int(place), PART)
        yield page.rows
        place = page.next
