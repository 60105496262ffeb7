"""The canary: a list whose answer an admin knows, expanded once a day.

Microsoft changes its APIs without asking us. A list whose members hardly change shows such a change
before a sender is hurt by it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from shared.errors import DirectoryError, RollcallError

log = logging.getLogger(__name__)


class CanaryCount(Protocol):
    """What an expansion found."""

    @property
    def count(self) -> int: ...
    @property
    def complete(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the list amounted to when it was last counted; `count` is None where it never was. `trouble` is
    the code of what kept it from being counted at the last look, `at`; empty where nothing did."""

    address: str
    at: datetime
    count: int | None = None
    complete: bool = False
    trouble: str = ""


class Sightings(Protocol):
    """Keeps the last sighting. Both raise StoreUnavailable."""

    def find(self) -> Sighting | None:
        """The last one."""

    def put(self, sighting: Sighting) -> None:
        """Replace it."""


class Canary:
    """Watches the list at `address`, which `measure` expands."""

    def __init__(
        self,
        address: str,
        measure: Callable[[Sequence[str]], CanaryCount],
        sightings: Sightings,
        now: Callable[[], datetime],
    ) -> None:
        self.address = address
        self.measure = measure
        self.sightings = sightings
        self.now = now

    def look(self) -> None:
        """Expand the list, compare with the last time, and raise an alert where they differ.

        The next look compares with this one, so each change is told once. Raises StoreUnavailable.
        """
        last = self.sightings.find()
        before = last if last and last.address == self.address else Sighting(self.address, self.now())
        seen = self._see(before)
        if seen.trouble:
            log.error("alert canary_failed: %s", seen.trouble)
        elif before.count is not None and (before.count, before.complete) != (seen.count, seen.complete):
            log.error(
                "alert canary_changed: %d recipients, %s, before; %d, %s, now",
                before.count,
                _word(before.complete),
                seen.count,
                _word(seen.complete),
            )
        self.sightings.put(seen)

    def check(self) -> None:
        """Raises DirectoryError when the last look found nobody, or nothing."""
        last = self.sightings.find()
        if last and last.address == self.address and last.trouble:
            raise DirectoryError(
                f"The canary list could not be counted on {last.at:%Y-%m-%d, %H:%M} UTC ({last.trouble}).",
                "Expand it by hand: POST /api/connection/test says what each directory makes of it.",
            )

    def _see(self, before: Sighting) -> Sighting:
        try:
            found = self.measure([self.address])
        except RollcallError as error:
            return replace(before, at=self.now(), trouble=error.code)
        if not found.count:
            return replace(before, at=self.now(), trouble="nobody_found")
        return Sighting(self.address, self.now(), found.count, found.complete)


def _word(complete: bool) -> str:
    return "complete" if complete else "incomplete"
