"""Summaries, kept in memory."""

from __future__ import annotations

import msgspec

from shared import errors
from shared.tracking.reporting.summaries import Summary


class MemorySummaries:
    """Summaries in memory, as bytes, so that nobody changes what is kept."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.written = 0

    def find(self, message: str) -> tuple[Summary, str] | None:
        if message not in self.kept:
            return None
        content, version = self.kept[message]
        return msgspec.msgpack.decode(content, type=Summary), version

    def keep(self, message: str, summary: Summary, version: str) -> None:
        if self.kept.get(message, (b"", ""))[1] != version:
            raise errors.Conflict
        self.written += 1
        self.kept[message] = (msgspec.msgpack.encode(summary), str(self.written))

    def delete(self, message: str) -> None:
        self.kept.pop(message, None)
