"""Whose walk goes on: few at a time in one process, where pixels are answered as well.

Walks share one interpreter, so more of them at once are done no sooner; each holds its recipients in memory,
and together they keep the loop that answers readers from its turn. `bench beside` and `bench threads` have
the figures.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from shared.audience.patience import Patience

DESK = threading.Lock()
"""Held by the one thread of all walks that decodes an answer or adds it up. The others wait without a claim
to the interpreter, so that whoever answers a reader competes for it with one thread and not with dozens."""

_LOOK = 0.5  # seconds between two looks at whether the walk was called off


class Turns:
    """Places for `at_once` walks, in the order in which they came. Whoever waited `longest` seconds goes on
    without one: walks that hang, at a directory that does not answer, hold nobody up for longer.
    Thread-safe."""

    def __init__(self, at_once: int, longest: float) -> None:
        self._longest = longest
        self._free = at_once
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, patience: Patience, tell: Callable[[int], None] = lambda before: None) -> Iterator[None]:
        """A place while the block lasts. `tell` hears how many walks begin before this one, whenever that
        changes; 0 when it begins. Begins at once when `patience` was told to stop, without a place."""
        has_place = self._wait(patience, tell)
        tell(0)
        try:
            yield
        finally:
            if has_place:
                with self._changed:
                    self._free += 1
                    self._changed.notify_all()

    def _wait(self, patience: Patience, tell: Callable[[int], None]) -> bool:
        """Whether there is a place for this walk now."""
        until, ticket = time.monotonic() + self._longest, object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                while not (self._free and self._waiting[0] is ticket):
                    left = until - time.monotonic()
                    if patience.stopped or left <= 0:
                        return False
                    tell(self._waiting.index(ticket) + 1)
                    self._changed.wait(min(_LOOK, left))
                self._free -= 1
                return True
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()
