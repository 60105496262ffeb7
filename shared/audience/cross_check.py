"""One list read by each directory in turn, and who is missing where.

For an admin who wants to see, before a sender does, that the directories agree, or whom one leaves out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from shared import trace
from shared.amounts import Amount, counted
from shared.audience.directory import Directory
from shared.audience.limits import Limits, Progress
from shared.audience.pace import Pace
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.problems import Problem, from_error
from shared.audience.walk import walk
from shared.errors import RollcallError

MAX_MISSING = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What one directory made of the list, in how many seconds. `missing` are recipients that another
    found and this one did not, alphabetical, at most MAX_MISSING of `missing_count`."""

    directory: str
    count: Amount
    problems: list[Problem]
    seconds: float
    missing: list[str]
    missing_count: int


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """The readings of one list; `agree` when all found the same recipients."""

    address: str
    agree: bool
    readings: list[Reading]


@dataclass(frozen=True, slots=True)
class _Found:
    addresses: frozenset[str]
    problems: list[Problem]
    seconds: float


class CrossChecks:
    """Reads lists by every directory. `beside` see dynamic lists, which Graph does not."""

    def __init__(self, graph: Directory, beside: Sequence[Directory], limits: Limits, pace: Pace) -> None:
        self._graph = graph
        self._beside = beside
        self._limits = limits
        self._pace = pace

    def check(self, address: str) -> CrossCheck:
        """`address` (normalised) expanded by each directory as if it were the only one beside Graph, which
        finds the addresses."""
        alone = {directory.name: Planner(self._graph, [directory]) for directory in self._beside}
        begun, pace = trace.beginning(), self._pace
        return cross_check(
            address,
            {"graph": Planner(self._graph, []), **alone},
            self._limits,
            lambda: Patience(limit=pace.throttle_limit, deadline=pace.join, trace=begun),
        )


def cross_check(
    address: str, plans: Mapping[str, Planner], limits: Limits, patience: Callable[[], Patience]
) -> CrossCheck:
    """Expand `address` (normalised) by each of `plans`, all at once. A plan that fails is a reading with
    a problem, never an error."""
    with ThreadPoolExecutor(len(plans), thread_name_prefix="cross-check") as pool:
        asked = {name: pool.submit(_read, address, plan, limits, patience()) for name, plan in plans.items()}
        found = {name: answer.result() for name, answer in asked.items()}
    everyone = frozenset[str]().union(*(reading.addresses for reading in found.values()))
    readings = [_reading(name, reading, everyone) for name, reading in found.items()]
    return CrossCheck(address, all(reading.missing_count == 0 for reading in readings), readings)


def _read(address: str, plan: Planner, limits: Limits, patience: Patience) -> _Found:
    started = time.monotonic()
    try:
        walked = walk([address], plan, limits, patience, Progress())
        addresses, problems = frozenset(walked.numbers), [each.told_to_admin() for each in walked.problems]
    except RollcallError as error:
        addresses, problems = frozenset(), [from_error(error, address).told_to_admin()]
    return _Found(addresses, problems, time.monotonic() - started)


def _reading(directory: str, found: _Found, everyone: frozenset[str]) -> Reading:
    missing = sorted(everyone - found.addresses)
    return Reading(
        directory=directory,
        count=counted(len(found.addresses), whole=not found.problems),
        problems=found.problems,
        seconds=round(found.seconds, 3),
        missing=missing[:MAX_MISSING],
        missing_count=len(missing),
    )
