"""Lets the app's pages ask Graph from the browser, as Microsoft's does, errors and throttling included."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.tenant.world import World

_EXPOSED = "Retry-After, request-id, client-request-id"


class GraphCors:
    """Outermost, so that the answers of faults can be read too. Other origins than the app's get nothing."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1.0/"):
            await self.app(scope, receive, send)
            return
        origin = next((v for k, v in scope["headers"] if k == b"origin"), b"").decode("latin-1")
        allowed = bool(origin) and origin == self.world.app_url

        async def readable(message: Message) -> None:
            if allowed and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Expose-Headers"] = _EXPOSED
                headers.add_vary_header("Origin")
            await send(message)

        if scope["method"] != "OPTIONS" or not origin:
            await self.app(scope, receive, readable)
            return
        headers = MutableHeaders()
        if allowed:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
            headers["Access-Control-Allow-Headers"] = "authorization, content-type, client-request-id, prefer"
            headers["Access-Control-Max-Age"] = "600"
        status = 200 if allowed else 403
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})
