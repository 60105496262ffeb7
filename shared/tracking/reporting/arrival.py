"""When a mail arrived: rules that go by the clock count from then, and not from Send.

It arrives when it is sent, or when Outlook was told to deliver it; and again with every wave of machines
that begins after a pause, since what scans a mail does so as it arrives: a mail is held back, released from
quarantine, or delivered in batches, and no sender is told. What makes a wave are signs that need no clock:
the notice followed, and links followed by what says that it is no browser.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import repeat

SCAN_TIME = 60_000  # milliseconds after arrival in which most scans come, and before the first sign of a wave
SOON = 300_000  # and in which nearly all of them have come
SCANS_END = 1_800_000  # and after which none was seen to begin
PAUSE = SOON
"""Milliseconds without a sign after which the next one may begin a wave, SCANS_END after the last one."""
TOGETHER = 3
"""So many recipients make a wave within SCAN_TIME; where all share their URLs, twice as many signs."""


class Age(IntEnum):
    """How long after arrival."""

    BEFORE = 0
    """It was not sent yet."""
    WAITING = 1
    """It was sent, and was to be delivered later."""
    SCAN_TIME = 2
    SOON = 3
    LATER = 4


class Clock:
    """One mail's clock; times are in milliseconds since 1970. `deliver_at` is None where that is at once."""

    def __init__(self, sent_at: int, deliver_at: int | None = None, waves: Sequence[int] = ()) -> None:
        """`waves` are the times of their first signs."""
        self.sent_at = sent_at
        self._due = sent_at if deliver_at is None else max(sent_at, deliver_at - SCAN_TIME)
        starts = [(sent_at, sent_at)] if deliver_at is None else [(sent_at, sent_at), (self._due, deliver_at)]
        # What begins soon after Send is what sending brought.
        starts += [(wave - SCAN_TIME, wave) for wave in waves if wave > sent_at + SOON]
        self._starts = [(max(since, sent_at), at) for since, at in starts]
        self.quiet_from = max(at for _, at in self._starts) + SCANS_END
        """From then on every age is LATER, and no scan begins."""

    def age(self, at: int) -> Age:
        """How old the mail was then."""
        if at < self.sent_at:
            return Age.BEFORE
        if at < self._due:
            return Age.WAITING
        if self._is_within(at, SCAN_TIME):
            return Age.SCAN_TIME
        return Age.SOON if self._is_within(at, SOON) else Age.LATER

    def ages(self, times: Sequence[int]) -> Iterable[Age]:
        """How old the mail was at each of these times."""
        if not times or min(times) > self.quiet_from:
            return repeat(Age.LATER, len(times))
        bounds = {self.sent_at, self._due}
        for since, start in self._starts:
            bounds |= {since, start + SCAN_TIME + 1, start + SOON + 1}
        changes = sorted(bounds)
        ages = [Age.BEFORE, *map(self.age, changes)]
        return [ages[bisect_right(changes, at)] for at in times]

    def is_soon(self, at: int) -> bool:
        """Whether it was within the minutes after an arrival, or before the first."""
        return at < self.sent_at or self._is_within(at, SOON)

    def is_scanned(self, at: int) -> bool:
        """Whether scans may begin then."""
        return at < self.sent_at or self._is_within(at, SCANS_END)

    def is_scan_time(self, at: int) -> bool:
        """Whether most scans come then."""
        return at < self.sent_at or self._is_within(at, SCAN_TIME)

    def _is_within(self, at: int, long: int) -> bool:
        for since, start in self._starts:  # noqa: SIM110 - `any` takes much longer
            if since <= at <= start + long:
                return True
        return False


def find_waves(signs: Sequence[tuple[int, int]], first: int, *, shared: bool) -> list[int]:
    """When waves begin, from the time `first` on, among the `signs` of machines: their times in order, and
    whose each is. What comes before `first` only shows that it was no pause; `shared`: who is whose cannot be
    told."""
    found: list[int] = []
    for place, (at, _) in enumerate(signs):
        if at < first or (place and at - signs[place - 1][0] < PAUSE):
            continue
        whose = []
        for later, key in signs[place:]:
            if later > at + SCAN_TIME:
                break
            whose.append(key)
        if len(whose) >= 2 * TOGETHER if shared else len(set(whose)) >= TOGETHER:
            found.append(at)
            first = at + SCANS_END
    return found
