"""The local host on the wire, as the real host (4.1037, with Kestrel) was seen to answer.

Not seen, but taken from the same rules: HTTP/1.0 with a Host, exactly 100 headers, a body that is too large
for a path that is not there, a header of 60 KB, a request line that is too long, and a second slash before
the last segment.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import azure.functions as func
import pytest

from sandbox.host import host

LIMIT = 100  # bytes of a body
HOST_JSON = {"extensions": {"http": {"routePrefix": ""}}}


def sample_app() -> func.FunctionApp:
    app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

    @app.route("o/{token}", methods=["GET", "HEAD"])
    def opened(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(f"opened {req.route_params['token']}")

    @app.route("body", methods=["GET", "POST"])
    def body(req: func.HttpRequest) -> func.HttpResponse:
        lengths = f"{req.headers.get('content-length')} {req.headers.get('transfer-encoding')}"
        return func.HttpResponse(f"{len(req.get_body())} {lengths}")

    @app.route("addin/{*file}", methods=["GET"])
    def addin(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(f"file {req.route_params.get('file')}", status_code=404)

    @app.route("cookie", methods=["GET"])
    def cookie(req: func.HttpRequest) -> func.HttpResponse:
        written = "proof=1; Path=/here; Max-Age=600; HttpOnly; SameSite=Lax"
        return func.HttpResponse(headers={"Set-Cookie": written})

    return app


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", str(LIMIT))
        with host.serve(sample_app(), host_json=HOST_JSON) as running:
            yield running.origin


def say(origin: str, sent: bytes) -> tuple[int, bytes, bytes]:
    """Status, head and body of the answer to these very bytes; the connection is then closed."""
    place = urlsplit(origin)
    assert place.port
    with socket.create_connection(("127.0.0.1", place.port), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(1 << 16):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), head, body


def request(line: str, *headers: str, body: bytes = b"") -> bytes:
    """A request's bytes; what is in `headers` as Latin-1."""
    return "\r\n".join([line, *headers, "", ""]).encode("latin-1") + body


