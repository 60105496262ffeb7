"""What the Admin API refuses, and looking for a list."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.errors import (
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryError,
    ListNotFound,
    UnreadableAnswer,
)
from tests.support.fake_exchange import (
    DYNAMIC,
    MISSING,
    NOT_FOUND,
    STATIC,
    FakeExchange,
    Reply,
    a_list,
    member,
    members,
    read_one,
    refused,
)
from tests.support.fake_graph import QuickPatience

AMBIGUOUS = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException"


# -- refusals


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize(("kind", "error"), [(NOT_FOUND, ListNotFound), (AMBIGUOUS, AmbiguousAddress)])
def test_a_cmdlet_s_own_error_counts_whatever_its_status(
    exchange: FakeExchange, kind: str, error: type, status: int
) -> None:
    assert isinstance(read_one(exchange, refused(kind, status=status)), error)


def test_a_cmdlet_s_error_is_understood_without_its_inner_half(exchange: FakeExchange) -> None:
    details = [{"message": f"Ex6F9304|{NOT_FOUND}|Not there."}]
    outcome = read_one(exchange, Reply(400, {"error": {"message": "Invalid Operation", "details": details}}))
    assert isinstance(outcome, ListNotFound)


@pytest.mark.parametrize("body", [b"", b"\0" * 64, b"<html>", {"error": {"code": "Forbidden"}}])
def test_a_missing_role_is_named(exchange: FakeExchange, body: Any) -> None:
    outcome = read_one(exchange, Reply(403, body))
    assert isinstance(outcome, DirectoryClosed)
    assert (outcome.code, outcome.reason) == ("no_permission", "role_missing")
    assert "View-Only Recipients" in outcome.remedy
    assert len(exchange.sent) == 1


@pytest.mark.parametrize(
    "reply",
    [Reply(404, b""), Reply(400, b""), Reply(404, b"\0\0"), Reply(400, {"error": {"message": "Nope"}})],
)
def test_a_tenant_without_the_preview_is_told_from_a_missing_list(
    exchange: FakeExchange, reply: Reply
) -> None:
    outcome = read_one(exchange, reply)
    assert isinstance(outcome, DirectoryClosed)
    assert outcome.reason == "not_enabled"
    assert "not available" in outcome.sentence


@pytest.mark.parametrize("reply", [refused("System.ArgumentException"), Reply(405, b""), Reply(302, b"")])
def test_any_other_refusal_makes_no_sense(exchange: FakeExchange, reply: Reply) -> None:
    outcome = read_one(exchange, reply)
    assert type(outcome) is not DirectoryClosed
    assert isinstance(outcome, UnreadableAnswer)
    assert len(exchange.sent) == 1


CUT = "Could not find a property named 'RecipientType' on type 'Exchange.GenericHashTable'."


@pytest.mark.parametrize(
    "cut",
    [
        refused("Microsoft.OData.ODataException", CUT),
        Reply(400, {"error": {"code": "BadRequest", "message": CUT}}),
    ],
)
def test_without_the_properties_that_were_cut_members_are_still_read(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, cut: Reply
) -> None:
    exchange.on(STATIC, cut, members(member()))
    for _ in range(2):
        assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    assert ["$select" in asked for asked in exchange.asked] == [True, False, False]


def test_the_directory_remembers_why_it_reads_nothing_until_it_does(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, Reply(403, b""), Reply(404, b""), members())
    reasons = []
    for _ in range(3):
        directory.read([Cursor(a_list())], patience)
        closed = directory.why_not()
        reasons.append(closed and closed.reason)
    assert reasons == ["role_missing", "not_enabled", None]


# -- looking for a list


def test_a_list_is_found_by_the_endpoint_that_knows_it(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    more: dict[str, Any] = {"@adminapi.warnings": ["Increase the value for the ResultSize parameter."]}
    exchange.on(STATIC, members(member(), **more), MISSING)
    exchange.on(DYNAMIC, members(), MISSING)
    found = directory.find(["s@contoso.com", "d@contoso.com", "n@contoso.com"], patience)
    assert [thing and type(thing) for thing in found.values()] == [DistributionList, DistributionList, None]
    static, dynamic = found["s@contoso.com"], found["d@contoso.com"]
    assert isinstance(static, DistributionList)
    assert isinstance(dynamic, DistributionList)
    assert (static.id, static.address, static.directory) == ("s@contoso.com", "s@contoso.com", "exchange")
    assert (static.kind, dynamic.kind) == (ListKind.DISTRIBUTION_LIST, ListKind.DYNAMIC_DISTRIBUTION_LIST)
    sizes = {body["CmdletInput"]["Parameters"]["ResultSize"] for body in exchange.bodies}
    assert (sizes, len(exchange.sent)) == ({1}, 5)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(403, b""), DirectoryClosed),
        (refused(AMBIGUOUS), AmbiguousAddress),
        (Reply(404), DirectoryClosed),
    ],
)
def test_an_address_that_could_not_be_looked_for_is_not_called_unknown(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, reply: Reply, error: type
) -> None:
    exchange.on(DYNAMIC, reply)
    found = directory.find(["d@contoso.com"], patience)["d@contoso.com"]
    assert isinstance(found, DirectoryError)
    assert isinstance(found, error)


def test_it_says_what_it_can_read_and_how_old_that_is(
    directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    assert set(ListKind) - directory.kinds == {ListKind.MICROSOFT_365_GROUP}
    assert dict(directory.ages) == {ListKind.DYNAMIC_DISTRIBUTION_LIST: 86_400}
    assert directory.domains(patience) == frozenset()


def test_it_comes_without_the_weight_of_exchangelib() -> None:
    code = "import sys, shared.adapters.directories.exchange; sys.exit('exchangelib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
