"""HTTP/1.1 to one server over kept connections: the standard library's client, held to answers that are whole
and in time."""

from __future__ import annotations

import ssl
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from urllib.parse import urlsplit

from shared.deadlines import BoundedResponse, within

_CONNECT_TIMEOUT, _READ_TIMEOUT = 1.0, 2.0  # seconds
_LARGEST_BODY = 64 * 1024 * 1024
_MOST_IDLE = 16


@dataclass(frozen=True, slots=True)
class StorageResponse:
    """What a server said. `headers` have lower-case names, of repeated ones the last value."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class StorageConnections:
    """Connections to the server of `url`, kept open. Thread-safe.

    TLS is verified, against SSL_CERT_FILE where that is set.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._is_tls = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if self._is_tls else 80)
        self._named = parts.netloc.rpartition("@")[2]
        self._tls: ssl.SSLContext | None = None
        self._idle: deque[HTTPConnection] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> StorageResponse:
        """The answer to a request, which must be one that may arrive twice.

        Raises OSError when there is none in time, ValueError when it is not HTTP.
        """
        sent = {"Host": self._named, **headers}
        while self._idle:
            try:
                return self._exchange(self._idle.pop(), method, target, sent, body)
            except TimeoutError:
                raise
            except (IndexError, OSError):
                continue  # the server closed it while it was idle
        return self._exchange(self._connect(), method, target, sent, body)

    def _exchange(
        self, connection: HTTPConnection, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> StorageResponse:
        try:
            with within(_READ_TIMEOUT):
                connection.request(method, target, body, headers)
                response = connection.getresponse()
                found = _read(response)
        except BaseException as error:
            connection.close()
            if isinstance(error, IncompleteRead):
                raise ConnectionResetError("closed within an answer") from error
            # A server that hung up is both, and an OSError to us.
            if isinstance(error, HTTPException) and not isinstance(error, OSError):
                raise ValueError("not HTTP/1.1") from error
            raise
        if response.will_close or len(self._idle) >= _MOST_IDLE:
            connection.close()
        else:
            self._idle.append(connection)
        said = {name.lower(): value for name, value in response.getheaders()}
        return StorageResponse(response.status, said, found)

    def _connect(self) -> HTTPConnection:
        if self._is_tls:
            self._tls = self._tls or ssl.create_default_context()
            made: HTTPConnection = HTTPSConnection(
                self._host, self._port, timeout=_CONNECT_TIMEOUT, context=self._tls
            )
        else:
            made = HTTPConnection(self._host, self._port, timeout=_CONNECT_TIMEOUT)
        made.response_class = BoundedResponse
        made.connect()
        made.sock.settimeout(_READ_TIMEOUT)
        return made


def _read(response: HTTPResponse) -> bytes:
    """The whole body. Raises what http.client does, and ValueError for what it would let pass."""
    if response.version != 11 or response.msg.defects:
        raise ValueError("not HTTP/1.1")
    if response.chunked:
        found = response.read(_LARGEST_BODY + 1)
    elif response.length is None:  # a server that closes cannot be told from one that broke off
        raise ValueError("a body of unknown length")
    elif response.length > _LARGEST_BODY:
        raise ValueError("too large a body")
    else:
        found = response.read()
    if len(found) > _LARGEST_BODY:
        raise ValueError("too large a body")
    return found


def _close_all(connections: deque[HTTPConnection]) -> None:
    while connections:
        connections.pop().close()
