"""How far the copies of a mail are, through the public door: whoever asks, and whoever may not."""

from __future__ import annotations

from typing import Any

import pytest

from shared.services.process import services
from tests.support.api import ADA, NOAH, SALES, Api, assert_problem
from tests.support.tracked_mails import register

LAPTOP, PHONE = {"holder": "life-0001", "device": "laptop-1"}, {"holder": "life-0002", "device": "phone-01"}


@pytest.fixture
def mail(individual: Api, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ROLLCALL_COPIES_UNDO", "0")
    services.cache_clear()
    return register(individual, "individual")


def path(mail: Any) -> str:
    return f"/api/messages/{mail['message_id']}/copies"


def note(api: Api, mail: Any, *changes: tuple[int, str], **more: Any) -> Any:
    told = [{"place": place, "state": state} for place, state in changes]
    body = {"holder": LAPTOP["holder"], "changes": told} | more
    return api.call("PATCH", path(mail), json=body)


def test_every_device_of_the_sender_sees_how_far_the_copies_are(individual: Api, mail: Any) -> None:
    assert_problem(individual.call("GET", path(mail)), 404, "not_found")
    begun = individual.call("PUT", path(mail), json=LAPTOP).json()
    assert (begun["states"], begun["total"], begun["begins_in"]) == ("wwwww", 4, 0)
    note(individual, mail, (0, "t"))
    note(individual, mail, (0, "s"), (1, "t"))
    refused = [{"place": 1, "state": "f", "reason": "ErrorInvalidRecipients"}]
    note(individual, mail, changes=refused)
    found = individual.call("GET", path(mail)).json()
    assert (found["states"], found["sent"], found["failed"], found["waiting"]) == ("sfwww", 0, 1, 3)
    assert found["reasons"] == [{"place": 1, "reason": "ErrorInvalidRecipients"}]
    assert 170 < found["free_in"] <= 180


def test_two_devices_never_send_at_once_and_the_second_goes_on_where_the_first_stopped(
    individual: Api, mail: Any
) -> None:
    individual.call("PUT", path(mail), json=LAPTOP)
    note(individual, mail, (0, "t"))
    assert_problem(individual.call("PUT", path(mail), json=PHONE), 409, "conflict")
    note(individual, mail, (0, "s"), lets_go=True)
    assert individual.call("PUT", path(mail), json=PHONE).json()["states"] == "swwww"
    assert_problem(note(individual, mail, (1, "t")), 409, "conflict")


def test_nobody_but_its_sender_sees_or_moves_a_run(individual: Api, mail: Any) -> None:
    individual.call("PUT", path(mail), json=LAPTOP)
    for person in (NOAH, ADA):
        other = individual.as_person(person)
        assert_problem(other.call("GET", path(mail)), 404, "not_found")
        assert_problem(other.call("PUT", path(mail), json=PHONE), 404, "not_found")
        assert_problem(note(other, mail, (0, "t")), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"changes": []}, "$.holder"),
        ({"holder": "life-0001", "changes": [{"place": -1, "state": "t"}]}, "$.changes[0].place"),
        ({"holder": "life-0001", "changes": [{"place": 1, "state": "x"}]}, "$.changes[0].state"),
        (
            {"holder": "life-0001", "changes": [{"place": 1, "state": "f", "reason": "mia@company.com"}]},
            "$.changes[0].reason",
        ),
        ({"holder": "life-0001", "changes": [{"place": 1, "state": "t"}] * 501}, "$.changes"),
        ({"holder": "life-0001", "subject": "Lunch"}, "$.subject"),
    ],
)
def test_what_a_device_may_not_say_is_named(individual: Api, mail: Any, body: Any, field: str) -> None:
    individual.call("PUT", path(mail), json=LAPTOP)
    assert_problem(individual.call("PATCH", path(mail), json=body), 400, "invalid_request", field)


def test_with_its_message_the_run_goes(individual: Api, mail: Any) -> None:
    individual.call("PUT", path(mail), json=LAPTOP)
    individual.call("DELETE", f"/api/messages/{mail['message_id']}")
    assert_problem(note(individual, mail, (0, "t")), 404, "not_found")
    assert_problem(individual.call("PUT", path(mail), json=LAPTOP), 404, "not_found")


def test_a_mail_that_all_share_has_no_copies(api: Api) -> None:
    shared = register(api, expansion_id=api.expand(SALES).json()["id"])
    assert_problem(api.call("PUT", path(shared), json=LAPTOP), 409, "conflict")


def test_each_recipients_urls_have_their_place_whoever_was_erased(individual: Api, mail: Any) -> None:
    rows = individual.call("GET", f"/api/messages/{mail['message_id']}/recipients").json()["rows"]
    assert [row["number"] for row in rows] == [1, 2, 3, 4]
    individual.as_person(ADA).call("DELETE", "/api/people/-", headers={"Rollcall-Person": rows[1]["address"]})
    after = individual.call("GET", f"/api/messages/{mail['message_id']}/recipients").json()["rows"]
    assert [row["number"] for row in after] == [1, 3, 4]
    assert individual.call("PUT", path(mail), json=LAPTOP).json()["states"] == "wwfww"
