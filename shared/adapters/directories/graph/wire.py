"""One request to Graph, plain or batched, and its answer. Knows HTTP, nothing of lists.

Fact sources: Microsoft Graph's pages on json-batching, paging, errors and throttling.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import msgspec
import requests

from shared.adapters.directories import http as outside
from shared.adapters.directories.http import DirectoryResponse, identifier

BATCH = 20  # the most requests that one $batch takes
GARBLED = DirectoryResponse(200)

_log = logging.getLogger(__name__)


class _InnerError(msgspec.Struct):
    request_id: str = msgspec.field(name="request-id", default="")


class _Error(msgspec.Struct):
    code: str = ""
    inner: _InnerError | None = msgspec.field(name="innerError", default=None)


class _ErrorBody(msgspec.Struct):
    error: _Error


class _BatchItem(msgspec.Struct):
    id: str
    status: int
    headers: dict[str, Any] | None = None
    body: msgspec.Raw = msgspec.Raw()


class _BatchBody(msgspec.Struct):
    responses: list[_BatchItem]


_batch_body = msgspec.json.Decoder(_BatchBody)
_error_body = msgspec.json.Decoder(_ErrorBody)


class GraphWire(outside.JsonWire):
    """Sends requests below `url` over `session`. Thread-safe.

    Paths are relative to `url` and percent-encoded. `timeout` is in seconds, for the whole answer.
    """

    def __init__(self, url: str, session: requests.Session) -> None:
        super().__init__("graph", url, session)

    def get(self, path: str, access_token: str, timeout: float) -> DirectoryResponse:
        """The answer to a GET."""
        answer = self.send("GET", path, None, access_token, timeout, _headers(path))
        _report(answer)
        return answer

    def batch(self, paths: Sequence[str], access_token: str, timeout: float) -> list[DirectoryResponse]:
        """The answers to a GET of each path, in their order, with one request. At most BATCH paths."""
        asked = [
            {"id": str(number), "method": "GET", "url": path}
            | ({"headers": _headers(path)} if _headers(path) else {})
            for number, path in enumerate(paths)
        ]
        body = msgspec.json.encode({"requests": asked})
        outer = self.send("POST", "/$batch", body, access_token, timeout)
        _report(outer)
        if outer.status == 404:  # the endpoint is missing, which says nothing about any of the paths
            return [DirectoryResponse(400)] * len(paths)
        if outer.status != 200:
            return [outer] * len(paths)
        try:
            items = _batch_body.decode(outer.body).responses
        except (ValueError, RecursionError):
            return [GARBLED] * len(paths)
        answers: dict[str, DirectoryResponse] = {}
        for item in items:
            answer = DirectoryResponse(item.status, item.body, item.headers or {}, outer.client_request_id)
            _report(answer)
            answers[item.id] = GARBLED if item.id in answers else answer
        return [answers.get(str(number), GARBLED) for number in range(len(paths))]


def _headers(path: str) -> dict[str, str]:
    """What Graph wants said where it shall count: that its index may be some minutes old."""
    return {"ConsistencyLevel": "eventual"} if "$count=true" in path else {}


def error_code(answer: DirectoryResponse) -> str:
    """Graph's own word for what is wrong; empty where it said none that can be read."""
    return _error_of(answer).code


def _error_of(answer: DirectoryResponse) -> _Error:
    try:
        return _error_body.decode(answer.body).error
    except (ValueError, RecursionError):
        return _Error()


def _report(answer: DirectoryResponse) -> None:
    """Log an answer that is an error by what Microsoft's support asks for; its message may hold addresses."""
    if answer.status in (0, 200):
        return
    error = _error_of(answer)
    request_id = answer.headers.get("request-id") or (error.inner.request_id if error.inner else "")
    _log.warning(
        "graph: %d %s, request-id %s, client-request-id %s",
        answer.status,
        identifier(error.code),
        identifier(request_id),
        answer.client_request_id,
    )
