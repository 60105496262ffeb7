"""Looking for addresses in Graph, and the organisation's domains."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.adapters.directories.graph import GraphDirectory
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    DirectoryDown,
    DirectoryError,
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
    directory_on,
    find_one,
    group,
    members,
)

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
