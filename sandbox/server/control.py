"""The sandbox's own door: its front page, and `/_sandbox/...` to see and to change what it does."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.entra import tokens
from sandbox.server.home import home
from sandbox.tenant.tenant import Tenant
from sandbox.tenant.world import Switches, World

_Handler = Callable[[Request], Awaitable[Response]]


def routes(world: World) -> list[Route]:
    """All of it. A malformed body is answered with 400 and what is wrong with it."""

    async def front_page(_request: Request) -> Response:
        return HTMLResponse(home(world))

    async def state(_request: Request) -> Response:
        return JSONResponse(describe(world))

    async def faults(request: Request) -> Response:
        if request.method == "PUT":
            given = await request.json()
            rules = given if isinstance(given, list) else given.get("rules", [])
            world.faults.set(rules)
            if "latency" in given:
                world.faults.latency = {str(k): float(v) for k, v in given["latency"].items()}
        elif request.method == "DELETE":
            world.faults.clear()
            world.faults.latency = {}
        return JSONResponse({"rules": world.faults.describe(), "latency": world.faults.latency})

    async def switches(request: Request) -> Response:
        if request.method == "PUT":
            world.switches.set(**await request.json())
        elif request.method == "DELETE":
            world.switches = Switches()
        return JSONResponse(asdict(world.switches))

    async def caller_token(request: Request) -> Response:
        given = await request.json()
        token = tokens.caller_token(world, given.get("person", ""), given.get("claims", {}))
        return JSONResponse({"token_type": "Bearer", "access_token": token})

    async def requests(request: Request) -> Response:
        if request.method == "DELETE":
            world.journal.clear()
        last = int(request.query_params.get("last", "500"))
        arrivals = list(world.journal)[-last:]
        shown = [asdict(arrival) | {"at": arrival.at.isoformat()} for arrival in arrivals]
        return JSONResponse({"requests": shown})

    async def keys(request: Request) -> Response:
        given = json.loads(await request.body() or b"{}")
        return JSONResponse({"kid": world.keys.rotate(forget_old=given.get("forget_old", False))})

    async def tenant(request: Request) -> Response:
        world.load(Tenant.from_dict(await request.json()))
        return JSONResponse(describe(world))

    async def app(request: Request) -> Response:
        if request.method == "PUT":
            url = urlsplit(str((await request.json())["url"]))
            if url.hostname not in ("localhost", "127.0.0.1", "::1") or url.scheme not in ("http", "https"):
                raise ValueError("the app is on this machine")
            world.app_url = f"{url.scheme}://{url.netloc}"
        return JSONResponse({"url": world.app_url})

    return [
        Route("/", front_page),
        Route("/_sandbox/app", _explained(app), methods=["GET", "PUT"]),
        Route("/_sandbox/state", state),
        Route("/_sandbox/faults", _explained(faults), methods=["GET", "PUT", "DELETE"]),
        Route("/_sandbox/switches", _explained(switches), methods=["GET", "PUT", "DELETE"]),
        Route("/_sandbox/tokens", _explained(caller_token), methods=["POST"]),
        Route("/_sandbox/requests", _explained(requests), methods=["GET", "DELETE"]),
        Route("/_sandbox/keys", _explained(keys), methods=["POST"]),
        Route("/_sandbox/tenant", _explained(tenant), methods=["PUT"]),
    ]


def describe(world: World) -> dict[str, Any]:
    """Everything that is worth knowing from outside, without secrets."""
    tenant = world.tenant
    return {
        "origin": world.origin,
        "app": world.app_url,
        "outlook": world.outlook_url,
        "tenant": tenant.name,
        "tenant_id": tenant.tenant_id,
        "client_id": tenant.client_id,
        "addin_client_id": world.addin.client_id,
        "domains": tenant.domains,
        "service_account": world.service_account.upn,
        "admin": next((one.upn for one in tenant.people if "Rollcall.Admin" in one.app_roles), ""),
        "people": len(tenant.people),
        "contacts": len(tenant.contacts),
        "groups": len(tenant.groups),
        "switches": asdict(world.switches),
        "faults": world.faults.describe(),
        "latency": world.faults.latency,
        "hits": dict(world.faults.hits),
    }


def _explained(handler: _Handler) -> _Handler:
    async def explained(request: Request) -> Response:
        try:
            return await handler(request)
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return explained
