"""The audit trail as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from shared.audit import Record, Search, Trail, read_all
from shared.web import spreadsheet

MAX_ROWS = 50_000  # in a file
MAX_CHARACTERS = 50_000_000
"""A file ends after so many: a record may name hundreds of lists."""
CUT_OFF = "There are more records. Ask for a shorter time."


def to_csv(search: Search, trail: Trail) -> bytes:
    """What is asked for as CSV, at most MAX_ROWS and MAX_CHARACTERS; where that is not all, the last row says
    so."""
    columns = [field.name for field in fields(Record)]
    return spreadsheet.to_csv(columns, _rows(search, trail, columns))


def _rows(search: Search, trail: Trail, columns: list[str]) -> Iterator[list[object]]:
    characters = 0
    for number, record in enumerate(read_all(trail, search)):
        characters += len(record.subject) + len(record.facts)
        if number >= MAX_ROWS or (number and characters > MAX_CHARACTERS):
            yield [CUT_OFF if name == "subject" else "" for name in columns]
            return
        yield [getattr(record, name) for name in columns]
