"""`$batch` of the simulated Microsoft Graph."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.support import directories as those
from tests.support.directories import EVENTUAL, MEMBERS, Graph, error_of


def test_a_batch_answers_each_of_its_requests_in_no_order(graph: Graph) -> None:
    responses = graph.batch("/groups?$top=1", f"{MEMBERS}?$select=id", "/groups/team", f"{MEMBERS}?$slect=id")
    assert [response["id"] for response in responses] != ["0", "1", "2", "3"]
    statuses = {response["id"]: response["status"] for response in responses}
    assert statuses == {"0": 200, "1": 200, "2": 400, "3": 400}
    page = next(response["body"] for response in responses if response["id"] == "1")
    assert page == graph.get(f"{MEMBERS}?$select=id").json()


def test_a_page_in_a_batch_has_an_absolute_next_link(graph: Graph) -> None:
    (response,) = graph.batch(f"/groups/{those.CROWD.id}/members?$select=id&$top=999")
    link = response["body"]["@odata.nextLink"]
    assert graph.session.get(link, timeout=10).json()["value"][0]["id"] == those.CROWD.members[999]
    (second,) = graph.batch(link.removeprefix(graph.root))
    assert second["body"]["value"][0]["id"] == those.CROWD.members[999]


def test_a_request_of_a_batch_carries_its_own_headers(graph: Graph) -> None:
    (refused,) = graph.batch(f"{MEMBERS}/$count")
    (counted,) = graph.batch(f"{MEMBERS}/$count", headers=EVENTUAL)
    assert refused["status"] == 400
    assert base64.b64decode(counted["body"]) == b"11"


def test_a_batch_takes_a_post_with_a_body(graph: Graph) -> None:
    item = {"id": "1", "method": "POST", "url": "/directoryObjects/getByIds", "body": {"ids": [those.BOB.id]}}
    refused = graph.post("/$batch", {"requests": [item]})
    answer = graph.post("/$batch", {"requests": [item | {"headers": {"Content-Type": "application/json"}}]})
    assert refused.status_code == 400
    assert answer.json()["responses"][0]["body"]["value"][0]["id"] == those.BOB.id


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{"id": str(n), "method": "GET", "url": "/groups"} for n in range(21)],
        [{"id": "a", "method": "GET", "url": "/groups"}, {"id": "A", "method": "GET", "url": "/users"}],
        [{"id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/groups"}],
        [{"id": "1", "method": "GET", "url": "//graph.microsoft.com/v1.0/groups"}],
        [{"id": "1", "method": "GET", "url": "groups"}],
        [{"id": "1", "url": "/groups"}],
        [{"id": 1, "method": "GET", "url": "/groups"}],
    ],
    ids=[
        "empty",
        "21 requests",
        "one id twice",
        "absolute url",
        "other host",
        "no slash",
        "no method",
        "id is no string",
    ],
)
def test_a_malformed_batch_is_refused_as_a_whole(graph: Graph, items: list[Any]) -> None:
    answer = graph.post("/$batch", {"requests": items})
    assert (answer.status_code, error_of(answer)) == (400, "BadRequest")


def test_one_request_of_a_batch_is_throttled_and_the_others_are_not(graph: Graph) -> None:
    graph.world.faults.add(
        service="graph",
        path=f"{those.TEAM.id}/members",
        times=1,
        status=429,
        headers={"Retry-After": "2.128"},
        body={"error": {"code": "TooManyRequests", "message": "Please retry again later."}},
    )
    responses = graph.batch(f"{MEMBERS}?$select=id", f"/groups/{those.EMPTY.id}/members")
    by_id = {response["id"]: response for response in responses}
    assert (by_id["0"]["status"], by_id["1"]["status"]) == (429, 200)
    assert by_id["0"]["headers"]["retry-after"] == "2.128"
    assert by_id["0"]["body"]["error"]["code"] == "TooManyRequests"
    assert {response["status"] for response in graph.batch(f"{MEMBERS}?$select=id")} == {200}


def test_a_request_of_a_batch_cannot_lose_its_connection(graph: Graph) -> None:
    graph.world.faults.add(service="graph", path="/members", drop=True)
    (response,) = graph.batch(MEMBERS)
    assert response["status"] == 504
