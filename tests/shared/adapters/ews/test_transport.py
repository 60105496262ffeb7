"""Asking Exchange Web Services: what goes wrong on the way, and what exchangelib would make of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.audience.directory import Page
from shared.errors import (
    DirectoryClosed,
    EwsBlocked,
    ServiceAccountError,
    Throttled,
    UnreadableAnswer,
)
from tests.support.access_tokens import Tokens
from tests.support.fake_ews import (
    Asked,
    FakeEws,
    Reply,
    directory_on,
    error,
    fault,
    mailbox,
    members,
    read,
    read_one,
)
from tests.support.fake_graph import QuickPatience

SOAP_IN_ERROR = "<?xml version='1.0'?><no-soap/>"


# -- the access token


def only(*good: str) -> Callable[[Asked], Reply | None]:
    """Refuses every access token but `good`."""
    return lambda asked: (
        None if asked.headers["Authorization"].removeprefix("Bearer ") in good else Reply(401)
    )


@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}, {"X-CasErrorCode": "CAS error: no"}])
def test_an_expired_token_is_renewed_once(
    ews: FakeEws, patience: QuickPatience, headers: dict[str, str]
) -> None:
    access_token = Tokens()
    ews.judge = lambda asked: Reply(401, headers=headers) if only("new")(asked) else None
    ews.on("ExpandDL", members(mailbox()))
    assert read(directory_on(ews, access_token), patience) == Page(["a@x.com"])
    assert [asked.headers["Authorization"] for asked in ews.asked] == ["Bearer old", "Bearer new"]
    assert (access_token.renewed, patience.waits) == (1, [])


def test_a_new_token_that_is_refused_too_needs_an_administrator(
    ews: FakeEws, patience: QuickPatience
) -> None:
    ews.judge = only()
    with pytest.raises(ServiceAccountError) as caught:
        read(directory_on(ews, Tokens()), patience)
    assert (caught.value.reason, caught.value.needs_sign_in) == ("token_refused", True)
    assert len(ews.asked) == 2


def test_a_token_that_cannot_be_had_costs_no_connection(ews: FakeEws, patience: QuickPatience) -> None:
    outcomes: list[str | Exception] = [
        ServiceAccountError("disabled"),
        ServiceAccountError("disabled"),
        "token",
    ]

    def access_token(refused: str) -> str:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    ews.on("ExpandDL", members(mailbox()))
    directory = directory_on(ews, access_token, connections=1)
    for _ in range(2):
        with pytest.raises(ServiceAccountError):
            read(directory, patience)
    assert read(directory, patience) == Page(["a@x.com"])


def test_a_renewal_that_fails_costs_no_connection(ews: FakeEws, patience: QuickPatience) -> None:
    def access_token(refused: str) -> str:
        if refused:
            raise ServiceAccountError("disabled")
        return "old"

    ews.judge = only("new")
    directory = directory_on(ews, access_token, connections=1)
    for _ in range(3):
        with pytest.raises(ServiceAccountError):
            read(directory, patience)
    assert len(ews.asked) == 3


def test_an_account_that_cannot_be_had_costs_no_connection(ews: FakeEws, patience: QuickPatience) -> None:
    def account() -> str:
        raise ServiceAccountError("no_account")

    directory = directory_on(ews, account=account, connections=1)
    for _ in range(2):
        with pytest.raises(ServiceAccountError):
            read(directory, patience)


def test_every_request_carries_the_token_of_its_moment(ews: FakeEws, patience: QuickPatience) -> None:
    """exchangelib's sessions keep the token they were made with, and one that is in use while the token
    changes goes back to the pool with the old one."""
    access_token, both, one = Tokens(), threading.Barrier(2, timeout=10), threading.Lock()

    def judge(asked: Asked) -> Reply | None:
        with one:
            count = len(ews.asked)
        if count <= 2:  # both of the first two are under way while the token changes
            both.wait()
            access_token("old")
        return None

    ews.judge = judge
    ews.on("ExpandDL", members(mailbox()))
    directory = directory_on(ews, access_token, connections=2)
    with ThreadPoolExecutor(2) as readers:
        list(readers.map(lambda _: read(directory, patience), range(2)))
        ews.judge = lambda asked: None
        list(readers.map(lambda _: read(directory, patience), range(6)))
    used = [asked.headers["Authorization"] for asked in ews.asked]
    assert used == ["Bearer old"] * 2 + ["Bearer new"] * 6


def test_a_netrc_file_does_not_replace_the_access_token(
    ews: FakeEws, patience: QuickPatience, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    ews.on("ExpandDL", members(mailbox()))
    read(directory_on(ews), patience)
    assert ews.asked[0].headers["Authorization"] == "Bearer token"


# -- statuses


@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}, {"X-CasErrorCode": "CAS error: no"}])
@pytest.mark.parametrize("body", ["", "<html>Forbidden</html>", SOAP_IN_ERROR])
def test_403_means_that_ews_is_not_allowed_here(ews: FakeEws, headers: dict[str, str], body: str) -> None:
    outcome = read_one(ews, Reply(403, body, headers))
    assert isinstance(outcome, EwsBlocked)
    assert (outcome.code, outcome.reason) == ("ews_blocked", "not_allowed")
    for word in ("EwsEnabled", "EwsAllowedAppIDs", "1 April 2027"):
        assert word in outcome.remedy
    assert len(ews.asked) == 1


def test_404_means_that_the_address_is_wrong(ews: FakeEws) -> None:
    outcome = read_one(ews, Reply(404, "", {"Connection": "close"}))
    assert isinstance(outcome, DirectoryClosed)
    assert "ROLLCALL_EWS_URL" in outcome.remedy


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("location", ["", "/elsewhere", "https://evil.example/", "https://[broken"])
def test_a_redirect_is_not_followed(ews: FakeEws, status: int, location: str) -> None:
    headers = {"Location": location} if location else {}
    assert isinstance(read_one(ews, Reply(status, "", headers)), UnreadableAnswer)
    assert len(ews.asked) == 1


def test_what_exchange_calls_a_redirect_when_it_is_ill_is_not_followed(ews: FakeEws) -> None:
    location = "/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx"
    assert isinstance(read_one(ews, Reply(302, "", {"Location": location})), UnreadableAnswer)


# -- throttling


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (Reply(429, "", {"Retry-After": "2.5"}), 2.5),
        (Reply(429, "", {"Retry-After": "7", "Connection": "close"}), 7),
        (Reply(503, "", {"Retry-After": "4"}), 4),
        (Reply(503, "<html>", {"Retry-After": "4", "Connection": "close"}), 4),
        (fault("ErrorServerBusy", BackOffMilliseconds="9500"), 9.5),
        (fault("ErrorServerBusy", 200, BackOffMilliseconds="9500"), 9.5),
        (error("ErrorServerBusy", BackOffMilliseconds="9500"), 9.5),
        (
            error(
                "ErrorInternalServerError",
                InnerErrorMessageText="Busy",
                InnerErrorResponseCode="ErrorServerBusy",
                BackOffMilliseconds="9500",
            ),
            9.5,
        ),
    ],
)
def test_exchange_decides_how_long_to_wait(
    ews: FakeEws, patience: QuickPatience, reply: Reply, seconds: float
) -> None:
    ews.on("ExpandDL", reply, members(mailbox()))
    assert read(directory_on(ews), patience) == Page(["a@x.com"])
    assert patience.waits == [seconds]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(429),
        fault("ErrorServerBusy"),
        error("ErrorServerBusy"),
        error("ErrorServerBusy", BackOffMilliseconds="0"),
    ],
)
def test_without_a_wish_we_guess(ews: FakeEws, patience: QuickPatience, reply: Reply) -> None:
    ews.on("ExpandDL", reply, members(mailbox()))
    assert read(directory_on(ews), patience) == Page(["a@x.com"])
    assert 0 < patience.waits[0] <= 0.5


@pytest.mark.parametrize(
    "reply",
    [
        fault("ErrorServerBusy", BackOffMilliseconds="297749"),
        error("ErrorServerBusy", BackOffMilliseconds="297749"),
        Reply(429, "", {"Retry-After": "297.7"}),
        Reply(503, "", {"Retry-After": "297.7"}),
    ],
)
def test_a_wait_that_is_longer_than_we_may_is_not_begun(ews: FakeEws, reply: Reply) -> None:
    began = time.monotonic()
    outcome = read_one(ews, reply)
    assert isinstance(outcome, Throttled)
    assert outcome.retry_after == pytest.approx(297.7, abs=0.1)
    assert len(ews.asked) == 1
    assert time.monotonic() - began < 5


def test_while_exchange_is_busy_no_connection_is_lost(ews: FakeEws) -> None:
    """exchangelib takes one out of its pool at each of these, and can wait for itself there."""
    ews.judge = lambda asked: (
        fault("ErrorServerBusy", BackOffMilliseconds="1000") if ews.asked.index(asked) % 2 else None
    )
    ews.on("ExpandDL", members(mailbox()))
    directory = directory_on(ews, connections=3)
    with ThreadPoolExecutor(6) as readers:
        answers = list(readers.map(lambda _: read(directory, QuickPatience(limit=1000)), range(30)))
    assert {type(outcome) for outcome in answers} <= {Page, Throttled}
    assert directory.requests_sent == len(ews.asked)
