"""Asking Graph: batches, throttling, failures, access tokens, and what leaves us on the way."""

from __future__ import annotations

import gzip
import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import requests
import urllib3

from shared.adapters.directories.graph import GraphDirectory
from shared.adapters.directories.http import Session, parse_retry_after
from shared.audience.directory import Cursor, Page
from shared.errors import (
    AccessRefused,
    Cancelled,
    DirectoryDown,
    ServiceAccountError,
    Throttled,
    UnreadableAnswer,
)
from tests.support.access_tokens import Tokens
from tests.support.fake_graph import (
    EXPIRED,
    JSON,
    MISSING,
    NONSENSE,
    REFUSED,
    THROTTLED,
    FakeGraph,
    QuickPatience,
    Reply,
    a_list,
    cursors,
    directory_on,
    members,
    read_one,
    response_to,
    user,
)


@pytest.fixture
def graph() -> FakeGraph:
    return FakeGraph()


@pytest.fixture
def directory(graph: FakeGraph) -> GraphDirectory:
    return directory_on(graph)


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()


# -- batches


def test_twenty_lists_are_read_with_one_request_and_answered_in_their_order(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    for number in range(20):
        graph.on(f"/groups/list{number:02}/", members(user(mail=f"{number}@x.com")))
    graph.shuffle = lambda answers: answers[::-1]
    assert directory.read(cursors(20), patience) == [Page([f"{number}@x.com"]) for number in range(20)]
    assert directory.requests_sent == len(graph.sent) == 1


@pytest.mark.parametrize(
    "shuffle",
    [
        pytest.param(lambda answers: answers[1:], id="missing"),
        pytest.param(lambda answers: [answers[0], *answers], id="twice"),
        pytest.param(lambda answers: [{**answers[0], "body": "PGh0bWw+"}, *answers[1:]], id="not JSON"),
        pytest.param(lambda answers: [{"id": "0", "status": 200}, *answers[1:]], id="without body"),
        pytest.param(lambda answers: [{**answers[0], "id": "7"}, *answers[1:]], id="another id"),
    ],
)
def test_a_batch_answer_that_makes_no_sense_concerns_its_own_list(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, shuffle: Any
) -> None:
    graph.on("/groups/list01/", members(user(mail="b@x.com")))
    graph.shuffle = shuffle
    broken, whole = directory.read(cursors(2), patience)
    assert isinstance(broken, UnreadableAnswer)
    assert whole == Page(["b@x.com"])
    assert [path[:15] for path in graph.asked] == ["/groups/list00/", "/groups/list01/", "/groups/list00/"]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, NONSENSE, UnreadableAnswer),
        (403, REFUSED, AccessRefused),
        (404, MISSING, UnreadableAnswer),
    ],
)
def test_a_refused_batch_is_never_taken_for_a_deleted_list(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, status: int, body: Any, error: type
) -> None:
    graph.on("/$batch", Reply(status, body))
    assert [type(outcome) for outcome in directory.read(cursors(2), patience)] == [error, error]


def test_only_throttled_items_are_asked_again_after_the_longest_wait(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    graph.on(
        "/groups/list00/", Reply(429, THROTTLED, {"Retry-After": "2.128"}), members(user(mail="a@x.com"))
    )
    graph.on("/groups/list01/", members(user(mail="b@x.com")))
    graph.on("/groups/list02/", Reply(429, THROTTLED, {"retry-after": "7"}), members(user(mail="c@x.com")))
    pages = directory.read(cursors(3), patience)
    assert pages == [Page(["a@x.com"]), Page(["b@x.com"]), Page(["c@x.com"])]
    assert patience.waits == [7.0]
    assert [path[:14] for path in graph.asked[3:]] == ["/groups/list00", "/groups/list02"]


def test_what_throttling_makes_final_leaves_the_other_pages_alone(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    graph.on("/groups/list00/", Reply(429, THROTTLED, {"Retry-After": "31"}))
    graph.on("/groups/list01/", members(user(mail="b@x.com")))
    graph.on("/groups/list02/", Reply(503, {}))
    throttled, page, down = directory.read(cursors(3), patience)
    assert isinstance(throttled, Throttled)
    assert throttled.retry_after == 31
    assert page == Page(["b@x.com"])
    assert isinstance(down, DirectoryDown)
    assert len(graph.sent) == 1


# -- waiting and trying again


@pytest.mark.parametrize(("status", "asked"), [(429, "2.128"), (503, "4"), (504, "1")])
def test_the_directory_decides_how_long_to_wait(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, status: int, asked: str
) -> None:
    graph.on("/groups/", Reply(status, b"", {"Retry-After": asked}), members(user(mail="a@x.com")))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    assert patience.waits == [float(asked)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10", 10.0),
        ("2.128", 2.128),
        ("0.0001", 0.1),
        ("999999999", 86_400.0),
        ("0", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("1e9", None),
        ("soon", None),
        ("", None),
        ("Sun, 06 Nov 1994 08:49:37 GMT", None),
        ("Sun, 99 Nov 1994 08:49:37 GMT", None),
    ],
)
def test_retry_after_is_a_number_or_nothing(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text) == seconds


def test_retry_after_may_be_a_date() -> None:
    seconds = parse_retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    assert seconds == pytest.approx(59.5, abs=1)


def test_without_retry_after_waits_grow_and_stay_within_patience(
    graph: FakeGraph, directory: GraphDirectory
) -> None:
    graph.on("/groups/", Reply(429, THROTTLED, {"Retry-After": "0"}))
    patience = QuickPatience(limit=30)
    (outcome,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(outcome, Throttled)
    assert all(wait <= 0.5 * 2**tries for tries, wait in enumerate(patience.waits))
    assert 0 < sum(patience.waits) <= 30
    assert len(graph.sent) == len(patience.waits) + 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, b""),
        Reply(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}),
        Reply(503, THROTTLED),
        Reply(504, b""),
        Reply(error=requests.ConnectionError("refused")),
        Reply(error=requests.ReadTimeout("slow")),
        Reply(error=urllib3.exceptions.ProtocolError("broken")),
    ],
)
def test_a_failing_directory_is_asked_four_times(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, reply: Reply
) -> None:
    graph.on("/groups/", reply)
    assert [type(outcome) for outcome in directory.read([Cursor(a_list())], patience)] == [DirectoryDown]
    assert len(graph.sent) == directory.requests_sent == 4
    assert len(patience.waits) == 3


