"""HTTP towards the outside: what the directories' adapters share. Knows nothing of lists.

Fact sources: RFC 9110 sections 10.2.3 and 15.4; Microsoft's pages on paging and throttling.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import requests
from urllib3.exceptions import HTTPError

from shared import telemetry, trace
from shared.deadlines import within
from shared.errors import ServiceAccountError, UnreadableAnswer
from shared.sessions import BoundedAdapter
from shared.waits import parse_retry_after

MAX_BODY = 64 * 2**20  # bytes, decompressed; a list of 100,000 members in one answer takes a third

_log = logging.getLogger(__name__)


class Session(requests.Session):
    """A session that keeps connections and nothing else.

    requests does not promise that a session is thread-safe. What one request could leave on it for
    another is cookies, and here they are refused; all else is only read after construction, and
    urllib3's connection pool is made for threads.
    """

    def __init__(self, connections: int) -> None:
        super().__init__()
        for scheme in ("https://", "http://"):
            self.mount(scheme, BoundedAdapter(pool_connections=1, pool_maxsize=connections, max_retries=0))
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.update({"Accept": "application/json", "User-Agent": "rollcall"})

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never. Even when told not to follow, requests would read a redirect whole and parse its target."""


class Bearer(requests.auth.AuthBase):
    """Given as `auth` and not as a header, because requests lets a .netrc file replace the header."""

    def __init__(self, access_token: str) -> None:
        self.access_token = access_token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.access_token}"
        return request


@dataclass(frozen=True, slots=True)
class DirectoryResponse:
    """`status` is 0 where none came; `body` is empty where it was not JSON, or too long."""

    status: int
    body: bytes | bytearray = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    client_request_id: str = "-"


class JsonWire:
    """Sends requests below `url` over `session`. Thread-safe. `name` is what our log calls the service.

    Paths are relative to `url` and percent-encoded. `timeout` is in seconds, for the whole answer.
    """

    def __init__(self, name: str, url: str, session: requests.Session) -> None:
        self.requests_sent = 0
        self._name = name
        self._url = url.rstrip("/")
        self._session = session
        self._counting = threading.Lock()

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None,
        access_token: str,
        timeout: float,
        headers: Mapping[str, str] | None = None,
    ) -> DirectoryResponse:
        """The answer to one request; `body` is JSON."""
        client_request_id = trace.client_request_id()
        sent = {"client-request-id": client_request_id, **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        with self._counting:
            self.requests_sent += 1
        began = time.monotonic()
        try:
            with (
                within(timeout),
                self._session.request(
                    method,
                    self._url + path,
                    data=body,
                    headers=sent,
                    auth=Bearer(access_token),
                    timeout=timeout,
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                content = read_body(response, began + timeout)
        except (OSError, HTTPError) as error:
            # Only the error's kind: its text holds the URL.
            kind = type(error).__name__
            _log.warning("%s: no answer, %s, client-request-id %s", self._name, kind, client_request_id)
            telemetry.answered(self._name, 0, time.monotonic() - began)
            return DirectoryResponse(0)
        telemetry.answered(self._name, response.status_code, time.monotonic() - began)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        body_if_json = content if kind == "application/json" else b""
        return DirectoryResponse(response.status_code, body_if_json, response.headers, client_request_id)

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
        odd = path.startswith("//") or "\\" in link or theirs.fragment or not link.isprintable()
        if not ours_too or climbs or odd:
            _log.warning("%s: a link that leads elsewhere", self._name)
            raise UnreadableAnswer
        return f"{path}?{theirs.query}" if theirs.query else path


def token_refused() -> ServiceAccountError:
    """What it means when even a new access token is refused."""
    return ServiceAccountError(
        "token_refused",
        "Microsoft no longer accepts the service account's sign-in.",
        "An administrator must connect the service account again.",
        needs_sign_in=True,
    )


def read_body(response: requests.Response, ends_at: float) -> bytearray:
    """The body; empty when it is longer than MAX_BODY. Raises TimeoutError when it trickles in past
    `ends_at` (of time.monotonic): the timeout that requests knows starts anew with every byte."""
    content = bytearray()
    while chunk := response.raw.read1(65_536, decode_content=True):
        content += chunk
        if len(content) > MAX_BODY:
            return bytearray()
        if time.monotonic() > ends_at:
            raise TimeoutError
    return content


def retry_after(headers: Mapping[str, Any]) -> float | None:
    """What the header Retry-After asks for, in seconds."""
    values = [str(value).strip() for name, value in headers.items() if name.lower() == "retry-after"]
    return parse_retry_after(values[0]) if values else None


def identifier(text: str | None) -> str:
    """`text` if it is a plain identifier: what a stranger sent must not write our log for him."""
    return text if text and re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", text) else "-"


def _origin(parts: SplitResult) -> tuple[object, ...]:
    return parts.scheme, parts.username, parts.password, parts.hostname, parts.port or 443
