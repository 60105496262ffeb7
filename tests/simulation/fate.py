"""What happens by itself: timers, and processes that begin, are ended, and die."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.primitives import State, spawn
from tests.simulation.process import GRACE, Process
from tests.simulation.world import World

_LONGEST = {"track_drain": 300.0}
_LONGEST_TIMER = 420.0
"""Seconds that a timer's work may take."""


class Fate:
    """The platform under Rollcall."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.draw = world.draw
        self.timers = 0
        self.failures = 0
        self.kills = self.terms = 0

    def live(self, until: float) -> None:
        """Run timers as they are scheduled, each in one process; one that is still at work is left out."""
        at_work: set[str] = set()
        minute = 0
        while State.scheduler.now < until:
            State.scheduler.sleep(60.0)
            minute += 1
            due = ["track_drain"]
            if minute % 5 == 0:
                due.append("expansions_purge")
            if minute % 1440 == 0:
                due.append("connection_keep")
            for name in due:
                if name not in at_work:
                    at_work.add(name)
                    spawn(None, name, lambda name=name: self._timer(name, at_work))  # type: ignore[misc]

    def _timer(self, name: str, at_work: set[str]) -> None:
        self.run(name, self.world.any())
        at_work.discard(name)

    def run(self, name: str, process: Process) -> bool:
        """Run the timer `name` once; whether it succeeded."""
        from shared.errors import RollcallError

        handler: Callable[..., object] = self.world.handlers[name][0]
        began = State.scheduler.now
        self.timers += 1
        try:
            process.time(lambda: handler(None))
        except RollcallError as error:  # it runs again soon
            State.scheduler.note(name, repr(error))
            self.failures += 1
            return False
        except Exception as error:  # noqa: BLE001 - what is no error of ours is a finding
            self.world.blame(f"the timer {name} raised {error!r}")
            return False
        finally:
            if State.scheduler.now - began > _LONGEST.get(name, _LONGEST_TIMER):
                self.world.blame(f"the timer {name} took {State.scheduler.now - began:.0f} s")
        return process.alive

    def change(self, until: float, pause: float) -> None:
        """Begin processes, and end some, `pause` seconds apart on the whole."""
        scheduler, draw = State.scheduler, self.draw
        while scheduler.now < until:
            scheduler.sleep(draw.expovariate(1 / pause))
            if scheduler.now >= until:
                return
            alive = self.world.alive()
            if len(alive) < 3 and draw.random() < 0.5:
                self.world.start()
            elif draw.random() < 0.5:
                self.kills += 1
                draw.choice(alive).kill()
            else:
                self.terms += 1
                chosen = draw.choice(alive)
                spawn(None, "platform", lambda chosen=chosen: self.end(chosen))  # type: ignore[misc]

    def end(self, process: Process) -> None:
        """End a process as the platform does: SIGTERM, and after a while SIGKILL."""
        if process in self.world.processes:
            self.world.processes.remove(process)
        process.terminate()
        until = State.scheduler.now + GRACE
        while process.alive and State.scheduler.now < until:
            State.scheduler.sleep(0.5)
        if process.alive:
            self.world.blame(f"{process} did not end within {GRACE:.0f} s of SIGTERM")
            process.kill()
