"""Rollcall's processes: each with services, threads, a loop, a clock that may be wrong, and an end."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import azure.functions as func
from jwt import api_jwt

from shared.adapters.directories import http
from shared.adapters.directories.exchange import transport
from shared.services import ending as ending_module
from shared.services import process as process_module
from shared.services import tracking as tracking_module
from shared.services.ending import Ending
from shared.services.process import Services
from shared.settings import Settings
from tests.simulation.primitives import Datetime, State, spawn
from tests.simulation.scheduler import Killed

PLATFORM = 230.0
"""Seconds after which the platform cuts an answer."""
GRACE = 30.0
"""Seconds from SIGTERM to SIGKILL."""


class _Waiting:
    """The selector of a loop that has no files to watch."""

    def __init__(self) -> None:
        self._task: Any = None
        self._rung = False

    def select(self, timeout: float | None) -> list[object]:
        scheduler = State.scheduler
        if not self._rung and (timeout is None or timeout > 0):
            self._task = scheduler.current
            scheduler.park(None if timeout is None else timeout + 1e-6)
            self._task = None
        else:
            scheduler.maybe()
        self._rung = False
        return []

    def ring(self) -> None:
        """End the waiting."""
        self._rung = True
        if self._task is not None:
            State.scheduler.wake(self._task)


class Loop(asyncio.BaseEventLoop):
    """asyncio's loop on virtual time."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Waiting()

    def _process_events(self, events: object) -> None:
        pass

    def _write_to_self(self) -> None:
        self._selector.ring()


class Gone(Exception):
    """The process did not answer: it ended, or the platform cut the answer off."""


class Process:
    """One simulated process of the function app. `skew`: seconds by which its clock is wrong."""

    def __init__(
        self, name: str, settings: Settings, skew: float, adjust: Callable[[Services], None]
    ) -> None:
        self.name = name
        self.skew = skew
        self.alive = True
        self.ending = Ending()
        self.ending._watching, self.ending._before = True, signal.SIG_DFL
        self.handler: Any = self.ending._ended
        self.services = Services(settings)
        adjust(self.services)
        self.loop = Loop()
        self._pending: dict[_Reply, None] = {}
        self.ended_at = 0.0
        spawn(self, "loop", self._run)

    def __repr__(self) -> str:
        return self.name

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def call(
        self, handler: Callable[[func.HttpRequest], Any], req: func.HttpRequest, *, hot: bool
    ) -> func.HttpResponse:
        """What the process answers. Raises Gone where it does not."""
        scheduler = State.scheduler
        if not self.alive:
            raise Gone
        reply = _Reply()
        self._pending[reply] = None
        if hot:
            work = _answer(handler, req, reply)
            self.loop.call_soon_threadsafe(self.loop.create_task, work)
        else:
            spawn(self, "request", lambda: reply.settle(lambda: handler(req)))
        until = scheduler.now + PLATFORM
        while not reply.done and not reply.broken and scheduler.now < until:
            reply.task = scheduler.current
            scheduler.park(until - scheduler.now)
        self._pending.pop(reply, None)
        if not reply.done:
            raise Gone("cut" if not reply.broken else "died")
        if reply.error is not None:
            raise reply.error
        found: func.HttpResponse = reply.value
        return found

    def time(self, work: Callable[[], object]) -> None:
        """Run what a timer runs, in a thread of the process's own."""
        reply = _Reply()
        self._pending[reply] = None
        spawn(self, "timer", lambda: reply.settle(work))
        while not reply.done and not reply.broken:
            reply.task = State.scheduler.current
            State.scheduler.park(600.0)
        self._pending.pop(reply, None)
        if reply.error is not None:
            raise reply.error

    def kill(self) -> None:
        """End it as SIGKILL does: now."""
        if self.alive:
            self.alive = False
            self.ended_at = State.scheduler.now
            State.scheduler.kill(self, State.tasks)
            for reply in list(self._pending):
                reply.broken = True
                reply.wake()

    def terminate(self) -> None:
        """Send SIGTERM; where it has not ended by then, SIGKILL follows."""
        spawn(self, "signal", lambda: self.handler(signal.SIGTERM, None))


class _Reply:
    """An answer that somebody waits for."""

    def __init__(self) -> None:
        self.value: Any = None
        self.error: Exception | None = None
        self.done = False
        self.broken = False
        self.task: Any = None

    def settle(self, work: Callable[[], Any]) -> None:
        try:
            self.value = work()
        except Exception as error:  # noqa: BLE001 - whoever asked hears of it
            self.error = error
        self.done = True
        self.wake()

    def wake(self) -> None:
        if self.task is not None:
            State.scheduler.wake(self.task)


async def _answer(handler: Callable[[func.HttpRequest], Any], req: func.HttpRequest, reply: _Reply) -> None:
    try:
        value = await handler(req)
    except Exception as error:  # noqa: BLE001 - whoever asked hears of it
        reply.error = error
    else:
        reply.value = value
    reply.done = True
    reply.wake()


def current() -> Process:
    """The process at work. Raises Killed outside of any."""
    owner = State.scheduler.current.owner
    if not isinstance(owner, Process):
        raise Killed
    return owner


def install() -> None:
    """Have the routes find their own process's services, and SIGTERM arrive at it. Before any is imported."""
    routes: Any = process_module
    routes.services = lambda: current().services
    tracking: Any = tracking_module
    tracking.ending = SimpleNamespace(add=lambda act: current().ending._acts.append(act))
    for module in (process_module, http, transport, api_jwt):
        told: Any = module
        told.datetime = Datetime
    ends: Any = ending_module

    def set_handler(number: int, handler: Any) -> Any:
        process = State.scheduler.current.owner
        if not isinstance(process, Process):  # where the routes are loaded, nobody is ended
            return signal.SIG_DFL
        before, process.handler = process.handler, handler
        return before

    def signalled(pid: int, number: int) -> None:
        process = current()
        if process.handler is signal.SIG_DFL:
            process.kill()
            raise Killed
        process.handler(number, None)

    ends.signal = SimpleNamespace(signal=set_handler, SIGTERM=signal.SIGTERM, SIG_DFL=signal.SIG_DFL)
    ends.os = SimpleNamespace(kill=signalled, getpid=lambda: 0)
    logging.getLogger().setLevel(logging.ERROR)


def request(
    method: str,
    path: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    route: Mapping[str, str] | None = None,
) -> func.HttpRequest:
    """A request as the host hands it on."""
    return func.HttpRequest(
        method,
        path,
        headers=dict(headers or {}),
        params=dict(params or {}),
        route_params=dict(route or {}),
        body=body,
    )
