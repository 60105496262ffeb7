"""What became of a message, through the public door: who sees it, and that looking is recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.services.process import services
from tests.support.api import ADA, ALL, MIA, NOAH, Api, assert_problem
from tests.support.tracked_mails import register, visit

EVERYBODY = [f"user{n}@company.com" for n in range(1, 5)]


@pytest.fixture
def path(individual: Api) -> str:
    """A message of Mia's that was sent to four, of whom one opened it and one clicked."""
    body = register(individual, "individual")
    mails, found = body["recipients"]["rows"], f"/api/messages/{body['message_id']}"
    assert individual.call("POST", f"{found}/sent").status_code == 200
    visit(mails[0]["pixel_url"])
    visit(next(iter(mails[1]["links"].values())))
    return found


def share(api: Api, path: str, *addresses: str) -> Any:
    return api.call("PUT", f"{path}/readers", json={"addresses": list(addresses)})


def recorded(api: Api, kind: str) -> list[dict[str, Any]]:
    """The newest records of that kind."""
    found = api.as_person(ADA).call("GET", f"/api/audit?kind={kind}&limit=5").json()["rows"]
    return [record | {"facts": json.loads(record["facts"])} for record in found]


def object_id(api: Api, person: str) -> str:
    found = api.sandbox.world.find_person(person)
    assert found
    return found.id


def test_who_calls_is_told_what_they_may_do(unconnected: Api) -> None:
    mia = unconnected.call("GET", "/api/me").json()
    assert mia["roles"] == ["sender"]
    assert mia["name"]
    assert unconnected.as_person(ADA).call("GET", "/api/me").json()["roles"] == ["sender", "admin", "auditor"]


def test_what_each_recipient_did_is_paged_and_filtered(individual: Api, path: str) -> None:
    page = individual.call("GET", f"{path}/report/recipients").json()
    assert [one["address"] for one in page["rows"]] == EVERYBODY
    assert (page["total"], page["next"]) == (4, None)
    first = individual.call("GET", f"{path}/report/recipients?opened=yes&limit=1").json()
    assert first["rows"] == [{"address": EVERYBODY[0], "opened": "yes", "clicked": "no"}]
    quiet = f"{path}/report/recipients?opened=no&clicked=no&limit=1"
    before = individual.call("GET", quiet).json()
    silent = individual.call("GET", f"{quiet}&after={before['next']}").json()
    assert [one["address"] for one in silent["rows"]] == [EVERYBODY[3]]
    assert silent["total"] == 2


@pytest.mark.parametrize(
    "query",
    ["opened=perhaps", "opened=no,", "opened=no,perhaps", "clicked=YES", "limit=0", "after=-1", "limit=1001"],
)
def test_a_filter_that_is_none_is_refused(individual: Api, path: str, query: str) -> None:
    answer = individual.call("GET", f"{path}/report/recipients?{query}")
    assert_problem(answer, 400, "invalid_request", query.partition("=")[0])


def test_where_nobody_is_told_apart_nobody_is_listed(api: Api) -> None:
    path = f"/api/messages/{register(api)['message_id']}"
    assert_problem(api.call("GET", f"{path}/report/recipients"), 409, "conflict")


def test_a_reader_sees_the_results_and_nothing_else(individual: Api, path: str) -> None:
    noah = individual.as_person(NOAH)
    assert share(individual, path, "Noah.Sender@company.com").json() == {"addresses": [NOAH]}
    for seen in ("report", "report.csv", "report.xlsx", "report/recipients"):
        assert noah.call("GET", f"{path}/{seen}").status_code == 200
    [listed] = [
        one
        for one in noah.call("GET", "/api/messages").json()["rows"]
        if one["message_id"] == path.rpartition("/")[2]
    ]
    assert (listed["mine"], listed["sender"]["address"]) == (False, MIA)
    for method, forbidden in [
        ("GET", f"{path}/recipients"),
        ("GET", f"{path}/readers"),
        ("POST", f"{path}/sent"),
        ("DELETE", f"{path}/sent"),
        ("DELETE", path),
    ]:
        assert_problem(noah.call(method, forbidden), 404, "not_found")
    assert_problem(share(noah, path, "user1@company.com"), 404, "not_found")
    assert share(individual, path).json() == {"addresses": []}
    assert_problem(noah.call("GET", f"{path}/report"), 404, "not_found")
    left = [one["message_id"] for one in noah.call("GET", "/api/messages").json()["rows"]]
    assert path.rpartition("/")[2] not in left


