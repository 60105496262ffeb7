"""The members of lists in the simulated Microsoft Graph: kinds, pages, counts, what is hidden."""

from __future__ import annotations

import pytest

from sandbox.server.server import Running
from sandbox.tenant.tenant import Group
from tests.support import directories as those
from tests.support.directories import DIRECTORY, EVENTUAL, MEMBERS, SELECT, UNSEEN, Graph, error_of


def test_members_are_of_every_kind_and_say_which(graph: Graph) -> None:
    page = graph.get(f"{MEMBERS}?$select={SELECT}").json()
    kinds = {item["id"]: item["@odata.type"].rpartition(".")[2] for item in page["value"]}
    assert list(kinds) == [id for id in those.TEAM.members if id not in UNSEEN]
    some = [kinds[entry.id] for entry in (those.ALICE, those.PARTNER, those.SCREEN, those.ACCESS)]
    assert some == ["user", "orgContact", "device", "group"]


def test_a_select_keeps_what_a_member_has_and_leaves_out_the_rest(graph: Graph) -> None:
    page = graph.get(f"{MEMBERS}?$select=id,mail,mailEnabled").json()
    items = {item["id"]: set(item) for item in page["value"]}
    assert items[those.ALICE.id] == {"@odata.type", "id", "mail"}
    assert items[those.NESTED.id] == {"@odata.type", "id", "mail", "mailEnabled"}
    assert items[those.SCREEN.id] == {"@odata.type", "id"}


def test_a_users_default_properties_lack_what_rollcall_needs(graph: Graph) -> None:
    page = graph.get(MEMBERS).json()
    alice = next(item for item in page["value"] if item["id"] == those.ALICE.id)
    assert not {"proxyAddresses", "userType", "accountEnabled"} & set(alice)


@pytest.mark.parametrize(
    "query",
    [
        "$slect=id",
        "select=id",
        "$select=id,mial",
        "$select=id,,mail",
        "$top=5&$top=5",
        "$count=yes",
        "$filter=mail eq 'team@company.example'",
        "$skip=5",
        "$orderby=displayName",
        '$search="mail:team"',
    ],
)
def test_a_misspelt_or_useless_query_option_is_refused(graph: Graph, query: str) -> None:
    answer = graph.get(f"{MEMBERS}?{query}")
    assert answer.status_code == 400
    assert error_of(answer) in ("BadRequest", "Request_UnsupportedQuery")


@pytest.mark.parametrize("top", ["0", "1000", "-1"])
def test_a_page_size_out_of_range_is_refused(graph: Graph, top: str) -> None:
    answer = graph.get(f"{MEMBERS}?$top={top}")
    assert (answer.status_code, error_of(answer)) == (400, "Request_UnsupportedQuery")
    assert answer.json()["error"]["message"].startswith(f"Invalid page size specified: '{top}'")


@pytest.mark.parametrize(
    ("query", "sizes"),
    [("", [100] * 25), ("&$top=999", [999, 999, 502]), ("&$top=500", [500] * 5)],
    ids=["by default", "largest", "without rest"],
)
def test_pages_follow_one_another_to_the_last_member(graph: Graph, query: str, sizes: list[int]) -> None:
    pages = [page["value"] for page in graph.pages(f"/groups/{those.CROWD.id}/members?$select=id{query}")]
    assert [len(page) for page in pages] == sizes
    assert [item["id"] for page in pages for item in page] == those.CROWD.members


def test_a_next_link_looks_like_graphs_own(graph: Graph) -> None:
    link = graph.get(f"/groups/{those.CROWD.id}/members?$select=id,mail&$top=999").json()["@odata.nextLink"]
    assert link.startswith(
        f"{graph.root}/groups/{those.CROWD.id}/members?$select=id%2cmail&$top=999&$skiptoken=X%27"
    )


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("$top=999", "$top=100"),
        ("$select=id", "$select=id%2cmail"),
        (those.CROWD.id, those.TEAM.id),
        ("X%27", "X%2700"),
        ("$skiptoken=", "$skiptoken=x"),
    ],
)
def test_a_next_link_that_was_rebuilt_is_refused(graph: Graph, written: str, instead: str) -> None:
    page = graph.get(f"/groups/{those.CROWD.id}/members?$select=id&$top=999").json()
    answer = graph.session.get(page["@odata.nextLink"].replace(written, instead), timeout=10)
    assert (answer.status_code, error_of(answer)) == (400, "BadRequest")


def test_a_page_may_be_empty_and_not_the_last(graph: Graph) -> None:
    graph.world.switches.empty_pages = True
    pages = list(graph.pages(f"/groups/{those.CROWD.id}/members?$select=id&$top=999"))
    assert [len(page["value"]) for page in pages] == [0, 999, 0, 999, 0, 502]
    assert [item["id"] for page in pages for item in page["value"]] == those.CROWD.members


