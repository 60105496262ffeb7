"""Microsoft Graph v1.0 over HTTP: access tokens, single calls, and `$batch`."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.graph.answers import Call, GraphResponse, failure, ok, wrong_method
from sandbox.graph.calls import Graph
from sandbox.graph.odata import ODataError, bad_request, unsupported
from sandbox.graph.sending import Deliver
from sandbox.tenant.world import World

MAX_BATCH = 20
_REASONS = {
    "missing": "Access token is empty.",
    "malformed": "CompactToken parsing failed with error code: 80049217",
    "expired": "Lifetime validation failed, the token is expired.",
    "audience": "Access token validation failure. Invalid audience.",
    "revoked": "Continuous access evaluation resulted in challenge with result: InteractionRequired",
}


def routes(world: World, deliver: Deliver) -> list[Route]:
    """One route: which call it is, is decided behind it, since a batch's calls come without a route."""
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [Route("/v1.0/{path:path}", _endpoint(world, deliver), methods=methods)]


def sending_routes(world: World, deliver: Deliver) -> list[Route]:
    """What of Graph is beside Outlook's stand-in as well: sending mail, for a page in the browser."""
    return [Route("/v1.0/me/sendMail", _endpoint(world, deliver), methods=["POST"])]


def _endpoint(world: World, deliver: Deliver) -> Callable[[Request], Awaitable[Response]]:
    graph = Graph(world, deliver)

    async def endpoint(request: Request) -> Response:
        claims = world.check_bearer(request, "graph", lambda reason: _unauthorized(request, world, reason))
        call = Call(
            request.method,
            request.scope["path"].removeprefix("/v1.0"),
            request.scope["query_string"].decode("latin-1"),
            request.headers,
            await request.body(),
            claims,
        )
        answer = await _batch(graph, call) if call.path == "/$batch" else graph.answer(call)
        return Response(answer.body, answer.status, answer.headers)

    return endpoint


def _unauthorized(request: Request, world: World, reason: str) -> Response:
    call = Call(request.method, request.url.path, "", request.headers, b"", {})
    answer = failure(call, ODataError(401, "InvalidAuthenticationToken", _REASONS[reason]))
    challenge = f'Bearer realm="", authorization_uri="{world.origin}/common/oauth2/authorize"'
    if reason == "revoked":
        claims = base64.b64encode(b'{"access_token":{"nbf":{"essential":true}}}').decode()
        challenge += f', error="insufficient_claims", claims="{claims}"'
    return Response(answer.body, answer.status, answer.headers | {"www-authenticate": challenge})


async def _batch(graph: Graph, outer: Call) -> GraphResponse:
    try:
        items = _parse_batch(outer)
    except ODataError as error:
        return failure(outer, error)
    answers = await asyncio.gather(*(_item(graph, outer, item) for item in items))
    parts = [_part(item["id"], answer) for item, answer in zip(items, answers, strict=True)]
    # Graph promises no order, so theirs is turned round.
    body = b'{"responses":[' + b",".join(reversed(parts)) + b"]}"
    return ok(outer, body, content_type="application/json")


def _parse_batch(outer: Call) -> list[dict[str, Any]]:
    if outer.method != "POST":
        raise wrong_method()
    try:
        items = json.loads(outer.body)["requests"]
        ids = [item["id"] for item in items]
        wanted = [(item["method"], item["url"]) for item in items]
    except (ValueError, KeyError, TypeError):
        raise bad_request("Unable to read JSON request payload.") from None
    if not 1 <= len(items) <= MAX_BATCH:
        raise bad_request(f"Number of batch request steps exceeds the maximum value of {MAX_BATCH}.")
    if not all(isinstance(id, str) and id for id in ids) or len({id.lower() for id in ids}) < len(ids):
        raise bad_request("Request Id has to be unique in a batch, and a string.")
    if any(not isinstance(url, str) or urlsplit(url).netloc or not url.startswith("/") for _, url in wanted):
        raise bad_request("A batch's URLs are relative to the version, and begin with a slash.")
    if any("dependsOn" in item for item in items):
        raise unsupported("The sandbox runs the requests of a batch side by side only.")
    if any("body" in item and "content-type" not in _lower(item.get("headers")) for item in items):
        raise bad_request("Write request with a body must have a Content-Type header.")
    return list(items)


async def _item(graph: Graph, outer: Call, item: dict[str, Any]) -> GraphResponse:
    parts = urlsplit(item["url"])
    headers = {"client-request-id": outer.headers.get("client-request-id", "")} | _lower(item.get("headers"))
    call = Call(
        item["method"],
        unquote(parts.path),
        parts.query,
        headers,
        json.dumps(item.get("body")).encode(),
        outer.claims,
    )
    target = f"/v1.0{call.path}?{unquote_plus(parts.query)}" if parts.query else f"/v1.0{call.path}"
    fault = graph.world.faults.next("graph", target)
    if fault is None:
        return graph.answer(call)
    await asyncio.sleep(fault.delay)
    if fault.status is not None:
        response = fault.response()
        return GraphResponse(fault.status, bytes(response.body), dict(response.headers))
    if fault.drop or fault.truncate is not None:
        # Inside a batch there is no connection to cut: the front end says that it lost the back end.
        return failure(call, ODataError(504, "UnknownError", ""))
    return graph.answer(call)


def _lower(headers: dict[str, str] | None) -> dict[str, str]:
    return {name.lower(): value for name, value in (headers or {}).items()}


def _part(id: str, answer: GraphResponse) -> bytes:
    """One answer as it stands in the batch's: a body that is not JSON is in base64."""
    is_json = "json" in answer.headers.get("content-type", "")
    body = answer.body if is_json else json.dumps(base64.b64encode(answer.body).decode()).encode()
    head = json.dumps({"id": id, "status": answer.status, "headers": answer.headers}).encode()
    return b'%b,"body":%b}' % (head[:-1], body)
