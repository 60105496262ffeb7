"""Microsoft Graph as a directory: about how many are below a list, by a question."""

from __future__ import annotations

from dataclasses import replace

from shared.audience.directory import ListKind
from tests.support.fake_graph import FakeGraph, QuickPatience, Reply, a_list, directory_on

BELOW = "/groups/sales/transitiveMembers/microsoft.graph."


def counted(number: int) -> Reply:
    return Reply(body={"@odata.count": number, "value": []})


def estimate(graph: FakeGraph, kind: ListKind = ListKind.DISTRIBUTION_LIST) -> int | None:
    return directory_on(graph).estimate([replace(a_list(), kind=kind)], QuickPatience())


def test_people_and_contacts_are_counted_by_graph_and_nobody_is_read(graph: FakeGraph) -> None:
    graph.on(f"{BELOW}user", counted(40))
    graph.on(f"{BELOW}orgContact", counted(2))
    assert estimate(graph) == 42
    assert all("$count=true" in path and "$top=1&" in path for path in graph.asked)


def test_without_contacts_it_is_still_a_guess_and_without_people_none(graph: FakeGraph) -> None:
    refused = Reply(status=403, body={"error": {"code": "Authorization_RequestDenied"}})
    graph.on(f"{BELOW}user", counted(40))
    graph.on(f"{BELOW}orgContact", refused)
    assert estimate(graph) == 40
    others = FakeGraph()
    others.on(f"{BELOW}user", refused)
    others.on(f"{BELOW}orgContact", counted(2))
    assert estimate(others) is None


def test_an_answer_without_a_count_is_no_guess(graph: FakeGraph) -> None:
    graph.on(f"{BELOW}user", Reply(body={"value": []}))
    graph.on(f"{BELOW}orgContact", counted(2))
    assert estimate(graph) is None


def test_a_microsoft_365_group_is_not_asked_for_contacts(graph: FakeGraph) -> None:
    graph.on(f"{BELOW}user", counted(7))
    assert estimate(graph, ListKind.MICROSOFT_365_GROUP) == 7
    assert len(graph.asked) == 1


def test_many_lists_are_asked_for_together(graph: FakeGraph) -> None:
    graph.on("/groups/", counted(1))
    lists = [a_list(f"list{number}") for number in range(25)]
    assert directory_on(graph).estimate(lists, QuickPatience()) == 50
