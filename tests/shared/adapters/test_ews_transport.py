"""Asking Exchange Web Services: what goes wrong on the way, and what exchangelib would make of it."""

from __future__ import annotations

import base64
import logging
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sandbox.entra import tokens
from sandbox.exchange import quirks
from sandbox.server.server import Running
from sandbox.tenant.permissions import Permission
from sandbox.tenant.tenant import Device, Group
from shared.adapters.directories.ews import EwsDirectory
from shared.audience.directory import Cursor, DistributionList, Page
from shared.errors import (
    Cancelled,
    DirectoryClosed,
    DirectoryDown,
    DirectoryError,
    EwsBlocked,
    ListNotFound,
    ServiceAccountError,
    Throttled,
    UnreadableAnswer,
)
from tests.support import fake_ews
from tests.support.access_tokens import Tokens
from tests.support.fake_ews import (
    Asked,
    FakeEws,
    Reply,
    a_list,
    directory_on,
    error,
    fault,
    hits,
    mailbox,
    members,
    read_one,
)
from tests.support.fake_graph import QuickPatience

SOAP_IN_ERROR = "<?xml version='1.0'?><no-soap/>"


@pytest.fixture(scope="module")
def listening() -> Iterator[FakeEws]:
    with fake_ews.serve() as ews:
        yield ews


@pytest.fixture
def ews(listening: FakeEws) -> FakeEws:
    listening.__init__(listening.url)  # type: ignore[misc]
    return listening


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()


def read(directory: EwsDirectory, patience: QuickPatience) -> Any:
    (outcome,) = directory.read([Cursor(a_list())], patience)
    return outcome


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


# -- Exchange Server on premises


def basic(asked: Asked) -> Reply | None:
    expected = "Basic " + base64.b64encode(b"CONTOSO\\rollcall:secret").decode()
    if asked.headers.get("Authorization") == expected:
        return None
    return Reply(401, headers={"WWW-Authenticate": 'Basic realm="mail.contoso.com"'})


def ntlm_challenge() -> str:
    """A server's half of the NTLM handshake: MS-NLMP section 2.2.1.2, with a target name."""
    target = "CONTOSO".encode("utf-16-le")
    pairs = struct.pack("<HH", 2, len(target)) + target + struct.pack("<HH", 0, 0)
    flags = 0x00000001 | 0x00000200 | 0x00008000 | 0x00010000 | 0x00080000 | 0x00800000 | 0xA0000000
    head = b"NTLMSSP\0" + struct.pack("<I", 2)
    fields = struct.pack("<HHI", len(target), len(target), 56)
    more = struct.pack("<HHI", len(pairs), len(pairs), 56 + len(target))
    message = head + fields + struct.pack("<I", flags) + b"8 bytes." + bytes(8) + more + bytes(8)
    return base64.b64encode(message + target + pairs).decode()


def ntlm(asked: Asked) -> Reply | None:
    scheme, _, text = asked.headers.get("Authorization", "").partition(" ")
    message = base64.b64decode(text) if scheme == "NTLM" else b""
    kind = message[8:9]
    if kind == b"\3" and "rollcall".encode("utf-16-le") in message and b"secret" not in message:
        return None
    offer = f"NTLM {ntlm_challenge()}" if kind == b"\1" else 'NTLM, Basic realm="mail.contoso.com"'
    return Reply(401, "<html>", {"WWW-Authenticate": offer})


def on_premises(ews: FakeEws, password: str = "secret") -> EwsDirectory:
    credentials = ("CONTOSO\\rollcall", password)
    return EwsDirectory(ews.url, timeout=5, connections=2, credentials=credentials)


@pytest.mark.parametrize(("judge", "requests"), [(basic, [2, 3]), (ntlm, [3, 6])])
def test_exchange_server_takes_a_user_name_and_a_password(
    ews: FakeEws, patience: QuickPatience, judge: Callable[[Asked], Reply | None], requests: list[int]
) -> None:
    ews.judge = judge
    ews.on("ExpandDL", members(mailbox()))
    directory = on_premises(ews)
    for total in requests:
        assert read(directory, patience) == Page(["a@x.com"])
        assert directory.requests_sent == len(ews.asked) == total
    assert len(ews.asked[-1].body) > 100


def test_the_password_is_not_offered_in_the_clear_where_ntlm_is_taken(
    ews: FakeEws, patience: QuickPatience
) -> None:
    ews.judge = ntlm
    ews.on("ExpandDL", members(mailbox()))
    read(on_premises(ews), patience)
    assert not any("Basic" in asked.headers.get("Authorization", "") for asked in ews.asked)


