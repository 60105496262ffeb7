"""Where a walk stops, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shared.audience.rules import Rules
from shared.errors import RollcallError

if TYPE_CHECKING:
    from shared.audience.directory import DistributionList

# A larger answer keeps its reader, and the interpreter while it is decoded, from pages that others wait for.
MEMBERS_PER_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a walk stops. What is beyond is reported as a problem, never dropped in silence."""

    max_depth: int = 20
    max_lists: int = 5000
    max_recipients: int = 200_000
    concurrency: int = 8
    rules: Rules = field(default_factory=Rules)


@dataclass(slots=True)
class Progress:
    """How far a walk is; written by the walk, read by whoever shows it."""

    lists_done: int = 0
    lists_known: int = 0
    recipients: int = 0
    before: int = 0
    """Walks that begin before this one."""
    typed: list[DistributionList] = field(default_factory=list)
    """The typed lists that are read."""
    estimate: int | None = None
    """How many recipients there may be in the end; None where nobody knows."""


class Full(RollcallError):
    """The limit on recipients was reached."""
