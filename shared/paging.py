"""Pages: some rows of a listing at a time, and the place at which the next page goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RowPage(Generic[T]):
    """Some rows of a listing. `next` is the `after` of the page behind this one, None on the last; `total` is
    how many rows there are in all, None where nobody counted them."""

    rows: list[T]
    next: str | None
    total: int | None


def place_of(moment: datetime, identifier: str) -> str:
    """The place of what began at `moment`, among others of its kind: earlier ones sort before it, as text."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1):016}-{identifier}"
