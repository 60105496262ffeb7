"""Verdicts: whether an event was a person's doing. The raw event is kept; a verdict can be formed anew.

Rules are tried in the order of the table. The first that holds gives the verdict; all that hold are its
reasons. To add a rule: a line in the table, a condition below it, an example in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from shared.tracking.bursts import find_bursts
from shared.tracking.events import Event, Flag, Network

VERSION = "1"
"""Changes with the rules, so that what was judged by others is judged again."""

SCAN_TIME = 60_000  # milliseconds after sending in which scanners come: 0.5 to 69 % of them
SOON = 300_000  # and in which 97 % have come
_GMAIL_PREFETCH = "Mozilla/5 Windows AppleWebKit/537 Chrome/42 Safari/537 Edge/12 Mozilla/5"
_APPLE = "Mozilla/5"


class Verdict(StrEnum):
    """What an event is judged to be."""

    PERSON = "person"
    MACHINE = "machine"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason. `verdict` is None where the event does not count at all."""

    name: str
    verdict: Verdict | None
    text: str
    source: str


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons."""

    verdict: Verdict | None
    reasons: tuple[str, ...]
