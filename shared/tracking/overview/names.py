"""Names of months, like "2026-11": they sort by time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta


def name_of(moment: datetime) -> str:
    """The month of that moment."""
    return f"{moment:%Y-%m}"


def names_between(since: datetime, until: datetime) -> Iterator[str]:
    """Every month from that of the one moment to that of the other."""
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def start_of(name: str) -> datetime:
    """When the month begins."""
    return datetime.fromisoformat(f"{name}-01T00:00:00+00:00")


def end_of(name: str) -> datetime:
    """When the next one does."""
    return (start_of(name) + timedelta(days=32)).replace(day=1)
