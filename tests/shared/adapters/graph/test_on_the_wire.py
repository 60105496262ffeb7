"""What leaves us on the way to Graph, what is logged of it, and what a real connection does."""

from __future__ import annotations

import gzip
import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import requests

from shared.adapters.directories.graph import GraphDirectory
from shared.adapters.directories.http import Session
from shared.audience.directory import Cursor, Page
from shared.errors import (
    DirectoryDown,
    ServiceAccountError,
    UnreadableAnswer,
)
from tests.support.access_tokens import Tokens
from tests.support.fake_graph import (
    EXPIRED,
    JSON,
    THROTTLED,
    FakeGraph,
    QuickPatience,
    Reply,
    a_list,
    cursors,
    directory_on,
    members,
    response_to,
    user,
)

# -- the access token


@pytest.mark.parametrize("count", [1, 2])
def test_a_refused_token_is_renewed_once(graph: FakeGraph, patience: QuickPatience, count: int) -> None:
    tokens = Tokens()
    graph.good_tokens = {"new"}
    assert directory_on(graph, tokens).read(cursors(count), patience) == [Page()] * count
    assert [request.headers["Authorization"] for request in graph.sent] == ["Bearer old", "Bearer new"]
    assert tokens.renewed == 1


def test_a_token_refused_inside_a_batch_is_renewed_for_those_items(
    graph: FakeGraph, patience: QuickPatience
) -> None:
    tokens = Tokens()
    graph.on("/groups/list01/", Reply(401, EXPIRED), members(user(mail="b@x.com")))
    assert directory_on(graph, tokens).read(cursors(2), patience) == [Page(), Page(["b@x.com"])]
    assert (tokens.renewed, len(graph.asked)) == (1, 3)


@pytest.mark.parametrize("count", [1, 2])
def test_a_new_token_that_is_refused_too_needs_an_administrator(
    graph: FakeGraph, patience: QuickPatience, count: int
) -> None:
    graph.good_tokens = set()
    tokens = Tokens()
    with pytest.raises(ServiceAccountError) as caught:
        directory_on(graph, tokens).read(cursors(count), patience)
    assert (caught.value.reason, caught.value.needs_sign_in) == ("token_refused", True)
    assert (tokens.renewed, len(graph.sent)) == (1, 2)


def test_what_the_service_account_says_passes_through(graph: FakeGraph, patience: QuickPatience) -> None:
    def access_token(refused: str) -> str:
        if refused:
            raise ServiceAccountError("disabled", needs_sign_in=True)
        return "old"

    graph.good_tokens = set()
    with pytest.raises(ServiceAccountError) as caught:
        directory_on(graph, access_token).find(["a@x.com"], patience)
    assert caught.value.reason == "disabled"


def test_readers_refused_together_renew_the_token_once(graph: FakeGraph, patience: QuickPatience) -> None:
    tokens = Tokens()
    together = threading.Barrier(4, timeout=10)
    graph.good_tokens = {"new"}
    inner = graph.send

    def send(request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        if request.headers["Authorization"] == "Bearer old":
            together.wait()
        return inner(request, **kwargs)

    graph.send = send  # type: ignore[method-assign]
    directory = directory_on(graph, tokens)
    with ThreadPoolExecutor(4) as readers:
        answers = list(readers.map(lambda cursor: directory.read([cursor], patience), cursors(4)))
    assert answers == [[Page()]] * 4
    assert tokens.renewed == 1
    assert directory.requests_sent == 8


# -- what leaves us, and what is logged


def test_every_request_has_an_id_of_its_own(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    graph.on("/groups/", Reply(503, b""), members())
    directory.read([Cursor(a_list())], patience)
    ids = [request.headers["client-request-id"] for request in graph.sent]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id) for id in ids)


