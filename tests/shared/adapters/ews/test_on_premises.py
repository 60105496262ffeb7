"""An Exchange Server on premises, which wants a user name and a password; and the sandbox, over TLS."""

from __future__ import annotations

import base64
import logging
import struct
from collections.abc import Callable
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
    DirectoryDown,
    DirectoryError,
    EwsBlocked,
    ListNotFound,
    ServiceAccountError,
    Throttled,
)
from tests.support.fake_ews import (
    Asked,
    FakeEws,
    Reply,
    a_list,
    mailbox,
    members,
    read,
)
from tests.support.fake_graph import QuickPatience

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
