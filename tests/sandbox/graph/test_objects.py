"""One object of the simulated Graph, its other calls, headers, and what was recorded from the real one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sandbox.server.server import Running
from sandbox.tenant.tenant import Group
from tests.support import directories as those
from tests.support.directories import MEMBERS, NARROW, Graph, error_of

RECORDED = Path(__file__).parents[4] / "shared" / "data" / "graph"


# One object.


@pytest.mark.parametrize(
    "path",
    [
        f"/users/{those.GUEST.id}",
        f"/users/{quote(those.GUEST.upn)}",
        f"/users('{quote(those.GUEST.upn)}')",
    ],
)
def test_a_user_is_read_by_id_or_user_principal_name(graph: Graph, path: str) -> None:
    guest = graph.get(f"{path}?$select=id,mail,userType").json()
    assert guest.pop("@odata.context").endswith("/v1.0/$metadata#users(id,mail,userType)/$entity")
    assert guest == {"id": those.GUEST.id, "mail": "guest@x.example", "userType": "Guest"}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/groups/00000000-0000-4000-8000-0000deadbeef", 404, "Request_ResourceNotFound"),
        ("/groups/00000000-0000-4000-8000-0000deadbeef/members", 404, "Request_ResourceNotFound"),
        (f"/groups/{those.ALICE.id}", 404, "Request_ResourceNotFound"),
        ("/users/nobody@company.example", 404, "Request_ResourceNotFound"),
        ("/groups/team", 400, "Request_BadRequest"),
        ("/grups", 404, "ResourceNotFound"),
    ],
)
def test_what_is_not_there_is_told_in_graphs_words(graph: Graph, path: str, status: int, code: str) -> None:
    answer = graph.get(path)
    assert (answer.status_code, error_of(answer)) == (status, code)


@pytest.mark.parametrize(
    ("group", "types", "mail_enabled", "security_enabled", "visibility"),
    [
        (those.TEAM, [], True, False, None),
        (those.NESTED, [], True, True, None),
        (those.ACCESS, [], False, True, None),
        (those.UNIFIED, ["Unified", "DynamicMembership"], True, False, "Private"),
        (those.BOARD, ["Unified"], True, False, "HiddenMembership"),
        (those.SECRET, [], True, False, None),
    ],
    ids=lambda value: value.name if isinstance(value, Group) else "",
)
def test_a_groups_properties_tell_its_kind(
    graph: Graph,
    group: Group,
    types: list[str],
    mail_enabled: bool,
    security_enabled: bool,
    visibility: str | None,
) -> None:
    seen = graph.get(f"/groups/{group.id}").json()
    assert (seen["groupTypes"], seen["mailEnabled"], seen["securityEnabled"]) == (
        types,
        mail_enabled,
        security_enabled,
    )
    assert (seen["visibility"], seen["mail"]) == (visibility, group.address)
    assert (seen["membershipRule"] is not None) == group.dynamic


def test_the_primary_address_is_written_in_capitals_and_stands_anywhere(graph: Graph) -> None:
    alice = graph.get(f"/users/{those.ALICE.id}?$select=proxyAddresses").json()["proxyAddresses"]
    bob = graph.get(f"/users/{those.BOB.id}?$select=proxyAddresses,mail").json()
    assert alice == ["SMTP:Alice@company.example", "smtp:ali@company.example"]
    assert (bob["mail"], bob["proxyAddresses"][-1]) == (None, "SMTP:bob@company.example")
    assert bob["proxyAddresses"][0].startswith("X500:")


# Other calls.


def test_objects_are_read_by_their_ids_and_unknown_ones_left_out(graph: Graph) -> None:
    ids = [those.PARTNER.id, "00000000-0000-4000-8000-0000deadbeef", those.ALICE.id, those.SCREEN.id]
    answer = graph.post("/directoryObjects/getByIds", {"ids": ids, "types": ["user", "orgContact"]})
    kinds = {item["id"]: item["@odata.type"] for item in answer.json()["value"]}
    assert kinds == {those.PARTNER.id: "#microsoft.graph.orgContact", those.ALICE.id: "#microsoft.graph.user"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": []},
        {"ids": ["x"] * 1001},
        {"ids": [those.ALICE.id], "types": ["usr"]},
        {"ids": [those.ALICE.id], "kinds": ["user"]},
        [],
    ],
    ids=["nothing", "no ids", "too many", "unknown type", "unknown name", "no object"],
)
def test_a_wrong_body_of_get_by_ids_is_refused(graph: Graph, body: Any) -> None:
    assert graph.post("/directoryObjects/getByIds", body).status_code == 400


def test_get_by_ids_needs_directory_read_all(running: Running) -> None:
    answer = Graph(running, *NARROW).post("/directoryObjects/getByIds", {"ids": [those.ALICE.id]})
    assert answer.status_code == 403


@pytest.mark.parametrize("scope", ["Directory.Read.All", "User.Read"])
def test_the_verified_domains_are_told(running: Running, scope: str) -> None:
    page = Graph(running, scope).get("/organization?$select=verifiedDomains").json()
    (organization,) = page["value"]
    domains = {domain["name"]: domain["isDefault"] for domain in organization["verifiedDomains"]}
    assert domains == {"company.example": True, "company.onmicrosoft.example": False}


def test_a_method_that_the_path_does_not_take_is_refused(graph: Graph) -> None:
    assert graph.post("/groups", {}).status_code == 405
    assert graph.get("/directoryObjects/getByIds").status_code == 405


# Headers.


def test_every_answer_can_be_traced(graph: Graph) -> None:
    for path in (MEMBERS, "/groups/team"):
        answer = graph.get(path, **{"client-request-id": "my-own-id"})
        assert answer.headers["client-request-id"] == "my-own-id"
        assert answer.headers["request-id"]
    assert graph.get(MEMBERS).headers["Content-Type"].startswith("application/json;odata.metadata=minimal")


@pytest.mark.parametrize(
    ("path", "cost"),
    [
        (MEMBERS, 3),
        (f"{MEMBERS}?$select=id", 2),
        (f"{MEMBERS}?$select=id&$top=10", 1),
        (f"/groups/{those.TEAM.id}/transitiveMembers", 5),
        ("/users", 2),
        ("/groups", 1),
        ("/groups?$top=5", 1),
        (f"/users/{those.ALICE.id}", 1),
    ],
)
def test_an_answer_tells_what_it_cost(graph: Graph, path: str, cost: int) -> None:
    assert graph.get(path).headers["x-ms-resource-unit"] == str(cost)


def test_members_are_not_compressed(graph: Graph) -> None:
    answer = graph.get(MEMBERS, **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


# What was recorded from the real Graph.

OURS = {
    "rec-members-of-type-group": f"/groups/{those.TEAM.id}/members",
    "rec-members-of-type-user": f"/groups/{those.TEAM.id}/members",
    "rec-members-empty": f"/groups/{those.EMPTY.id}/members",
    "rec-group-get": f"/groups/{those.ACCESS.id}",
    "rec-group-get-404": "/groups/00000000-0000-4000-8000-0000deadbeef",
    "rec-groups-filter-none": "/groups?$filter=mail eq 'nobody@company.example'",
    "rec-user-get-by-upn": f"/users/{those.ALICE.upn}",
    "rec-user-special-upn-get": f"/users('{quote(those.GUEST.upn)}')",
    "rec-users-filter-upn": f"/users?$filter=userPrincipalName eq '{those.ALICE.upn}'",
    "rec-getByIds-user": those.ALICE.id,
    "rec-getByIds-group": those.TEAM.id,
}


@pytest.mark.parametrize("name", OURS)
def test_what_a_recorded_answer_holds_ours_holds_too(graph: Graph, name: str) -> None:
    path = RECORDED / f"{name}.json"
    if not path.exists():
        pytest.skip("the recorded Graph exchanges are not beside this checkout, in ../shared/data")
    recorded = json.loads(path.read_text(encoding="utf-8"))["response"]
    if "getByIds" in name:
        answer = graph.post("/directoryObjects/getByIds", {"ids": [OURS[name]]})
    else:
        answer = graph.get(OURS[name])
    assert answer.status_code == recorded["status"]
    # The body's length is told in one of two ways.
    assert set(recorded["headers"]) - {"transfer-encoding"} <= {header.lower() for header in answer.headers}
    same = ("content-type", "odata-version", "cache-control", "x-ms-resource-unit")
    for header in set(same) & set(recorded["headers"]):
        assert answer.headers[header] == recorded["headers"][header]
    theirs, ours = recorded["body"], answer.json()
    assert set(theirs) <= set(ours)
    assert context(theirs) == context(ours)
    if "error" in theirs:
        assert set(theirs["error"]) == set(ours["error"])
        assert set(theirs["error"]["innerError"]) == set(ours["error"]["innerError"])
    for item in theirs.get("value", []):
        like = [own for own in ours["value"] if own.get("@odata.type") == item.get("@odata.type")]
        assert set(item) <= set(like[0])


def context(body: dict[str, Any]) -> str:
    """What the body says it is, without the host."""
    return str(body.get("@odata.context", "")).partition("/v1.0/")[2]
