"""Amounts as they stand in the API's answers."""

from __future__ import annotations

UNKNOWN: dict[str, int | None] = {"at_least": 0, "at_most": None}


def exactly(number: int) -> dict[str, int | None]:
    """So many."""
    return {"at_least": number, "at_most": number}


def at_least(number: int) -> dict[str, int | None]:
    """So many, and perhaps more."""
    return {"at_least": number, "at_most": None}
