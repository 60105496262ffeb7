"""One seed from its first virtual second to the verdict."""

from __future__ import annotations

import gc
import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from shared.tracking.recording.overflow import replay
from shared.tracking.recording.records import read_records
from tests.simulation.admins import Admin
from tests.simulation.aftermath import Aftermath
from tests.simulation.fate import Fate
from tests.simulation.hours import A_WORKING_DAY
from tests.simulation.judge import Judge
from tests.simulation.primitives import State, install, spawn
from tests.simulation.senders import Sender
from tests.simulation.tenants import SENDERS
from tests.simulation.world import World
from tests.support.tenants import identifier

BEGAN = 1_790_000_000.0
PAUSES = (120.0, 300.0, 900.0)
"""Seconds between two mails of one sender, on the whole: a deployment's pace."""
_UNSWEPT = 4
"""Hours after which what only refers to itself is looked for: that takes long, and memory is there."""
_REST = 4 * 3600.0
"""Seconds for which whoever is still busy may go on in calm weather."""


@dataclass
class Verdict:
    """What came of a seed."""

    seed: int
    hours: float = 0.0
    wrong: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    events: int = 0
    trace: int = 0
    switches: int = 0


def run(seed: int, hours: float) -> Verdict:
    """Simulate one deployment for so many hours. Once per interpreter, or per child of one."""
    gc.disable()
    scheduler = install(seed, BEGAN)
    State.requests.clear()
    State.has_nights = hours > A_WORKING_DAY
    random.seed(seed)
    verdict = Verdict(seed)
    world = World(seed)
    try:
        _simulate(world, hours)
    except BaseException as error:  # noqa: BLE001 - whatever ended it is the verdict
        import traceback

        world.blame("".join(traceback.format_exception(error)))
    verdict.hours = ((world.ended_at or scheduler.now) - 1000.0) / 3600
    verdict.wrong, verdict.faults, verdict.calls = world.wrong, world.outside.climate.met, world.calls
    verdict.requests, verdict.events = State.requests, len(world.kept)
    verdict.trace, verdict.switches = scheduler.trace, scheduler.switches
    return verdict


def _simulate(world: World, hours: float) -> None:
    scheduler = State.scheduler
    until = scheduler.now + hours * 3600
    world.start()
    assert world.connect()
    world.outside.climate.is_calm = False
    pause = world.draw.choice(PAUSES)
    senders = [Sender(world, identifier(10 + n), f"s{n}") for n in range(SENDERS)]
    admin, fate = Admin(world, senders), Fate(world)
    for sender in senders:
        spawn(None, sender.name, lambda sender=sender: sender.live(until, pause))  # type: ignore[misc]
    spawn(None, "admin", lambda: admin.live(until, 2 * pause))
    spawn(None, "timers", lambda: fate.live(until))
    spawn(None, "platform", lambda: fate.change(until, world.draw.choice((1800.0, 7200.0))))
    for hour in count(1):
        if scheduler.now >= until:
            break
        scheduler.sleep(3600.0)
        if hour % _UNSWEPT == 0:
            gc.collect()
    world.outside.climate.is_calm, State.has_nights = True, False
    rest = scheduler.now + _REST
    busy: list[Sender | Admin] = [*senders, admin]
    while scheduler.now < rest and (not all(one.resting for one in busy) or world.reading_now):
        scheduler.sleep(60.0)
    _settle(world, fate)
    judge = Judge(world, senders, fate)
    judge.judge()
    world.ended_at = scheduler.now
    if not world.wrong:
        Aftermath(world, fate, judge.mails).pass_by()


def _settle(world: World, fate: Fate) -> None:
    """End every process, bring home what waits, and sweep."""
    for process in world.alive():
        fate.end(process)
    process = world.start()
    entries = [entry for text in world.log for entry in read_records(text)]
    process.time(lambda: replay(entries, process.services.tracking.overflow_queue.put))
    for _ in range(4):
        State.scheduler.sleep(120.0)
        if not fate.run("track_drain", process) or not fate.run("expansions_purge", process):
            world.blame("a timer fails in calm weather")
    State.scheduler.sleep(1800.0)
    if waiting := sum(len(queue) for queue in world.outside.queues.queues.values()):
        world.blame(f"{waiting} entries wait, and nobody brings them home")