def test_a_message_that_was_deleted_is_gone_for_its_readers(individual: Api, path: str) -> None:
    share(individual, path, NOAH)
    assert individual.call("DELETE", path).status_code == 204
    noah = individual.as_person(NOAH)
    assert_problem(noah.call("GET", f"{path}/report"), 404, "not_found")
    assert path.rpartition("/")[2] not in noah.call("GET", "/api/messages").text


@pytest.mark.parametrize("address", ["nobody@company.com", ALL, "someone@partner.example"])
def test_an_address_that_is_no_persons_of_ours_is_named(individual: Api, path: str, address: str) -> None:
    answer = share(individual, path, NOAH, address)
    assert_problem(answer, 400, "invalid_request", "$.addresses[1]")
    assert individual.call("GET", f"{path}/readers").json() == {"addresses": []}


def test_while_the_service_account_is_down_nobody_is_added_and_anybody_can_be_taken_off(
    individual: Api, path: str
) -> None:
    share(individual, path, NOAH)
    individual.as_person(ADA).call("DELETE", "/api/connection")
    answer = share(individual, path, NOAH, "user1@company.com")
    assert_problem(answer, 503, "no_account")
    assert individual.call("GET", f"{path}/readers").json() == {"addresses": [NOAH]}
    assert share(individual, path).json() == {"addresses": []}


def test_a_name_that_a_token_claims_to_be_known_by_opens_nothing(individual: Api, path: str) -> None:
    share(individual, path, NOAH)
    stranger = individual.sandbox.caller_token(
        "olivia.hart@company.com", preferred_username=NOAH, roles=["Rollcall.Sender"]
    )
    answer = individual.call("GET", f"{path}/report", headers={"Authorization": f"Bearer {stranger}"})
    assert_problem(answer, 404, "not_found")


def test_whoever_looks_at_single_results_is_recorded(individual: Api, path: str) -> None:
    share(individual, path, NOAH)
    identifier, mia = path.rpartition("/")[2], object_id(individual, MIA)
    for person in (MIA, NOAH, ADA):
        ask = individual.as_person(person)
        cursor = ask.call("GET", f"{path}/report/recipients?limit=1").json()["next"]
        ask.call("GET", f"{path}/report/recipients?after={cursor}")
        record = recorded(individual, "recipients_viewed")[0]
        assert (record["actor"], record["subject"]) == (object_id(individual, person), identifier)
        assert (record["facts"]["owner"], record["facts"]["after"]) == (mia, 1)
        individual.as_person(person).call("GET", f"{path}/report.csv")
        record = recorded(individual, "report_exported")[0]
        assert (record["actor"], record["subject"]) == (object_id(individual, person), identifier)
    [shared, *_] = recorded(individual, "message_shared")
    assert (shared["actor"], shared["facts"]["readers"]) == (mia, [object_id(individual, NOAH)])
    individual.as_person(ADA).call("DELETE", path)
    [deleted, *_] = recorded(individual, "message_deleted")
    assert (deleted["actor"], deleted["subject"]) == (object_id(individual, ADA), identifier)
    assert "@" not in str([shared, deleted, record])


@pytest.mark.parametrize(
    ("method", "what"),
    [
        ("GET", "/report/recipients"),
        ("GET", "/report.csv"),
        ("GET", "/report.xlsx"),
        ("PUT", "/readers"),
        ("DELETE", ""),
    ],
)
def test_what_cannot_be_recorded_is_not_done(
    individual: Api, path: str, monkeypatch: pytest.MonkeyPatch, method: str, what: str
) -> None:
    from shared.errors import StoreUnavailable

    def fail(record: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(services().audit.trail, "add", fail)
    body = {"json": {"addresses": [NOAH]}} if method == "PUT" else {}
    answer = individual.call(method, path + what, **body)
    assert_problem(answer, 503, "store_unavailable")
    assert not any(address in answer.text for address in EVERYBODY)
    monkeypatch.undo()
    assert individual.call("GET", f"{path}/report").status_code == 200


def test_a_send_that_failed_is_undone_and_tried_again(individual: Api, path: str) -> None:
    for _ in range(2):
        undone = individual.call("DELETE", f"{path}/sent")
        assert undone.status_code == 200
        assert (undone.json()["stage"], undone.json()["sent_at"]) == ("registered", None)
    report = individual.call("GET", f"{path}/report").json()
    assert report["opened"] == {"person": 0, "unsure": 0, "machine": 0}
    assert report["not_counted"] == {"before_send": 2}
    assert individual.call("POST", f"{path}/sent").json()["stage"] == "sent"
    report = individual.call("GET", f"{path}/report").json()
    assert report["not_counted"] == {"before_send": 2}
    assert_problem(individual.as_person(NOAH).call("DELETE", f"{path}/sent"), 404, "not_found")
