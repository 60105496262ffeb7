"""Whether what Rollcall depends on works."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import msgspec

from shared.errors import RollcallError

FRESH_FOR = 30.0  # seconds; anybody may ask, so asking must cost the outside nothing


class Ahead(msgspec.Struct, frozen=True):
    """What a check answers that finds nothing wrong today, and knows of something to come: sentences."""

    text: str
    remedy: str


class Health:
    """Runs `checks` by name, at most once in FRESH_FOR seconds; a check raises what is wrong, and may answer
    what is Ahead."""

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
        answer = check()
    except RollcallError as error:
        return CheckAnswer(name, ok=False, text=error.sentence, remedy=error.remedy)
    if isinstance(answer, Ahead):
        return CheckAnswer(name, ok=True, text=answer.text, remedy=answer.remedy)
    return CheckAnswer(name, ok=True)


class CheckAnswer(msgspec.Struct, frozen=True):
    """One thing Rollcall depends on; `text` and `remedy` say what is wrong, or, where `ok`, what is to come;
    mostly they are empty then."""

    name: str
    ok: bool
    text: str = ""
    remedy: str = ""
