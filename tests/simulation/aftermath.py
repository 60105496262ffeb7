"""What comes long after: the events end, then the mails, in bad weather, with processes that die of it."""

from __future__ import annotations

import json
from typing import Any

from shared.tracking.mail.delivery import LATEST
from shared.tracking.privacy.purge import GONE_FOR
from tests.simulation.fate import Fate
from tests.simulation.judge import report_of
from tests.simulation.primitives import State, spawn
from tests.simulation.senders import Mail
from tests.simulation.world import World

_DAY = 86_400.0
_PUBLISHED, _PAST_EVENTS, _PAST_MESSAGES, _SETTLED = 2 * _DAY, 89 * _DAY, 311 * _DAY, 9 * _DAY
_TOLD = max(GONE_FOR, LATEST).total_seconds() + _DAY  # for so long copiers are told what is gone
_BAD_RUNS, _CALM_RUNS = 6, 3
_OF_ONE_TIME = ("as_of", "measured_until", "next_at")
# The word for weeks that ended stays, and links that were amended go on.
_KEPT_ON = ("Audit", "Amendments")


class Aftermath:
    """The purge, hour by hour, and what is left after it."""

    def __init__(self, world: World, fate: Fate, mails: list[Mail]) -> None:
        self.world = world
        self.fate = fate
        self.mails = mails
        self.live = [mail for mail in mails if mail.id and mail.deleting_at is None]

    def pass_by(self) -> None:
        """Events become sums, which say the same; then nothing is left."""
        world = self.world
        self._wait(_PUBLISHED)
        # Of every other mail nobody ever asks what may be told by now.
        before = {mail.id: self._lasting(mail) for mail in self.live[::2]}
        self._wait(_PAST_EVENTS)
        self._purge()
        self._wait(3 * 3600.0)
        self._purge()
        if left := [key for _, key, values in world.outside.tables.rows("Journal") if "data" in values]:
            world.blame(f"{len(left)} entries of the journal outlived the time of events")
        for mail in self.live:
            after = self._lasting(mail)
            was = before.get(mail.id)
            if was and after and after != was:
                parts = {name: (was[name], after[name]) for name in was if was[name] != after[name]}
                world.blame(f"the report of {mail.id} says another thing once its events are sums: {parts}")
            if after and after["sent_at"] and after["withheld"] == "not_yet":
                world.blame(f"nothing was published of {mail.id} before its events were gone")
        for wait in (_SETTLED, _PAST_MESSAGES, _SETTLED, _TOLD):
            self._wait(wait)
            self._purge()
        self._search()

    def _search(self) -> None:
        """No row names a mail."""
        texts = {
            name: json.dumps([*self.world.outside.tables.rows(name)], default=str)
            for name in self.world.outside.tables.tables
            if name not in _KEPT_ON
        }
        for mail in self.mails:
            if mail.id and (where := [name for name, text in texts.items() if mail.id in text]):
                self.world.blame(f"past its time {mail.id} is still found in {where}")

    def _wait(self, seconds: float) -> None:
        """Nobody is at work for so long."""
        for process in self.world.alive():
            self.fate.end(process)
        State.scheduler.sleep(seconds)

    def _purge(self) -> None:
        """Some runs in bad weather, of which one dies on its way, and some in good weather."""
        climate = self.world.outside.climate
        climate.is_calm = False
        for number in range(_BAD_RUNS):
            process = self.world.any()
            if number % 3 == 1:
                spawn(None, "platform", lambda process=process: self._strike(process))  # type: ignore[misc]
            self.fate.run("messages_purge", process)
            State.scheduler.sleep(600.0)
        climate.is_calm = True
        State.scheduler.sleep(900.0)
        for _ in range(_CALM_RUNS):
            process = self.world.any()
            done = [self.fate.run(name, process) for name in ("messages_purge", "expansions_purge")]
            if not all(done):
                self.world.blame("the purge fails in calm weather")
            State.scheduler.sleep(3700.0)

    def _strike(self, process: Any) -> None:
        State.scheduler.sleep(self.world.draw.uniform(0.01, 2.0))
        process.kill()

    def _lasting(self, mail: Mail) -> dict[str, Any] | None:
        """What the mail's report says at any time."""
        found = report_of(self.world, mail)
        return found and {name: value for name, value in found.items() if name not in _OF_ONE_TIME}
