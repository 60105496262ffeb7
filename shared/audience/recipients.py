"""The recipients one by one: what each is called, and the list through which the mail reaches them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.audience.record import Walk
from shared.audience.result import ListEntry


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient. `name` is None where no directory told one. `list` is the id of the first list of the
    tree that holds them directly, None where none is known to: then they were typed themselves. `more_lists`
    is how many others hold them directly."""

    address: str
    name: str | None
    list: str | None
    more_lists: int


@dataclass(slots=True)
class Particulars:
    """What is kept of recipients beside their addresses, in columns of the addresses' order, as long as the
    expansion. `places` are those, in the expansion's lists, of the first that holds each directly, -1 where
    none does; `held` is how many do."""

    names: list[str | None] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, part: slice) -> Particulars:
        return Particulars(self.names[part], self.places[part], self.held[part])

    def __add__(self, more: Particulars) -> Particulars:
        return Particulars(self.names + more.names, self.places + more.places, self.held + more.held)


def particulars(walk: Walk, lists: Sequence[ListEntry], addresses: Sequence[str]) -> Particulars:
    """What there is to know of each of `addresses`, in their order. `lists` is the tree of the walk."""
    first, held = [-1] * len(walk.names), [0] * len(walk.names)
    for place in range(len(lists) - 1, -1, -1):
        for number in walk.lists[lists[place].id].recipients:
            if first[number] != place:  # a directory may tell of a member twice
                first[number] = place
                held[number] += 1
    order = list(map(walk.numbers.__getitem__, addresses))
    return Particulars(
        list(map(walk.names.__getitem__, order)),
        list(map(first.__getitem__, order)),
        list(map(held.__getitem__, order)),
    )


def recipients(addresses: Sequence[str], known: Particulars, lists: Sequence[ListEntry]) -> list[Recipient]:
    """The recipients of these addresses; of those behind the end of `known` nothing but the address is."""
    missing = len(addresses) - len(known)
    told = known + Particulars([None] * missing, [-1] * missing, [0] * missing)
    return [
        Recipient(address, name or None, lists[place].id if place >= 0 else None, max(held - 1, 0))
        for address, name, place, held in zip(addresses, told.names, told.places, told.held, strict=True)
    ]
