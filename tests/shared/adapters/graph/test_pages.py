"""Pages of members, and lists that are hidden, refused or gone."""

from __future__ import annotations

import pytest

from shared.audience.directory import Cursor, Page
from shared.errors import (
    AccessRefused,
    DirectoryError,
    HiddenMembership,
    ListNotFound,
    UnreadableAnswer,
)
from tests.support.fake_graph import (
    BASE,
    REFUSED,
    FakeGraph,
    QuickPatience,
    Reply,
    a_list,
    directory_on,
    members,
    read_one,
    user,
)

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
