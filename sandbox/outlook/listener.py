"""The plain HTTP listener: what it serves, and to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.entra.aadsts import EntraError
from sandbox.graph import http as graph
from sandbox.mailboxes.mail import Outgoing
from sandbox.mailboxes.post_office import PostOffice
from sandbox.outlook import addin, pages, people, sign_in
from sandbox.serving.cors import GraphCors
from sandbox.serving.serving import Spoiler, refused
from sandbox.tenant.world import Refused, World

_Handler = Callable[[Request], Awaitable[Response]]
_NO_CACHE = {"Cache-Control": "no-cache"}


def application(world: World, post_office: PostOffice, origin: str) -> ASGIApp:
    """The ASGI application of the listener at `origin`, which nobody reaches by another name."""
    routes = [*_pages(world), *_api(world, post_office), *graph.sending_routes(world, post_office.deliver)]
    app = Starlette(routes=routes, exception_handlers={Refused: refused})
    return _Door(GraphCors(Spoiler(app, world), world), origin)


class _Door:
    """Refuses other host names than this machine's, which a page on the internet might bind to it, and
    requests to the API from pages of other origins."""

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self.app = app
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").rpartition(":")[0]
        foreign = headers.get(b"origin", self.origin.encode()).decode("latin-1") != self.origin
        if host not in ("localhost", "127.0.0.1", "[::1]"):
            await Response("Unknown host.", 421)(scope, receive, send)
        elif foreign and scope["path"].startswith("/outlook"):
            await Response("Not for pages of other origins.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _pages(world: World) -> list[Route]:
    async def compose(_request: Request) -> Response:
        content, kind = pages.find_file("compose.html") or (b"", "")
        return Response(content, headers=pages.security(world.app_url) | _NO_CACHE, media_type=kind)

    async def office(_request: Request) -> Response:
        return Response(pages.office_js(), headers=_NO_CACHE, media_type="text/javascript; charset=utf-8")

    async def file(request: Request) -> Response:
        found = pages.find_file(request.path_params["name"])
        if found is None or request.path_params["name"].endswith(".html"):
            return Response("Not found.", 404)
        return Response(found[0], headers=_NO_CACHE, media_type=found[1])

    return [
        Route("/outlook", compose),
        Route("/office.js", office),
        Route("/outlook/static/{name:path}", file),
    ]


def _api(world: World, post_office: PostOffice) -> list[Route]:
    async def start(_request: Request) -> Response:
        described = await asyncio.to_thread(addin.read, world.app_url)
        return JSONResponse(
            people.describe(world)
            | {"app": world.app_url, "entra": world.origin, "addin": described.describe()}
        )

    async def resolve(request: Request) -> Response:
        given = await request.json()
        return JSONResponse({"recipients": [people.resolve(world, str(a)) for a in given["addresses"]]})

    async def token(request: Request) -> Response:
        try:
            return JSONResponse(sign_in.answer(world, await request.json()))
        except EntraError as error:
            told = {"code": error.error, "description": error.description, "sub": error.suberror}
            return JSONResponse(told | {"interaction": sign_in.needs_a_person(error)}, 400)

    async def send(request: Request) -> Response:
        given: dict[str, Any] = await request.json()
        outgoing = Outgoing(
            str(given["from"]),
            [str(address) for address in given["recipients"]],
            str(given["subject"]),
            str(given["html"]),
            given.get("type", "html") == "html",
        )
        mail = post_office.deliver(outgoing)
        return JSONResponse(
            {"id": mail.id, "recipients": len(mail.copies), "undeliverable": mail.undeliverable}
        )

    async def mailboxes(request: Request) -> Response:
        if request.query_params.get("version") == str(post_office.version):
            return JSONResponse({"version": post_office.version})
        return JSONResponse(post_office.describe())

    async def content(request: Request) -> Response:
        outgoing = post_office.find(request.path_params["id"]).outgoing
        return JSONResponse({"html": outgoing.html, "is_html": outgoing.is_html})

    async def act(request: Request) -> Response:
        given = await request.json()
        post_office.act(str(given["copy"]), str(given["does"]), int(given.get("link", 0)))
        return JSONResponse({})

    async def speed(request: Request) -> Response:
        post_office.agents.speed = float((await request.json())["speed"])
        post_office.version += 1
        return JSONResponse({"speed": post_office.agents.speed})

    async def client(request: Request) -> Response:
        given = await request.json()
        post_office.choose(str(given["address"]), str(given["kind"]))
        return JSONResponse({})

    async def reset(_request: Request) -> Response:
        post_office.forget()
        return JSONResponse({})

    api = "/outlook/api"
    changes = {"resolve": resolve, "token": token, "send": send, "act": act, "speed": speed, "client": client}
    return [
        Route(f"{api}/start", start),
        Route(f"{api}/mailboxes", mailboxes),
        Route(f"{api}/mails/{{id}}", _explained(content)),
        *(
            Route(f"{api}/{name}", _explained(handler), methods=["POST"])
            for name, handler in (changes | {"reset": reset}).items()
        ),
    ]


def _explained(handler: _Handler) -> _Handler:
    """A malformed body is answered with 400; a form of another page cannot be JSON."""

    async def explained(request: Request) -> Response:
        if request.method == "POST" and request.headers.get("content-type") != "application/json":
            return JSONResponse({"error": "JSON is needed"}, 415)
        try:
            return await handler(request)
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            return JSONResponse({"error": str(error) or "malformed"}, 400)

    return explained
