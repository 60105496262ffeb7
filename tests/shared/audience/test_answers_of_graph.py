"""What a count makes of Graph's answers: again, from the first page, for good; and whom each tells what."""

from __future__ import annotations

from typing import Any

import pytest

from shared.audience.limits import Limits, Progress
from shared.audience.planner import Planner
from shared.audience.walk import walk
from tests.support.fake_graph import (
    BASE,
    MISSING,
    FakeGraph,
    QuickPatience,
    Reply,
    directory_on,
    group,
    members,
    user,
)

LIST = "sales@x.com"
FIRST, SECOND = "/groups/sales/members?", "/groups/sales/more?$skiptoken=2"
EXPIRED = {"error": {"code": "Directory_ExpiredPageToken", "message": "Specified page token value expired."}}


@pytest.fixture
def graph() -> FakeGraph:
    graph = FakeGraph()
    graph.on("/groups?", members(group("sales", LIST)))
    domains = {"value": [{"verifiedDomains": [{"name": "x.com"}]}]}
    graph.on("/organization", Reply(body=domains))
    graph.on(FIRST, members(*(user(f"a{n}", mail=f"a{n}@x.com") for n in range(5)), next=f"{BASE}{SECOND}"))
    graph.on(SECOND, members(*(user(f"b{n}", mail=f"b{n}@x.com") for n in range(3))))
    return graph


def count(graph: FakeGraph) -> Any:
    planner = Planner(directory_on(graph), [], dynamic_lists=False)
    return walk([LIST], planner, Limits(), QuickPatience(), Progress())


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "Directory_ExpiredPageToken"),
        (404, "Directory_ExpiredPageToken"),
        (400, "Directory_InvalidPageToken"),
        (410, "resyncRequired"),
        (410, "syncStateNotFound"),
        (410, ""),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_list_whose_place_was_lost_is_read_from_its_first_page(
    graph: FakeGraph, status: int, code: str, times: int
) -> None:
    lost = Reply(status, {"error": {"code": code, "message": "."}})
    graph.on(SECOND, *[lost] * times, *graph.script[SECOND])
    found = count(graph)
    assert (len(found.numbers), found.problems) == (8, [])
    [node] = found.lists.values()
    assert (node.members, sorted(node.recipients)) == (8, list(range(8)))


def test_a_list_whose_place_is_lost_again_and_again_is_no_complete_count(graph: FakeGraph) -> None:
    graph.on(SECOND, Reply(400, EXPIRED))
    found = count(graph)
    assert len(found.numbers) == 5
    assert [(problem.code, problem.list) for problem in found.problems] == [("directory_down", LIST)]
    assert graph.asked.count(f"{SECOND}") == 3


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "Request_ResourceNotFound"),
        (429, "TooManyRequests"),
        (503, "serviceNotAvailable"),
        (500, "Directory_ReplicaUnavailable"),
        (409, "Directory_ConcurrencyViolation"),
        (423, ""),
        (408, ""),
        (509, ""),
        (400, "Request_ThrottledTemporarily"),
        (424, ""),
    ],
)
@pytest.mark.parametrize("page", [FIRST, SECOND])
def test_what_passes_is_asked_again(graph: FakeGraph, status: int, code: str, page: str) -> None:
    graph.on(page, Reply(status, {"error": {"code": code, "message": "."}}), *graph.script[page])
    found = count(graph)
    assert (len(found.numbers), found.problems) == (8, [])


def test_a_list_that_stays_unfound_is_told_without_guessing_why(graph: FakeGraph) -> None:
    graph.on(SECOND, Reply(404, MISSING))
    [problem] = count(graph).problems
    assert (problem.code, problem.list) == ("not_found", LIST)
    assert "was deleted" not in problem.text
    assert "deleted" in problem.remedy


def test_what_no_table_knows_is_told_with_its_code(graph: FakeGraph) -> None:
    graph.on(SECOND, Reply(418, {"error": {"code": "Teapot_Short", "message": "secret@x.com"}}))
    [problem] = count(graph).problems
    assert "418 Teapot_Short" in problem.text
    assert "secret" not in problem.text + problem.remedy


def test_a_refused_search_of_contacts_leaves_the_list_counted_and_is_told_once(graph: FakeGraph) -> None:
    refused = {"error": {"code": "Authorization_RequestDenied", "message": "."}}
    graph.on("/contacts", Reply(403, refused))
    found = count(graph)
    assert len(found.numbers) == 8
    [problem] = found.problems
    assert (problem.code, problem.list) == ("no_permission", None)
    assert "/contacts" in problem.text
