"""Which recipients each typed list brought: one bit for each recipient and list, and nothing of what is
nested in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.audience.record import Walk

MOST_LISTS = 100
"""Of more typed lists than these the first ones are told apart."""


def members_of(walk: Walk, typed: Mapping[str, int], recipients: Sequence[str]) -> list[bytes]:
    """For each typed list, in the order typed, who of the `recipients` is in it or in a list below it: the
    first recipient is the lowest bit. `typed` has sets of the walk's own numbers, by the lists' ids."""
    if not recipients:
        return [b"" for _ in walk.typed[:MOST_LISTS]]
    numbers = [walk.numbers[address] for address in recipients]
    size = max(numbers) + 1
    return [_in_order(typed[each], numbers, size) for each in walk.typed[:MOST_LISTS]]


def _in_order(members: int, numbers: Sequence[int], size: int) -> bytes:
    # As text, because Python takes places of a text many times faster than it looks at bits one by one.
    by_number = format(members, "b")[::-1].ljust(size, "0")
    by_place = "".join(map(by_number.__getitem__, numbers))
    return int(by_place[::-1], 2).to_bytes((len(numbers) + 7) // 8, "little")
