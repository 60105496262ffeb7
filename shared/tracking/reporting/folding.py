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
from shared.tracking.recording.events import Entry, Event, time_of, unpack
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

Written = list[tuple[int, list[Event]]]
"""Events by when they were written, in milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Slice `number` of time, and the events that bear on its own."""

    number: int
    before: list[Event]
    events: list[Event]
    after: list[Event]

    def add_to(self, summary: Summary, judge: Judge, recipients: int) -> None:
        """Judge the slice's events, and add them."""
        surrounded = [*self.before, *self.events, *self.after]
        start = len(self.before)
        end = start + len(self.events)
        judgements = judge.judge(surrounded, start, end, summary.has_opened, summary.waves)
        since = judge.starts_at
        by_minute = (0, 0) if since is None else (since - since % MINUTE, since + BY_MINUTE)
        summary.add(self.events, judgements, recipients, by_minute)


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
    start, end = number * SLICE, (number + 1) * SLICE
    yield Slice(
        number,
        [e for at, events in last[1] if last[0] == number - 1 and at >= start - AROUND for e in events],
        [event for _, events in written for event in events],
        [
            e
            for at, events in following[1]
            if following[0] == number + 1 and at < end + AROUND
            for e in events
        ],
    )


def _events(entry: Entry, gone: Collection[int]) -> list[Event]:
    try:
        return [event for event in unpack(entry.data) if event.recipient not in gone]
    except ValueError:
        log.error("an entry cannot be read: message %s, key %s", entry.message, entry.key)
        return []
