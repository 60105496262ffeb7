"""How often one person may do a thing: a bucket that fills evenly, and each deed takes from.

Kept in this process's memory: the limit holds for each instance of the app. It is there so that a mistaken
script or a stolen access token cannot spend the tenant's whole allowance at Microsoft, and for that it need
not be exact.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from shared.errors import TooManyRequests

_MOST = 10_000  # people remembered; whoever was away longest is forgotten first, and starts afresh


class Rate:
    """At most `per_minute` deeds a minute for each person, who may do as many at once. Thread-safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # by person: deeds left, when
        self._lock = threading.Lock()

    def take(self, person: str) -> None:
        """Note one deed of `person`. Raises TooManyRequests."""
        with self._lock:
            now = self._clock()
            left, seen_at = self._left.pop(person, (self._most, now))
            left = min(self._most, left + (now - seen_at) * self._per_second)
            allowed = left >= 1
            self._left[person] = (left - 1 if allowed else left, now)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        if not allowed:
            raise TooManyRequests((1 - left) / self._per_second)
