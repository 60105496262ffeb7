"""Where a genuine link leads now: where its token says, unless somebody who may has said otherwise."""

from __future__ import annotations

import asyncio

from shared.tracking.mail.amendments import Amendments
from shared.tracking.mail.hosts import Hosts
from shared.tracking.mail.tokens import Click

WAITS = 2.0
"""Seconds that whoever follows a link waits at most for what is known to be renewed: the first in a process,
or after a quiet while. Where storage just did not answer nobody waits, and a genuine link leads on."""


class Leads:
    """Nothing here blocks the loop."""

    def __init__(self, amendments: Amendments, hosts: Hosts) -> None:
        self._amendments = amendments
        self._hosts = hosts
        self._looking: asyncio.Future[None] | None = None

    def begin(self) -> asyncio.Future[None] | None:
        """Have it looked whether something changed, if it is time to; what `find` has to wait for."""
        amendments = self._amendments
        if not amendments.is_due:
            return None
        loop = asyncio.get_running_loop()
        looking = self._looking
        if looking is None or looking.done() or looking.get_loop() is not loop:
            looking = self._looking = loop.run_in_executor(None, amendments.look)
        return looking if amendments.is_stale else None

    async def find(self, click: Click, begun: asyncio.Future[None] | None) -> str | None:
        """Where the link leads, after what `begin` gave; None where it was withdrawn."""
        if begun:
            await asyncio.wait({begun}, timeout=WAITS)
        amended = self._amendments.find(click.message, click.link)
        target = amended.target if amended else click.target
        return None if target is None or self._hosts.deny(target) else target
