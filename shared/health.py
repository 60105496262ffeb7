"""Whether what Rollcall depends on works."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import msgspec

from shared.errors import RollcallError

FRESH_FOR = 30.0  # seconds; anybody may ask, so asking must cost the outside nothing


class Health:
    """Runs `checks` by name, at most once in FRESH_FOR seconds; a check raises what is wrong."""

    def __init__(
        self, checks: Mapping[str, Callable[[], object]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.checks = checks
        self.clock = clock
        self.lock = threading.Lock()
        self.seen: list[CheckAnswer] = []
        self.seen_at = -FRESH_FOR

    def look(self, *, fresh: bool = False) -> list[CheckAnswer]:
        """What each check said; asked anew when `fresh`."""
        with self.lock:
            if fresh or self.clock() - self.seen_at >= FRESH_FOR:
                self.seen = [_run(name, check) for name, check in self.checks.items()]
                self.seen_at = self.clock()
            return self.seen


def _run(name: str, check: Callable[[], object]) -> CheckAnswer:
    try:
        check()
    except RollcallError as error:
        return CheckAnswer(name, ok=False, text=error.sentence, remedy=error.remedy)
    return CheckAnswer(name, ok=True)


class CheckAnswer(msgspec.Struct, frozen=True):
    """One thing Rollcall depends on; `text` and `remedy` are empty where it works."""

    name: str
    ok: bool
    text: str = ""
    remedy: str = ""
