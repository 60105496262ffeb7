"""The simulated Microsoft Graph behaves as the real one is documented or was recorded."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests

from sandbox.server import Running
from sandbox.tenant import Group, Person
from tests import directories as those

RECORDED = Path(__file__).parents[2] / "shared" / "data" / "graph"
DIRECTORY = ("Directory.Read.All", "User.Read.All")
NARROW = ("GroupMember.Read.All", "User.Read.All", "OrgContact.Read.All")
MEMBERS = f"/groups/{those.TEAM.id}/members"
SELECT = "id,displayName,mail,proxyAddresses,mailEnabled"
EVENTUAL = {"ConsistencyLevel": "eventual"}
UNSEEN = {those.DYNAMIC.id, those.FOLDER.id}


class Graph:
    """A caller of Graph with the permissions it is made with."""

    def __init__(self, running: Running, *scopes: str, person: Person = those.SERVICE) -> None:
        self.world = running.world
        self.root = f"{running.origin}/v1.0"
        self.session = those.session(running, *scopes, person=person)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(self.root + path, headers=headers, timeout=10)

    def post(self, path: str, body: Any) -> requests.Response:
        return self.session.post(self.root + path, json=body, timeout=10)

    def find(self, collection: str, filter: str) -> list[str]:
        answer = self.get(f"/{collection}?$filter={quote(filter)}&$select=id")
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["value"]]

    def pages(self, path: str, **headers: str) -> Iterator[dict[str, Any]]:
        """This page and all that follow."""
        answer = self.get(path, **headers)
        while True:
            assert answer.status_code == 200, answer.text
            yield answer.json()
            following = answer.json().get("@odata.nextLink")
            if following is None:
                return
            assert urlsplit(following).netloc == urlsplit(self.root).netloc
            answer = self.session.get(following, headers=headers, timeout=10)

    def batch(self, *urls: str, **more: Any) -> list[dict[str, Any]]:
        items = [{"id": str(n), "method": "GET", "url": url} | more for n, url in enumerate(urls)]
        answer = self.post("/$batch", {"requests": items})
        assert answer.status_code == 200, answer.text
        responses: list[dict[str, Any]] = answer.json()["responses"]
        return responses


@pytest.fixture
def running(tenant_company: Running) -> Running:
    tenant_company.world.load(those.tenant())
    return tenant_company


@pytest.fixture
def graph(running: Running) -> Graph:
    return Graph(running, *DIRECTORY)


def error_of(answer: requests.Response) -> str:
    """The code of an error, once its form is right."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "innerError"}
    assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}
    assert error["innerError"]["request-id"] == answer.headers["request-id"]
    return str(error["code"])


# Who may ask.


def test_a_call_without_an_access_token_is_refused(running: Running) -> None:
    answer = Graph(running).get("/groups")
    assert (answer.status_code, error_of(answer)) == (401, "InvalidAuthenticationToken")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.parametrize(
    "flaw",
    [
        {"exp": 1_700_000_000},
        {"aud": "https://outlook.office365.com"},
        {"tid": "99999999-9999-4999-8999-999999999999"},
    ],
    ids=["expired", "for another service", "of another tenant"],
)
def test_an_access_token_with_a_flaw_is_refused(running: Running, flaw: dict[str, Any]) -> None:
    graph = Graph(running)
    token = those.access_token(running, *DIRECTORY, **flaw)
    answer = graph.get("/groups", Authorization=f"Bearer {token}")
    assert (answer.status_code, error_of(answer)) == (401, "InvalidAuthenticationToken")


def test_a_string_that_is_no_access_token_is_refused(running: Running) -> None:
    answer = Graph(running).get("/groups", Authorization="Bearer nonsense")
    assert (answer.status_code, error_of(answer)) == (401, "InvalidAuthenticationToken")


def test_a_revoked_access_token_is_challenged_for_claims(graph: Graph) -> None:
    graph.world.switches.access_tokens_revoked = True
    answer = graph.get("/groups")
    assert answer.status_code == 401
    assert 'error="insufficient_claims"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("User.Read.All", "/groups"),
        ("User.Read.All", f"/groups/{those.TEAM.id}"),
        ("User.Read.All", MEMBERS),
        ("User.Read.All", f"{MEMBERS}/$count"),
        ("User.Read.All", "/contacts"),
        ("GroupMember.Read.All", "/users"),
        ("User.Read.All", "/organization"),
        ("GroupMember.Read.All", "/organization"),
    ],
)
def test_a_call_that_no_permission_covers_is_refused(running: Running, scope: str, path: str) -> None:
    answer = Graph(running, scope).get(path, **EVENTUAL)
    assert (answer.status_code, error_of(answer)) == (403, "Authorization_RequestDenied")


def test_a_guest_may_not_search_the_directory(running: Running) -> None:
    answer = Graph(running, *DIRECTORY, person=those.GUEST).get("/groups")
    assert (answer.status_code, error_of(answer)) == (403, "Authorization_RequestDenied")


def test_without_permission_for_a_kind_its_members_come_with_nothing_but_their_id(running: Running) -> None:
    page = Graph(running, "GroupMember.Read.All").get(f"{MEMBERS}?$select={SELECT}").json()
    items = {item["id"]: item for item in page["value"]}
    alice = {"@odata.type": "#microsoft.graph.user", "id": those.ALICE.id}
    assert items[those.ALICE.id] == alice | {"displayName": None, "mail": None, "proxyAddresses": None}
    assert items[those.PARTNER.id]["mail"] is None
    assert items[those.NESTED.id]["mail"] == those.NESTED.address


