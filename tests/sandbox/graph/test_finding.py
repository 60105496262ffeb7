"""The simulated Graph: who may ask, and finding by address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from sandbox.server.server import Running
from sandbox.tenant.tenant import Group
from tests.support import directories as those
from tests.support.directories import DIRECTORY, EVENTUAL, MEMBERS, NARROW, SELECT, Graph, error_of

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
