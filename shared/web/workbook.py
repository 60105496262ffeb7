"""Workbooks for Excel: typed cells, real dates, and text that stays text.

Text is written as text, which no program runs. It also has the mark that Excel sets for a leading quote, so
that it stays text when somebody edits the cell, or saves the sheet as CSV and opens that in Excel again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from shared.tracking.reporting.phrases import Say, english
from shared.web.spreadsheet import may_run

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from shared.tracking.reporting.sheets import Cell, Sheet

_MOST_ROWS = 1_048_576  # of a sheet, in Excel
_LONGEST = 32_767  # characters in a cell
_LONGEST_NAME = 31  # characters of a sheet's
_SAMPLE = 200
_NARROWEST, _WIDEST = 12, 80
_MOMENT = "yyyy-mm-dd hh:mm"


def to_xlsx(sheets: Iterable[Sheet], say: Say = english) -> bytes:
    """The sheets as an Office Open XML workbook, each with its columns' names above it, in the words of
    `say`. Rows beyond what a sheet of Excel holds are left out, and the last one says so."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_calc_mode("manual")  # nothing in it is calculated
        looks = _Looks(book)
        for sheet in sheets:
            _write(book.add_worksheet(say(sheet.part)[:_LONGEST_NAME]), sheet, looks, say)
    return file.getvalue()


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.moment = book.add_format({"num_format": _MOMENT, "valign": "top", "align": "left"})

    def of(self, text: str) -> Format:
        """For a text: marked where a program may take it for a formula."""
        return self.quoted if may_run(text) else self.text


def _write(page: Worksheet, sheet: Sheet, looks: _Looks, say: Say) -> None:
    titles = [say(title) for _, title in sheet.columns]
    for place, title in enumerate(titles):
        page.write_string(0, place, title, looks.heading)
    rows = iter(sheet.rows)
    sample = list(islice(rows, _SAMPLE))
    for place, title in enumerate(titles):
        longest = max((len(_shown(row[place])) for row in sample), default=0)
        page.set_column(place, place, min(_WIDEST, max(_NARROWEST, len(title), longest) + 2))
    last = 0
    for last, row in enumerate(chain(sample, rows), 1):
        if last >= _MOST_ROWS:
            page.write_string(_MOST_ROWS - 1, 0, say("There is more than a sheet holds."), looks.text)
            break
        for place, cell in enumerate(row):
            _put(page, last, place, cell, looks)
    page.freeze_panes(1, 0)
    if last > 1:
        page.autofilter(0, 0, last, len(titles) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _put(page: Worksheet, row: int, place: int, cell: Cell, looks: _Looks) -> None:
    if cell is None:
        return
    if isinstance(cell, datetime):
        # Excel knows no time zones; the column's name says that it is UTC.
        moment = cell.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        page.write_datetime(row, place, moment, looks.moment)
    elif isinstance(cell, int):
        page.write_number(row, place, cell, looks.number)
    else:
        page.write_string(row, place, cell[:_LONGEST], looks.of(cell))


def _shown(cell: Cell) -> str:
    return _MOMENT if isinstance(cell, datetime) else "" if cell is None else str(cell)
