"""Events as columns: all times, all recipients and so on, each beside the others.

An entry's bytes become columns in a few operations, however many events it has, and take less than as many
objects would: a mail may have ten million events, of which a million lie within ten minutes.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, overload

from shared.tracking.recording.events import EVENT_BYTES, Event, Flag, open_entry

_CLICKED = bytes(flags & Flag.CLICKED for flags in range(256))
_OPENED = bytes(1 - clicked for clicked in _CLICKED)


class Columns(Sequence[Event]):
    """Some events in order. The columns are named as the fields of an `Event`, and are for reading alone."""

    def __init__(self) -> None:
        self.at = array("q")
        self.flags = bytearray()
        self.recipient = array("I")
        self.link = array("H")
        self.source = array("H")
        self.network = bytearray()
        self.agent: list[str] = []

    @classmethod
    def of(cls, events: Iterable[Event]) -> Columns:
        """These events."""
        if isinstance(events, Columns):
            return events
        columns = cls()
        for column, values in zip(columns._all(), zip(*events, strict=True), strict=False):
            column.extend(values)
        return columns

    @classmethod
    def unpack(cls, data: bytes) -> Columns:
        """The events of an entry. Raises ValueError when the bytes are none."""
        base, agents, rows = open_entry(data)
        columns = cls()
        # Where each field begins in a row is said by the form of one in `events`.
        columns.at.extend(map(base.__add__, _numbers("I", rows, 0)))
        columns.flags += rows[4::EVENT_BYTES]
        columns.recipient.extend(_numbers("I", rows, 5))
        columns.link.extend(_numbers("H", rows, 9))
        columns.source.extend(_numbers("H", rows, 11))
        columns.network += rows[13::EVENT_BYTES]
        try:
            columns.agent += map(agents.__getitem__, _numbers("H", rows, 14))
        except IndexError as error:
            raise ValueError("not an entry") from error
        return columns

    def extend(self, others: Columns) -> None:
        """Put other events behind these."""
        for column, more in zip(self._all(), others._all(), strict=True):
            column.extend(more)

    def without(self, recipients: Collection[int]) -> Columns:
        """The events of all but these recipients."""
        if not recipients or frozenset(recipients).isdisjoint(self.recipient):
            return self
        return Columns.of(event for event in self if event.recipient not in recipients)

    def clicked(self) -> bytes:
        """A byte for each event: 1 where it is a click, else 0."""
        return bytes(self.flags.translate(_CLICKED))

    def opened(self) -> bytes:
        """A byte for each event: 0 where it is a click, else 1."""
        return bytes(self.flags.translate(_OPENED))

    def __iter__(self) -> Iterator[Event]:
        return map(Event._make, zip(*self._all(), strict=True))

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, place: int) -> Event: ...
    @overload
    def __getitem__(self, place: slice) -> Columns: ...
    def __getitem__(self, place: int | slice) -> Event | Columns:
        if isinstance(place, int):
            return Event(*(column[place] for column in self._all()))
        some = Columns()
        for column, mine in zip(some._all(), self._all(), strict=True):
            column.extend(mine[place])
        return some

    def _all(self) -> tuple[Any, ...]:
        """The columns, in the order of an event's fields: arrays, lists and bytes, with methods alike."""
        return self.at, self.flags, self.recipient, self.link, self.source, self.network, self.agent


def _numbers(kind: str, rows: bytes, offset: int) -> array[int]:
    """The numbers, of as many bytes as the array's `kind` has, that are `offset` bytes into each row."""
    numbers = array(kind)
    size = numbers.itemsize
    together = bytearray(len(rows) // EVENT_BYTES * size)
    for byte in range(size):
        together[byte::size] = rows[offset + byte :: EVENT_BYTES]
    numbers.frombytes(together)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
