"""What may be recorded at all: a hit passes where and while the ceiling lets it, and, where consent is the
basis, whoever it is said yes. That is looked up for each such hit; what cannot be found in time is no."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf

from shared.tracking.mail.ceiling import Ceiling
from shared.tracking.mail.tokens import NOBODY, Click, Opening

_AT_ONCE = 4


class Gate:
    """Belongs to the event loop it is first used on."""

    def __init__(
        self,
        ceiling: Ceiling,
        granted: Callable[[bytes], bool],
        patience: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`granted` looks up in a thread whether a person said yes, for at most `patience` seconds."""
        self._now = now
        self._latest = -inf
        self._ceiling = ceiling
        self._granted = granted
        self._patience = patience
        self._lookups: ThreadPoolExecutor | None = None

    async def opens(self, whose: Opening) -> bool:
        """Whether that this recipient opened the mail may be recorded."""
        return self._ceiling.has_opens and await self._admits(whose)

    async def clicks(self, whose: Click) -> bool:
        """Whether that this recipient followed a link may be recorded."""
        return self._ceiling.has_clicks and await self._admits(whose)

    async def looks(self, whose: Opening) -> bool:
        """Whether that this recipient followed the notice may be recorded, by which machines are told."""
        return await self._admits(whose)

    async def _admits(self, whose: Opening | Click) -> bool:
        # Whoever sets the clock back brings nothing back that has ended.
        self._latest = max(self._latest, self._now())
        if not self._ceiling.covers(self._latest):
            return False
        if not self._ceiling.allows(whose.recipient, whose.person):
            return False
        if whose.person == NOBODY or not self._ceiling.needs_consent:
            return True
        if self._lookups is None:
            self._lookups = ThreadPoolExecutor(_AT_ONCE, "grants")
        asked = asyncio.get_running_loop().run_in_executor(self._lookups, self._granted, whose.person)
        try:
            return await asyncio.wait_for(asked, self._patience)
        except TimeoutError:
            return False
