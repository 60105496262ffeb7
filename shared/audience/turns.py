"""Whose walk goes on: few at a time in one process, where pixels are answered as well.

Walks share one interpreter, so more of them at once are done no sooner; each holds its recipients in memory,
and together they keep the loop that answers readers from its turn. `bench threads` has the figures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from shared.audience.patience import Patience

_LOOK = 0.5  # seconds between two looks at whether the walk was called off


class Turns:
    """Places for `at_once` walks. Whoever waited `longest` seconds goes on without one: walks that hang, at a
    directory that does not answer, hold nobody up for longer. Thread-safe."""

    def __init__(self, at_once: int, longest: float) -> None:
        self._longest = longest
        self._places = threading.Semaphore(at_once)

    @contextmanager
    def turn(self, patience: Patience) -> Iterator[None]:
        """A place while the block lasts. Begins at once when `patience` was told to stop, without one."""
        until = time.monotonic() + self._longest
        has_place = self._places.acquire(blocking=False)
        while not has_place and not patience.stopped and (left := until - time.monotonic()) > 0:
            has_place = self._places.acquire(timeout=min(_LOOK, left))
        try:
            yield
        finally:
            if has_place:
                self._places.release()
