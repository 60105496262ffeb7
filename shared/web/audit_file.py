"""The audit trail as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import fields
from itertools import islice

from shared.audit import Record, Search, Trail, read_all
from shared.web import spreadsheet

MAX_ROWS = 50_000  # in a file


def to_csv(search: Search, trail: Trail) -> bytes:
    """What is asked for as CSV, at most MAX_ROWS."""
    found = islice(read_all(trail, search), MAX_ROWS)
    columns = [field.name for field in fields(Record)]
    return spreadsheet.to_csv(columns, ([getattr(record, name) for name in columns] for record in found))
