"""When people are about: a deployment that lives for more than a working day has nights and weekends.

Timers and the weather go on through them. What was asked for before is old when somebody comes back.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime

from tests.simulation.primitives import State

A_WORKING_DAY = 12.0
"""Hours up to which a deployment is simulated at work alone."""
_BEGINS, _ENDS = 6, 20
"""Hours of the clock, UTC, between which people are about from Monday to Friday."""
_SATURDAY = 5


def pause(draw: random.Random, seconds: float) -> None:
    """Wait so long on the whole; and until people are about, where this deployment has nights."""
    scheduler = State.scheduler
    scheduler.sleep(draw.expovariate(1 / seconds))
    while State.has_nights and (left := _until_somebody_comes(scheduler.now + scheduler.wall)):
        scheduler.sleep(left + draw.expovariate(1 / seconds))


def _until_somebody_comes(moment: float) -> float:
    """Seconds until the next hour in which people may be about; 0: they are."""
    at = datetime.fromtimestamp(moment, UTC)
    if at.weekday() < _SATURDAY and _BEGINS <= at.hour < _ENDS:
        return 0.0
    return 3600.0 - at.minute * 60 - at.second
