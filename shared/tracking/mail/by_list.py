"""By list: who of a mail's recipients is in which of the lists that its sender typed, and the groups in which
that is told.

Recipients are put into groups by the lists that they are in, none smaller than what may be told of. Each
recipient is in one group, and what is told of lists is worked out of numbers of groups. So no two numbers,
subtracted, say anything of fewer people than a group has, however lists overlap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_SAME = 16  # characters of a digest that tells one division from another


@dataclass(frozen=True, slots=True)
class Row:
    """What is told in one row: of these typed lists, by their place; of several together where each has too
    few members. `within` is how many of each group are in them; `whole`: each of them was read whole."""

    lists: tuple[int, ...]
    within: tuple[int, ...]
    whole: bool

    @property
    def recipients(self) -> int:
        """How many are in its lists."""
        return sum(self.within)


@dataclass(frozen=True, slots=True)
class Groups:
    """A division of recipients: how many each group has, and the rows."""

    sizes: tuple[int, ...]
    rows: tuple[Row, ...]


NO_GROUPS = Groups((), ())


@dataclass(frozen=True, slots=True)
class Members:
    """Who is in which list: for each typed one whether it was read whole, and its members, of whom recipient
    1 is the lowest bit. Where nobody may know who has which number, there are `groups` in place of members:
    the first recipients are those of the first group."""

    whole: tuple[bool, ...]
    members: tuple[bytes, ...] = ()
    groups: Groups | None = None


def divide(known: Members, everybody: int, least: int, smallest: int) -> tuple[Groups, list[int]]:
    """The groups, and who is in each, of `everybody` (a set of bits): a group is split by a list where both
    parts have `least` people, the largest lists first. Lists with fewer than `smallest` are one row."""
    sets = [int.from_bytes(members, "little") & everybody for members in known.members]
    groups = [everybody] if everybody else []
    for members in sorted(sets, key=int.bit_count, reverse=True):
        groups = [part for group in groups for part in _split(group, members, least)]
    few = [place for place, members in enumerate(sets) if members.bit_count() < smallest]
    alone = [(place,) for place in range(len(sets)) if place not in few]
    rows = [_row(places, sets, groups, known.whole) for places in [*alone, *([tuple(few)] if few else [])]]
    return Groups(tuple(map(int.bit_count, groups)), tuple(rows)), groups


def draw_of(groups: Sequence[int], recipients: int) -> list[int]:
    """The number of each recipient's group, in their order."""
    found = [0] * recipients
    for number, group in enumerate(groups):
        for place in places_in(group):
            found[place] = number
    return found


def digest_of(draw: Sequence[int]) -> str:
    """What a division is called, by which whoever gives the copies out says that it was by this one."""
    return hashlib.sha256(repr(list(draw)).encode()).hexdigest()[:_SAME]


def among(known: Members, chosen: Sequence[bool]) -> Members:
    """The same for the recipients who are `chosen`, in their order."""
    return replace(known, members=tuple(_chosen(members, chosen) for members in known.members))


def lists_with(known: Members, number: int) -> list[int]:
    """The places of the lists that have recipient `number` (from 1)."""
    place = number - 1
    return [
        which
        for which, members in enumerate(known.members)
        if place // 8 < len(members) and members[place // 8] >> place % 8 & 1
    ]


def without(members: bytes, number: int) -> bytes:
    """The members of a list without recipient `number` (from 1)."""
    place = number - 1
    if place // 8 >= len(members):
        return members
    changed = bytearray(members)
    changed[place // 8] &= ~(1 << place % 8) & 0xFF
    return bytes(changed)


def everybody_of(recipients: int, gone: Sequence[int]) -> int:
    """So many recipients without those who are gone, as a set of bits of which recipient 1 is the lowest."""
    return ((1 << recipients) - 1) & ~sum(1 << number - 1 for number in gone)


def places_in(bits: int) -> Iterator[int]:
    """The places of the bits that are set, in order."""
    text = format(bits, "b")[::-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def _split(group: int, members: int, least: int) -> list[int]:
    parts = [group & members, group & ~members]
    return parts if min(map(int.bit_count, parts)) >= least else [group]


def _row(places: tuple[int, ...], sets: Sequence[int], groups: Sequence[int], whole: Sequence[bool]) -> Row:
    together = 0
    for place in places:
        together |= sets[place]
    within = tuple((group & together).bit_count() for group in groups)
    return Row(places, within, all(whole[place] for place in places))


def _chosen(members: bytes, chosen: Sequence[bool]) -> bytes:
    bits = format(int.from_bytes(members, "little"), "b")[::-1].ljust(len(chosen), "0")
    kept = "".join(bit for bit, is_chosen in zip(bits, chosen, strict=False) if is_chosen)
    return int(kept[::-1] or "0", 2).to_bytes((len(kept) + 7) // 8, "little")
