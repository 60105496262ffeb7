"""Microsoft Graph as a directory: what members mean for delivery."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.directories.graph import GraphDirectory
from shared.adapters.directories.graph.answers import parse_page
from shared.audience.directory import Directory, DistributionList, ListKind, Page
from shared.errors import (
    UnreadableAnswer,
)
from tests.support.fake_graph import (
    FakeGraph,
    Reply,
    contact,
    group,
    members,
    read_one,
    user,
)


def test_graph_fills_the_directory_port(directory: GraphDirectory) -> None:
    port: Directory = directory
    assert (port.name, port.batch, port.find_batch) == ("graph", 20, 5)


# -- members


@pytest.mark.parametrize(
    ("member", "column", "value"),
    [
        pytest.param(user(mail="Adele.V@Contoso.com"), "addresses", "adele.v@contoso.com", id="user"),
        pytest.param(
            user(
                mail="john@fabrikam.com", userPrincipalName="john_fabrikam.com#EXT#@contoso.onmicrosoft.com"
            ),
            "addresses",
            "john@fabrikam.com",
            id="guest",
        ),
        pytest.param(
            user(mail="room1@contoso.com", accountEnabled=False), "addresses", "room1@contoso.com", id="room"
        ),
        pytest.param(
            user(userPrincipalName="a@x.com", proxyAddresses=["smtp:alias@x.com", "SMTP:Primary@x.com"]),
            "addresses",
            "primary@x.com",
            id="mail only among the proxy addresses",
        ),
        pytest.param(
            user(userPrincipalName="a@x.com", proxyAddresses=["smtp:alias@x.com", "X500:/o=x"]),
            "without_address",
            "u",
            id="aliases without a primary",
        ),
        pytest.param(user(userPrincipalName="a@x.com"), "without_address", "u", id="no mailbox"),
        pytest.param(
            user(userPrincipalName="jo_x.com#EXT#@y.onmicrosoft.com", proxyAddresses=[]),
            "without_address",
            "u",
            id="guest without mail",
        ),
        pytest.param(
            user(mail="see reception", userPrincipalName="a@x.com"),
            "without_address",
            "u",
            id="free text as mail",
        ),
        pytest.param(
            user(userPrincipalName=None, displayName=None, proxyAddresses=None),
            "unreadable",
            "u",
            id="all null",
        ),
        pytest.param(contact(mail="Partner@fabrikam.com"), "addresses", "partner@fabrikam.com", id="contact"),
        pytest.param(contact(displayName="Partner"), "without_address", "c", id="contact without mail"),
        pytest.param(
            contact(displayName=None, proxyAddresses=None), "unreadable", "c", id="all-null contact"
        ),
        pytest.param(group(), "not_mail", "g", id="security group"),
        pytest.param(group(mail="old@x.com", mailEnabled=False), "not_mail", "g", id="mail-disabled group"),
        pytest.param(
            {"@odata.type": "#microsoft.graph.group", "id": "g", "mail": None, "mailEnabled": None},
            "unreadable",
            "g",
            id="all-null group",
        ),
        pytest.param(group(mailEnabled=True), "unreadable", "g", id="list without an address"),
        pytest.param(
            {"@odata.type": "#microsoft.graph.device", "id": "d", "mail": None}, "not_mail", "d", id="device"
        ),
        pytest.param(
            {"@odata.type": "#microsoft.graph.servicePrincipal", "id": "s"},
            "not_mail",
            "s",
            id="service principal",
        ),
        pytest.param(
            {"@odata.type": "#microsoft.graph.agent", "id": "n", "mail": "Bot@x.com"},
            "addresses",
            "bot@x.com",
            id="unknown with mail",
        ),
        pytest.param(
            {"@odata.type": "#microsoft.graph.agent", "id": "n"}, "unreadable", "n", id="unknown without mail"
        ),
    ],
)
def test_a_member_stands_in_the_column_of_what_it_means_for_delivery(
    graph: FakeGraph, member: dict[str, Any], column: str, value: str
) -> None:
    page = read_one(graph, members(member))
    assert isinstance(page, Page)
    assert getattr(page, column) == [value]
    assert page.members == 1


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ({}, ListKind.DISTRIBUTION_LIST),
        ({"securityEnabled": True}, ListKind.MAIL_ENABLED_SECURITY_GROUP),
        ({"groupTypes": ["Unified"], "securityEnabled": True}, ListKind.MICROSOFT_365_GROUP),
        ({"groupTypes": ["DynamicMembership", "Unified"]}, ListKind.MICROSOFT_365_GROUP),
    ],
)
def test_a_mail_enabled_group_is_a_list_of_its_kind(
    graph: FakeGraph, shown: dict[str, Any], kind: ListKind
) -> None:
    page = read_one(graph, members(group("g1", "Team@Contoso.com", displayName="The Team", **shown)))
    assert page == Page(lists=[DistributionList("g1", "team@contoso.com", "The Team", kind, "graph", False)])


@pytest.mark.parametrize(
    ("visibility", "hidden"),
    [("HiddenMembership", True), ("Hiddenmembership", True), ("Private", False), (None, False)],
)
def test_hidden_membership_shows_whichever_way_it_is_spelt(
    graph: FakeGraph, visibility: str | None, hidden: bool
) -> None:
    page = read_one(graph, members(group(mail="board@contoso.com", visibility=visibility)))
    assert isinstance(page, Page)
    assert [nested.hidden for nested in page.lists] == [hidden]


some_text = st.none() | st.text(max_size=20) | st.emails()


random_member = st.fixed_dictionaries(
    {"id": st.text(min_size=1, max_size=8)},
    optional={
        "@odata.type": st.sampled_from(
            ["user", "group", "orgContact", "device", "servicePrincipal", "agent", ""]
        ).map(lambda name: f"#microsoft.graph.{name}"),
        "mail": some_text,
        "displayName": some_text,
        "userPrincipalName": some_text,
        "visibility": some_text,
        "mailEnabled": st.none() | st.booleans(),
        "securityEnabled": st.none() | st.booleans(),
        "groupTypes": st.none() | st.lists(st.sampled_from(["Unified", "DynamicMembership"])),
        "proxyAddresses": st.none()
        | st.lists(st.emails().map("SMTP:{}".format) | st.emails().map("smtp:{}".format)),
        "jobTitle": some_text,
    },
)


@given(st.lists(random_member, max_size=30))
def test_the_columns_of_any_page_add_up_to_its_members(entries: list[dict[str, Any]]) -> None:
    page = parse_page(json.dumps({"value": entries}).encode())
    assert page.members == len(entries)
    assert all("@" in address and address == address.strip().lower() for address in page.addresses)


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
def test_no_answer_whatever_breaks_the_reader(content: bytes) -> None:
    graph = FakeGraph()
    assert isinstance(read_one(graph, Reply(body=content)), UnreadableAnswer)
    assert len(graph.sent) == 2
