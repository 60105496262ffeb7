"""Rows as Table Storage keeps, shows and finds them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_SHOWN = {"Edm.Int64", "Edm.DateTime", "Edm.Binary", "Edm.Guid"}
_COMPARE: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda one, other: one == other,
    "gt": lambda one, other: one > other,
    "ge": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "le": lambda one, other: one <= other,
}


@dataclass(slots=True)
class Row:
    """One entity: what was stored, its version, and its JSON as it is shown."""

    values: dict[str, Any]
    version: int
    shown: str


@dataclass(slots=True)
class Partition:
    """The rows of one partition, by key."""

    keys: list[str] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)


def etag_of(row: Row) -> str:
    return f"W/\"datetime'{row.version}'\""


def shown_as(values: Mapping[str, Any], version: int) -> str:
    shown: dict[str, Any] = {"odata.etag": f"W/\"datetime'{version}'\""}
    for name, value in values.items():
        if not name.endswith("@odata.type"):
            kind = values.get(f"{name}@odata.type")
            if kind in _SHOWN:
                shown[f"{name}@odata.type"] = kind
            shown[name] = value
    shown["Timestamp"] = "2026-01-01T00:00:00.0000000Z"
    return json.dumps(shown)


def selected(row: Row, select: str | None) -> str:
    if not select:
        return row.shown
    names = select.split(",")
    kept: dict[str, Any] = {}
    for name in names:
        if name in row.values:
            if row.values.get(f"{name}@odata.type") in _SHOWN:
                kept[f"{name}@odata.type"] = row.values[f"{name}@odata.type"]
            kept[name] = row.values[name]
    return json.dumps({"odata.etag": etag_of(row), **kept})


def holds(partition: str, key: str, row: Row, term: tuple[str, str, str]) -> bool:
    name, sign, value = term
    held = partition if name == "PartitionKey" else key if name == "RowKey" else row.values.get(name)
    return held is not None and _COMPARE[sign](_comparable(str(held)), _comparable(value.replace("''", "'")))


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z")


def _comparable(value: str) -> str:
    found = _MOMENT.fullmatch(value)
    return f"{found[1]}.{(found[2] or ''):0<7}" if found else value
