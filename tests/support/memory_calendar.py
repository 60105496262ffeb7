"""The calendar in memory."""

from __future__ import annotations

from datetime import datetime

from shared.tracking.mail.calendar import Due, Step, place_in, to_millisecond


class MemoryCalendar:
    """A Calendar."""

    def __init__(self) -> None:
        self.due: set[Due] = set()
        self.marks: dict[str, datetime] = {}

    def enter(self, *due: Due) -> None:
        self.due |= {_kept(each) for each in due}

    def strike(self, *due: Due) -> None:
        self.due -= {_kept(each) for each in due}

    def list_due(self, step: Step, before: datetime, limit: int) -> list[Due]:
        return self.list_behind(step, "", before, limit)

    def list_behind(self, step: Step, behind: str, before: datetime, limit: int) -> list[Due]:
        found = [each for each in self.due if each.step is step and each.since < to_millisecond(before)]
        places = {place_in(each.since, each.message): each for each in found}
        return [places[place] for place in sorted(places) if place > behind][:limit]

    def mark(self, name: str, at: datetime) -> None:
        self.marks[name] = at

    def marked(self, name: str) -> datetime | None:
        return self.marks.get(name)


def _kept(due: Due) -> Due:
    return Due(due.step, to_millisecond(due.since), due.owner, due.message)
