"""How the sandbox is served: uvicorn, whose answers faults and latency may spoil."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox.tenant.faults import Fault, target
from sandbox.tenant.world import Arrival, Refused, World

_SERVICES = {
    "v1.0": "graph",
    "adminapi": "exchange",
    "ews": "ews",
    "secrets": "vault",
    "deletedsecrets": "vault",
    "msi": "msi",
    "": "control",
    "_sandbox": "control",
    "outlook": "control",
    "office.js": "control",
    "favicon.ico": "control",
}
_TRANSPORT = "sandbox.transport"
_START_LIMIT = 10.0  # seconds


@contextlib.contextmanager
def serving(app: ASGIApp, sockets: list[socket.socket], certificate: Path | None = None) -> Iterator[None]:
    """Serve `app` on `sockets` until the block ends, over TLS where there is a certificate."""
    server = _Server(
        uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            ssl_certfile=certificate,
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            # Longer than any client keeps an idle connection, so that none is closed under its hands.
            timeout_keep_alive=600,
        )
    )
    thread = threading.Thread(target=server.run, args=(sockets,), name="sandbox", daemon=True)
    thread.start()
    try:
        if not server.ready.wait(_START_LIMIT):
            raise RuntimeError("the sandbox did not start")
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


async def refused(_request: Request, error: Exception) -> Response:
    """The answer in a Refused."""
    assert isinstance(error, Refused)
    return error.response


class Spoiler:
    """Counts and journals every request, and does what latency and faults say. Innermost loop of
    the benchmarks: plain ASGI, no request object."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        world, path = self.world, scope["path"]
        service = _SERVICES.get(path.split("/", 2)[1].lower(), "entra")
        if service == "control":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        world.faults.arrived(service)
        fault = None
        if world.faults.concerns(service):
            fault = world.faults.next(service, target(path, scope["query_string"].decode("latin-1")))
        try:
            await self._answer(scope, receive, noted, fault, world.faults.latency.get(service, 0.0))
        except asyncio.CancelledError:
            return  # the server stops; nobody waits for this answer
        seconds = time.perf_counter() - began
        asked = next((v for k, v in scope["headers"] if k == b"client-request-id"), b"").decode("latin-1")
        moment = datetime.now(UTC)
        world.journal.append(Arrival(moment, service, scope["method"], path, status, asked, seconds))

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, fault: Fault | None, latency: float
    ) -> None:
        wait = latency + (fault.delay if fault else 0.0)
        if wait:
            await asyncio.sleep(wait)
        if fault is None:
            await self.app(scope, receive, send)
        elif fault.drop:
            await _close(scope, receive)
        elif fault.status is not None:
            await fault.response()(scope, receive, send)
        elif fault.truncate is not None:
            await self.app(scope, receive, _first_bytes(send, fault.truncate))
            await asyncio.sleep(0.05)  # let the bytes out: closing an aborted connection loses them
            await _close(scope, receive)
        else:
            await self.app(scope, receive, send)


def _first_bytes(send: Send, count: int) -> Send:
    left = count

    async def cut(message: Message) -> None:
        nonlocal left
        if message["type"] == "http.response.body":
            body = message.get("body", b"")[:left]
            left -= len(body)
            message = {"type": "http.response.body", "body": body, "more_body": True}
        await send(message)

    return cut


async def _close(scope: Scope, receive: Receive) -> None:
    """Close the connection under the client, and wait until the server has noticed."""
    scope["extensions"][_TRANSPORT].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


class _Protocol(HttpToolsProtocol):
    """Hands the connection to the application, which ASGI does not, so that it can be closed."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {_TRANSPORT: self.transport}  # type: ignore[dict-item]


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await super().shutdown(sockets)
