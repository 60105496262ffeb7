"""Amounts: how many of something, which may not be known, or only to be so many at least."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How much is known of an amount."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many: `at_least` so many, and `at_most` so many, null where there is no upper end. Both are the
    same where it is known. At least none, with no upper end, is not known at all: that is not nought."""

    at_least: int
    at_most: int | None

    @property
    def shape(self) -> Shape:
        """How much is known."""
        if self.at_most is None:
            return Shape.AT_LEAST if self.at_least else Shape.UNKNOWN
        if self.at_least == self.at_most:
            return Shape.EXACTLY
        return Shape.BETWEEN if self.at_least else Shape.AT_MOST

    def __format__(self, spec: str) -> str:
        """As `str`, so that no text holds an amount as if it were a number. Raises ValueError for a `spec`,
        which is for numbers."""
        if spec:
            raise ValueError("an amount has no format of a number")
        return str(self)

    def __str__(self) -> str:
        """In words: "4", "at least 4", "at most 4", "between 4 and 6", "an unknown number"."""
        least = f"{self.at_least:,}"
        most = "" if self.at_most is None else f"{self.at_most:,}"
        return {
            Shape.EXACTLY: least,
            Shape.AT_LEAST: f"at least {least}",
            Shape.AT_MOST: f"at most {most}",
            Shape.BETWEEN: f"between {least} and {most}",
            Shape.UNKNOWN: "an unknown number",
        }[self.shape]


UNKNOWN = Amount(0, None)


def counted(number: int, *, whole: bool) -> Amount:
    """What was counted: so many, where nothing was left out; else at least so many."""
    return Amount(number, number if whole else None)