def test_a_directory_that_fails_once_is_forgiven(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    graph.on("/$batch", Reply(error=requests.ConnectionError("reset")), Reply(503, b""), Reply(429, b""))
    graph.on("/groups/", members(user(mail="a@x.com")))
    assert directory.read(cursors(2), patience) == [Page(["a@x.com"])] * 2


def test_a_directory_that_fails_without_a_wish_is_down_rather_than_busy(
    graph: FakeGraph, directory: GraphDirectory
) -> None:
    graph.on("/groups/", Reply(503, b""))
    outcomes = directory.read([Cursor(a_list())], QuickPatience(limit=0))
    assert [type(outcome) for outcome in outcomes] == [DirectoryDown]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"<html>Sign in to the hotel's network</html>", headers={"Content-Type": "text/html"}),
        Reply(headers={"Content-Type": "text/html"}),
        Reply(body=b""),
        Reply(body=b'{"value": [{"id": "u", "mail'),
        Reply(body={"valeu": []}),
        Reply(body={"value": None}),
        Reply(body={"value": [{"mail": "a@x.com"}]}),
        Reply(body={"value": [{"id": "u", "mail": 5}]}),
        Reply(body={"value": [user(proxyAddresses="SMTP:a@x.com")]}),
        Reply(body=b'{"value": [{"id": "\xff"}]}'),
        Reply(body=b'{"more": ' + b"[" * 100_000),
        Reply(body=b"not gzip", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_an_answer_without_sense_is_asked_for_once_more(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, reply: Reply
) -> None:
    graph.on("/groups/", reply, members(user(mail="a@x.com")))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    assert len(graph.sent) == 2


def test_garbage_twice_is_unreadable(graph: FakeGraph) -> None:
    assert isinstance(read_one(graph, Reply(body=b"<html>")), UnreadableAnswer)
    assert len(graph.sent) == 2


@pytest.mark.parametrize("location", ["https://evil.example/", "https://[broken", "/v1.0/groups"])
def test_a_redirect_is_not_followed(graph: FakeGraph, location: str) -> None:
    assert isinstance(read_one(graph, Reply(302, b"", {"Location": location})), UnreadableAnswer)
    assert len(graph.sent) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_beyond_patience_is_told_and_not_waited(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience, status: int
) -> None:
    graph.on("/groups/", Reply(status, b"", {"Retry-After": "120"}))
    (outcome,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(outcome, Throttled)
    assert outcome.retry_after == 120
    assert (patience.waits, len(graph.sent)) == ([], 1)


def test_past_the_deadline_what_was_answered_stays_answered(
    graph: FakeGraph, directory: GraphDirectory
) -> None:
    graph.on("/groups/list00/", Reply(429, THROTTLED, {"Retry-After": "10"}))
    graph.on("/groups/list01/", members(user(mail="b@x.com")))
    late, page = directory.read(cursors(2), QuickPatience(deadline=10))
    assert isinstance(late, DirectoryDown)
    assert page == Page(["b@x.com"])


def test_no_request_waits_longer_than_the_expansion_may_take(
    graph: FakeGraph, directory: GraphDirectory
) -> None:
    directory.read([Cursor(a_list())], QuickPatience(deadline=5))
    directory.read([Cursor(a_list())], QuickPatience(deadline=500))
    assert graph.timeouts == [5, 20]


def test_a_cancelled_expansion_asks_nothing(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    patience.stop()
    with pytest.raises(Cancelled):
        directory.read(cursors(2), patience)
    assert not graph.sent


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
