"""NCRONTAB, the schedules of timer triggers: second, minute, hour, day, month, day of the week, in UTC.

Source: Azure Functions, "Timer trigger", section "NCRONTAB expressions".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# name, lowest, highest, words that stand for numbers
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("second", 0, 59, ()),
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 6, _DAYS),
)
_PART = re.compile(r"(?P<first>\*|\w+)(?:-(?P<last>\w+))?(?:/(?P<step>\d+))?")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a timer is due."""

    seconds: frozenset[int]
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]

    def next_after(self, moment: datetime) -> datetime:
        """The first due time later than `moment`. Raises ValueError if there is none within eight years."""
        day = moment.date()
        floor = moment.replace(microsecond=0) + timedelta(seconds=1)
        for _ in range(8 * 366):
            if day.day in self.days and day.month in self.months and day.isoweekday() % 7 in self.weekdays:
                midnight = datetime(day.year, day.month, day.day, tzinfo=moment.tzinfo)
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        start = midnight + timedelta(hours=hour, minutes=minute)
                        if start + timedelta(seconds=59) < floor:
                            continue
                        for second in sorted(self.seconds):
                            if start + timedelta(seconds=second) >= floor:
                                return start + timedelta(seconds=second)
            day += timedelta(days=1)
        raise ValueError("this schedule is never due")


def parse_schedule(text: str) -> Schedule:
    """The schedule in `text`. Raises ValueError saying which field is wrong."""
    words = text.split()
    if len(words) == 5:
        words.insert(0, "0")  # without seconds, the host takes second 0
    if len(words) != 6:
        raise ValueError(f"a schedule has six fields, not {len(words)}: {text}")
    return Schedule(*(_parse_field(word, *field) for word, field in zip(words, _FIELDS, strict=True)))


def _parse_field(text: str, name: str, low: int, high: int, words: tuple[str, ...]) -> frozenset[int]:
    values: set[int] = set()
    for part in text.lower().split(","):
        found = _PART.fullmatch(part)
        if found is None:
            raise ValueError(f"the {name} of a schedule cannot be {text}")
        first = low if found["first"] == "*" else _number(found["first"], words)
        last = _number(found["last"], words) if found["last"] else first
        if found["first"] == "*" or (found["step"] and not found["last"]):
            last = high
        step = int(found["step"] or 1)
        if not low <= first <= last <= high or step == 0:
            raise ValueError(f"the {name} of a schedule cannot be {text}")
        values.update(range(first, last + 1, step))
    return frozenset(values)


def _number(text: str, words: tuple[str, ...]) -> int:
    if text[:3] in words:
        return words.index(text[:3]) + (1 if words is _MONTHS else 0)
    if not text.isdecimal():
        return -1  # out of every field's range
    return int(text)
