"""Who was refused what: in the audit trail by name, and however often they try, one record a minute.

The first attempt is recorded at once; what comes within the minute is counted, and recorded with the next one
or when the minute is over. A refusal that cannot be recorded now is a refusal all the same, and its number is
kept. What is counted and not yet recorded is in this process's memory alone.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.errors import StoreUnavailable

MINUTE = 60.0  # seconds
_MOST = 1_000  # people at once
_MOST_KINDS = 100  # things that one person was refused, told apart

Write = Callable[[str, Mapping[str, int]], None]
"""Records what a person was refused, and how often. May raise StoreUnavailable."""
Later = Callable[[float, Callable[[], None]], threading.Thread]
"""Calls something after so many seconds, once it is started."""


@dataclass
class _Held:
    until: float
    counts: Counter[str] = field(default_factory=Counter)


class Refusals:
    """Counts refusals, and records them. Thread-safe."""

    def __init__(
        self, write: Write, clock: Callable[[], float] = time.monotonic, later: Later = threading.Timer
    ) -> None:
        self._write = write
        self._clock = clock
        self._later = later
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._waiting = False
        self._lock = threading.Lock()

    def add(self, person: str, what: str) -> None:
        """The person, by their object id, was refused that."""
        with self._lock:
            held = self._held.get(person)
            first = held is None
            if held is None:
                held = self._held[person] = _Held(self._clock() + MINUTE)
            held.counts[what if what in held.counts or len(held.counts) < _MOST_KINDS else "other"] += 1
            is_due = first or held.until <= self._clock()
            if len(self._held) > _MOST:
                self._held.popitem(last=False)
        if is_due:
            self._record(person)
        self._come_back()

    def flush(self, *, at_the_end: bool = False) -> None:
        """Record what was counted and whose minute is over; at the end, all."""
        with self._lock:
            self._waiting = False
            now = self._clock()
            due = [person for person, held in self._held.items() if at_the_end or held.until <= now]
        for person in due:
            self._record(person)
        if not at_the_end:
            self._come_back()

    def _record(self, person: str) -> None:
        with self._lock:
            held = self._held.get(person)
            if held is None:
                return
            counts, held.counts = held.counts, Counter()
            if not counts:  # a minute in which nothing came: the next one is a first one again
                del self._held[person]
                return
            held.until = self._clock() + MINUTE
        try:
            self._write(person, dict(counts))
        except StoreUnavailable:
            with self._lock:
                self._held.setdefault(person, _Held(self._clock() + MINUTE)).counts.update(counts)

    def _come_back(self) -> None:
        with self._lock:
            if self._waiting or not self._held:
                return
            self._waiting = True
        timer = self._later(MINUTE, self.flush)
        timer.daemon = True
        timer.start()
