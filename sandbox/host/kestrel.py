"""HTTP as Kestrel speaks it, the server in front of the Functions host: what it refuses, what it lets pass.

Sources: dotnet/aspnetcore, Kestrel's HttpParser and Http1Connection; azure-functions-host 4.1037, asked the
same requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import NamedTuple

MAX_LINE = 8192  # bytes of the request line
MAX_HEADERS = 100
MAX_HEADER_BYTES = 32 * 1024

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]*)?")
_NO_BODY = (204, 304)


class RequestRefused(Exception):
    """The request never reaches the host; holds the status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class WireResponse(NamedTuple):
    """A response on its way to the wire."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """What Kestrel made of a request's head. `length` is the body's, where the head tells it."""

    method: str
    path: bytes
    query: str
    version: str
    headers: tuple[tuple[str, str], ...]
    length: int
    chunked: bool

    def header(self, name: str) -> str:
        """The value of the header `name` (in lower case), joined by commas; empty where there is none."""
        return ",".join(value for given, value in self.headers if given == name)

    @property
    def keeps_alive(self) -> bool:
        """Whether the connection serves another request after this one."""
        wish = self.header("connection").lower()
        return "keep-alive" in wish if self.version == "HTTP/1.0" else "close" not in wish


def read_line(line: bytes) -> tuple[str, bytes, str]:
    """Method, target and version of a request line. Raises Refused."""
    if len(line) > MAX_LINE:
        raise RequestRefused(414)
    method, _, rest = line.removesuffix(b"\r\n").partition(b" ")
    target, found, version = rest.partition(b" ")
    known = version.lstrip(b" ")  # spaces after the target are skipped
    if not line.endswith(b"\r\n") or not _TOKEN.fullmatch(method) or not target or not found or not known:
        raise RequestRefused(400)
    if known not in (b"HTTP/1.0", b"HTTP/1.1"):
        raise RequestRefused(505)
    if b"#" in target or any(byte < 0x21 or byte > 0x7E for byte in target):
        raise RequestRefused(400)
    return method.decode(), target, known.decode()


def read_header(line: bytes) -> tuple[str, str]:
    """Name, in lower case, and value of a header's line. Raises Refused: for a folded line, a space before
    the colon, and a value that is no UTF-8."""
    name, colon, value = line.removesuffix(b"\r\n").partition(b":")
    if not line.endswith(b"\r\n") or not colon or not _TOKEN.fullmatch(name) or re.search(rb"[\0\r]", value):
        raise RequestRefused(400)
    try:
        return name.decode().lower(), value.strip(b" \t").decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestRefused(400) from error


def make_request(method: str, target: bytes, version: str, headers: Iterable[tuple[str, str]]) -> Request:
    """The request of that head. Raises Refused where its headers contradict one another."""
    given = tuple(headers)
    hosts = [value for name, value in given if name == "host"]
    if len(hosts) > 1 or (version == "HTTP/1.1" and not hosts):
        raise RequestRefused(400)
    if hosts and not _HOST.fullmatch(hosts[0]):
        raise RequestRefused(400)
    path, _, query = _origin_form(method, target, hosts[0] if hosts else "").partition(b"?")
    codings = [value for name, value in given if name == "transfer-encoding"]
    if codings and codings[-1].rpartition(",")[2].strip().lower() != "chunked":
        raise RequestRefused(400)
    lengths = [value for name, value in given if name == "content-length"]
    if len(lengths) > 1 or not all(re.fullmatch(r"[0-9]{1,18}", value) for value in lengths):
        raise RequestRefused(400)
    if codings:  # where both are there, the chunks are believed
        given, lengths = tuple(pair for pair in given if pair[0] != "content-length"), []
    elif not lengths and version == "HTTP/1.0" and method in ("POST", "PUT"):
        raise RequestRefused(400)
    length = int(lengths[0]) if lengths else 0
    return Request(method, path, query.decode("ascii"), version, given, length, bool(codings))


def _origin_form(method: str, target: bytes, host: str) -> bytes:
    """Path and query of a target. Raises Refused for one that is for proxies, or of another host."""
    if target.startswith(b"/"):
        return target
    if target == b"*" and method == "OPTIONS":
        return b"/*"
    whole = re.fullmatch(rb"https?://([^/?]+)(/?[^?]*)(\?.*)?", target, re.IGNORECASE)
    if whole is None or whole[1].decode().lower() != host.lower():
        raise RequestRefused(400)
    return (whole[2] or b"/") + (whole[3] or b"")


def to_wire(answer: WireResponse, request: Request | None, *, close: bool) -> bytes:
    """`answer` to `request` (None where it was refused) as bytes. A body whose length no header tells is
    chunked; HTTP/1.0 ends it with the connection, for which `close` must be set."""
    headers, body = list(answer.headers), answer.body
    told = any(name.lower() == b"content-length" for name, _ in headers)
    if answer.status in _NO_BODY:
        body = b""
    elif not body and not told:
        headers.append((b"Content-Length", b"0"))
    elif not told and request is not None and request.version == "HTTP/1.1" and request.method != "HEAD":
        headers.append((b"Transfer-Encoding", b"chunked"))
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    if request is not None and request.method == "HEAD":
        body = b""
    headers += [(b"Date", formatdate(usegmt=True).encode()), (b"Server", b"Kestrel")]
    if close:
        headers.append((b"Connection", b"close"))
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = ""
    lines = [b"HTTP/1.1 %d %b" % (answer.status, phrase.encode()), *(b"%b: %b" % pair for pair in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
