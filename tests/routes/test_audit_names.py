"""Who is a name: what the people of the trail are called, asked of the directory when somebody looks."""

from __future__ import annotations

from uuid import uuid4

from tests.support.api import ADA, DANIEL, NOAH, Api, assert_problem

NOBODY = "rollcall"


def actors(api: Api) -> dict[str, str]:
    """Who did what, by the kind of deed."""
    rows = api.as_person(DANIEL).call("GET", "/api/audit?limit=1000").json()["rows"]
    return {row["kind"]: row["actor"] for row in rows}


def named(api: Api, *ids: str) -> dict[str, str]:
    answer = api.as_person(DANIEL).call("GET", f"/api/audit/names?ids={','.join(ids)}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["names"])


def test_an_auditor_is_told_the_names_of_the_people_in_the_trail_and_unknown_ids_have_none(api: Api) -> None:
    ada = actors(api)["connected"]
    assert named(api, ada, NOBODY, str(uuid4())) == {ada: "Ada Okonkwo"}
    assert "Okonkwo" not in api.as_person(DANIEL).call("GET", "/api/audit").text


def test_without_the_service_account_nobody_has_a_name_and_the_trail_is_readable(api: Api) -> None:
    ada = actors(api)["connected"]
    api.as_person(ADA).call("DELETE", "/api/connection").raise_for_status()
    assert named(api, ada) == {}
    assert actors(api)["disconnected"] == ada


def test_names_are_for_auditors_and_a_few_at_a_time(api: Api) -> None:
    ids = [str(uuid4()) for _ in range(21)]
    many = api.as_person(DANIEL).call("GET", f"/api/audit/names?ids={','.join(ids)}")
    assert_problem(many, 400, "invalid_request", "ids")
    one = api.as_person(NOAH).call("GET", f"/api/audit/names?ids={ids[0]}")
    assert_problem(one, 403, "not_allowed")
