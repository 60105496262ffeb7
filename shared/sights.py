"""Sights: what shows single people's acts says so itself, whenever some of it is made.

So whoever answers with it, as JSON, in a file or in a feed, need not remember: the door in front of all
routes asks what was made while it was open, and lets nothing out that was not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ANY = ""
"""The message of a sight that does not know which it is of."""

_seen: ContextVar[set[str] | None] = ContextVar("_seen", default=None)


class Sight:
    """What may show single people's acts: a dataclass inherits this, and is noted as it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        seen = _seen.get()
        if seen is not None and self.shows_single_people:
            seen.add(self.of_message)

    @property
    def shows_single_people(self) -> bool:
        """Whether this one does."""
        return True

    @property
    def of_message(self) -> str:
        """The id of the message that it is of, or ANY."""
        return ANY


@contextmanager
def watching() -> Iterator[set[str]]:
    """The messages of which something was made in this block that shows single people's acts."""
    seen: set[str] = set()
    before = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(before)
