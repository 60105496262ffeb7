"""What Exchange Web Services are asked, and what their answers mean for delivery."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exchangelib.services import ExpandDL
from lxml import etree

from shared.adapters.directories.ews import EwsDirectory
from shared.adapters.directories.ews.services import Expand
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, Page
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    DirectoryDown,
    EwsBlocked,
    ListNotFound,
    RollcallError,
    ServiceAccountError,
    UnreadableAnswer,
)
from tests.support.fake_ews import (
    FakeEws,
    M,
    Reply,
    S,
    a_list,
    answer,
    directory_on,
    envelope,
    error,
    expansion,
    fault,
    find_one,
    hits,
    mailbox,
    members,
    message,
    nobody,
    read_one,
    serve,
)
from tests.support.fake_graph import QuickPatience

SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "ews-schemas"
DN = "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=a"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeEws]:
    with serve() as ews:
        yield ews


@pytest.fixture
def ews(server: FakeEws) -> FakeEws:
    server.__init__(server.url)  # type: ignore[misc]
    return server


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()


# -- what is asked


def test_a_list_is_expanded_with_one_request_and_nothing_before_it(ews: FakeEws) -> None:
    assert read_one(ews, members(mailbox())) == Page(["a@x.com"])
    (asked,) = ews.asked
    assert asked.headers["Authorization"] == "Bearer token"
    assert asked.headers["X-AnchorMailbox"] == "rollcall@contoso.com"
    assert asked.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert b"all@contoso.com" in asked.body
    assert b"Impersonation" not in asked.body
    assert b"PublicDL" in asked.body


def test_without_a_mailbox_to_name_there_is_no_anchor(ews: FakeEws, patience: QuickPatience) -> None:
    ews.on("ExpandDL", members(mailbox()))
    directory_on(ews, account=lambda: "").read([Cursor(a_list())], patience)
    assert "X-AnchorMailbox" not in ews.asked[0].headers


@pytest.mark.parametrize(
    ("operation", "schema"),
    [("ExpandDL", "MS-OXWSDLIST-messages.xsd"), ("ResolveNames", "MS-OXWSRSLNM-messages.xsd")],
)
def test_what_is_sent_is_valid_by_microsoft_s_schemas(
    ews: FakeEws, patience: QuickPatience, operation: str, schema: str
) -> None:
    driver = SCHEMAS / "driver.xsd"
    if not driver.exists():
        pytest.skip(f"Microsoft's EWS schemas are not beside the checkout ({SCHEMAS}).")
    imports = driver.read_text(encoding="utf-8").replace("MS-OXWSDLIST-messages.xsd", schema)
    valid = etree.XMLSchema(etree.fromstring(imports, base_url=driver.as_uri()))
    ews.on("ExpandDL", members())
    directory_on(ews).read([Cursor(a_list("o'brien&co@contoso.com"))], patience)
    (asked,) = [asked for asked in ews.asked if asked.operation == operation]
    valid.assertValid(etree.fromstring(asked.body).find(f"{{{S}}}Body/{{{M}}}{operation}"))
    for reply in {"ExpandDL": [members(mailbox()), error("ErrorAccessDenied")]}.get(operation, [nobody()]):
        answered = etree.fromstring(str(reply.body).encode())
        valid.assertValid(answered.find(f"{{{S}}}Body/{{{M}}}{operation}Response"))


# -- what a member is


@pytest.mark.parametrize("kind", ["Mailbox", "Contact", "OneOff", "ImplicitContact", "PublicFolder"])
@pytest.mark.parametrize("routing", ["SMTP", "smtp", None])
def test_whoever_mail_is_delivered_to_is_a_recipient(ews: FakeEws, kind: str, routing: str | None) -> None:
    assert read_one(ews, members(mailbox(" Jane.Doe@X.com ", kind, routing))) == Page(["jane.doe@x.com"])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("PublicDL", ListKind.DISTRIBUTION_LIST), ("GroupMailbox", ListKind.MICROSOFT_365_GROUP)],
)
def test_a_nested_list_is_a_list(ews: FakeEws, kind: str, expected: ListKind) -> None:
    page = read_one(ews, members(mailbox("Sales@X.com", kind, name="Sales & Co")))
    assert page == Page(lists=[DistributionList("sales@x.com", "sales@x.com", "Sales & Co", expected, "ews")])


@pytest.mark.parametrize("kind", ["Unknown", "External", "", None])
def test_a_member_that_may_be_a_list_is_counted_once_and_the_count_called_short(
    ews: FakeEws, kind: str | None
) -> None:
    assert read_one(ews, members(mailbox(kind=kind))) == Page(["a@x.com"], truncated=True)


@pytest.mark.parametrize("unreadable", [mailbox(kind="PrivateDL"), mailbox(None, name="a@x.com")])
def test_a_member_that_nobody_can_make_out_is_not_forgotten(ews: FakeEws, unreadable: str) -> None:
    assert read_one(ews, members(unreadable)) == Page(unreadable=["a@x.com"])


def test_a_member_without_an_smtp_address_is_looked_up(ews: FakeEws) -> None:
    ews.on("ResolveNames", hits(mailbox("Jane@X.com")), hits(mailbox("sales@x.com", "PublicDL")), nobody())
    strangers = [mailbox(f"{DN}{number}", routing="EX") for number in range(3)]
    page = read_one(ews, members(mailbox(), *strangers))
    assert isinstance(page, Page)
    assert page.addresses == ["a@x.com", "jane@x.com"]
    assert [nested.address for nested in page.lists] == ["sales@x.com"]
    assert page.unreadable == [f"{DN}2"]
    assert ews.names[1:] == [f"{DN}0", f"{DN}1", f"{DN}2"]


@pytest.mark.parametrize("found", [hits(mailbox(), mailbox("b@x.com")), hits(mailbox(DN, routing="EX"))])
def test_a_member_whose_address_stays_unclear_is_reported(ews: FakeEws, found: Reply) -> None:
    ews.on("ResolveNames", found)
    assert read_one(ews, members(mailbox(DN, routing="EX"))) == Page(unreadable=[DN])


def test_look_ups_of_members_have_a_limit(ews: FakeEws) -> None:
    ews.on("ResolveNames", hits(mailbox()))
    page = read_one(ews, members(*(mailbox(f"{DN}{number}", routing="EX") for number in range(60))))
    assert isinstance(page, Page)
    assert (len(page.addresses), len(page.unreadable)) == (50, 10)
    assert len(ews.asked) == 51


# -- whole, cut short, empty


@pytest.mark.parametrize(
    "reply",
    [
        members(mailbox(), attributes='TotalItemsInView="1" IncludesLastItemInRange="false"'),
        members(mailbox(), attributes='IncludesLastItemInRange="False"'),
        members(mailbox(), attributes='IncludesLastItemInRange="0"'),
        members(mailbox(), attributes='TotalItemsInView="2" IncludesLastItemInRange="true"'),
        answer(
            "ExpandDL",
            message("ExpandDL", expansion(mailbox(), attributes="")).replace(
                ">", ' IncludesLastItemInRange="false">', 1
            ),
        ),
        answer(
            "ExpandDL",
            message("ExpandDL", expansion(mailbox())),
            message("ExpandDL", "", "ErrorMailRecipientNotFound", "Error"),
        ),
    ],
    ids=["false", "False", "0", "fewer than there are", "on the message", "an error behind it"],
)
def test_a_list_that_was_cut_short_says_so(ews: FakeEws, reply: Reply) -> None:
    assert read_one(ews, reply) == Page(["a@x.com"], truncated=True)


@pytest.mark.parametrize("attributes", ["", 'IncludesLastItemInRange="1"', 'TotalItemsInView="1"'])
def test_a_list_is_whole_unless_told_otherwise(ews: FakeEws, attributes: str) -> None:
    assert read_one(ews, members(mailbox(), attributes=attributes)) == Page(["a@x.com"])


def test_members_that_come_with_a_warning_are_read_and_not_trusted_to_be_all(ews: FakeEws) -> None:
    warned = message("ExpandDL", expansion(mailbox()), "ErrorNameResolutionMultipleResults", "Warning")
    assert read_one(ews, answer("ExpandDL", warned)) == Page(["a@x.com"], truncated=True)


def test_an_empty_list_is_empty_once_it_is_known_to_exist(ews: FakeEws) -> None:
    ews.on("ResolveNames", hits(mailbox("all@contoso.com", "PublicDL")))
    assert read_one(ews, members()) == Page()
    assert ews.names == ["all@contoso.com", "smtp:all@contoso.com"]


@pytest.mark.parametrize("found", [nobody(), hits(mailbox("all@contoso.com", "Mailbox"))])
def test_an_empty_answer_for_what_is_no_list_is_not_an_empty_list(ews: FakeEws, found: Reply) -> None:
    ews.on("ResolveNames", found)
    assert isinstance(read_one(ews, members()), ListNotFound)


def test_what_an_empty_answer_for_a_dynamic_list_means_is_not_judged_here(ews: FakeEws) -> None:
    ews.on("ResolveNames", hits(mailbox("all@contoso.com", "PublicDL")))
    source = a_list(kind=ListKind.DYNAMIC_DISTRIBUTION_LIST)
    assert read_one(ews, members(), source=source) == Page()


def test_an_empty_answer_that_cannot_be_confirmed_is_no_answer(ews: FakeEws) -> None:
    ews.on("ResolveNames", Reply(503))
    assert isinstance(read_one(ews, members()), DirectoryDown)


# -- refusals of a list


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ErrorNameResolutionNoResults", ListNotFound),
        ("ErrorMailRecipientNotFound", ListNotFound),
        ("ErrorInvalidSmtpAddress", ListNotFound),
        ("ErrorNameResolutionMultipleResults", AmbiguousAddress),
        ("ErrorAccessDenied", AccessRefused),
        ("ErrorInvalidOperation", UnreadableAnswer),
        ("ErrorItemNotFound", UnreadableAnswer),
        ("ErrorOfTheFuture", UnreadableAnswer),
    ],
)
@pytest.mark.parametrize("make", [error, fault])
def test_an_error_of_the_list_is_final(ews: FakeEws, code: str, expected: type, make: object) -> None:
    assert make in (error, fault)
    outcome = read_one(ews, error(code) if make is error else fault(code))
    assert type(outcome) is expected
    assert len(ews.asked) == 1


@pytest.mark.parametrize(
    "code", ["ErrorInvalidServerVersion", "ErrorInvalidRequest", "ErrorSchemaValidation"]
)
def test_no_older_version_of_the_schema_is_tried(ews: FakeEws, code: str) -> None:
    assert isinstance(read_one(ews, fault(code)), UnreadableAnswer)
    assert len(ews.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, ""),
        Reply(200, "<html>Sign in to the hotel's network</html>"),
        Reply(200, b"\xff\xfe\0"),
        envelope(""),
        envelope("<m:ExpandDLResponse/>"),
        answer("ExpandDL"),
        answer("ExpandDL", message("ExpandDL")),
        answer("ResolveNames", message("ResolveNames", expansion(mailbox()))),
        members(mailbox(), attributes='TotalItemsInView="many"'),
        Reply(200, str(members(mailbox()).body).replace("</m:DLExpansion>", "")),
        Reply(200, str(members(mailbox()).body)[:-200]),
        Reply(
            200, "<!DOCTYPE x [<!ENTITY a 'b@x.com'>]>" + str(members(mailbox("&a;")).body).partition("?>")[2]
        ),
    ],
    ids=str,
)
def test_an_answer_without_sense_is_never_taken_for_a_list(ews: FakeEws, reply: Reply) -> None:
    reply_again = Reply(reply.status, reply.body)
    assert isinstance(read_one(ews, reply, reply_again), UnreadableAnswer)
    assert len(ews.asked) <= 2


def test_a_broken_answer_is_asked_for_once_more_and_counted_once(ews: FakeEws) -> None:
    whole = members(mailbox(), mailbox("b@x.com"))
    broken = Reply(200, str(whole.body).partition("b@x.com")[0])
    assert read_one(ews, broken, whole) == Page(["a@x.com", "b@x.com"])


def test_a_name_with_characters_that_xml_does_not_allow_spoils_nothing(ews: FakeEws) -> None:
    odd = members(mailbox(name="NAME"), mailbox("b@x.com", name="O'Brien"))
    reply = Reply(200, str(odd.body).replace("NAME", "A&#xB;B &amp; &#233;"))
    assert read_one(ews, reply) == Page(["a@x.com", "b@x.com"])


# -- looking for an address


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (nobody(), None),
        (hits(mailbox("A@X.com")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("A@x.com", "Contact")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("a@x.com", "PublicFolder")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("jane@y.com")), Mailbox("jane@y.com", "jane@y.com")),
        (
            hits(mailbox("All@x.com", "PublicDL", name="All")),
            DistributionList("all@x.com", "all@x.com", "All", ListKind.DISTRIBUTION_LIST, "ews"),
        ),
        (
            hits(mailbox("a@x.com", "GroupMailbox")),
            DistributionList("a@x.com", "a@x.com", "A", ListKind.MICROSOFT_365_GROUP, "ews"),
        ),
        (
            hits(mailbox(DN, "PublicDL", "EX")),
            DistributionList("a@x.com", "a@x.com", "A", ListKind.DISTRIBUTION_LIST, "ews"),
        ),
        # Exchange matches the beginning of an address.
        (hits(mailbox("a@x.com.au")), None),
        (hits(mailbox("a@x.com.au"), mailbox("a@x.com.nz")), None),
        (hits(mailbox("a@x.com.au", "PublicDL"), mailbox("a@x.com")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("a@x.com"), mailbox("jane@y.com")), Mailbox("a@x.com", "a@x.com")),
    ],
)
def test_what_stands_behind_an_address(ews: FakeEws, found: Reply, expected: object) -> None:
    assert find_one(ews, found) == expected
    assert ews.names == ["smtp:a@x.com"]
    assert b'SearchScope="ActiveDirectory"' in ews.asked[0].body


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (hits(mailbox("jane@y.com"), mailbox("joe@y.com")), AmbiguousAddress),
        (hits(mailbox("a@x.com"), mailbox("a@x.com", "PublicDL")), AmbiguousAddress),
        (hits(mailbox("a@x.com", "Unknown")), UnreadableAnswer),
        (hits(mailbox("a@x.com", "PrivateDL")), UnreadableAnswer),
        (hits(mailbox("a@x.com", None)), UnreadableAnswer),
        (error("ErrorAccessDenied", "ResolveNames"), AccessRefused),
        (error("ErrorItemNotFound", "ResolveNames"), UnreadableAnswer),
        (
            answer("ResolveNames", message("ResolveNames", "", "ErrorBatchProcessingStopped", "Warning")),
            UnreadableAnswer,
        ),
        (Reply(403), EwsBlocked),
    ],
)
def test_an_address_that_stays_unclear_is_not_called_unknown(
    ews: FakeEws, found: Reply, expected: type
) -> None:
    assert type(find_one(ews, found)) is expected


def test_more_hits_than_exchange_shows_do_no_harm(ews: FakeEws) -> None:
    many = hits(mailbox("a@x.com"), *(mailbox(f"a@x.com.{number}") for number in range(99)))
    cut = Reply(200, str(many.body).replace('Range="true"', 'Range="false"'))
    assert find_one(ews, cut) == Mailbox("a@x.com", "a@x.com")
    plain = Reply(200, str(hits(mailbox()).body).replace(' IncludesLastItemInRange="true"', ""))
    assert find_one(ews, plain) == Mailbox("a@x.com", "a@x.com")


# -- what it says of itself


ONLINE = [
    "https://outlook.office365.com/EWS/Exchange.asmx",
    "https://OUTLOOK.office365.us/EWS/Exchange.asmx",
    "https://outlook-dod.office365.us/EWS/Exchange.asmx",
    "https://partner.outlook.cn/EWS/Exchange.asmx",
]


def directory_at(url: str, today: date) -> EwsDirectory:
    def access_token(refused: str) -> str:
        raise AssertionError("nobody should want one")

    return EwsDirectory(url, access_token, timeout=1, connections=1, today=lambda: today)


@pytest.mark.parametrize("url", ONLINE)
@pytest.mark.parametrize("today", [date(2027, 4, 1), date(2031, 1, 1)])
def test_in_exchange_online_it_is_retired_without_a_request(
    url: str, today: date, patience: QuickPatience
) -> None:
    directory = directory_at(url, today)
    (page,) = directory.read([Cursor(a_list())], patience)
    for outcome in (page, directory.find(["a@x.com"], patience)["a@x.com"], directory.why_not()):
        assert isinstance(outcome, EwsBlocked)
        assert (outcome.code, outcome.reason) == ("ews_blocked", "retired")
        assert "1 April 2027" in outcome.sentence
    assert directory.requests_sent == 0


@pytest.mark.parametrize(
    ("url", "today"),
    [
        *((url, date(2027, 3, 31)) for url in ONLINE),
        ("https://mail.contoso.com/EWS/Exchange.asmx", date(2031, 1, 1)),
        ("https://notoffice365.com/EWS/Exchange.asmx", date(2031, 1, 1)),
        ("https://office365.com.contoso.com/EWS/Exchange.asmx", date(2031, 1, 1)),
    ],
)
def test_until_then_and_on_premises_it_is_not(url: str, today: date) -> None:
    assert directory_at(url, today).why_not() is None


def test_only_exchange_online_has_yesterday_s_dynamic_lists(patience: QuickPatience) -> None:
    today = date(2026, 12, 1)
    online, local = directory_at(ONLINE[0], today), directory_at("https://mail.contoso.com/EWS", today)
    assert dict(online.ages) == {ListKind.DYNAMIC_DISTRIBUTION_LIST: 86_400}
    assert not local.ages
    assert set(ListKind) - local.kinds == {ListKind.MICROSOFT_365_GROUP}
    assert local.domains(patience) == frozenset()


def test_it_remembers_why_it_reads_nothing_until_it_does(ews: FakeEws, patience: QuickPatience) -> None:
    ews.on("ExpandDL", Reply(403), Reply(404), members(mailbox()))
    directory = directory_on(ews)
    reasons: list[object] = []
    outcomes: list[Page | RollcallError] = []
    for _ in range(3):
        outcomes += directory.read([Cursor(a_list())], patience)
        closed = directory.why_not()
        reasons.append(closed and closed.reason)
    assert reasons == ["not_allowed", "not_enabled", None]
    assert isinstance(outcomes[0], RollcallError)
    assert "EwsAllowedAppIDs" in outcomes[0].remedy


@pytest.mark.parametrize("code", ["ErrorNonExistentMailbox", "ErrorInvalidLicense", "ErrorAccountDisabled"])
def test_an_account_that_exchange_turns_away_is_remembered_until_it_is_not(
    ews: FakeEws, patience: QuickPatience, code: str
) -> None:
    ews.on("ExpandDL", error(code), members(mailbox()))
    directory = directory_on(ews)
    with pytest.raises(ServiceAccountError) as caught:
        directory.read([Cursor(a_list())], patience)
    assert not caught.value.passing
    assert directory.why_not() is caught.value
    directory.read([Cursor(a_list())], patience)
    assert directory.why_not() is None


# -- size


def test_a_long_list_takes_little_memory(ews: FakeEws, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []

    def count(self: Expand, body: Any) -> Any:
        kept.append(sum(1 for _ in body.iter()))
        return ExpandDL._get_soap_messages(self, body)

    monkeypatch.setattr(Expand, "_get_soap_messages", count)
    crowd = (
        mailbox(f"person{number}@contoso.com", name=f"Person Number {number}") for number in range(20_000)
    )
    reply = members(*crowd)
    tracemalloc.start()
    page = read_one(ews, reply)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(page, Page)
    assert len(page.addresses) == 20_000
    # The body twice over as it comes in, and the addresses. lxml's tree is not seen, but its size is.
    assert peak < 4 * len(reply.body)
    assert kept[0] < 100
