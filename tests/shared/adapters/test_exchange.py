"""What the Exchange Online Admin API is asked, and what its answers mean."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, MailboxKind, Page
from shared.errors import (
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryError,
    ListNotFound,
    Truncated,
    UnreadableAnswer,
)
from tests.support.fake_exchange import (
    BASE,
    DYNAMIC,
    MISSING,
    NOT_FOUND,
    STATIC,
    TENANT,
    FakeExchange,
    Reply,
    a_list,
    directory_on,
    member,
    members,
    read_one,
    refused,
)
from tests.support.fake_graph import QuickPatience

AMBIGUOUS = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException"
LINK = f"{BASE}/{TENANT}/{STATIC}?$select=DisplayName%2cGuid&$skiptoken=X%27a+b%27"


@pytest.fixture
def exchange() -> FakeExchange:
    return FakeExchange()


@pytest.fixture
def directory(exchange: FakeExchange) -> ExchangeDirectory:
    return directory_on(exchange)


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()


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


# -- the shapes of an answer


@pytest.mark.parametrize(
    "body",
    [
        [member()],
        b'  [{"PrimarySmtpAddress": "a@x.com", "RecipientTypeDetails": "UserMailbox"}]',
        member(),
        {"value": member()},
        {"@odata.context": "x", "value": [member() | {"Guid@odata.type": "#Guid", "More": [1, {"a": None}]}]},
        {
            "adminapi.warnings@odata.type": "#Collection(String)",
            "@adminapi.warnings": [],
            "value": [member()],
        },
        {"@adminapi.warnings": None, "value": [member()], "@odata.nextLink": None},
    ],
)
def test_every_shape_that_was_seen_is_understood(exchange: FakeExchange, body: Any) -> None:
    assert read_one(exchange, Reply(body=body)) == Page(["a@x.com"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0\0",
        b"<html>Sign in to the hotel's network</html>",
        {},
        {"error": {"code": "BadRequest"}},
        {"value": None},
        {"value": "a@x.com"},
        {"value": ["a@x.com"]},
        {"value": [member(address=5)]},  # type: ignore[arg-type]
        {"value": [member()], "@odata.nextLink": 5},
        {"value": [member()], "@adminapi.warnings": "many"},
        b'{"value": [{"PrimarySmtpAddress": "a@x.com", "Recip',
        b"[" * 100_000,
    ],
)
def test_an_answer_without_sense_is_asked_for_once_more(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, body: Any
) -> None:
    exchange.on(STATIC, Reply(body=body), members(member()), Reply(body=body))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    (outcome,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(outcome, UnreadableAnswer)
    assert len(exchange.sent) == 4


def test_an_answer_that_does_not_claim_to_be_json_is_not_taken_for_it(exchange: FakeExchange) -> None:
    reply = Reply(body={"value": []}, headers={"Content-Type": "text/html"})
    assert isinstance(read_one(exchange, reply), UnreadableAnswer)


# -- pages


def test_further_pages_are_fetched_by_the_same_post_to_the_link_verbatim(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, members(member(), next=LINK), members(member(address="b@x.com")))
    (first,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(first, Page)
    assert (first.addresses, first.truncated) == (["a@x.com"], False)
    (second,) = directory.read([Cursor(a_list(), first.next)], patience)
    assert second == Page(["b@x.com"])
    assert exchange.asked[1].replace("%2C", "%2c") == LINK.removeprefix(f"{BASE}/{TENANT}/")
    assert exchange.sent[1].method == "POST"
    assert exchange.sent[1].body == exchange.sent[0].body
    assert exchange.sent[1].headers["X-AnchorMailbox"] == "AAD-UPN:rollcall@contoso.com"


@pytest.mark.parametrize(
    "link",
    [
        f"https://evil.example/adminapi/v2.0/{TENANT}/{STATIC}?$skiptoken=x",
        LINK.replace("https:", "http:"),
        LINK.replace("office365.com", "office365.com:8443"),
        LINK.replace("office365.com", "office365.com.evil.example"),
        LINK.replace("//", "//user@"),
        f"https://outlook.office365.com/elsewhere/{STATIC}",
        f"{BASE}/../{STATIC}",
        f"{BASE}/%2e%2e/{STATIC}",
        f"{BASE}//evil.example/{STATIC}",
        f"{BASE}/{TENANT}/{STATIC}#x",
        f"/adminapi/v2.0/{TENANT}/{STATIC}",
        "https://[broken",
        "",
    ],
)
def test_the_access_token_follows_no_link_that_leads_elsewhere(exchange: FakeExchange, link: str) -> None:
    reply = members(member(), **{"@odata.nextLink": link})
    assert isinstance(read_one(exchange, reply), UnreadableAnswer)
    assert len(exchange.sent) == 1


def test_a_link_to_another_endpoint_is_not_followed(exchange: FakeExchange) -> None:
    outcome = read_one(exchange, members(member()), next=f"/{TENANT}/Mailbox?$skiptoken=x")
    assert isinstance(outcome, UnreadableAnswer)
    assert not exchange.sent


def test_a_link_that_leads_to_itself_is_not_followed_for_ever(exchange: FakeExchange) -> None:
    outcome = read_one(exchange, members(member(), next=LINK), next=LINK.removeprefix(BASE))
    assert isinstance(outcome, UnreadableAnswer)


@pytest.mark.parametrize(
    "reply",
    [
        refused("System.ArgumentException", "The continuation token has expired."),
        Reply(400, b""),
        Reply(404, b""),
    ],
)
def test_a_link_that_has_expired_leaves_the_list_cut_short(exchange: FakeExchange, reply: Reply) -> None:
    outcome = read_one(exchange, reply, next=LINK.removeprefix(BASE))
    assert isinstance(outcome, Truncated)
    assert len(exchange.sent) == 1


@pytest.mark.parametrize("key", ["@adminapi.warnings", "@adapminapi.warnings"])
@pytest.mark.parametrize(
    ("warning", "next", "truncated"),
    [
        ("There are more results available. Increase the value for the ResultSize parameter.", None, True),
        ("There are more results available. Increase the value for the ResultSize parameter.", LINK, False),
        ("The object contoso.com/All has been corrupted, and it's in an inconsistent state.", None, True),
        ("The object contoso.com/All has been corrupted, and it's in an inconsistent state.", LINK, True),
    ],
)
def test_a_warning_may_mean_that_members_were_left_out(
    exchange: FakeExchange, key: str, warning: str, next: str | None, truncated: bool
) -> None:
    more: dict[str, Any] = {key: [warning]}
    page = read_one(exchange, members(member(), next=next, **more))
    assert isinstance(page, Page)
    assert page.truncated is truncated


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
