"""In which order mails are listed: by when they were sent, by name, by recipients, by who opened or clicked.

What is open is sorted by what is sure: of a range of people its lower end, and then its upper one. Mails of
which it is not known stand last, whichever way the others go; of equal ones the newest is first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from shared.tracking.mail.labels import fold
from shared.tracking.overview.facts import Fact
from shared.tracking.overview.shares import Deed, people_of

_LONGEST = 96  # bytes of a name that are looked at
_PEOPLE = 2**32
_TURNED = bytes(255 - byte for byte in range(256))
_DIGITS = re.compile(r"\d+")

Key = tuple[bool, bytes, int, str]
"""What mails are ordered by: first those of which it is known."""


class By(StrEnum):
    """What decides."""

    SENT = "sent"
    NAME = "name"
    RECIPIENTS = "recipients"
    OPENED = "opened"
    CLICKED = "clicked"

    @property
    def is_told(self) -> bool:
        """Whether it is what became of mails, which not everybody may see."""
        return self in (By.OPENED, By.CLICKED)


@dataclass(frozen=True, slots=True)
class Order:
    """Mails by that, from the first name and the smallest number on, or `backwards`."""

    by: By
    backwards: bool = False

    def key(self, fact: Fact, may_see: Callable[[Fact], bool]) -> Key:
        """Where the mail stands. What became of it does not matter where it may not be seen."""
        value = _VALUES[self.by](fact) if not self.by.is_told or may_see(fact) else None
        if value is not None and self.backwards:
            value = value.translate(_TURNED) + b"\xff"
        return value is None, value or b"", -fact.created, fact.id


def place_at(key: Key) -> str:
    """The key as a text, from which `key_at` makes it again."""
    is_unknown, value, created, identifier = key
    return f"s{is_unknown:d}.{value.hex()}.{-created}.{identifier}"


def key_at(place: str) -> Key:
    """The key of the mail at that place."""
    known, value, created, identifier = place.split(".")
    return known == "s1", bytes.fromhex(value), -int(created), identifier


def order_of(text: str) -> Order:
    """The order that "name" or "-name" stands for."""
    return Order(By(text.removeprefix("-")), text.startswith("-"))


def _number(number: int | None) -> bytes | None:
    return None if number is None else number.to_bytes(9)


def _people(fact: Fact, deed: Deed) -> bytes | None:
    ends = people_of(fact, deed)
    return None if ends is None else _number(ends[0] * _PEOPLE + ends[1])


@lru_cache(100_000)
def _name(name: str) -> bytes | None:
    """Names as people sort them: without case and marks, and numbers by their size."""
    plain = _DIGITS.sub(lambda found: f"{len(found[0]):02}{found[0]}", fold(name))
    return plain.encode()[: _LONGEST - 1] or None


_VALUES: dict[By, Callable[[Fact], bytes | None]] = {
    By.SENT: lambda fact: _number(fact.starts),
    By.NAME: lambda fact: _name(fact.name),
    By.RECIPIENTS: lambda fact: _number(fact.recipients),
    By.OPENED: lambda fact: _people(fact, Deed.OPENED),
    By.CLICKED: lambda fact: _people(fact, Deed.CLICKED),
}
