"""Reports as files, read by programs that share nothing with what wrote them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import Any

import openpyxl


def parts_of(file: bytes) -> dict[str, list[dict[str, str]]]:
    """By part of the report, the rows of its CSV: of each cell that is not empty, by its column."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(file.decode("utf-8-sig"))):
        found[row.pop("part")].append({name: cell for name, cell in row.items() if cell})
    return dict(found)


def sheets_in(file: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """By its name, the rows of each sheet of a workbook, the columns' names first."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def cells_in(file: bytes) -> list[Any]:
    """Every cell of a workbook that is not empty."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
