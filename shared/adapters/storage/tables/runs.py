"""Runs in Table Storage: a part of their message each, which goes with it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.messages import PARTS
from shared.adapters.storage.tables.parts import Parts
from shared.tracking.copies.run import Run

COPIES = "copies"  # the kind of part


class RunTable:
    """The RunStore of `shared.tracking.copies.runs`, in Table Storage."""

    def __init__(self, tables: Tables) -> None:
        self.parts = Parts(tables, PARTS)

    def add(self, message: str, run: Run) -> bool:
        return self.parts.add(message, COPIES, 0, msgspec.json.encode(run))

    def find(self, message: str) -> Run | None:
        for _, content in self.parts.read(message, COPIES):
            return msgspec.json.decode(content, type=Run)
        return None

    def change(self, message: str, change: Callable[[Run], Run]) -> Run | None:
        changed: Run | None = None

        def rewrite(content: bytes) -> bytes:
            nonlocal changed
            changed = change(msgspec.json.decode(content, type=Run))
            return msgspec.json.encode(changed)

        self.parts.rewrite(message, COPIES, 0, rewrite)
        return changed
