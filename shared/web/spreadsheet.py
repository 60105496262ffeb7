"""CSV that a spreadsheet opens and does not run.

Source: "CSV Injection", owasp.org/www-community/attacks/CSV_Injection; RFC 4180.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What Excel takes for the beginning of a formula. A quote before it makes it text. Where the list separator
# is another than our comma, a cell of ours is several of the reader's, and each may begin so.
_FORMULA = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_BEGINNING = re.compile(rf"(^|(?<!^)[;|\t\r\n])(?=[\s\"']*[{_FORMULA}])")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV in UTF-8, with the mark by which Excel knows that it is."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def may_run(text: str) -> bool:
    """Whether a spreadsheet may take the text, or a part of it that some list separator cuts off, for a
    formula."""
    return _BEGINNING.search(text) is not None


def _cell(value: object) -> object:
    if isinstance(value, int | float):
        return value
    return _BEGINNING.sub(r"\1'", str(value))
