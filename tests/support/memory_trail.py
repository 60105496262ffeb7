"""The audit trail in memory."""

from __future__ import annotations

from datetime import datetime

from shared.audit import Record, Search
from shared.errors import StoreUnavailable
from shared.paging import RowPage


class MemoryTrail:
    """A trail in memory. `down` makes the next writes fail, `lost` only their answers."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.down = self.lost = False

    def add(self, record: Record) -> None:
        if not self.down:
            self.records.append(record)
        if self.down or self.lost:
            raise StoreUnavailable

    def delete(self, until: datetime, through: str | None) -> None:
        old = sorted(
            (each for each in self.records if each.at < until), key=lambda each: each.at, reverse=True
        )
        gone = old[: int(through) if through else None]
        self.records = [each for each in self.records if each not in gone]

    def read(self, search: Search, limit: int, after: str = "") -> RowPage[Record]:
        newest_first = sorted(self.records, key=lambda record: record.at, reverse=True)
        start = int(after or 0)
        newest_first = [each for each in newest_first if not search.until or each.at < search.until]
        more = start + limit < len(newest_first)
        return RowPage(newest_first[start : start + limit], str(start + limit) if more else None, None)
