"""A guess at how many there will be, while a walk still reads: one question in place of all pages.

It is for whoever watches, and no part of any result: it may count a person under two typed lists twice, and
whoever has no mailbox, and it leaves out what the directory does not count.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from shared import trace
from shared.audience.limits import Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.errors import RollcallError

GRACE = 0.2
"""Seconds in which most walks are done: of those nobody needs a guess, and none is asked for."""

_LOOK = 0.05  # seconds, until the typed lists are found


@contextmanager
def guessing(
    planner: Planner, progress: Progress, patience: Patience, tell: Callable[[], None]
) -> Iterator[None]:
    """While the block lasts, have `progress` say how many there may be, as soon as it is known, and `tell` of
    it. The block waits for nothing of it."""
    done = threading.Event()

    def guess() -> None:
        trace.begin(patience.trace)
        wait = GRACE
        while not done.wait(wait):
            wait = _LOOK
            if progress.typed:
                with suppress(RollcallError):  # the walk meets the same trouble, and tells of it
                    progress.estimate = planner.estimate(progress.typed, patience)
                    tell()
                return

    threading.Thread(target=guess, name="guess", daemon=True).start()
    try:
        yield
    finally:
        done.set()
        patience.stop()
