"""A request that is sent again changes nothing a second time."""

from __future__ import annotations

import uuid

import pytest
from azure.data.tables import TableServiceClient

from tests.support.amounts import exactly
from tests.support.api import ALL, NOAH, SALES, Api, assert_problem
from tests.support.declared import described

HARMLESS = {
    "POST /api/expansions": "by `id`, or by Idempotency-Key",
    "POST /api/messages": "by `expansion_id`",
    "POST /api/messages/{id}/sent": "what was said to be sent is sent",
    "POST /api/people/{address}/objection": "who objected has objected",
    "POST /p/{token}": "who objected has objected",
    "POST /api/connection/test": "it changes nothing",
    "POST /api/links": "it changes nothing",
}
"""Why each may be sent twice; tests of each are where the route is tested."""


def test_of_each_post_it_is_known_why_it_may_be_sent_twice() -> None:
    assert {operation for operation in described() if operation.startswith("POST ")} == set(HARMLESS)


@pytest.mark.parametrize("written", ["{}", '"{}"'])
def test_the_same_key_joins_what_the_first_request_began(api: Api, written: str) -> None:
    headers = {"Idempotency-Key": written.format(uuid.uuid4())}
    first = api.call("POST", "/api/expansions", json={"addresses": [SALES]}, headers=headers).json()
    again = api.call("POST", "/api/expansions", json={"addresses": [SALES]}, headers=headers).json()
    assert again == first
    assert first["count"] == exactly(4)
    assert uuid.UUID(first["id"])
    assert api.expand(SALES).json()["id"] != first["id"]


def test_the_same_key_for_something_else_is_a_conflict(api: Api) -> None:
    headers = {"Idempotency-Key": "monday's mail"}
    first = api.call("POST", "/api/expansions", json={"addresses": [SALES]}, headers=headers)
    assert first.status_code == 200
    other = api.call("POST", "/api/expansions", json={"addresses": [ALL]}, headers=headers)
    assert_problem(other, 409, "conflict")


def test_a_key_is_its_senders_own(api: Api) -> None:
    headers = {"Idempotency-Key": "1"}
    found = [
        person.call("POST", "/api/expansions", json={"addresses": [address]}, headers=headers)
        for person, address in ((api, SALES), (api.as_person(NOAH), ALL))
    ]
    assert [answer.status_code for answer in found] == [200, 200]
    assert found[0].json()["id"] != found[1].json()["id"]


def test_a_key_is_kept_nowhere(api: Api, environment: dict[str, str]) -> None:
    headers = {"Idempotency-Key": "canary-of-a-key"}
    counted = api.call("POST", "/api/expansions", json={"addresses": [SALES]}, headers=headers).json()
    found = []
    with TableServiceClient.from_connection_string(environment["ROLLCALL_STORAGE_CONNECTION"]) as service:
        for table in service.list_tables():
            found += [repr(row) for row in service.get_table_client(table.name).list_entities()]
    assert any(counted["id"] in row for row in found)
    assert not [row for row in found if "canary-of-a-key" in row]


def test_an_id_of_ones_own_goes_before_the_key(api: Api) -> None:
    chosen = str(uuid.uuid4())
    body = {"addresses": [SALES], "id": chosen}
    found = api.call("POST", "/api/expansions", json=body, headers={"Idempotency-Key": "2"}).json()
    assert found["id"] == chosen


@pytest.mark.parametrize("key", ["", '""', "x" * 201, "caf\u00e9".encode()])
def test_what_is_no_key_is_refused_by_name(unconnected: Api, key: str) -> None:
    answer = unconnected.call(
        "POST", "/api/expansions", json={"addresses": [SALES]}, headers={"Idempotency-Key": key}
    )
    assert_problem(answer, 400, "invalid_request", "Idempotency-Key")
