"""The two things a recipient's client does: fetch the pixel, follow a link."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from shared.brevity import brief
from shared.errors import BadToken, VaultUnavailable
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.tokens import EVERYBODY, Click, Opening, Signer, bare
from shared.tracking.recording.events import NOTICE, Event, Flag
from shared.tracking.recording.gate import Gate
from shared.tracking.recording.hits import Hit, read_hit
from shared.tracking.recording.journal import Journal
from shared.tracking.recording.leads import Leads
from shared.tracking.recording.networks import Networks, line_of

T = TypeVar("T")

_DAY = 86_400_000  # milliseconds

log = brief(__name__)


class Tracker:
    """Records opens and clicks that pass the gate. Nothing here blocks."""

    def __init__(
        self,
        keys: SigningKeys,
        journal: Journal,
        networks: Networks,
        leads: Leads,
        gate: Gate,
        *,
        deadline: float,
        proxies: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`deadline` is the seconds a reader waits at most, `proxies` as in `read_hit`."""
        self._keys = keys
        self._journal = journal
        self._networks = networks
        self._leads = leads
        self._gate = gate
        self._deadline = deadline
        self._proxies = proxies
        self._now = now
        self._unfinished: set[asyncio.Task[None]] = set()

    async def opened(self, token: str, method: str, headers: Mapping[str, str]) -> None:
        """Record an open, if the token is good and the reader does not object.

        Returns when it is safe, or after the deadline, and then goes on.
        """
        hit = read_hit(method, headers, self._now(), self._proxies)
        if hit.declined:
            return
        if self._keys.ready:
            await self._record_open(token, hit)
            return
        task = asyncio.create_task(self._record_open(token, hit))
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)
        await asyncio.wait({task}, timeout=self._deadline)

    async def clicked(self, token: str, method: str, headers: Mapping[str, str]) -> str | None:
        """Record a click; where it leads, None where the link was withdrawn. Raises BadToken, and
        VaultUnavailable where the keys cannot be had. A browser's wish not to be tracked is for what happens
        without a click."""
        hit = read_hit(method, headers, self._now(), self._proxies)
        signer, click = await self._read(bare(token), Signer.read_click)
        begun = self._leads.begin()
        try:
            if await self._gate.clicks(click):
                event = self._event(signer, hit, click, hit.flags | Flag.CLICKED, click.link)
                await self._journal.add(click.message, event, click.person, click.week)
        except Exception:  # whatever is wrong with us, a genuine click lands
            log.exception("a click was not recorded")
        return await self._leads.find(click, begun)

    async def noticed(self, token: str, method: str, headers: Mapping[str, str]) -> None:
        """Record that somebody followed the notice, if the token is good and the reader does not object: what
        scans a mail follows it too, and is told from people by that. Never raises."""
        hit = read_hit(method, headers, self._now(), self._proxies)
        if hit.declined:
            return
        try:
            signer, whose = await self._read(bare(token), Signer.read_objection)
            if await self._gate.looks(whose):
                event = self._event(signer, hit, whose, hit.flags | Flag.CLICKED, NOTICE)
                await self._journal.add(whose.message, event, whose.person, whose.week)
        except (BadToken, VaultUnavailable):
            return
        except Exception:  # the page is shown whatever is wrong with us
            log.exception("a look at the notice was not recorded")

    async def _record_open(self, token: str, hit: Hit) -> None:
        try:
            signer, opening = await self._read(bare(token), Signer.read_open)
        except (BadToken, VaultUnavailable):
            return
        if await self._gate.opens(opening):
            event = self._event(signer, hit, opening, hit.flags, 0)
            await self._journal.add(opening.message, event, opening.person, opening.week)

    async def _read(self, token: str, read: Callable[[Signer, str], T]) -> tuple[Signer, T]:
        """What the token says, and whose it is."""
        signer = self._keys.ready
        if signer:
            try:
                return signer, read(signer, token)
            except BadToken:
                if not self._keys.may_have_changed:
                    raise self._keys.unreadable() from None
        signer = await asyncio.get_running_loop().run_in_executor(None, self._keys.find)
        if signer is None:
            raise BadToken
        try:
            return signer, read(signer, token)
        except BadToken:
            raise self._keys.unreadable() from None

    def _event(self, signer: Signer, hit: Hit, whose: Opening | Click, flags: int, link: int) -> Event:
        source = 0
        if whose.recipient == EVERYBODY:
            # Who is whose can only be told by where requests come from; no longer than a day.
            source = signer.source(whose.message, str(hit.at // _DAY), line_of(hit.address), hit.agent)
        network = self._networks.owner_of(hit.address)
        return Event(hit.at, flags, whose.recipient, link, source, network, hit.agent)
