"""Folding: from the journal's entries to a summary, each entry once.

Time is cut into slices of ten minutes, by when entries were written. A slice is judged in the light of the
entries within six minutes of it: as far as any rule looks, and a minute for clocks that differ. Once nothing
can be added to that surrounding any more, the slice is settled: it is added to the summary that is kept.
What is younger is judged anew with every report. So the same entries give the same summary, however often
and wherever they are folded, and a later report reads a quarter of an hour and what is new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from shared.brevity import brief
from shared.tracking.recording.columns import Columns
from shared.tracking.recording.events import Entry, time_of
from shared.tracking.reporting.judge import Judge
from shared.tracking.reporting.summaries import HOUR, MINUTE, Summary
from shared.tracking.reporting.verdicts import LOOK_AROUND

SLICE = 600_000  # milliseconds
BY_MINUTE = 3 * HOUR
"""Milliseconds after delivery in which events are told by minute as well."""
AROUND = LOOK_AROUND + 60_000
"""Milliseconds before and after a slice whose entries bear on it; less than a slice."""
IN_FLIGHT = 60_000
"""Milliseconds after which no entry comes that was written before: a try takes seconds at most, and what
comes home late is written anew."""

log = brief(__name__)

Written = list[tuple[int, Columns]]
"""Events by when they were written, in milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Slice `number` of time: its events are those from place `start` until `end`; the others of `events`
    bear on them."""

    number: int
    events: Columns
    start: int
    end: int

    def add_to(self, summary: Summary, judge: Judge, recipients: int) -> None:
        """Judge the slice's events, and add them."""
        judgements = judge.judge(self.events, self.start, self.end, summary.has_opened, summary.waves)
        since = judge.starts_at
        by_minute = (0, 0) if since is None else (since - since % MINUTE, since + BY_MINUTE)
        summary.add(self.events[self.start : self.end], judgements, recipients, by_minute)


def first_key(summary: Summary) -> str:
    """What is less than the key of every entry that is needed to go on with a summary."""
    return f"{max(0, summary.until * SLICE - AROUND):013}"


def settled_until(now: int) -> int:
    """The first slice that is not settled yet, `now` (milliseconds since 1970)."""
    return (now - AROUND - IN_FLIGHT) // SLICE


def cut(entries: Iterable[Entry], first: int, gone: Collection[int] = ()) -> Iterator[Slice]:
    """The slices from `first` on that have events, of entries in the order of their keys. Recipients who are
    `gone` did nothing."""
    gone = frozenset(gone)
    last: tuple[int, Written] = (-2, [])
    here: tuple[int, Written] = (-2, [])
    for number, group in groupby(entries, key=lambda entry: time_of(entry.key) // SLICE):
        following = (number, [(time_of(entry.key), _events(entry, gone)) for entry in group])
        yield from _surround(last, here, following, first)
        last, here = here, following
    yield from _surround(last, here, (-2, []), first)


def _surround(
    last: tuple[int, Written], here: tuple[int, Written], following: tuple[int, Written], first: int
) -> Iterator[Slice]:
    number, written = here
    if number < max(first, 0):
        return
    since, until = number * SLICE - AROUND, (number + 1) * SLICE + AROUND
    before = [some for at, some in last[1] if last[0] == number - 1 and at >= since]
    after = [some for at, some in following[1] if following[0] == number + 1 and at < until]
    events = _join(before)
    start = len(events)
    end = len(_join((some for _, some in written), events))
    yield Slice(number, _join(after, events), start, end)


def _join(parts: Iterable[Columns], behind: Columns | None = None) -> Columns:
    events = Columns() if behind is None else behind
    for some in parts:
        events.extend(some)
    return events


def _events(entry: Entry, gone: Collection[int]) -> Columns:
    try:
        return Columns.unpack(entry.data).without(gone)
    except ValueError:
        log.error("an entry cannot be read: message %s, key %s", entry.message, entry.key)
        return Columns()
