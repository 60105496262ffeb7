"""Posting to an address on the internet that an admin names: over TLS, to nobody inside, and nowhere else.

The name is looked up once, and the connection goes to an address that was looked at: a name that leads
elsewhere a moment later leads nobody. What is looked at is every address, also one within another.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from shared.deadlines import BoundedResponse, within
from shared.hooks.notifications import Outcome
from shared.hooks.signing import headers_of
from shared.waits import parse_retry_after

_TIMEOUT = 15.0  # seconds, for the whole of an answer
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
Resolve = Callable[[str, int], Sequence[str]]


class Hook:
    """Posts to `url`, signed."""

    def __init__(
        self,
        url: str,
        key: bytes,
        resolve: Resolve | None = None,
        is_public: Callable[[str], bool] | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._parts = urlsplit(url)
        self._key = key
        self._resolve = resolve or addresses_of
        self._is_public = is_public or is_public_address
        self._trust = trust or ssl.create_default_context()

    def post(self, identifier: str, body: bytes) -> Outcome:
        """What came of it, in a word that holds nothing of the answer but its status."""
        try:
            with within(_TIMEOUT):
                status, asked = self._answer(identifier, body)
        except ssl.SSLError:
            return Outcome("tls_failed")
        except TimeoutError:
            return Outcome("timed_out")
        except PermissionError:
            return Outcome("private_address")
        except (OSError, http.client.HTTPException):
            return Outcome("unreachable")
        if 200 <= status < 300:
            return Outcome("taken")
        return Outcome(f"answered_{status}", timedelta(seconds=parse_retry_after(asked) or 0))

    def _answer(self, identifier: str, body: bytes) -> tuple[int, str]:
        """Its status, and its `Retry-After`."""
        host, port = self._parts.hostname or "", self._parts.port or 443
        found = self._resolve(host, port)
        if not found or not all(map(self._is_public, found)):
            raise PermissionError
        connection = _Pinned(host, found[0], port, self._trust)
        try:
            headers = headers_of(self._key, identifier, int(time.time()), body)
            said = {"Content-Type": "application/json", "User-Agent": "Rollcall", "Connection": "close"}
            path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
            connection.request("POST", path, body, {**said, **headers})
            answer = connection.getresponse()
            return answer.status, (answer.headers["Retry-After"] or "").strip()
        finally:
            connection.close()


class _Pinned(http.client.HTTPSConnection):
    """Connects to `address`, and has it prove that it is `host`."""

    response_class = BoundedResponse

    def __init__(self, host: str, address: str, port: int, trust: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=_TIMEOUT, context=trust)
        self._address = address
        self._trust = trust

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def addresses_of(host: str, port: int) -> list[str]:
    """Every address of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public_address(text: str) -> bool:
    """Whether an address is anybody's on the internet, and leads to none that is not."""
    try:
        address = ip_address(text)
    except ValueError:  # of a link, as fe80::1%eth0
        return False
    return all(each.is_global and not each.is_multicast for each in (address, *_within(address)))


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Addresses that one of version 6 stands for."""
    if isinstance(address, IPv4Address):
        return []
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64) or not int(address) >> 32:
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]