HERE = "Host: localhost"
TABLE = {
    "an ordinary request": (request("GET /o/t HTTP/1.1", HERE), 200),
    "a body over the limit": (
        request("POST /body HTTP/1.1", HERE, "Content-Length: 101", body=b"x" * 101),
        500,
    ),
    "a body over the limit on a GET": (
        request("GET /o/t HTTP/1.1", HERE, "Content-Length: 101", body=b"x" * 101),
        500,
    ),
    "a body over the limit where nothing is": (
        request("POST /x HTTP/1.1", HERE, "Content-Length: 101", body=b"x" * 101),
        404,
    ),
    "an upload that breaks off": (
        request("POST /body HTTP/1.1", HERE, "Content-Length: 50", body=b"x"),
        500,
    ),
    "a User-Agent that is not UTF-8": (request("GET /o/t HTTP/1.1", HERE, "User-Agent: Caf\xe9"), 400),
    "a User-Agent that is UTF-8": (request("GET /o/t HTTP/1.1", HERE, "User-Agent: Caf\xc3\xa9"), 200),
    "a hundred headers": (request("GET /o/t HTTP/1.1", HERE, *["X-A: 1"] * 99), 200),
    "over a hundred headers": (request("GET /o/t HTTP/1.1", HERE, *["X-A: 1"] * 100), 431),
    "over 32 KiB of headers": (request("GET /o/t HTTP/1.1", HERE, *["X-A: " + "a" * 4000] * 9), 431),
    "a header over 32 KiB": (request("GET /o/t HTTP/1.1", HERE, "X-A: " + "a" * 60_000), 431),
    "a line over 8 KiB": (request("GET /o/" + "a" * 8192 + " HTTP/1.1", HERE), 414),
    "a # in the request line": (request("GET /o/t#there HTTP/1.1", HERE), 400),
    "a token with a space after it": (request("GET /o/t  HTTP/1.1", HERE), 200),
    "no Host": (request("GET /o/t HTTP/1.1"), 400),
    "two Hosts": (request("GET /o/t HTTP/1.1", HERE, HERE), 400),
    "HTTP/2.0": (request("GET /o/t HTTP/2.0", HERE), 505),
    "a folded header": (request("GET /o/t HTTP/1.1", HERE, "X-A: 1", " 2"), 400),
    "a space before the colon": (request("GET /o/t HTTP/1.1", HERE, "X-A : 1"), 400),
    "no version": (request("GET /o/t"), 400),
    "HTTP/1.0": (request("GET /o/t HTTP/1.0", HERE), 200),
    "HTTP/1.0 without Host": (request("GET /o/t HTTP/1.0"), 500),
    "an empty Host": (request("GET /o/t HTTP/1.1", "Host:"), 500),
    "a port that cannot be": (request("GET /o/t HTTP/1.1", "Host: localhost:99999"), 500),
    "an unknown method": (request("FOO /o/t HTTP/1.1", HERE), 404),
    "a method in lower case": (request("get /o/t HTTP/1.1", HERE), 200),
    "two slashes before a catch-all": (request("GET /addin//x HTTP/1.1", HERE), 404),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_the_real_host_answered_is_answered(origin: str, name: str) -> None:
    sent, status = TABLE[name]
    answered, head, body = say(origin, sent)
    assert answered == status, head
    assert b"\r\nServer: Kestrel" in head
    if status >= 400:
        assert body == b""
        assert b"\r\nContent-Length: 0" in head


def test_two_slashes_within_a_catch_all_reach_the_function(origin: str) -> None:
    _, _, body = say(origin, request("GET /addin/a//x HTTP/1.0", HERE))
    assert body == b"file a//x"


def test_of_content_length_and_chunks_the_chunks_are_believed(origin: str) -> None:
    both = ("Content-Length: 3", "Transfer-Encoding: chunked")
    sent = request("POST /body HTTP/1.1", HERE, *both, "Connection: close", body=b"2\r\nab\r\n0\r\n\r\n")
    status, _, body = say(origin, sent)
    assert status == 200
    assert b"0 None chunked" in body


def test_a_cookie_is_written_with_an_empty_domain_and_in_lower_case(origin: str) -> None:
    _, head, _ = say(origin, request("GET /cookie HTTP/1.1", HERE))
    line = b"Set-Cookie: proof=1; max-age=600; domain=; path=/here; samesite=lax; httponly"
    assert line.lower() in head.lower()


def test_a_connection_goes_on_after_bodies_that_nobody_read(origin: str) -> None:
    chunks = b"2\r\nab\r\n3;x=y\r\nabc\r\n0\r\nTrailer: 1\r\n\r\n"
    sent = request("POST /body HTTP/1.1", HERE, "Transfer-Encoding: chunked", body=chunks)
    sent += request("POST /nowhere HTTP/1.1", HERE, "Content-Length: 5", body=b"12345")
    sent += request("GET /o/last HTTP/1.1", HERE, "Connection: close")
    _, _, rest = say(origin, sent)
    assert rest.count(b"HTTP/1.1 404") == 1
    assert b"opened last" in rest


def test_a_client_that_asks_first_is_told_to_go_on(origin: str) -> None:
    head = request("POST /body HTTP/1.1", HERE, "Content-Length: 2", "Expect: 100-continue")
    status, _, rest = say(origin, head + b"ab")
    assert status == 100
    assert rest.startswith(b"HTTP/1.1 200")


def test_a_refused_request_ends_the_connection(origin: str) -> None:
    sent = request("GET /o/t HTTP/1.1") + request("GET /o/second HTTP/1.1", HERE)
    status, head, rest = say(origin, sent)
    assert (status, rest) == (400, b"")
    assert b"Connection: close" in head
