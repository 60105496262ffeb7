"""Exchange Web Services that fail: what is tried again, and for how long."""

from __future__ import annotations

import logging
import time

import pytest

from shared.audience.directory import Cursor, Page
from shared.errors import (
    Cancelled,
    DirectoryDown,
    ServiceAccountError,
)
from tests.support import fake_ews
from tests.support.fake_ews import (
    FakeEws,
    Reply,
    a_list,
    directory_on,
    error,
    fault,
    hits,
    mailbox,
    members,
    read,
)
from tests.support.fake_graph import QuickPatience

# -- failures


@pytest.mark.parametrize(
    "reply",
    [
        Reply(drop=True),
        Reply(500, "<html>Server Error in '/EWS' Application</html>"),
        Reply(500, ""),
        Reply(502, "", {"Connection": "close"}),
        Reply(503, "<html>"),
        fault("ErrorInternalServerTransientError"),
        error("ErrorInternalServerTransientError"),
        error("ErrorADUnavailable"),
        error("ErrorADOperation"),
        error("ErrorTimeoutExpired"),
        error("ErrorMailboxStoreUnavailable"),
        error("ErrorExceededConnectionCount"),
        error("ErrorTooManyObjectsOpened"),
        error("ErrorInternalServerError"),
    ],
)
def test_a_failing_exchange_is_asked_four_times(ews: FakeEws, patience: QuickPatience, reply: Reply) -> None:
    ews.on("ExpandDL", reply)
    directory = directory_on(ews)
    assert type(read(directory, patience)) is DirectoryDown
    assert len(ews.asked) == directory.requests_sent == 4
    assert len(patience.waits) == 3
    ews.on("ExpandDL", reply, members(mailbox()))
    assert read(directory, patience) == Page(["a@x.com"])


def test_a_failure_without_a_wish_is_no_throttling(ews: FakeEws) -> None:
    ews.on("ExpandDL", Reply(503))
    assert type(read(directory_on(ews), QuickPatience(limit=0))) is DirectoryDown


def test_an_answer_that_ends_early_is_not_taken_for_a_short_list(
    ews: FakeEws, patience: QuickPatience
) -> None:
    whole = members(mailbox(), mailbox("b@x.com"))
    ews.on("ExpandDL", Reply(200, whole.body, {"Content-Length": "99999", "Connection": "close"}))
    ews.judge = lambda asked: None
    assert type(read(directory_on(ews, timeout=0.2), patience)) is DirectoryDown


@pytest.mark.parametrize("reply", [Reply(pause=1.5), Reply(200, members(mailbox()).body, trickle=True)])
def test_an_exchange_that_hangs_does_not_hold_us_up(
    ews: FakeEws, patience: QuickPatience, reply: Reply
) -> None:
    ews.on("ExpandDL", reply)
    began = time.monotonic()
    assert type(read(directory_on(ews, timeout=0.15), patience)) is DirectoryDown
    assert time.monotonic() - began < 3


def test_nobody_at_home_is_a_failure(patience: QuickPatience) -> None:
    with fake_ews.serve() as gone:
        pass
    assert type(read(directory_on(gone), patience)) is DirectoryDown


def test_past_the_deadline_nothing_is_asked(ews: FakeEws) -> None:
    patience = QuickPatience(deadline=5)
    patience.now = 5
    assert type(read(directory_on(ews), patience)) is DirectoryDown
    assert not ews.asked


def test_a_cancelled_expansion_asks_nothing(ews: FakeEws, patience: QuickPatience) -> None:
    patience.stop()
    with pytest.raises(Cancelled):
        read(directory_on(ews), patience)
    assert not ews.asked


@pytest.mark.parametrize("operation", ["ExpandDL", "ResolveNames"])
def test_a_service_account_without_a_mailbox_says_so(
    ews: FakeEws, patience: QuickPatience, operation: str
) -> None:
    ews.on("ExpandDL", error("ErrorNameResolutionNoMailbox") if operation == "ExpandDL" else members())
    ews.on("ResolveNames", error("ErrorNameResolutionNoMailbox", "ResolveNames"))
    with pytest.raises(ServiceAccountError) as caught:
        read(directory_on(ews), patience)
    assert caught.value.reason == "no_mailbox"


def test_connections_are_kept(ews: FakeEws, patience: QuickPatience) -> None:
    ews.on("ExpandDL", members(mailbox()))
    directory = directory_on(ews)
    for _ in range(5):
        read(directory, patience)
    assert len({asked.connection for asked in ews.asked}) == 1


def test_two_directories_at_one_address_do_not_share_connections(
    ews: FakeEws, patience: QuickPatience
) -> None:
    ews.on("ExpandDL", members(mailbox()))
    one, other = directory_on(ews), directory_on(ews, lambda refused: "other")
    read(one, patience)
    read(other, patience)
    assert [one.requests_sent, other.requests_sent] == [1, 1]


def test_nothing_secret_is_logged(
    ews: FakeEws, patience: QuickPatience, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("exchangelib", "spnego")):  # pytest listens to those that do not propagate, too
            caplog.set_level(logging.DEBUG, logger=name)
    ews.on(
        "ExpandDL",
        Reply(429, "", {"Retry-After": "3"}),
        Reply(drop=True),
        Reply(200, "jane@x.com"),
        error("ErrorServerBusy"),
        members(mailbox("jane@x.com"), mailbox(None, name="Jane Doe")),
        error("ErrorInvalidOperation"),
    )
    ews.on("ResolveNames", hits(mailbox("jane@x.com"), mailbox("joe@x.com")), Reply(403, "jane"))
    directory = directory_on(ews, lambda refused: "secret-token")
    for _ in range(2):
        directory.read([Cursor(a_list("jane@x.com"))], patience)
        directory.find(["jane@x.com"], patience)
    for secret in ("jane", "Jane", "secret-token", "rollcall@contoso.com"):
        assert secret not in caplog.text
    for told in ("ews: 429", "ConnectionError", "waiting 3.0 s", "ErrorServerBusy", "ErrorInvalidOperation"):
        assert told in caplog.text
    ids = [asked.headers["client-request-id"] for asked in ews.asked]
    assert len(set(ids)) == len(ids)
    assert f"ews: 429, client-request-id {ids[0]}" in caplog.text