def test_a_list_deleted_between_two_pages_is_gone(graph: Graph) -> None:
    page = graph.get(f"/groups/{those.CROWD.id}/members?$top=999").json()
    graph.world.remove(those.CROWD.id)
    answer = graph.session.get(page["@odata.nextLink"], timeout=10)
    assert (answer.status_code, error_of(answer)) == (404, "Request_ResourceNotFound")


def test_a_deleted_member_is_no_longer_listed(graph: Graph) -> None:
    assert those.ALICE.id in graph.get(MEMBERS).text
    graph.world.remove(those.ALICE.id)
    assert those.ALICE.id not in graph.get(MEMBERS).text


def test_a_tenant_loaded_later_is_shown_at_once(graph: Graph) -> None:
    before = graph.get(f"/groups/{those.EMPTY.id}/members").json()["value"]
    tenant = those.tenant()
    changed = Group(those.EMPTY.id, "Empty no more", "distribution_list", members=[those.ALICE.id])
    tenant.groups = [changed if group is those.EMPTY else group for group in tenant.groups]
    graph.world.load(tenant)
    after = graph.get(f"/groups/{those.EMPTY.id}/members").json()["value"]
    assert (len(before), len(after)) == (0, 1)


def test_transitive_members_hold_the_groups_between_and_end_at_a_cycle(graph: Graph) -> None:
    page = graph.get(f"/groups/{those.TEAM.id}/transitiveMembers?$select=id").json()
    direct = {id for id in those.TEAM.members if id not in UNSEEN}
    ids = [item["id"] for item in page["value"]]
    assert sorted(ids) == sorted(direct | {those.OBRIEN.id})


@pytest.mark.parametrize("relation", ["members", "transitiveMembers"])
def test_a_count_needs_the_consistency_header(graph: Graph, relation: str) -> None:
    path = f"/groups/{those.TEAM.id}/{relation}/$count"
    refused, counted = graph.get(path), graph.get(path, **EVENTUAL)
    assert (refused.status_code, error_of(refused)) == (400, "Request_BadRequest")
    assert counted.headers["Content-Type"].startswith("text/plain")
    assert int(counted.text) == len(graph.get(f"/groups/{those.TEAM.id}/{relation}").json()["value"])


def test_a_cast_needs_the_consistency_header_and_a_count(graph: Graph) -> None:
    path = f"{MEMBERS}/microsoft.graph.user"
    for answer in (graph.get(path), graph.get(path, **EVENTUAL), graph.get(f"{path}?$count=true")):
        assert (answer.status_code, error_of(answer)) == (400, "Request_UnsupportedQuery")
    page = graph.get(f"{path}?$count=true&$select=id", **EVENTUAL).json()
    assert page["@odata.count"] == len(page["value"]) == 6
    assert all(set(item) == {"id"} for item in page["value"])
    assert graph.get(f"{MEMBERS}/graph.group/$count", **EVENTUAL).text == "3"


@pytest.mark.parametrize("cast", ["group", "orgContact", "device"])
def test_a_cast_that_is_impossible_for_the_group_is_refused(graph: Graph, cast: str) -> None:
    path = f"/groups/{those.UNIFIED.id}/members/microsoft.graph.{cast}?$count=true"
    answer = graph.get(path, **EVENTUAL)
    assert (answer.status_code, error_of(answer)) == (400, "Request_UnsupportedQuery")


def test_a_total_comes_with_the_first_page_of_an_advanced_query_only(graph: Graph) -> None:
    path = f"/groups/{those.CROWD.id}/members?$count=true&$top=999&$select=id"
    totals = [page.get("@odata.count") for page in graph.pages(path, **EVENTUAL)]
    assert totals == [those.LONG, None, None]
    assert "@odata.count" not in graph.get(path).json()


@pytest.mark.parametrize("relation", ["members", "transitiveMembers"])
def test_hidden_members_are_refused(graph: Graph, relation: str) -> None:
    for group in (those.BOARD, those.SECRET):
        answer = graph.get(f"/groups/{group.id}/{relation}")
        assert (answer.status_code, error_of(answer)) == (403, "Authorization_RequestDenied")


def test_hidden_members_may_look_like_none_where_visibility_tells(graph: Graph) -> None:
    graph.world.switches.hidden_membership_empty = True
    assert graph.get(f"/groups/{those.BOARD.id}/members").json()["value"] == []
    assert graph.get(f"/groups/{those.SECRET.id}/members").status_code == 403


def test_hidden_members_are_shown_to_who_may_see_them(running: Running) -> None:
    page = Graph(running, *DIRECTORY, "Member.Read.Hidden").get(f"/groups/{those.BOARD.id}/members").json()
    assert [item["id"] for item in page["value"]] == those.BOARD.members
