"""Objections, kept in memory."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.errors import StoreUnavailable
from shared.tracking.mail.tokens import UNDATED, week_of
from shared.tracking.privacy.opt_outs import TO_ONE_MAIL, of_recipient


class MemoryOptOuts:
    """Objections in memory, that may be down."""

    def __init__(self) -> None:
        self.objections: dict[str, datetime] = {}
        self.weeks: dict[str, int] = {}
        self.changes = 0
        self.asked = 0
        self.was_read = 0
        self.down = False

    def add(self, objection: str, week: int = UNDATED, since: datetime | None = None) -> None:
        self.objections.setdefault(objection, since or datetime.now(UTC))
        self.weeks.setdefault(objection, week)
        self.changes += 1

    def remove(self, objection: str) -> None:
        self.objections.pop(objection, None)
        self.changes += 1

    def remove_of(self, message: str) -> None:
        for objection in [one for one in self.objections if one.startswith(of_recipient(message, 0)[:-1])]:
            self.remove(objection)

    def end(self, week: int, undated: int) -> int:
        ended = [
            name
            for name, at in self.objections.items()
            if name.partition("-")[0] in TO_ONE_MAIL
            and (self.weeks.get(name) or max(week_of(at), undated)) <= week
        ]
        for name in ended:
            self.remove(name)
        return len(ended)

    def find(self, objection: str) -> datetime | None:
        return self.objections.get(objection)

    def version(self) -> str:
        self.asked += 1
        if self.down:
            raise StoreUnavailable
        return str(self.changes)

    def read(self) -> frozenset[str]:
        self.was_read += 1
        return frozenset(self.objections)

    def list_since(self, kind: str, moment: datetime) -> list[str]:
        return [each for each, at in self.objections.items() if each.startswith(kind) and at >= moment]
