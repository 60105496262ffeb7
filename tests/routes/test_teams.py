"""A team sees and manages each other's mails, through the public door; nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.tenant.tenant import Group
from shared.services.process import services
from tests.support.api import ADA, MIA, NOAH, Api, assert_problem
from tests.support.tracked_mails import register

COMMS = "0b1c2d3e-0000-4000-8000-00000000c001"


def id_of(api: Api, person: str) -> str:
    found = api.sandbox.world.find_person(person)
    assert found
    return found.id


def set_teams(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ROLLCALL_TEAMS", text)
    services.cache_clear()


@pytest.fixture
def team(api: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """Mia and Noah are in the group Comms, which is assigned to Rollcall and is a team."""
    tenant = api.sandbox.world.tenant
    members = [id_of(api, MIA), id_of(api, NOAH)]
    tenant.groups.append(Group(COMMS, "Comms", "security_group", members=members))
    tenant.assigned_groups.append(COMMS)
    set_teams(monkeypatch, f"Internal Communications: {COMMS.upper()}")
    yield api
    tenant.groups[:] = [group for group in tenant.groups if group.id != COMMS]
    tenant.assigned_groups.remove(COMMS)
    services.cache_clear()


def sent(api: Api, name: str) -> str:
    message: str = register(api, labels={"name": name})["message_id"]
    assert api.call("POST", f"/api/messages/{message}/sent").status_code == 200
    return message


def rows(api: Api, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.call("GET", f"/api/messages?limit=1000{query}").json()["rows"]
    return found


def names(api: Api, query: str = "") -> list[str]:
    return [row["labels"]["name"] for row in rows(api, query)]


def test_a_team_finds_each_others_mails_among_its_own(team: Api) -> None:
    noah, mia = team.as_person(NOAH), team.as_person(MIA)
    first, second = sent(mia, "Teams one"), sent(noah, "Teams two")
    third = sent(mia, "Teams three")
    assert names(noah, "&q=teams") == names(mia, "&q=teams") == ["Teams three", "Teams two", "Teams one"]
    listed = {row["message_id"]: row for row in rows(noah)}
    assert [listed[one]["mine"] for one in (first, second, third)] == [False, True, False]
    assert all(listed[one]["managed"] for one in (first, second, third))
    assert {tuple(row["teams"]) for row in listed.values() if row["message_id"] in (first, second)} == {
        ("Internal Communications",)
    }
    assert noah.call("GET", f"/api/messages/{first}/report").status_code == 200
    assert noah.call("GET", f"/api/headlines?ids={first}").json()["gone"] == []
    assert names(noah, "&team=internal%20communications&q=teams") == names(noah, "&q=teams")
    assert names(noah, "&team=internal") == []
    assert names(team.as_person(ADA), "&team=Internal%20Communications&q=teams") == names(noah, "&q=teams")


def test_a_page_of_a_team_goes_on_where_it_ended_and_shows_each_mail_once(team: Api) -> None:
    noah, mia = team.as_person(NOAH), team.as_person(MIA)
    for number in range(6):
        sent(noah if number % 2 else mia, f"Paged {number}")
    found: list[str] = []
    after = ""
    while after is not None:
        page = noah.call("GET", f"/api/messages?limit=2{after and f'&after={after}'}").json()
        found += [row["labels"]["name"] for row in page["rows"]]
        after = page["next"]
    assert [name for name in found if name.startswith("Paged")] == [f"Paged {n}" for n in range(5, -1, -1)]


def test_a_team_manages_each_others_mails_and_the_trail_says_who_did(team: Api) -> None:
    noah, message = team.as_person(NOAH), sent(team.as_person(MIA), "Managed")
    path = f"/api/messages/{message}"
    assert noah.call("PATCH", path, json={"name": "Managed by Noah"}).status_code == 200
    assert noah.call("PUT", f"{path}/readers", json={"addresses": [ADA]}).status_code == 200
    assert noah.call("PUT", f"{path}/links/0", json={"target": None}).status_code == 200
    assert noah.call("DELETE", path).status_code == 204
    assert_problem(team.call("GET", path), 404, "not_found")
    assert "Managed by Noah" not in names(noah) + names(team.as_person(MIA)) + names(team.as_person(ADA))
    found = team.as_person(ADA).call("GET", f"/api/audit?actor={id_of(team, NOAH)}&limit=20").json()["rows"]
    done = {record["kind"] for record in found if record["subject"] == message}
    assert done == {"message_labelled", "message_shared", "link_withdrawn", "message_deleted"}


def test_what_only_the_sender_does_no_colleague_does(team: Api) -> None:
    noah, message = team.as_person(NOAH), sent(team.as_person(MIA), "Not Noah's to send")
    assert_problem(noah.call("POST", f"/api/messages/{message}/sent"), 404, "not_found")
    assert_problem(noah.call("DELETE", f"/api/messages/{message}/sent"), 404, "not_found")
    assert_problem(noah.call("GET", f"/api/messages/{message}/recipients"), 404, "not_found")


def test_whoever_leaves_a_team_sees_its_mails_no_more(team: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    noah, message = team.as_person(NOAH), sent(team.as_person(MIA), "Left behind")
    [group] = [group for group in team.sandbox.world.tenant.groups if group.id == COMMS]
    group.members.remove(id_of(team, NOAH))
    assert_problem(noah.call("GET", f"/api/messages/{message}/report"), 404, "not_found")
    assert "Left behind" not in names(noah)
    assert names(team.as_person(MIA))[0] == "Left behind"
    group.members.append(id_of(team, NOAH))
    assert names(noah)[0] == "Left behind"
    set_teams(monkeypatch, f"Another name: {COMMS}")
    assert "Left behind" not in names(noah)
    assert_problem(noah.call("DELETE", f"/api/messages/{message}"), 404, "not_found")


def test_what_was_sent_before_there_was_a_team_stays_its_senders(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = sent(api.as_person(MIA), "From before")
    set_teams(monkeypatch, f"Pair: {id_of(api, MIA)}, {id_of(api, NOAH)}")
    noah = api.as_person(NOAH)
    assert_problem(noah.call("GET", f"/api/messages/{message}"), 404, "not_found")
    later = sent(api.as_person(MIA), "From then on")
    assert noah.call("GET", f"/api/messages/{later}").json()["teams"] == ["Pair"]
    assert "From before" not in names(noah)


@pytest.mark.parametrize(
    "claims",
    [
        {"groups": None},
        {"groups": None, "hasgroups": True},
        {"groups": None, "_claim_names": {"groups": "src1"}},
        {"groups": COMMS},
        {"groups": {COMMS: True}},
        {"groups": ["Comms", "*", ""]},
    ],
)
def test_where_entra_tells_no_groups_nobody_is_in_a_team(team: Api, claims: dict[str, Any]) -> None:
    message = sent(team.as_person(MIA), "Fail closed")
    token = team.sandbox.caller_token(NOAH, **claims)
    answer = team.call("GET", f"/api/messages/{message}", headers={"Authorization": f"Bearer {token}"})
    assert_problem(answer, 404, "not_found")


def test_whoever_calls_is_told_their_teams_and_an_admin_all(
    team: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = team.as_person(NOAH).call("GET", "/api/me").json()
    assert (told["teams"], told["sees_teams"]) == (["Internal Communications"], ["Internal Communications"])
    told = team.as_person(ADA).call("GET", "/api/me").json()
    assert (told["teams"], told["sees_teams"]) == ([], ["Internal Communications"])


def test_of_a_deleted_mail_nothing_is_left_in_its_teams_list(team: Api) -> None:
    message = sent(team.as_person(MIA), "Gone from the team")
    assert team.as_person(MIA).call("DELETE", f"/api/messages/{message}").status_code == 204
    table = services().tables.call("MessageList", lambda one: list(one.list_entities()))
    assert not [row for row in table if message in row["RowKey"]]
