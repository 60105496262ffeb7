"""Asking the Admin API: throttling, failures, access tokens, what is logged; and against the sandbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, Page
from shared.errors import (
    Cancelled,
    DirectoryDown,
    ServiceAccountError,
    Throttled,
)
from tests.support.access_tokens import Tokens
from tests.support.fake_exchange import (
    MISSING,
    STATIC,
    FakeExchange,
    Reply,
    a_list,
    directory_on,
    member,
    members,
    refused,
)
from tests.support.fake_graph import QuickPatience

# -- waiting and trying again


def in_seconds(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "8"},
        {"Retry-After": "8.000"},
        {"Retry-After": "8", "Rate-Limit-Reset": "4000"},
        {"Retry-After": format_datetime(in_seconds(8.5), usegmt=True)},
        {"Rate-Limit-Remaining": "0", "Rate-Limit-Reset": "8"},
        {"Rate-Limit-Reset": str(in_seconds(8).timestamp())[:13]},
        {"Rate-Limit-Reset": in_seconds(8).isoformat()},
        {"Rate-Limit-Reset": in_seconds(8).isoformat().replace("+00:00", "Z")},
        {"Rate-Limit-Reset": in_seconds(8).replace(tzinfo=None).isoformat()},
    ],
)
def test_the_directory_decides_how_long_to_wait(
    exchange: FakeExchange, directory: ExchangeDirectory, headers: dict[str, str]
) -> None:
    # The dates above were made when the tests were collected.
    patience = QuickPatience()
    exchange.on(STATIC, Reply(429, b"", headers), members(member()))
    began = datetime.now(UTC)
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    late = (began - COLLECTED_AT).total_seconds()
    assert patience.waits == [pytest.approx(8, abs=late + 1.5)]


COLLECTED_AT = datetime.now(UTC)


@pytest.mark.parametrize("reset", ["", "soon", "0", "-5", "2020-01-01T00:00:00Z", "1600000000"])
def test_without_a_wish_that_makes_sense_we_guess(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, reset: str
) -> None:
    exchange.on(STATIC, Reply(429, b"", {"Rate-Limit-Reset": reset}), members(member()))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    assert 0 <= patience.waits[0] <= 0.5


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_is_longer_than_we_may_is_not_begun(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, status: int
) -> None:
    exchange.on(STATIC, Reply(status, b"", {"Retry-After": "300"}))
    (outcome,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(outcome, Throttled)
    assert outcome.retry_after == 300
    assert len(exchange.sent) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, b""),
        Reply(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}),
        Reply(503, b"\0"),
        Reply(504, {"error": {"code": "GatewayTimeout", "details": None, "innererror": None}}),
        Reply(error=requests.ConnectionError("refused")),
        Reply(error=requests.ReadTimeout("slow")),
        Reply(error=urllib3.exceptions.ProtocolError("broken")),
    ],
)
def test_a_failing_directory_is_asked_four_times(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, reply: Reply
) -> None:
    exchange.on(STATIC, reply)
    assert [type(outcome) for outcome in directory.read([Cursor(a_list())], patience)] == [DirectoryDown]
    assert len(exchange.sent) == directory.requests_sent == 4
    assert len(patience.waits) == 3


def test_a_directory_that_fails_once_is_forgiven(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, Reply(error=requests.ConnectionError("reset")), Reply(503, b""), members(member()))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]


def test_a_directory_that_fails_without_a_wish_is_down_rather_than_busy(
    exchange: FakeExchange, directory: ExchangeDirectory
) -> None:
    exchange.on(STATIC, Reply(503, b""))
    outcomes = directory.read([Cursor(a_list())], QuickPatience(limit=0))
    assert [type(outcome) for outcome in outcomes] == [DirectoryDown]


def test_a_redirect_is_not_followed(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, Reply(307, b"", {"Location": "https://evil.example/"}))
    directory.read([Cursor(a_list())], patience)
    assert len(exchange.sent) == 1


def test_no_request_waits_longer_than_the_expansion_may_take(
    exchange: FakeExchange, directory: ExchangeDirectory
) -> None:
    directory.read([Cursor(a_list())], QuickPatience(deadline=5))
    exchange.on(STATIC, members())
    directory.read([Cursor(a_list())], QuickPatience(deadline=500))
    assert exchange.timeouts == [5, 5, 20]


def test_past_the_deadline_nothing_is_asked(exchange: FakeExchange, directory: ExchangeDirectory) -> None:
    patience = QuickPatience(deadline=5)
    patience.now = 5
    assert [type(page) for page in directory.read([Cursor(a_list())], patience)] == [DirectoryDown]
    assert not exchange.sent


def test_a_cancelled_expansion_asks_nothing(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    patience.stop()
    with pytest.raises(Cancelled):
        directory.read([Cursor(a_list())], patience)
    assert not exchange.sent


# -- the access token


def test_a_refused_token_is_renewed_once(exchange: FakeExchange, patience: QuickPatience) -> None:
    access_token = Tokens()
    exchange.good_tokens = {"new"}
    exchange.on(STATIC, members())
    assert directory_on(exchange, access_token).read([Cursor(a_list())], patience) == [Page()]
    assert [request.headers["Authorization"] for request in exchange.sent] == ["Bearer old", "Bearer new"]
    assert access_token.renewed == 1


def test_a_new_token_that_is_refused_too_needs_an_administrator(
    exchange: FakeExchange, patience: QuickPatience
) -> None:
    exchange.good_tokens = set()
    with pytest.raises(ServiceAccountError) as caught:
        directory_on(exchange, Tokens()).find(["a@x.com"], patience)
    assert (caught.value.reason, caught.value.needs_sign_in) == ("token_refused", True)
    assert len(exchange.sent) == 2


def raising(refused: Any = None) -> str:
    raise ServiceAccountError("disabled", needs_sign_in=True)


@pytest.mark.parametrize(("access_token", "account"), [(raising, str), (str, raising)])
def test_what_the_service_account_says_passes_through(
    exchange: FakeExchange,
    patience: QuickPatience,
    access_token: Callable[[str], str],
    account: Callable[[], str],
) -> None:
    with pytest.raises(ServiceAccountError, match="cannot be used"):
        directory_on(exchange, access_token, account).read([Cursor(a_list())], patience)
    assert not exchange.sent


def test_readers_refused_together_renew_the_token_once(
    exchange: FakeExchange, patience: QuickPatience
) -> None:
    access_token, together = Tokens(), threading.Barrier(4, timeout=10)
    exchange.good_tokens = {"new"}
    exchange.on(STATIC, members())
    inner = exchange.send

    def send(request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        if request.headers["Authorization"] == "Bearer old":
            together.wait()
        return inner(request, **kwargs)

    exchange.send = send  # type: ignore[method-assign]
    directory = directory_on(exchange, access_token)
    with ThreadPoolExecutor(4) as readers:
        answers = list(readers.map(lambda _: directory.read([Cursor(a_list())], patience), range(4)))
    assert answers == [[Page()]] * 4
    assert (access_token.renewed, directory.requests_sent) == (1, 8)


def test_a_netrc_file_does_not_replace_the_access_token(
    exchange: FakeExchange,
    directory: ExchangeDirectory,
    patience: QuickPatience,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine outlook.office365.com login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    directory.read([Cursor(a_list())], patience)
    assert exchange.sent[0].headers["Authorization"] == "Bearer token"


def test_the_log_tells_what_support_asks_for_and_nobody_s_address(
    exchange: FakeExchange, patience: QuickPatience, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    exchange.on(
        STATIC,
        Reply(429, b"", {"Retry-After": "3", "request-id": "0f-11"}),
        Reply(error=requests.ConnectionError("https://x/jane@x.com")),
        Reply(401, b"", {"request-id": "evil\tforged"}),
        refused("Some.Kind of secret", "jane@x.com is secret"),
        refused("System.ArgumentException", "jane@x.com is secret"),
        MISSING,
    )
    directory = directory_on(exchange, lambda refused: "secret-token")
    for _ in range(2):
        directory.read([Cursor(a_list(address="jane@x.com"))], patience)
    for secret in ("jane", "secret", "rollcall@contoso.com", "forged"):
        assert secret not in caplog.text
    directory.find(["nobody@x.com"], patience)  # that nobody is there is an answer like any other
    assert "NotFound" not in caplog.text
    for told in ("429 -, request-id 0f-11", "ConnectionError", "waiting 3.0 s", "400 ArgumentException"):
        assert told in caplog.text
