"""How long one expansion may wait for its directories, and how it is told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from shared.errors import Cancelled, DirectoryDown, Throttled


class Patience:
    """One expansion's shared patience: all its readers wait together, and stop together.

    When a directory asks to wait, asking again from another thread only prolongs it, so a hold
    stops every reader. `held` counts the seconds of wall time spent so; once it would pass
    `limit` seconds, waiting is refused with Throttled. `deadline` is in seconds from now;
    `trace` is how the ids of the expansion's requests begin. Thread-safe.
    """

    def __init__(
        self,
        *,
        limit: float,
        deadline: float,
        trace: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.trace = trace
        self.limit = limit
        self.held = 0.0
        self._clock = clock
        self._ends_at = clock() + deadline
        self._resume_at = 0.0
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def hold(self, seconds: float) -> float:
        """Make every reader wait `seconds` from now; by how many seconds longer that is than they would
        have waited anyway. Raises Throttled when it is more than is left."""
        with self._lock:
            now = self._clock()
            added = now + seconds - max(now, self._resume_at)
            if added <= 0:
                return 0.0
            if self.held + added > self.limit or now + seconds > self._ends_at:
                raise Throttled(seconds)
            self.held += added
            self._resume_at = now + seconds
            return added

    def proceed(self) -> float:
        """Return when the next request may go out, with the seconds left for it (at least one).

        Blocks while readers are held. Raises Cancelled after `stop`, DirectoryDown past the deadline.
        """
        while True:
            if self._stopped.is_set():
                raise Cancelled
            now = self._clock()
            if now >= self._ends_at:
                raise DirectoryDown(
                    "The directory took longer than an expansion may last.",
                    "Try again later, or ask your administrator to raise the time limit.",
                )
            with self._lock:
                wait = self._resume_at - now
            if wait <= 0:
                return max(1.0, self._ends_at - now)
            self._stopped.wait(wait)

    @property
    def wait(self) -> float:
        """For how many seconds from now readers are held; 0 where they are not."""
        with self._lock:
            return max(0.0, self._resume_at - self._clock())

    def stop(self) -> None:
        """Call the work off: every waiting reader wakes, and `proceed` raises Cancelled from now on."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()
