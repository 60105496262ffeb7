"""People who are asked, say yes and no, get mails, open them, and are erased, while storage comes and goes
and processes start anew: in every order, by seed. What they said is remembered here, beside the code that
must keep to it.

    python -m tests.support.interleavings 100000
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

from shared.audience.directory import Mailbox
from shared.errors import RollcallError
from shared.tracking.mail.ceiling import Basis, Ceiling
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY, NOBODY, Opening
from shared.tracking.privacy.consents import Grants, Permission
from shared.tracking.privacy.objections import Objections
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.own import Own
from shared.tracking.recording.events import Event
from shared.tracking.recording.gate import Gate
from tests.support.memory_consents import MemoryConsents
from tests.support.memory_opt_outs import MemoryOptOuts

PEOPLE = ("ann", "bob", "cleo")
CEILING = Ceiling(basis=Basis.CONSENT)
STEPS = 24
MESSAGE = "0" * 32


def digest(text: str) -> bytes:
    """What stands for somebody in tokens."""
    return hashlib.sha256(text.encode()).digest()[:8]


class Told:
    """Hears everything, and keeps nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


class Process:
    """One process: what it built, and what it remembers."""

    def __init__(self, world: World) -> None:
        self.opt_outs = OptOuts(lambda: world.objections, lambda: world.seconds)
        self.grants = Grants(lambda: world.consents, digest)
        self.gate = Gate(CEILING, self.grants.admits, 5.0)
        objections = Objections(Mock(), lambda: self.opt_outs, Told(), lambda _: None)
        self.own = Own(
            CEILING, tuple(Mode), lambda: world.consents, digest, lambda: objections,
            world.find, lambda: world.now, Told(),
        )  # fmt: skip


class World:
    """An organisation with two processes; `recorded` is what of whom was kept."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.consents, self.objections = MemoryConsents(), MemoryOptOuts()
        self.seconds = 0.0
        self.processes = [Process(self), Process(self)]
        self.mails: list[dict[str, Opening]] = []
        self.waiting: list[tuple[Event, str]] = []
        self.may: set[str] = set()
        """Who said yes, tried to at least, and neither no since, nor was erased."""
        self.recorded: list[tuple[str, bool, bool]] = []
        """Whose event was kept, whether they may be measured at that time, and whether storage answered."""

    @property
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def find(self, names: Any) -> dict[str, Any]:
        return {name: Mailbox(name, name, signs_in=True, addresses=frozenset({name})) for name in names}

    async def live(self) -> None:
        acts = (self.ask, self.say_yes, self.say_yes, self.say_no, self.send, self.send, self.hit, self.hit,
                self.hit, self.outage, self.restart, self.erase, self.drain)  # fmt: skip
        for _ in range(STEPS):
            self.seconds += self.draw.choice((0.01, 1.0, 20.0, 300.0))
            with suppress(RollcallError):
                await self.draw.choice(acts)(self.draw.choice(PEOPLE), self.draw.choice(self.processes))
        self.consents.down = self.objections.down = False
        self.seconds += 20.0  # so long at most a process goes by what it knew
        await self.drain("", self.processes[0])

    async def ask(self, person: str, process: Process) -> None:
        process.own.standing(process.own.identify(person, [person]))

    async def say_yes(self, person: str, process: Process) -> None:
        me = process.own.identify(person, [person])
        question = process.own.standing(me).question
        assert question
        self.may.add(person)  # where it fails half-way, their yes may hold: they gave it
        process.own.say_yes(me, question.version, "en")

    async def say_no(self, person: str, process: Process) -> None:
        process.own.say_no(process.own.identify(person, [person]), "", "en")
        self.may.discard(person)

    async def erase(self, person: str, process: Process) -> None:
        process.own.forget(process.own.identify(person, [person]))
        self.may.discard(person)

    async def send(self, person: str, process: Process) -> None:
        granted = process.grants.among(PEOPLE)
        assert not any(granted) if self.consents.down else True
        self.mails.append(
            {
                each: Opening(MESSAGE, number, digest(each)) if yes else Opening(MESSAGE, EVERYBODY)
                for number, (each, yes) in enumerate(zip(PEOPLE, granted, strict=True), 1)
            }
        )

    async def hit(self, person: str, process: Process) -> None:
        if not self.mails:
            return
        opening = self.draw.choice(self.mails)[person]
        if opening.person == NOBODY or not await process.gate.opens(opening):
            return
        event = Event(round(self.now.timestamp() * 1000), 0, opening.recipient, 0, 0, 0, "")
        if self.draw.random() < 0.3:  # storage fails just now: it takes the long way
            self.waiting.append((event, person))
        elif process.opt_outs.screen(MESSAGE, [(event, opening.person)]):
            self.recorded.append((person, person in self.may, not self.consents.down))

    async def drain(self, person: str, process: Process) -> None:
        permits = Permission(CEILING, process.grants)
        while self.waiting:
            event, whose = self.waiting[0]
            held = [(event, digest(whose))]
            kept = permits(*held[0]) and process.opt_outs.screen(MESSAGE, held)
            self.waiting.pop(0)
            if kept:
                self.recorded.append((whose, whose in self.may, not self.consents.down))

    async def outage(self, person: str, process: Process) -> None:
        self.consents.down = self.objections.down = not self.consents.down

    async def restart(self, person: str, process: Process) -> None:
        self.processes[self.processes.index(process)] = Process(self)


def interleave(seeds: range) -> tuple[int, list[int]]:
    """How many events were kept in all, and the seeds in which one was that may not be."""
    kept, wrong = 0, []

    async def run() -> None:
        nonlocal kept
        for seed in seeds:
            world = World(seed)
            await world.live()
            kept += len(world.recorded)
            if not all(may and answered for _, may, answered in world.recorded):
                wrong.append(seed)

    asyncio.run(run())
    return kept, wrong


if __name__ == "__main__":
    count = int(sys.argv[1])
    events, bad = interleave(range(count))
    print(f"{count:,} interleavings, {events:,} events kept, {len(bad)} interleavings wrong {bad[:10]}")
    sys.exit(bool(bad))