def test_the_narrow_permissions_show_everything_that_has_mail(running: Running) -> None:
    page = Graph(running, *NARROW).get(f"{MEMBERS}?$select={SELECT}").json()
    items = {item["id"]: item["mail"] for item in page["value"] if "mail" in item}
    for entry in (those.ALICE, those.GUEST, those.PARTNER, those.NESTED):
        assert items[entry.id] == entry.address


def test_a_member_nobody_may_read_comes_with_nothing_but_its_id(graph: Graph) -> None:
    page = graph.get(f"{MEMBERS}?$select={SELECT},userPrincipalName").json()
    carol = next(item for item in page["value"] if item["id"] == those.CAROL.id)
    assert carol.pop("@odata.type") == "#microsoft.graph.user"
    assert {name for name, value in carol.items() if value is not None} == {"id"}


# Finding by address.


@pytest.mark.parametrize(
    "filter",
    [
        "mail eq 'team@company.example'",
        "mail eq 'TEAM@Company.Example'",
        "mail in ('nobody@company.example', 'team@company.example')",
        "proxyAddresses/any(p:p eq 'smtp:team@company.example')",
        "proxyAddresses/any(x:x eq 'SMTP:Team@company.example')",
        "proxyAddresses/any(address:address eq 'smtp:crew@company.example')",
    ],
)
def test_a_list_is_found_by_any_of_its_addresses(graph: Graph, filter: str) -> None:
    assert graph.find("groups", filter) == [those.TEAM.id]


@pytest.mark.parametrize(
    ("collection", "filter", "found"),
    [
        ("groups", "mail eq 'crew@company.example'", []),
        ("groups", "mail eq 'nobody@company.example'", []),
        ("groups", "mail eq 'alice@company.example'", []),
        ("users", "mail eq 'alice@company.example'", [those.ALICE.id]),
        ("users", "mail eq 'bob@company.example'", []),
        ("users", "proxyAddresses/any(p:p eq 'smtp:bob@company.example')", [those.BOB.id]),
        ("users", "mail eq 'o''brien@company.example'", [those.OBRIEN.id]),
        ("users", "userPrincipalName eq 'Kiosk@company.example'", [those.KIOSK.id]),
        ("contacts", "proxyAddresses/any(p:p eq 'smtp:partner@x.example')", [those.PARTNER.id]),
        ("contacts", "mail eq 'guest@x.example'", []),
    ],
)
def test_a_filter_finds_what_has_the_value_and_nothing_else(
    graph: Graph, collection: str, filter: str, found: list[str]
) -> None:
    assert graph.find(collection, filter) == found


def test_two_lists_on_one_address_are_both_found(graph: Graph) -> None:
    assert graph.find("groups", f"mail eq 'twins@{those.DOMAIN}'") == [twin.id for twin in those.TWINS]


@pytest.mark.parametrize(
    "filter",
    [
        "mail eq 'o'brien@company.example'",
        "mail eq 'team@company.example",
        "mail eq team@company.example",
        "mail ne 'team@company.example'",
        "startswith(mail,'team')",
        "mail eq 'a@company.example' or mail eq 'b@company.example'",
        "proxyAddresses eq 'smtp:team@company.example'",
        "proxyAddresses/any(p:q eq 'smtp:team@company.example')",
        "mial eq 'team@company.example'",
        "mail in ()",
        "mail in (" + ",".join(f"'{n}@company.example'" for n in range(16)) + ")",
    ],
)
def test_any_other_filter_is_refused(graph: Graph, filter: str) -> None:
    answer = graph.get(f"/groups?$filter={quote(filter)}")
    assert answer.status_code == 400
    assert error_of(answer) in ("BadRequest", "Request_UnsupportedQuery")


def test_a_plus_that_was_not_encoded_is_a_space(graph: Graph) -> None:
    answer = graph.get("/users?$filter=mail+eq+'alice@company.example'&$select=id")
    assert [item["id"] for item in answer.json()["value"]] == [those.ALICE.id]
    assert graph.get("/users?$filter=mail eq 'a+b@company.example'").json()["value"] == []


@pytest.mark.parametrize("unseen", [those.DYNAMIC, those.FOLDER])
def test_what_only_exchange_knows_is_nowhere_in_graph(graph: Graph, unseen: Group) -> None:
    assert graph.find("groups", f"mail eq '{unseen.address}'") == []
    assert graph.get(f"/groups/{unseen.id}").status_code == 404
    assert graph.get(f"/groups/{unseen.id}/members").status_code == 404
    assert graph.post("/directoryObjects/getByIds", {"ids": [unseen.id]}).json()["value"] == []
    for relation in ("members", "transitiveMembers"):
        page = graph.get(f"/groups/{those.TEAM.id}/{relation}").json()
        assert unseen.id not in [item["id"] for item in page["value"]]


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


# Members.


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
        "$search=\"mail:team\"",
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
    assert link.startswith(f"{graph.root}/groups/{those.CROWD.id}/members?$select=id%2cmail&$top=999&$skiptoken=X%27")


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


# Batches.


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
        [{"id": "1", "method": "GET", "url": "groups"}],
        [{"id": "1", "url": "/groups"}],
        [{"id": 1, "method": "GET", "url": "/groups"}],
    ],
    ids=["empty", "21 requests", "one id twice", "absolute url", "no slash", "no method", "id is no string"],
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
