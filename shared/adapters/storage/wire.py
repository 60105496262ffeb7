"""HTTP/1.1 to one server, without what makes clients convenient: a tenth of a millisecond for a request.

Source: RFC 9112, sections 4, 6 and 7.
"""

from __future__ import annotations

import io
import socket
import ssl
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from shared.deadlines import Reader, within

_CONNECT_TIMEOUT, _READ_TIMEOUT = 1.0, 2.0  # seconds
_LONGEST_LINE = 64 * 1024
_LARGEST_BODY = 64 * 1024 * 1024
_MOST_HEADERS = 100
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
        self._idle: deque[_Connection] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> StorageResponse:
        """The answer to a request, which must be one that may arrive twice.

        Raises OSError when there is none in time, ValueError when it is not HTTP.
        """
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: {self._named}\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
        )
        request = head.encode("ascii") + body
        while self._idle:
            try:
                return self._exchange(self._idle.pop(), method, request)
            except TimeoutError:
                raise
            except (IndexError, OSError):
                continue  # the server closed it while it was idle
        return self._exchange(self._connect(), method, request)

    def _exchange(self, connection: _Connection, method: str, request: bytes) -> StorageResponse:
        try:
            with within(_READ_TIMEOUT):
                answer = connection.exchange(method, request)
        except BaseException:
            connection.close()
            raise
        if connection.can_be_kept and len(self._idle) < _MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    def _connect(self) -> _Connection:
        raw = socket.create_connection((self._host, self._port), _CONNECT_TIMEOUT)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._is_tls:
            self._tls = self._tls or ssl.create_default_context()
            raw = self._tls.wrap_socket(raw, server_hostname=self._host)
        raw.settimeout(_READ_TIMEOUT)
        return _Connection(raw)


def _close_all(connections: deque[_Connection]) -> None:
    while connections:
        connections.pop().close()


class _Connection:
    """One connection; one exchange at a time."""

    def __init__(self, raw: socket.socket) -> None:
        self._socket = raw
        self._reader = io.BufferedReader(Reader(raw))
        self.can_be_kept = False

    def close(self) -> None:
        self._reader.close()
        self._socket.close()

    def exchange(self, method: str, request: bytes) -> StorageResponse:
        self._socket.sendall(request)
        status, headers = self._read_head()
        while 100 <= status < 200:
            status, headers = self._read_head()
        body = b""
        if method != "HEAD" and status not in (204, 304):
            body = self._read_body(headers)
        self.can_be_kept = headers.get("connection", "").lower() != "close"
        return StorageResponse(status, headers, body)

    def _read_head(self) -> tuple[int, dict[str, str]]:
        version, _, rest = self._read_line().partition(" ")
        if not version:
            raise ConnectionResetError("closed before an answer")
        if version != "HTTP/1.1":
            raise ValueError("not HTTP/1.1")
        headers: dict[str, str] = {}
        while line := self._read_line().rstrip("\r\n"):
            name, colon, value = line.partition(":")
            if not colon or len(headers) > _MOST_HEADERS:
                raise ValueError("not a header")
            headers[name.lower()] = value.strip()
        return int(rest[:3]), headers

    def _read_body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._read_chunks()
        if "content-length" not in headers:
            raise ValueError("a body of unknown length")
        return self._read_exactly(int(headers["content-length"]))

    def _read_chunks(self) -> bytes:
        body = bytearray()
        while size := int(self._read_line().partition(";")[0], 16):
            body += self._read_exactly(size)
            self._read_line()
            if len(body) > _LARGEST_BODY:
                raise ValueError("too large a body")
        while self._read_line().rstrip("\r\n"):
            pass  # trailers
        return bytes(body)

    def _read_exactly(self, size: int) -> bytes:
        if not 0 <= size <= _LARGEST_BODY:
            raise ValueError("too large a body")
        found = self._reader.read(size)
        if len(found) < size:
            raise ConnectionResetError("closed within an answer")
        return found

    def _read_line(self) -> str:
        line = self._reader.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE:
            raise ValueError("too long a line")
        return line.decode("latin-1")
