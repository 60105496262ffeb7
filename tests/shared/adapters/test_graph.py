"""Microsoft Graph as a directory: what is asked, and how the answers are understood."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.directories.graph import GraphDirectory
from shared.adapters.directories.graph.answers import parse_page
from shared.audience.directory import Cursor, Directory, DistributionList, ListKind, Mailbox, Page
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    DirectoryDown,
    DirectoryError,
    HiddenMembership,
    ListNotFound,
    UnreadableAnswer,
)
from tests.support.fake_graph import (
    BASE,
    MISSING,
    REFUSED,
    FakeGraph,
    QuickPatience,
    Reply,
    a_list,
    contact,
    directory_on,
    find_one,
    group,
    members,
    read_one,
    user,
)


@pytest.fixture
def graph() -> FakeGraph:
    return FakeGraph()


@pytest.fixture
def directory(graph: FakeGraph) -> GraphDirectory:
    return directory_on(graph)


@pytest.fixture
def patience() -> QuickPatience:
    return QuickPatience()


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


# -- pages


def test_pages_are_followed_verbatim_until_none_is_left(graph: FakeGraph) -> None:
    path = "/groups/sales/members?$select=id%2cmail&$top=999&$skiptoken=RFNwdA%27%27+x"
    graph.on("/groups/sales/members?$select=id,", members(user(mail="a@x.com"), next=BASE + path))
    graph.on("/groups/sales/members?$select=id%2", members(user(mail="b@x.com")))
    directory, patience = directory_on(graph), QuickPatience()
    (first,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(first, Page)
    (last,) = directory.read([Cursor(a_list(), first.next)], patience)
    assert last == Page(["b@x.com"])
    assert (graph.sent[1].url or "").lower() == (BASE + path).lower()
    assert "%27%27+x" in (graph.sent[1].url or "")


def test_in_a_batch_the_next_page_is_asked_for_relative_to_graph(graph: FakeGraph) -> None:
    path = "/groups/sales/members?$top=999&$skiptoken=X%2744%27"
    graph.on("/groups/sales", members(next=BASE + path))
    directory, patience = directory_on(graph), QuickPatience()
    (page, _) = directory.read([Cursor(a_list()), Cursor(a_list("other"))], patience)
    assert isinstance(page, Page)
    graph.asked.clear()
    directory.read([Cursor(a_list(), page.next), Cursor(a_list("other"))], patience)
    assert graph.asked[0] == path


def test_an_empty_page_that_leads_on_is_no_end(graph: FakeGraph) -> None:
    page = read_one(graph, members(next=f"{BASE}/groups/sales/members?$skiptoken=2"))
    assert page == Page(next="/groups/sales/members?$skiptoken=2")


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1.0/groups/sales/members?$skiptoken=2",
        "http://graph.microsoft.com/v1.0/groups/sales/members?$skiptoken=2",
        "https://graph.microsoft.com@evil.example/v1.0/groups",
        "https://user@graph.microsoft.com/v1.0/groups",
        "https://:pass@graph.microsoft.com/v1.0/groups",
        "https://graph.microsoft.com.evil.example/v1.0/groups",
        "https://graph.microsoft.com:8443/v1.0/groups",
        "https://graph.microsoft.com:99999/v1.0/groups",
        "https://graph.microsoft.com\\@evil.example/v1.0/groups",
        "https://evil.example#@graph.microsoft.com/v1.0/groups",
        "https://graph.microsoft.com/beta/groups",
        "https://graph.microsoft.com/v1.0evil/groups",
        "https://graph.microsoft.com/v1.0/../beta/groups",
        "https://graph.microsoft.com/v1.0/%2e%2E/beta/groups",
        "https://graph.microsoft.com/v1.0//evil.example/groups",
        "https://graph.microsoft.com/v1.0/groups#fragment",
        "https://graph.microsoft.com/v1.0/groups\r\nHost: evil.example",
        "https://[graph.microsoft.com/v1.0/groups",
        "//graph.microsoft.com/v1.0/groups",
        "/v1.0/groups",
        "https://graph.microsoft.com/v1.0",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(graph: FakeGraph, link: str) -> None:
    reply = Reply(body={"value": [user(mail="a@x.com")], "@odata.nextLink": link})
    assert isinstance(read_one(graph, reply), UnreadableAnswer)
    assert len(graph.sent) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://GRAPH.microsoft.com/v1.0/groups/sales/members?$skiptoken=2",
        "https://graph.microsoft.com:443/v1.0/groups/sales/members?$skiptoken=2",
    ],
)
def test_another_spelling_of_the_same_origin_is_followed(graph: FakeGraph, link: str) -> None:
    assert read_one(graph, members(next=link)) == Page(next="/groups/sales/members?$skiptoken=2")


def test_a_page_that_leads_back_to_itself_is_refused(graph: FakeGraph) -> None:
    here = "/groups/sales/members?$skiptoken=2"
    page = read_one(graph, members(user(mail="a@x.com"), next=BASE + here), next=here)
    assert isinstance(page, UnreadableAnswer)


# -- hidden, refused, gone


@pytest.mark.parametrize(
    ("reply", "hidden", "error"),
    [
        (Reply(403, REFUSED), True, HiddenMembership),
        (Reply(403, REFUSED), False, AccessRefused),
        (Reply(404, {"error": {"code": "Request_ResourceNotFound"}}), False, ListNotFound),
        (Reply(404, {"error": {"code": "Request_ResourceNotFound"}}), True, ListNotFound),
        (Reply(400, {"error": {"code": "BadRequest"}}), False, UnreadableAnswer),
    ],
)
def test_a_list_that_cannot_be_read_says_why(
    graph: FakeGraph, reply: Reply, hidden: bool, error: type[DirectoryError]
) -> None:
    assert type(read_one(graph, reply, a_list(hidden=hidden))) is error


@pytest.mark.parametrize(
    ("reply", "hidden", "next"),
    [
        (members(), False, None),
        (members(user(mail="a@x.com")), True, None),
        (members(user(userPrincipalName="a@x.com")), True, None),
        (members(), True, "/groups/sales/members?$skiptoken=2"),
        (members(next=f"{BASE}/groups/sales/members?$skiptoken=2"), True, None),
    ],
)
def test_only_a_hidden_list_that_shows_nobody_counts_as_hidden(
    graph: FakeGraph, reply: Reply, hidden: bool, next: str | None
) -> None:
    assert isinstance(read_one(graph, reply, a_list(hidden=hidden), next), Page)


# -- finding


def found_by(graph: FakeGraph, collection: str, *entries: dict[str, Any], by: str = "proxyAddresses") -> None:
    graph.on(f"/{collection}?$filter={by}", members(*entries))


def test_a_list_is_found_by_its_alias(graph: FakeGraph) -> None:
    found_by(graph, "groups", group("g1", "Sales-Team@contoso.com", displayName="Sales Team"))
    kind = ListKind.DISTRIBUTION_LIST
    expected = DistributionList("g1", "sales-team@contoso.com", "Sales Team", kind, "graph")
    assert find_one(graph, "sales@contoso.com") == expected


def test_a_list_that_shows_no_address_answers_to_the_typed_one(graph: FakeGraph) -> None:
    found_by(graph, "groups", group("g1", mailEnabled=True))
    assert find_one(graph, "sales@contoso.com").address == "sales@contoso.com"


@pytest.mark.parametrize(
    ("collection", "by", "entry", "expected"),
    [
        ("users", "proxyAddresses", {"id": "u", "mail": "Jane@x.com"}, Mailbox("u", "jane@x.com")),
        ("users", "mail", {"id": "guest", "mail": "a@x.com"}, Mailbox("guest", "a@x.com")),
        ("users", "proxyAddresses", {"id": "u", "proxyAddresses": ["SMTP:P@x.com"]}, Mailbox("u", "p@x.com")),
        ("users", "proxyAddresses", {"id": "u", "mail": None}, Mailbox("u", None)),
        ("contacts", "proxyAddresses", {"id": "c", "mail": "partner@y.com"}, Mailbox("c", "partner@y.com")),
        ("groups", "proxyAddresses", {"id": "g", "mail": "a@x.com", "mailEnabled": False}, None),
    ],
)
def test_an_address_stands_for_whoever_has_it(
    graph: FakeGraph, collection: str, by: str, entry: dict[str, Any], expected: Mailbox | None
) -> None:
    found_by(graph, collection, entry, by=by)
    assert find_one(graph) == expected


def test_an_address_that_nobody_has_stands_for_nothing(graph: FakeGraph) -> None:
    assert find_one(graph) is None


def test_one_object_found_twice_is_one_object(graph: FakeGraph) -> None:
    found_by(graph, "users", {"id": "u", "mail": "a@x.com"})
    found_by(graph, "users", {"id": "u", "mail": "a@x.com"}, by="mail")
    assert find_one(graph) == Mailbox("u", "a@x.com")


@pytest.mark.parametrize("other", ["users", "contacts"])
def test_two_objects_on_one_address_are_refused(graph: FakeGraph, other: str) -> None:
    found_by(graph, "groups", group("g", "a@x.com"))
    found_by(graph, other, {"id": "o", "mail": "a@x.com"})
    assert isinstance(find_one(graph), AmbiguousAddress)


def test_two_mailboxes_of_one_address_are_one_recipient(graph: FakeGraph) -> None:
    owner = {"id": "v", "mail": "a@x.com", "proxyAddresses": [None, "SMTP:a@x.com"]}
    found_by(graph, "users", {"id": "u", "mail": "a@x.com"}, owner)
    assert find_one(graph) == Mailbox("v", "a@x.com")


def test_two_lists_of_one_address_are_refused(graph: FakeGraph) -> None:
    found_by(graph, "groups", group("g", "a@x.com"), group("h", "a@x.com"))
    assert isinstance(find_one(graph), AmbiguousAddress)


def test_a_search_that_failed_in_part_is_not_an_answer(graph: FakeGraph) -> None:
    graph.on("/users", Reply(403, REFUSED))
    assert isinstance(find_one(graph), AccessRefused)


@pytest.mark.parametrize("collection", ["users", "contacts"])
@pytest.mark.parametrize("status", [403, 400, 503])
def test_a_failed_search_takes_nothing_from_what_another_found(
    graph: FakeGraph, collection: str, status: int
) -> None:
    found_by(graph, "groups", group("g", "a@x.com"))
    graph.on(f"/{collection}", Reply(status, REFUSED if status == 403 else {}))
    assert isinstance(find_one(graph), DistributionList)


def test_contacts_that_may_not_be_searched_are_told_once_and_leave_strangers_strangers(
    graph: FakeGraph,
) -> None:
    directory = directory_on(graph)
    graph.on("/contacts", Reply(403, REFUSED))
    assert directory.find(["a@x.com"], QuickPatience()) == {"a@x.com": None}
    why_not = directory.why_not()
    assert why_not is not None
    assert "/contacts" in why_not.sentence
    assert "OrgContact.Read.All" in why_not.remedy
    graph.on("/contacts", members())
    directory.find(["a@x.com"], QuickPatience())
    assert directory.why_not() is None


def test_a_failed_search_concerns_its_own_address(graph: FakeGraph) -> None:
    graph.on("/groups?$filter=proxyAddresses%2Fany%28p%3Ap%20eq%20%27smtp%3Aa%40", Reply(404, MISSING))
    found = directory_on(graph).find(["a@x.com", "b@x.com"], QuickPatience())
    assert isinstance(found["a@x.com"], UnreadableAnswer)
    assert found["b@x.com"] is None


def test_a_search_goes_on_where_an_empty_page_leads(graph: FakeGraph) -> None:
    graph.on("/users?$filter=mail", members(next=f"{BASE}/users?$skiptoken=2"))
    graph.on("/users?$skiptoken=2", members({"id": "u", "mail": "a@x.com"}))
    assert find_one(graph) == Mailbox("u", "a@x.com")


@pytest.mark.parametrize("link", [f"{BASE}/users?$skiptoken=2", "https://evil.example/v1.0/users"])
def test_a_search_without_end_is_no_answer(graph: FakeGraph, link: str) -> None:
    graph.on("/users?$filter=mail", members(next=link))
    graph.on("/users?$skiptoken=2", members(next=link))
    assert isinstance(find_one(graph), UnreadableAnswer)


def test_five_addresses_are_found_with_one_request(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    addresses = [f"{number}@x.com" for number in range(5)]
    assert directory.find([*addresses, *addresses], patience) == dict.fromkeys(addresses)
    assert len(graph.sent) == 1
    directory.find([f"{number}@y.com" for number in range(11)], patience)
    assert len(graph.sent) == 4


@pytest.mark.parametrize(
    "address", ["o'brien@x.com", "a+b@x.com", "a#b&c=d%20@x.com", "m{}|^`?/@x.com", "jürgen@bücher.example"]
)
def test_an_address_is_quoted_whatever_it_holds(graph: FakeGraph, address: str) -> None:
    assert find_one(graph, address) is None
    literal = address.replace("'", "''")
    filters = [parse_qs(urlsplit(path).query, strict_parsing=True)["$filter"] for path in graph.asked]
    owns = f"proxyAddresses/any(p:p eq 'smtp:{literal}')"
    assert filters == [[owns], [owns], [f"mail eq '{literal}'"], [owns]]
    assert all(re.fullmatch(r"/[\w$?=&,%.~-]+", path, re.ASCII) for path in graph.asked)


def test_an_id_cannot_leave_its_place_in_the_path(
    graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    directory.read([Cursor(a_list("a/../b?c#d"))], patience)
    assert graph.asked[0].startswith("/groups/a%2F..%2Fb%3Fc%23d/members?")


# -- domains


def organization(*names: str) -> Reply:
    return Reply(
        body={"value": [{"verifiedDomains": [{"name": name, "isDefault": False} for name in names]}]}
    )


def test_domains_are_asked_for_once_an_hour(graph: FakeGraph, patience: QuickPatience) -> None:
    now = [100.0]
    graph.on("/organization", organization("Contoso.com", "contoso.onmicrosoft.com"))
    directory = directory_on(graph, clock=lambda: now[0])
    for now[0], requests_sent in [(100, 1), (3699, 1), (3700, 2)]:
        assert directory.domains(patience) == {"contoso.com", "contoso.onmicrosoft.com"}
        assert directory.requests_sent == requests_sent


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(403, REFUSED), AccessRefused),
        (Reply(404, MISSING), UnreadableAnswer),
        (organization(), UnreadableAnswer),
        (Reply(body={"value": [{"verifiedDomains": None}]}), UnreadableAnswer),
        (Reply(500, b""), DirectoryDown),
    ],
)
def test_domains_that_cannot_be_had_are_an_error_and_not_an_empty_set(
    graph: FakeGraph,
    directory: GraphDirectory,
    patience: QuickPatience,
    reply: Reply,
    error: type[DirectoryError],
) -> None:
    graph.on("/organization", reply)
    with pytest.raises(error):
        directory.domains(patience)
    graph.on("/organization", organization("contoso.com"))
    assert directory.domains(patience) == {"contoso.com"}
