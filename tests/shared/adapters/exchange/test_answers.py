"""What Exchange's answers amount to, by the Admin API and by Exchange Web Services."""

from __future__ import annotations

import pytest

from shared.answers import ews, exchange
from shared.answers.meaning import Course, directory_error
from shared.audience.problems import members_not_shown, not_found
from shared.errors import AmbiguousAddress, DirectoryClosed, ServiceAccountError, UnreadableAnswer
from shared.helpers import Helper

PASSING = [
    "ADTransientException",
    "DataSourceTransientException",
    "OverBudgetException",
    "ServerBusyException",
    "TenantTransientException",
    "DomainControllerUnavailableException",
]


@pytest.mark.parametrize("kind", PASSING)
@pytest.mark.parametrize("status", [400, 404, 409, 500])
def test_a_passing_fault_of_exchange_passes_whatever_its_status(kind: str, status: int) -> None:
    assert exchange.TABLE.find(status, kind).course is Course.AGAIN


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ErrorNonExistentMailbox", "no_mailbox"),
        ("ErrorNameResolutionNoMailbox", "no_mailbox"),
        ("ErrorMissingEmailAddress", "no_mailbox"),
        ("ErrorInvalidLicense", "no_mailbox"),
        ("ErrorAccountDisabled", "disabled"),
        ("ErrorPasswordExpired", "disabled"),
    ],
)
def test_an_account_without_a_mailbox_or_licence_is_no_passing_fault(code: str, reason: str) -> None:
    error = directory_error(ews.TABLE.find(None, code))
    assert isinstance(error, ServiceAccountError)
    assert (error.reason, error.passing) == (reason, False)
    assert error.helper in (Helper.EXCHANGE_ADMIN, Helper.ENTRA_ADMIN)


@pytest.mark.parametrize("code", ["ErrorMailboxMoveInProgress", "ErrorMailboxFailover", "ErrorServerBusy"])
def test_a_mailbox_that_moves_is_waited_for(code: str) -> None:
    assert ews.TABLE.find(None, code).course is Course.AGAIN


def test_an_address_of_two_is_ambiguous_under_either_type() -> None:
    for kind in ("ManagementObjectAmbiguousException", "matches multiple entries"):
        assert isinstance(directory_error(exchange.TABLE.find(404, kind)), AmbiguousAddress)


def test_a_preview_that_is_not_enabled_and_a_role_that_is_missing_are_told_apart() -> None:
    not_enabled, missing = (directory_error(exchange.TABLE.find(status)) for status in (404, 403))
    assert isinstance(not_enabled, DirectoryClosed)
    assert (not_enabled.reason, missing.reason) == ("not_enabled", "role_missing")


@pytest.mark.parametrize("table", [ews.TABLE, exchange.TABLE])
def test_what_is_in_no_table_is_unknown_and_never_a_refusal(table: object) -> None:
    error = directory_error(table.find(418, "CodeOfTheFuture"))  # type: ignore[attr-defined]
    assert isinstance(error, UnreadableAnswer)
    assert "418 CodeOfTheFuture" in error.sentence
    assert "<script>" not in table.find(418, "<script>").sentence  # type: ignore[attr-defined]


def test_the_remedy_is_of_the_directory_that_did_not_show_its_members() -> None:
    told = {name: members_not_shown("a@x.example", name) for name in ("graph", "ews", "exchange")}
    assert "User.Read.All" in (told["graph"].forward or "")
    assert "X.500" in (told["ews"].forward or "")
    assert "User.Read.All" not in (told["ews"].forward or "") + (told["exchange"].forward or "")


def test_exchange_is_not_asked_for_where_it_is_connected() -> None:
    assert "Exchange" in not_found("a@x.example", "x.example", exchange=False).remedy
    assert "Exchange" not in not_found("a@x.example", "x.example", exchange=True).remedy
