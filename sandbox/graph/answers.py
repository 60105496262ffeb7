"""The form of what goes in and out of the simulated Microsoft Graph: calls, answers, errors."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.graph.odata import ODataError

_JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
_DIAGNOSTIC = json.dumps({"ServerInfo": {"DataCenter": "Sandbox", "Slice": "E", "Ring": "0"}})


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `path` is decoded and begins below /v1.0, `query` is not decoded; header names are
    in lower case, `claims` those of the access token."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    claims: Mapping[str, Any]

    @property
    def scopes(self) -> frozenset[str]:
        """The delegated permissions in the access token."""
        return frozenset(str(self.claims.get("scp", "")).split())

    @property
    def is_eventual(self) -> bool:
        """Whether the caller accepts the lagging index behind the advanced queries."""
        return self.headers.get("consistencylevel", "").lower() == "eventual"


@dataclass(frozen=True, slots=True)
class GraphResponse:
    """What Graph says to one call."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def failure(call: Call, error: ODataError) -> GraphResponse:
    """The answer that tells `error`, in Graph's form."""
    request_id = str(uuid.uuid4())
    inner = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": call.headers.get("client-request-id", request_id),
    }
    body = {"error": {"code": error.code, "message": error.message, "innerError": inner}}
    headers = _headers(call, "application/json", 1) | {"request-id": request_id} | error.headers
    return GraphResponse(error.status, json.dumps(body).encode(), headers)


def ok(call: Call, body: bytes, *, cost: int = 1, content_type: str = _JSON, **more: str) -> GraphResponse:
    return GraphResponse(
        200, body, _headers(call, content_type, max(1, cost)) | {"odata-version": "4.0"} | more
    )


def accepted(call: Call) -> GraphResponse:
    """What Graph says to what it will do."""
    headers = _headers(call, "", 1)
    del headers["content-type"]
    return GraphResponse(202, b"", headers)


def _headers(call: Call, content_type: str, cost: int) -> dict[str, str]:
    request_id = str(uuid.uuid4())
    return {
        "cache-control": "no-cache",
        "content-type": content_type,
        "request-id": request_id,
        "client-request-id": call.headers.get("client-request-id", request_id),
        "x-ms-ags-diagnostic": _DIAGNOSTIC,
        "x-ms-resource-unit": str(cost),
    }


def denied() -> ODataError:
    """What Graph says when a permission or a role is missing."""
    return ODataError(
        403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
    )


def wrong_method() -> ODataError:
    """What Graph says to a method that the path does not take."""
    message = "Specified HTTP method is not allowed for the request target."
    return ODataError(405, "Request_BadRequest", message)


def quoted(text: str) -> bytes:
    """`text` as a JSON string."""
    return json.dumps(text).encode()
