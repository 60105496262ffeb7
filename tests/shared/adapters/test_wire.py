"""HTTP to the storage account: whatever a server does, an answer or an error within seconds."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server, socket

import pytest
import trustme

from shared.adapters.storage.wire import StorageConnections


@contextmanager
def server(*scripts: bytes | Sequence[bytes | float]) -> Iterator[tuple[str, list[bytes]]]:
    """Answers each connection with the next script (bytes to send, seconds to wait) per request, and closes
    it at the script's end; with the last one ever after."""
    requests: list[bytes] = []
    with create_server(("127.0.0.1", 0)) as listener:
        left = list(scripts)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                script = left.pop(0) if len(left) > 1 else left[0]
                threading.Thread(target=answer, args=(connection, script), daemon=True).start()

        def answer(connection: socket, script: bytes | Sequence[bytes | float]) -> None:
            with connection:
                for step in [script] if isinstance(script, bytes) else script:
                    if isinstance(step, float):
                        time.sleep(step)
                        continue
                    requests.append(_receive(connection))
                    with suppress(OSError):  # whoever asked may have given up
                        connection.sendall(step)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests


def _receive(connection: socket) -> bytes:
    """One request, however many pieces it comes in; what there is of it where it ends early."""
    read = b""
    while True:
        head, end, body = read.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= (int(length[1]) if length else 0):
            return read
        piece = connection.recv(65536)
        if not piece:
            return read
        read += piece


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Word: a\r\n\r\nok"
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"


def test_requests_share_a_connection() -> None:
    with server([OK, NO_CONTENT, OK]) as (url, requests):
        connections = StorageConnections(url)
        answers = [connections.send("PUT", "/x?y=z", {"A": "b"}, b"body") for _ in range(3)]
    assert [(answer.status, answer.body) for answer in answers] == [(200, b"ok"), (204, b""), (200, b"ok")]
    assert answers[0].headers["x-word"] == "a"
    head, _, body = requests[0].partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"PUT /x?y=z HTTP/1.1"
    assert b"Host: " + url.removeprefix("http://").encode() in head
    assert b"Content-Length: 4" in head
    assert body == b"body"


def test_a_connection_that_was_closed_meanwhile_is_replaced() -> None:
    with server(OK) as (url, requests):
        connections = StorageConnections(url)
        assert [connections.send("GET", "/", {}, b"").body for _ in range(4)] == [b"ok"] * 4
    assert len(requests) == 4


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabcdefg",
        b"HTTP/1.1 200\r\ncontent-length:7\r\nConnection: close\r\n\r\nabcdefg",
    ],
)
def test_every_way_to_send_a_body_is_understood(answer: bytes) -> None:
    with server([answer, answer]) as (url, _):
        connections = StorageConnections(url)
        assert [connections.send("GET", "/", {}, b"").body for _ in range(2)] == [b"abcdefg"] * 2


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1",
        b"HTTP/1.0 200 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nbody",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000,
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"a%d: b\r\n" % n for n in range(1000)) + b"\r\n",
        b"x" * 200_000,
    ],
)
def test_what_is_no_answer_is_an_error(answer: bytes) -> None:
    with server(answer) as (url, _), pytest.raises((OSError, ValueError)):
        StorageConnections(url).send("GET", "/", {}, b"")


def test_a_server_that_says_nothing_is_given_up_on() -> None:
    with server([b"", 10.0]) as (url, _):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            StorageConnections(url).send("GET", "/", {}, b"")
        assert time.monotonic() - began < 3


class Hello(BaseHTTPRequestHandler):
    """Says hello."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_url(authority: trustme.CA) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with ThreadingHTTPServer(("127.0.0.1", 0), Hello) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"https://localhost:{running.server_address[1]}"
        running.shutdown()


def test_tls_is_verified(
    tls_url: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    assert StorageConnections(tls_url).send("GET", "/", {}, b"").body == b"hello"
    with pytest.raises(ssl.SSLCertVerificationError):
        StorageConnections(tls_url.replace("localhost", "127.0.0.1")).send("GET", "/", {}, b"")
    trusted.write_bytes(trustme.CA().cert_pem.bytes())
    with pytest.raises(ssl.SSLCertVerificationError):
        StorageConnections(tls_url).send("GET", "/", {}, b"")


def test_a_time_out_on_a_kept_connection_is_not_tried_again() -> None:
    with server([OK, b"", 10.0], OK) as (url, requests):
        connections = StorageConnections(url)
        assert connections.send("GET", "/", {}, b"").status == 200
        with pytest.raises(TimeoutError):
            connections.send("GET", "/", {}, b"")
        assert len(requests) == 2