def test_no_part_of_a_handshake_is_logged(
    ews: FakeEws, patience: QuickPatience, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("spnego", "spnego._ntlm"):
        caplog.set_level(logging.DEBUG, logger=name)
    ews.judge = ntlm
    ews.on("ExpandDL", members(mailbox()))
    read(on_premises(ews), patience)
    for secret in (ntlm_challenge(), "NTLM", "CONTOSO", "rollcall", "secret"):
        assert secret not in caplog.text


def refuse_ntlm(asked: Asked) -> Reply | None:
    return ntlm(asked) or Reply(401, headers={"WWW-Authenticate": "NTLM"})


def no_handshake(asked: Asked) -> Reply | None:
    return Reply(401, headers={"WWW-Authenticate": "NTLM"})


@pytest.mark.parametrize("judge", [basic, refuse_ntlm, no_handshake])
def test_a_wrong_password_is_tried_once_so_that_the_account_is_not_locked(
    ews: FakeEws, patience: QuickPatience, judge: Callable[[Asked], Reply | None]
) -> None:
    ews.judge = judge
    directory = on_premises(ews, "wrong")
    with pytest.raises(ServiceAccountError) as caught:
        read(directory, patience)
    assert caught.value.reason == "password_refused"
    assert "rollcall-ews-credentials" in caught.value.remedy
    assert len(ews.asked) <= 3


def test_exchange_server_is_not_sent_an_access_token(ews: FakeEws, patience: QuickPatience) -> None:
    def access_token(refused: str) -> str:
        raise AssertionError("nobody should want one")

    ews.judge = basic
    ews.on("ExpandDL", members(mailbox()))
    directory = EwsDirectory(
        ews.url, access_token, timeout=5, connections=1, credentials=("CONTOSO\\rollcall", "secret")
    )
    assert read(directory, patience) == Page(["a@x.com"])


# -- against the sandbox, over TLS


def ews_of(running: Running, **more: Any) -> EwsDirectory:
    world = running.world
    app = world.apps[world.tenant.client_id]
    permission = Permission("exchange", "EWS.AccessAsUser.All", running.origin, "")

    def access_token(refused: str) -> str:
        return tokens.access_token(world, app, world.service_account, [permission])

    return EwsDirectory(
        f"{running.origin}/EWS/Exchange.asmx", access_token, timeout=10, connections=4, **more
    )


def members_of(running: Running, address: str) -> set[str]:
    """The addresses of a list's direct members that are no lists."""
    world = running.world
    (source,) = world.by_address[address]
    assert isinstance(source, Group)
    entries = (world.by_id[member] for member in source.members)
    return {
        str(entry.address).lower()
        for entry in entries
        if not isinstance(entry, Group | Device) and entry.address
    }


@pytest.mark.parametrize("address", ["all-company@company.com", "everyone-dynamic@company.com"])
def test_a_tenant_s_list_is_found_and_read(sandbox: Running, patience: QuickPatience, address: str) -> None:
    directory = ews_of(sandbox)
    source = directory.find([address], patience)[address]
    assert isinstance(source, DistributionList)
    (page,) = directory.read([Cursor(source)], patience)
    assert isinstance(page, Page)
    assert set(page.addresses) == members_of(sandbox, address)
    assert not page.truncated
    assert directory.requests_sent == 2


def test_a_tenant_s_quirks_are_seen(sandbox: Running, patience: QuickPatience) -> None:
    directory, found = ews_of(sandbox), quirks.of(sandbox.world)
    cursor = Cursor(a_list("everyone-dynamic@company.com"))
    found.ews_x500_member = True
    (page,) = directory.read([cursor], patience)
    assert isinstance(page, Page)
    assert set(page.addresses) == members_of(sandbox, "everyone-dynamic@company.com")
    found.ews_longest_list = 5
    (page,) = directory.read([cursor], patience)
    assert isinstance(page, Page)
    assert (len(page.addresses), page.truncated) == (5, True)
    found.ews_longest_list, found.ews_broken_member = 0, True
    (page,) = directory.read([cursor], patience)
    assert isinstance(page, Page)
    assert page.truncated
    found.ews_missing_is_empty = True
    (gone,) = directory.read([Cursor(a_list("nobody@company.com"))], patience)
    assert isinstance(gone, ListNotFound)


def test_a_tenant_s_refusals_are_told_apart(sandbox: Running, patience: QuickPatience) -> None:
    cursor = Cursor(a_list("sales-team@company.com"))
    outcomes: list[Any] = []
    sandbox.world.switches.ews_disabled = True
    outcomes += ews_of(sandbox).read([cursor], patience)
    sandbox.world.switches.ews_disabled = False
    sandbox.world.faults.add(service="ews", status=503, headers={"Retry-After": "100"})
    outcomes += ews_of(sandbox).read([cursor], patience)
    sandbox.world.faults.clear()
    assert [type(outcome) for outcome in outcomes] == [EwsBlocked, Throttled]
    sandbox.world.service_account.address = None
    with pytest.raises(ServiceAccountError, match="no mailbox"):
        ews_of(sandbox).read([cursor], patience)


def test_a_tenant_on_premises_takes_a_password(sandbox: Running, patience: QuickPatience) -> None:
    quirks.of(sandbox.world).ews_basic = "rollcall:secret"
    (page,) = ews_of(sandbox, credentials=("rollcall", "secret")).read(
        [Cursor(a_list("sales-team@company.com"))], patience
    )
    assert isinstance(page, Page)
    assert set(page.addresses) == members_of(sandbox, "sales-team@company.com")


def test_an_authority_that_is_not_trusted_is_a_failure(
    sandbox: Running, patience: QuickPatience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    (outcome,) = ews_of(sandbox).read([Cursor(a_list())], patience)
    assert isinstance(outcome, DirectoryError)
    assert type(outcome) is DirectoryDown
