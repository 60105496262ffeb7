"""Graph as Microsoft described it and as it answered: recordings and an OpenAPI description."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.adapters.directories.graph import GraphDirectory
from shared.audience.directory import Mailbox, Page
from shared.errors import ListNotFound
from tests.support import graph_description
from tests.support.fake_graph import (
    BASE,
    FakeGraph,
    QuickPatience,
    Reply,
    cursors,
    find_one,
    members,
    read_one,
)
from tests.support.graph_description import DATA, Description

# -- against what Microsoft published and answered


def recorded(name: str) -> Reply:
    path = DATA / f"rec-{name}.json"
    if not path.exists():
        pytest.skip(f"The recorded Graph exchanges are not beside the checkout ({path.parent}).")
    response = json.loads(path.read_text(encoding="utf-8"))["response"]
    headers = {name: value for name, value in response["headers"].items() if name != "transfer-encoding"}
    return Reply(response["status"], response["body"], headers)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("members-of-type-user", Page(without_address=["973a162e-93aa-4e8e-889b-1f272920e64d"])),
        ("members-of-type-group", Page(not_mail=["7fc3ad5e-575d-4aec-bcc2-957e983140fd"])),
        ("members-empty", Page()),
    ],
)
def test_recorded_members_are_understood(graph: FakeGraph, name: str, expected: Page) -> None:
    assert read_one(graph, recorded(name)) == expected


def test_a_recorded_refusal_is_understood(graph: FakeGraph, caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(read_one(graph, recorded("error-404-Request_ResourceNotFound-groups")), ListNotFound)
    assert "404 Request_ResourceNotFound, request-id 52df15f9-843b-42de-b5d5-a490b4055b99" in caplog.text


@pytest.mark.parametrize(
    ("collection", "name", "found"),
    [
        ("groups", "groups-filter-none", False),
        ("groups", "groups-filter-displayName-1", False),  # a security group without mail
        ("users", "users-filter-upn", True),
        ("users", "users-startswith-special", True),
    ],
)
def test_recorded_searches_are_understood(graph: FakeGraph, collection: str, name: str, found: bool) -> None:
    reply = recorded(name)
    graph.on(f"/{collection}?", reply)
    entries = reply.body["value"]
    assert find_one(graph) == (Mailbox(entries[0]["id"], None) if found else None)


def test_recorded_links_are_followed(graph: FakeGraph) -> None:
    path = DATA / "pnp-nextlink-shapes.json"
    if not path.exists():
        pytest.skip(f"The recorded Graph links are not beside the checkout ({path.parent}).")
    for link in json.loads(path.read_text(encoding="utf-8"))["nextLinks"]:
        assert read_one(graph, members(next=link)) == Page(next=link.removeprefix(BASE))


@pytest.fixture(scope="module")
def description() -> Description:
    return graph_description.load()


def test_we_ask_only_what_microsoft_describes(
    description: Description, graph: FakeGraph, directory: GraphDirectory, patience: QuickPatience
) -> None:
    directory.find([f"{number}@x.com" for number in range(5)], patience)
    directory.read(cursors(20), patience)
    directory.read(cursors(1), patience)
    body = description.operation("POST", "/v1.0/$batch")["requestBody"]
    asked = body["content"]["application/json"]["schema"]["properties"]["requests"]
    for request in graph.sent[:2]:
        assert isinstance(request.body, bytes)
        items = json.loads(request.body)["requests"]
        assert len(items) <= asked["maxItems"]
        assert all(item.keys() == set(asked["items"]["required"]) for item in items)
        assert all(re.match(asked["items"]["properties"]["url"]["pattern"], item["url"]) for item in items)
    assert len(graph.asked) == 41
    for url in graph.asked:
        parts = urlsplit(f"/v1.0{url}")
        described = description.parameters(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert query.keys() <= described.keys()
        assert set(query["$select"].split(",")) <= set(described["$select"]["items"]["enum"])
        assert 1 <= int(query["$top"]) <= 999
