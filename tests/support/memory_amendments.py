"""Amendments, kept in memory."""

from __future__ import annotations

from shared.errors import StoreUnavailable
from shared.tracking.mail.amendments import Amendment


class MemoryAmendments:
    """Amendments in memory, that may be down. `asked` and `was_read` count."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int | None, bool], Amendment] = {}
        self.changes = 0
        self.asked = 0
        self.was_read = 0
        self.down = False

    def put(self, amendment: Amendment) -> None:
        self._answer()
        self.kept[amendment.message, amendment.link, amendment.by_admin] = amendment
        self.changes += 1

    def remove(self, amendment: Amendment) -> None:
        self._answer()
        self.kept.pop((amendment.message, amendment.link, amendment.by_admin), None)
        self.changes += 1

    def version(self) -> str:
        self.asked += 1
        self._answer()
        return str(self.changes or "")

    def read(self) -> list[Amendment]:
        self.was_read += 1
        self._answer()
        return list(self.kept.values())

    def _answer(self) -> None:
        if self.down:
            raise StoreUnavailable