def test_a_netrc_file_does_not_replace_the_access_token(
    graph: FakeGraph,
    directory: GraphDirectory,
    patience: QuickPatience,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine graph.microsoft.com login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    directory.read([Cursor(a_list())], patience)
    assert graph.sent[0].headers["Authorization"] == "Bearer token"


def test_the_log_tells_what_support_asks_for_and_nobody_s_address(
    graph: FakeGraph, patience: QuickPatience, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    graph.on("/groups?", Reply(429, THROTTLED, {"Retry-After": "3"}), members())
    graph.on("/users", Reply(403, {"error": {"code": "evil\n2026 ERROR forged", "message": "jane@x.com"}}))
    graph.on("/groups/", Reply(error=requests.ConnectionError("https://x/groups/secret-id/members")))
    directory = directory_on(graph, lambda refused: "secret-token")
    directory.find(["jane@x.com"], patience)
    directory.read([Cursor(a_list("secret-id"))], patience)
    for secret in ("jane", "secret-id", "secret-token", "$filter", "forged"):
        assert secret not in caplog.text
    for told in ("429 TooManyRequests", "403 -", "ConnectionError", "waiting 3.0 s"):
        assert told in caplog.text


class Endless:
    """A body that never ends, counting what was taken of it."""

    closed = False
    given = 0

    def read1(self, size: int) -> bytes:
        self.given += size
        return b" " * size

    read = read1

    def close(self) -> None:
        self.closed = True


def test_an_endless_answer_is_refused(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    bodies: list[Endless] = []

    def send(request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        bodies.append(Endless())
        return response_to(request, bodies[-1], {"Content-Type": JSON})

    graph.send = send  # type: ignore[method-assign]
    assert [type(page) for page in directory.read([Cursor(a_list())], patience)] == [UnreadableAnswer]
    assert [body.given < 70 * 2**20 and body.closed for body in bodies] == [True, True]


# -- over a real connection


class LoopbackGraph(BaseHTTPRequestHandler):
    """Answers one page: gzip in chunks, with a cookie; or, asked for `slow`, a byte every so often."""

    protocol_version = "HTTP/1.1"
    connections: ClassVar[set[Any]] = set()
    cookies: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.connections.add(self.client_address)
        self.cookies.append(self.headers.get("Cookie"))
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.send_header("Set-Cookie", "session=1; Path=/")
        self.send_header("Transfer-Encoding", "chunked")
        if "slow" in self.path:
            self.end_headers()
            self.trickle()
        else:
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            page = {"value": [user(str(number), f"{number}@x.com") for number in range(999)]}
            content = gzip.compress(json.dumps(page).encode())
            for start in range(0, len(content), 1000):
                self.chunk(content[start : start + 1000])
            self.chunk(b"")

    def trickle(self) -> None:
        self.close_connection = True
        try:
            for _ in range(100):
                self.chunk(b" ")
                time.sleep(0.05)
        except OSError:  # they hung up, as they should
            pass

    def chunk(self, content: bytes) -> None:
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def loopback() -> Iterator[GraphDirectory]:
    LoopbackGraph.connections.clear()
    LoopbackGraph.cookies.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), LoopbackGraph)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    with Session(connections=4) as session:
        url = f"http://127.0.0.1:{server.server_port}/v1.0"
        yield GraphDirectory(url, lambda refused: "token", timeout=0.4, connections=4, session=session)
    server.shutdown()
    server.server_close()
    thread.join()


def test_connections_are_kept_and_cookies_are_not(loopback: GraphDirectory, patience: QuickPatience) -> None:
    for _ in range(3):
        (page,) = loopback.read([Cursor(a_list())], patience)
        assert isinstance(page, Page)
        assert len(page.addresses) == 999
    assert len(LoopbackGraph.connections) == 1
    assert LoopbackGraph.cookies == [None, None, None]


def test_an_answer_that_trickles_in_does_not_hold_us_up(
    loopback: GraphDirectory, patience: QuickPatience
) -> None:
    started = time.monotonic()
    assert [type(page) for page in loopback.read([Cursor(a_list("slow"))], patience)] == [DirectoryDown]
    assert time.monotonic() - started < 4
