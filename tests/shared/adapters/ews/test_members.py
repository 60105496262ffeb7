"""Exchange Web Services as a directory: what is asked, what members mean, and whether they are all."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from shared.audience.directory import Cursor, DistributionList, ListKind, Page
from shared.errors import (
    DirectoryDown,
    ListNotFound,
)
from tests.support.fake_ews import (
    DN,
    FakeEws,
    M,
    Reply,
    S,
    a_list,
    answer,
    directory_on,
    error,
    expansion,
    hits,
    mailbox,
    members,
    message,
    nobody,
    read_one,
)
from tests.support.fake_graph import QuickPatience

SCHEMAS = Path(__file__).parents[5] / "shared" / "data" / "ews-schemas"


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
