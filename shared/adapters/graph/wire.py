"""One request to Graph, plain or batched, and its answer. Knows HTTP, nothing of lists.

Fact sources: Microsoft Graph's pages on json-batching, paging, errors and throttling.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from shared.errors import UnreadableAnswer

BATCH = 20  # the most requests that one $batch takes
_MAX_BODY = 64 * 2**20  # bytes, decompressed; several times a batch of twenty full pages
_LONGEST_WAIT = 86_400.0  # seconds

_log = logging.getLogger(__name__)


class Session(requests.Session):
    """A session that keeps connections and nothing else.

    requests does not promise that a session is thread-safe. What one request could leave on it for
    another is cookies, and here they are refused; all else is only read after construction, and
    urllib3's connection pool is made for threads.
    """

    def __init__(self, connections: int) -> None:
        super().__init__()
        self.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=connections, max_retries=0))
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.update({"Accept": "application/json", "User-Agent": "rollcall"})

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never. Even when told not to follow, requests would read a redirect whole and parse its target."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 where none came; `body` is empty where it was not JSON, or too long."""

    status: int
    body: bytes | bytearray = b""
    retry_after: float | None = None
    client_request_id: str = "-"

    @property
    def asks_to_wait(self) -> bool:
        """Whether it is the directory's wish, not our guess, that we wait."""
        return self.status == 429 or self.retry_after is not None


GARBLED = Answer(200)


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


class Wire:
    """Sends requests below `url` over `session`. Thread-safe.

    Paths are relative to `url` and percent-encoded. `timeout` is in seconds, for the whole answer.
    """

    def __init__(self, url: str, session: requests.Session) -> None:
        self.requests_sent = 0
        self._url = url.rstrip("/")
        self._session = session
        self._counting = threading.Lock()

    def get(self, path: str, access_token: str, timeout: float) -> Answer:
        """The answer to a GET."""
        return self._send("GET", path, None, access_token, timeout)

    def batch(self, paths: Sequence[str], access_token: str, timeout: float) -> list[Answer]:
        """The answers to a GET of each path, in their order, with one request. At most BATCH paths."""
        asked = [{"id": str(number), "method": "GET", "url": path} for number, path in enumerate(paths)]
        body = msgspec.json.encode({"requests": asked})
        outer = self._send("POST", "/$batch", body, access_token, timeout)
        if outer.status == 404:  # the endpoint is missing, which says nothing about any of the paths
            return [Answer(400)] * len(paths)
        if outer.status != 200:
            return [outer] * len(paths)
        try:
            items = _batch_body.decode(outer.body).responses
        except (ValueError, RecursionError):
            return [GARBLED] * len(paths)
        answers: dict[str, Answer] = {}
        for item in items:
            answer = Answer(item.status, item.body, _retry_after(item.headers or {}), outer.client_request_id)
            _report(answer)
            answers[item.id] = GARBLED if item.id in answers else answer
        return [answers.get(str(number), GARBLED) for number in range(len(paths))]

    def relative(self, link: str) -> str:
        """The path of an absolute link below `url`, verbatim. Raises UnreadableAnswer for a link that
        leads anywhere else: the access token must not go there."""
        try:
            ours, theirs = urlsplit(self._url), urlsplit(link)
            ours_too = _origin(ours) == _origin(theirs) and theirs.path.startswith(ours.path + "/")
        except ValueError as error:
            raise UnreadableAnswer from error
        path = theirs.path[len(ours.path) :]
        climbs = any(unquote(part) in (".", "..") for part in path.split("/"))
        odd = path.startswith("//") or theirs.fragment or not link.isprintable()
        if not ours_too or climbs or odd:
            _log.warning("graph: a link that leads elsewhere")
            raise UnreadableAnswer
        return f"{path}?{theirs.query}" if theirs.query else path

    def _send(self, method: str, path: str, body: bytes | None, access_token: str, timeout: float) -> Answer:
        client_request_id = str(uuid4())
        headers = {"client-request-id": client_request_id}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with self._counting:
            self.requests_sent += 1
        ends_at = time.monotonic() + timeout
        try:
            with self._session.request(
                method,
                self._url + path,
                data=body,
                headers=headers,
                auth=_Bearer(access_token),
                timeout=timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                content = _read(response, ends_at)
        except (OSError, HTTPError) as error:
            # Only the error's kind: its text holds the URL.
            kind = type(error).__name__
            _log.warning("graph: no answer, %s, client-request-id %s", kind, client_request_id)
            return Answer(0)
        answer = Answer(response.status_code, content, _retry_after(response.headers), client_request_id)
        _report(answer, response.headers.get("request-id"))
        return answer


class _Bearer(requests.auth.AuthBase):
    """Given as `auth` and not as a header, because requests lets a .netrc file replace the header."""

    def __init__(self, access_token: str) -> None:
        self.access_token = access_token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.access_token}"
        return request


def parse_retry_after(text: str) -> float | None:
    """Seconds to wait, at most a day, from a number (Graph sends fractions too) or an HTTP date; None
    where it is neither, or is over already."""
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        seconds = float(text)
    else:
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    # At least a tenth of a second: 0.001 would have us ask a thousand times.
    return min(max(seconds, 0.1), _LONGEST_WAIT) if seconds > 0 else None


def _retry_after(headers: Mapping[str, Any]) -> float | None:
    values = [str(value).strip() for name, value in headers.items() if name.lower() == "retry-after"]
    return parse_retry_after(values[0]) if values else None


def _origin(parts: SplitResult) -> tuple[object, ...]:
    return parts.scheme, parts.username, parts.password, parts.hostname, parts.port or 443


def _read(response: requests.Response, ends_at: float) -> bytearray:
    """The body; empty when it is not JSON, or too long. Raises TimeoutError when it trickles in past
    `ends_at`: the timeout that requests knows starts anew with every byte."""
    content = bytearray()
    while chunk := response.raw.read1(65_536, decode_content=True):
        content += chunk
        if len(content) > _MAX_BODY:
            return bytearray()
        if time.monotonic() > ends_at:
            raise TimeoutError
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return content if kind == "application/json" else bytearray()


def _report(answer: Answer, request_id: str | None = None) -> None:
    """Log an answer that is an error by what Microsoft's support asks for; its message may hold addresses."""
    if answer.status == 200:
        return
    code = ""
    try:
        error = _error_body.decode(answer.body).error
        code, request_id = error.code, request_id or (error.inner.request_id if error.inner else "")
    except (ValueError, RecursionError):
        pass
    _log.warning(
        "graph: %d %s, request-id %s, client-request-id %s",
        answer.status,
        _identifier(code),
        _identifier(request_id),
        answer.client_request_id,
    )


def _identifier(text: str | None) -> str:
    """`text` if it is a plain identifier: what a stranger sent must not write our log for him."""
    return text if text and re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", text) else "-"
