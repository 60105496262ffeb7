"""Lines of the log at somebody else's will: the same one once a minute, with how often it was left out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

MINUTE = 60.0  # seconds
_MOST = 200  # lines told apart; whatever comes beyond them within the minute shares one


class Brief(logging.Filter):
    """Lets each line through once a minute, and says then how many of it were left out. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lines: dict[str, tuple[float, int]] = {}  # until when, how many since
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        with self._lock:
            return self._decide(record)

    def forget(self) -> None:
        """Let every line through again."""
        with self._lock:
            self._lines.clear()

    def _decide(self, record: logging.LogRecord) -> bool:
        line, now = record.getMessage(), self._clock()
        if line not in self._lines and len(self._lines) >= _MOST:
            self._lines = {known: held for known, held in self._lines.items() if held[0] > now}
            line = line if len(self._lines) < _MOST else ""
        until, left_out = self._lines.get(line, (now, 0))
        if now < until:
            self._lines[line] = (until, left_out + 1)
            return False
        self._lines[line] = (now + MINUTE, 0)
        if left_out:
            record.msg, record.args = f"{record.getMessage()} (and {left_out} more like it)", None
        return True


def brief(name: str) -> logging.Logger:
    """The logger of that name, whose lines anybody can cause, and which is brief therefore."""
    log = logging.getLogger(name)
    if not any(isinstance(one, Brief) for one in log.filters):
        log.addFilter(Brief())
    return log
