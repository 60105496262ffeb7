"""The Exchange Online Admin API as a directory: what is asked, and what members mean for delivery."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, MailboxKind, Page
from shared.errors import (
    ListNotFound,
)
from tests.support.fake_exchange import (
    DYNAMIC,
    STATIC,
    FakeExchange,
    a_list,
    member,
    members,
    read_one,
)
from tests.support.fake_graph import QuickPatience

# -- what is asked


def test_a_list_is_read_by_its_address_with_everything_that_the_api_insists_on(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, members(member()))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    (request,) = exchange.sent
    assert request.method == "POST"
    assert request.headers["X-AnchorMailbox"] == "AAD-UPN:rollcall@contoso.com"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Authorization"] == "Bearer token"
    assert exchange.asked == [
        "DistributionGroupMember?$select=DisplayName,PrimarySmtpAddress,RecipientType,RecipientTypeDetails,"
        "ExternalEmailAddress,ExternalDirectoryObjectId,Guid,EmailAddresses"
    ]
    parameters = {"Identity": "all@contoso.com", "ResultSize": "Unlimited"}
    assert exchange.bodies == [
        {"CmdletInput": {"CmdletName": "Get-DistributionGroupMember", "Parameters": parameters}}
    ]


def test_a_dynamic_list_is_read_where_dynamic_lists_are(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(DYNAMIC, members(member()))
    assert directory.read([Cursor(a_list(ListKind.DYNAMIC_DISTRIBUTION_LIST))], patience) == [
        Page(["a@x.com"])
    ]
    (body,) = exchange.bodies
    assert body["CmdletInput"]["CmdletName"] == "Get-DynamicDistributionGroupMember"


@pytest.mark.parametrize(
    ("kind", "knows"),
    [(ListKind.DISTRIBUTION_LIST, DYNAMIC), (ListKind.DYNAMIC_DISTRIBUTION_LIST, STATIC)],
)
def test_a_list_of_another_kind_than_it_was_said_to_be_is_read_all_the_same(
    exchange: FakeExchange,
    directory: ExchangeDirectory,
    patience: QuickPatience,
    kind: ListKind,
    knows: str,
) -> None:
    exchange.on(knows, members(member()))
    assert directory.read([Cursor(a_list(kind))], patience) == [Page(["a@x.com"])]
    assert directory.requests_sent == len(exchange.sent) == 2


@pytest.mark.parametrize("address", ["", " ", "all", "*", "*@contoso.com", "a*l@contoso.com"])
def test_what_the_cmdlets_take_for_every_object_there_is_is_never_asked(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, address: str
) -> None:
    exchange.on(STATIC, members(member()))
    assert directory.find([address], patience) == {address: None}
    (outcome,) = directory.read([Cursor(a_list(address=address))], patience)
    assert isinstance(outcome, ListNotFound)
    assert not exchange.sent


# -- what a member is


def a_nested_list(kind: ListKind) -> DistributionList:
    return DistributionList("11-22", "a@x.com", "A", kind, "exchange")


@pytest.mark.parametrize(
    "details",
    [
        "UserMailbox",
        "LinkedMailbox",
        "RemoteUserMailbox",
        "SchedulingMailbox",
        "MailUser",
        "GuestMailUser",
        "MailContact",
        "PublicFolder",
    ],
)
def test_whoever_mail_is_delivered_to_is_a_recipient(exchange: FakeExchange, details: str) -> None:
    reply = members(member(details, " Jane.Doe@X.com "))
    assert read_one(exchange, reply) == Page(["jane.doe@x.com"])


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        ("SharedMailbox", MailboxKind.SHARED),
        ("RemoteSharedMailbox", MailboxKind.SHARED),
        ("RoomMailbox", MailboxKind.ROOM),
        ("LinkedRoomMailbox", MailboxKind.ROOM),
        ("RemoteRoomMailbox", MailboxKind.ROOM),
        ("EquipmentMailbox", MailboxKind.EQUIPMENT),
        ("RemoteEquipmentMailbox", MailboxKind.EQUIPMENT),
    ],
)
def test_a_mailbox_that_is_no_persons_own_is_a_recipient_and_marked(
    exchange: FakeExchange, details: str, kind: MailboxKind
) -> None:
    reply = members(member(details, " Room.1@X.com "))
    assert read_one(exchange, reply) == Page(["room.1@x.com"], mailboxes={"room.1@x.com": kind})


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        ("MailUniversalDistributionGroup", ListKind.DISTRIBUTION_LIST),
        ("MailNonUniversalGroup", ListKind.DISTRIBUTION_LIST),
        ("RoomList", ListKind.DISTRIBUTION_LIST),
        ("MailUniversalSecurityGroup", ListKind.MAIL_ENABLED_SECURITY_GROUP),
        ("DynamicDistributionGroup", ListKind.DYNAMIC_DISTRIBUTION_LIST),
        ("GroupMailbox", ListKind.MICROSOFT_365_GROUP),
    ],
)
def test_a_nested_list_is_a_list_of_its_kind(exchange: FakeExchange, details: str, kind: ListKind) -> None:
    reply = members(member(details, "A@X.com", ExternalDirectoryObjectId="11-22"))
    assert read_one(exchange, reply) == Page(lists=[a_nested_list(kind)])


@pytest.mark.parametrize(
    ("ids", "id"),
    [
        ({"ExternalDirectoryObjectId": "AA-BB", "Guid": "cc-dd"}, "aa-bb"),
        ({"ExternalDirectoryObjectId": "", "Guid": "CC-dd"}, "cc-dd"),
        ({"ExternalDirectoryObjectId": None}, "a@x.com"),
        ({}, "a@x.com"),
    ],
)
def test_a_list_goes_by_the_id_that_graph_gives_it_where_there_is_one(
    exchange: FakeExchange, ids: dict[str, Any], id: str
) -> None:
    page = read_one(exchange, members(member("RoomList", **ids)))
    assert isinstance(page, Page)
    assert [nested.id for nested in page.lists] == [id]


@pytest.mark.parametrize(
    ("entry", "column"),
    [
        (member("User", None, Guid="g"), {"without_address": ["g"]}),
        (member("UserMailbox", "", Guid="g"), {"without_address": ["g"]}),
        (member("MailUser", None, ExternalEmailAddress="X500:/o=x/cn=a"), {"without_address": ["A"]}),
        (member("MailContact", None, ExternalEmailAddress="SMTP:Ext@Y.com"), {"addresses": ["ext@y.com"]}),
        (member("MailContact", "", ExternalEmailAddress="ext@y.com"), {"addresses": ["ext@y.com"]}),
        (member("MailContact", ExternalEmailAddress="smtp:ext@y.com"), {"addresses": ["a@x.com"]}),
        (member("UniversalSecurityGroup", None, Guid="g"), {"not_mail": ["g"]}),
        (member("DynamicDistributionGroup", None, Guid="g"), {"unreadable": ["g"]}),
        # A detail that was invented since counts by the coarser type.
        (member("AgentMailbox", RecipientType="UserMailbox"), {"addresses": ["a@x.com"]}),
        (member(None, RecipientType="MailContact"), {"addresses": ["a@x.com"]}),
        (member(None, None, RecipientType="User"), {"without_address": ["A"]}),
        (
            member(None, RecipientType="MailContact", ExternalEmailAddress="SMTP:ext@y.com"),
            {"addresses": ["a@x.com"]},
        ),
        (member("MailUser", "", ExternalEmailAddress="X500:/cn=a@x.com"), {"without_address": ["A"]}),
    ],
)
def test_every_member_stands_in_the_column_of_what_it_means_for_delivery(
    exchange: FakeExchange, entry: dict[str, Any], column: dict[str, Any]
) -> None:
    assert read_one(exchange, members(entry)) == Page(**column)


@pytest.mark.parametrize(
    "entry",
    [
        member(None),
        member(""),
        member("SomethingNew", RecipientType="SomethingElse"),
        {"PrimarySmtpAddress": "a@x.com"},
    ],
)
def test_a_member_that_may_be_a_list_is_counted_once_and_the_count_called_short(
    exchange: FakeExchange, entry: dict[str, Any]
) -> None:
    assert read_one(exchange, members(entry)) == Page(["a@x.com"], truncated=True)


def test_a_member_of_which_nothing_is_told_is_not_forgotten(exchange: FakeExchange) -> None:
    assert read_one(exchange, members({"Guid": "g"}, {"Name": "odd"})) == Page(unreadable=["g", ""])
