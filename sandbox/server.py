"""Serves a World over TLS on loopback, and spoils its answers where a fault says so."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox import certificates, control, enterprise, entra, ews, exchange, graph, tokens, vault
from sandbox.faults import Fault, target
from sandbox.loopback import listen
from sandbox.tenant import Tenant
from sandbox.world import Arrival, Refused, World

TENANTS = Path(__file__).parent / "tenants"
FOLDER = Path(".dev/sandbox")
_SERVICES = {
    "v1.0": "graph",
    "adminapi": "exchange",
    "ews": "ews",
    "secrets": "vault",
    "deletedsecrets": "vault",
    "msi": "msi",
    "": "control",
    "_sandbox": "control",
}
_TRANSPORT = "sandbox.transport"
_START_LIMIT = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that is up. `ca_path` is the certificate authority to trust."""

    origin: str
    ca_path: Path
    world: World

    def settings_env(self) -> dict[str, str]:
        """What the app's environment needs to have this tenant as its outside."""
        return {
            "ROLLCALL_TENANT_ID": self.world.tenant.tenant_id,
            "ROLLCALL_CLIENT_ID": self.world.tenant.client_id,
            "ROLLCALL_ADDIN_CLIENT_IDS": self.world.addin.client_id,
            "ROLLCALL_DIRECTORIES": "graph,exchange",
            "ROLLCALL_AUTHORITY": self.origin,
            "ROLLCALL_GRAPH_URL": f"{self.origin}/v1.0",
            "ROLLCALL_EXCHANGE_URL": f"{self.origin}/adminapi/v2.0",
            "ROLLCALL_EWS_URL": f"{self.origin}/EWS/Exchange.asmx",
            "ROLLCALL_KEY_VAULT_URL": self.origin,
            "AZURE_CLIENT_ID": self.world.managed_identity.client_id,
            "IDENTITY_ENDPOINT": f"{self.origin}/msi/token",
            "IDENTITY_HEADER": self.world.managed_identity.header,
            "REQUESTS_CA_BUNDLE": str(self.ca_path),
            "SSL_CERT_FILE": str(self.ca_path),
        }

    def caller_token(self, person: str = "", **claims: Any) -> str:
        """An access token for the backend's API, as the add-in gets one for `person` (the tenant's
        first sender when empty). `claims` replace the true ones; one that is None is left out."""
        return tokens.caller_token(self.world, person, claims)

    def sign_in_service_account(self, authorize_url: str, account: str = "") -> str:
        """Act as the person who picks `account` (the tenant's service account when empty) on the sign-in
        page and accepts.

        Returns the callback URL with code and state. Raises PermissionError with the page's words
        when the sign-in is refused.
        """
        parts = urlsplit(authorize_url)
        query = dict(parse_qsl(parts.query)) | {"response_mode": "query"}
        form = urlencode({"account": account or self.world.tenant.service_account, "action": "accept"})
        trust = ssl.create_default_context(cafile=self.ca_path)
        connection = http.client.HTTPSConnection(parts.netloc, timeout=10, context=trust)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request("POST", f"{parts.path}?{urlencode(query)}", form, headers)
            answer = connection.getresponse()
            location = answer.getheader("Location")
            if location is None:
                raise PermissionError(answer.read().decode())
        return location


@contextlib.contextmanager
def serve(tenant: Tenant | Path | str, port: int = 0, folder: Path = FOLDER) -> Iterator[Running]:
    """Run `tenant` (itself, its file, or the name of one that ships) until the block ends.

    Certificates are kept in `folder`. Port 0 picks a free one.
    """
    tls = certificates.issue(folder)
    given = find_tenant(tenant)
    sockets = listen(port)
    origin = f"https://localhost:{sockets[0].getsockname()[1]}"
    world = World(given, origin)
    server = _Server(
        uvicorn.Config(
            application(world),
            http=_Protocol,
            ws="none",
            lifespan="off",
            ssl_certfile=tls.server,
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            # Longer than any client keeps an idle connection, so that none is closed under its hands.
            timeout_keep_alive=600,
        )
    )
    thread = threading.Thread(target=server.run, args=(sockets,), name=f"sandbox at {origin}", daemon=True)
    thread.start()
    try:
        if not server.ready.wait(_START_LIMIT):
            raise RuntimeError("the sandbox did not start")
        yield Running(origin, tls.ca.resolve(), world)
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def find_tenant(tenant: Tenant | Path | str) -> Tenant:
    """The tenant itself, the one in a file, or the one that ships under a name.

    Raises FileNotFoundError when there is none.
    """
    if isinstance(tenant, Tenant):
        return tenant
    if tenant == "enterprise":
        return enterprise.generate()
    shipped = TENANTS / f"{tenant}.json"
    return Tenant.load(shipped if shipped.exists() else Path(tenant))


def application(world: World) -> ASGIApp:
    """The ASGI application: every service of `world`, behind its faults and latency."""
    services = (graph, exchange, ews, vault, control, entra)  # Entra's paths begin with a tenant: last
    routes = [route for service in services for route in service.routes(world)]
    return _Spoiler(Starlette(routes=routes, exception_handlers={Refused: _refused}), world)


async def _refused(_request: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return refused.response


class _Spoiler:
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
