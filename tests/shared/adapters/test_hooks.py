"""Posting to an admin's address: over TLS, signed, and to nobody inside."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sandbox.serving import certificates
from shared.adapters.hooks import Hook, addresses_of, is_public_address
from shared.hooks.signing import headers_of

KEY = bytes(range(32))


class Receiver(ThreadingHTTPServer):
    """Answers `status`, slowly if asked to, and remembers what it got."""

    status, delay, location, retry_after = 204, 0.0, "", ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((self.path, headers, body))
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def receiving(folder: Path) -> Iterator[tuple[Receiver, ssl.SSLContext]]:
    tls = certificates.issue(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.server)
    with Receiver() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, ssl.create_default_context(cafile=tls.ca)
        finally:
            server.shutdown()
            thread.join()


def hook(server: Receiver, trust: ssl.SSLContext, host: str = "localhost", **more: Any) -> Hook:
    options: dict[str, Any] = {"resolve": lambda name, port: ["127.0.0.1"], "is_public": lambda address: True}
    url = f"https://{host}:{server.server_port}/hook?to=security"
    return Hook(url, KEY, trust=trust, **(options | more))


@pytest.fixture
def there(tmp_path: Path) -> Iterator[tuple[Receiver, ssl.SSLContext]]:
    with receiving(tmp_path) as found:
        yield found


def test_what_is_told_is_signed_and_arrives_whole(there: tuple[Receiver, ssl.SSLContext]) -> None:
    server, trust = there
    assert hook(server, trust).post("told-00001", b'{"a": 1}').word == "taken"
    [(path, headers, body)] = server.got
    assert (path, body) == ("/hook?to=security", b'{"a": 1}')
    at = int(headers["webhook-timestamp"])
    assert abs(at - time.time()) < 30
    assert headers.items() >= headers_of(KEY, "told-00001", at, body).items()
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503])
def test_what_is_not_taken_is_said_and_no_redirect_is_followed(
    there: tuple[Receiver, ssl.SSLContext], status: int
) -> None:
    server, trust = there
    server.status, server.location = status, f"https://localhost:{server.server_port}/elsewhere"
    assert hook(server, trust).post("told-00001", b"{}").word == f"answered_{status}"
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120), (" 120 ", 120), ("999999999", 86_400), ("", 0), ("-5", 0), ("soon", 0), ("9" * 400, 0),
        ("1e9", 0), ("Fri, 31 Dec 9999 23:59:59 -0000", 86_400), ("Mon, 01 Jan 0001 00:00:00 +9959", 0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", 0),
    ],
)  # fmt: skip
def test_how_long_the_receiver_asks_to_be_left_alone_is_read_whatever_it_is(
    there: tuple[Receiver, ssl.SSLContext], asked: str, seconds: int
) -> None:
    server, trust = there
    server.status, server.retry_after = 429, asked
    assert hook(server, trust).post("told-00001", b"{}").wait.total_seconds() == seconds


def test_a_moment_until_which_the_receiver_is_busy_is_read_too(
    there: tuple[Receiver, ssl.SSLContext],
) -> None:
    server, trust = there
    server.status, server.retry_after = 503, formatdate(time.time() + 600, usegmt=True)
    assert 570 < hook(server, trust).post("told-00001", b"{}").wait.total_seconds() <= 600


def test_who_cannot_prove_their_name_is_told_nothing(there: tuple[Receiver, ssl.SSLContext]) -> None:
    server, trust = there
    assert hook(server, trust, host="somebody.example").post("told-00001", b"{}").word == "tls_failed"
    assert hook(server, ssl.create_default_context()).post("told-00001", b"{}").word == "tls_failed"
    assert server.got == []


def test_a_name_is_looked_up_once_and_the_connection_goes_there(
    there: tuple[Receiver, ssl.SSLContext],
) -> None:
    server, trust = there
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    found = hook(server, trust, resolve=lambda name, port: answers.pop(0))
    assert found.post("told-00001", b"{}").word == "taken"
    assert answers == [["10.0.0.1"]]


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:10.0.0.1"], []])
def test_where_one_address_is_inside_nobody_is_told(
    there: tuple[Receiver, ssl.SSLContext], found: list[str]
) -> None:
    server, trust = there
    inside = hook(server, trust, resolve=lambda name, port: found, is_public=is_public_address)
    assert inside.post("told-00001", b"{}").word == "private_address"
    assert server.got == []


def test_without_a_test_in_between_loopback_is_inside(there: tuple[Receiver, ssl.SSLContext]) -> None:
    server, trust = there
    for host in ("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001"):
        url = f"https://{host}:{server.server_port}/"
        assert Hook(url, KEY, trust=trust).post("told-00001", b"{}").word in (
            "private_address",
            "unreachable",
        )
    assert server.got == []


def test_a_name_that_nobody_has_and_a_port_where_nobody_listens_are_unreachable() -> None:
    def unknown(name: str, port: int) -> list[str]:
        raise socket.gaierror

    assert Hook("https://nobody.example/", KEY, resolve=unknown).post("a", b"{}").word == "unreachable"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    everybody: Any = {"resolve": lambda name, port: ["127.0.0.1"], "is_public": lambda address: True}
    assert Hook(f"https://localhost:{port}/", KEY, **everybody).post("a", b"{}").word == "unreachable"


def test_who_takes_too_long_is_not_waited_for(
    there: tuple[Receiver, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, trust = there
    server.delay = 3
    monkeypatch.setattr("shared.adapters.hooks._TIMEOUT", 0.5)
    began = time.monotonic()
    assert hook(server, trust).post("told-00001", b"{}").word == "timed_out"
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:a00:1::", "2002:7f00:1::1", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe", "not an address", "",
    ],
)  # fmt: skip
def test_what_is_inside_is_known_in_each_form(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_what_is_outside_is_outside(address: str) -> None:
    assert is_public_address(address)


def test_every_address_of_a_name_is_looked_at() -> None:
    assert "127.0.0.1" in addresses_of("localhost", 443)
