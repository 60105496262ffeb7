"""Asking Graph: batches, throttling, failures, access tokens, and what leaves us on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
import urllib3

from shared.adapters.directories.graph import GraphDirectory
from shared.audience.directory import Cursor, Page
from shared.errors import (
    AccessRefused,
    Cancelled,
    DirectoryDown,
    Throttled,
    UnreadableAnswer,
)
from shared.waits import parse_retry_after
from tests.support.fake_graph import (
    MISSING,
    NONSENSE,
    REFUSED,
    THROTTLED,
    FakeGraph,
    QuickPatience,
    Reply,
    a_list,
    cursors,
    members,
    read_one,
    user,
)

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
