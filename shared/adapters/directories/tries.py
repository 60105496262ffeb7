"""Asking a directory again: how often, and how long to wait before it."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass

from shared import telemetry
from shared.answers.meaning import Course, Meaning, directory_error
from shared.audience.patience import Patience
from shared.errors import DirectoryDown, DirectoryError, Throttled, UnreadableAnswer

MAX_TRIES = 4
_FIRST_BACKOFF = 0.5  # seconds

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wait:
    """Before a question is asked again: for so many `seconds`; `asked`: as the directory wishes, and not by
    our guess."""

    seconds: float
    asked: bool

    def too_long(self, error: Throttled) -> DirectoryError:
        """What it means for the question that nobody may wait so long."""
        return error if self.asked else DirectoryDown()


class Tries:
    """The answers to one question so far. `tries_of_gone`: how often it is asked when the answer is that
    there is nothing of that name."""

    def __init__(self, tries_of_gone: int = 1) -> None:
        self._tries_of_gone = tries_of_gone
        self._throttled = 0
        self._failed = 0
        self._unreadable = 0

    def weigh(self, row: Meaning, status: int, asked: float | None) -> Wait:
        """How long to wait before the question is asked again, after an answer that means `row`; `asked`: the
        seconds for which the directory wants us to.

        Raises the DirectoryError or ServiceAccountError that the answer is, where it is the last.
        """
        most = {Course.AGAIN: MAX_TRIES, Course.GONE: self._tries_of_gone}.get(row.course, 1)
        if status == 429 and most > 1:
            self._throttled += 1
        else:
            self._failed += 1
            if self._failed >= most:
                raise directory_error(row) from None  # its context would hold a URL, or another's text
        seconds = asked or _backoff(self._failed + self._throttled)
        return Wait(seconds, asked=status == 429 or asked is not None)

    def misread(self) -> None:
        """Note an answer that could not be read: it is asked for once more. Raises UnreadableAnswer."""
        self._unreadable += 1
        if self._unreadable == 2:
            raise UnreadableAnswer from None


def hold(name: str, waits: Iterable[Wait], patience: Patience) -> None:
    """Make every reader of the walk wait for the longest of `waits`; `name` is what our log calls the
    directory. Raises Throttled when that is more than is left."""
    waits = list(waits)
    seconds = max((wait.seconds for wait in waits), default=0.0)
    if not seconds:
        return
    asked = any(wait.asked for wait in waits)
    if asked:
        telemetry.THROTTLED.add(1, name)
    longer = patience.hold(seconds)
    if asked:
        telemetry.THROTTLED_SECONDS.add(longer, name)
    _log.info("%s: waiting %.1f s", name, seconds)


def hold_for(name: str, wait: Wait, patience: Patience) -> None:
    """The same for the only question. Raises Throttled, or DirectoryDown where the wait was our guess."""
    try:
        hold(name, [wait], patience)
    except Throttled as error:
        raise wait.too_long(error) from None


def _backoff(tries: int) -> float:
    """Exponential, with full jitter, so that processes throttled together do not come back together."""
    return random.uniform(0, _FIRST_BACKOFF * 2 ** min(tries - 1, 6))
