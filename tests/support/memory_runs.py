"""Runs, kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shared.tracking.copies.run import Run


class MemoryRuns:
    """A RunStore."""

    def __init__(self) -> None:
        self.kept: dict[str, Run] = {}
        self.lock = threading.Lock()

    def add(self, message: str, run: Run) -> bool:
        with self.lock:
            return self.kept.setdefault(message, run) is run

    def find(self, message: str) -> Run | None:
        return self.kept.get(message)

    def change(self, message: str, change: Callable[[Run], Run]) -> Run | None:
        with self.lock:
            if message not in self.kept:
                return None
            self.kept[message] = change(self.kept[message])
            return self.kept[message]
