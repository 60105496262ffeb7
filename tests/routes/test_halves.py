"""A mail that is two messages, because only some said yes, is one mail to whoever manages it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import NOAH, Api
from tests.support.consenting import say
from tests.support.people import sent_mail, set_of
from tests.support.tracked_mails import LINKS, visit

PERSON, OTHER = "user1@company.com", "user2@company.com"


@pytest.fixture
def mail(consenting: Api) -> Any:
    say(consenting, yes=True)
    return sent_mail(consenting)


def halves(mail: Any) -> tuple[str, str]:
    """The message of who is told apart, and that of everybody else."""
    return mail["message_id"], mail["rest"]["message_id"]


def found(api: Api, message: str) -> Any:
    answer = api.call("GET", f"/api/messages/{message}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_half_says_which_the_other_is_and_a_whole_mail_that_there_is_none(
    consenting: Api, mail: Any
) -> None:
    named, rest = halves(mail)
    whole = sent_mail(consenting, "counting")["message_id"]
    listed = {each["message_id"]: each["other_half"] for each in _listed(consenting)}
    assert [listed[each] for each in (named, rest, whole)] == [rest, named, None]
    assert [found(consenting, each)["other_half"] for each in (named, rest)] == [rest, named]


def test_the_halves_stand_beside_each_other_in_the_list(consenting: Api, mail: Any) -> None:
    sent_mail(consenting, "counting")
    places = [each["message_id"] for each in _listed(consenting)]
    named, rest = (places.index(each) for each in halves(mail))
    assert abs(named - rest) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_a_name_that_one_half_gets_is_that_of_both(consenting: Api, mail: Any, which: int) -> None:
    path = f"/api/messages/{halves(mail)[which]}"
    answer = consenting.call("PATCH", path, json={"name": "Fire drill"})
    assert answer.json()["message_id"] == halves(mail)[which]
    assert [found(consenting, each)["labels"]["name"] for each in halves(mail)] == ["Fire drill"] * 2


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_sees_one_half_sees_both_until_they_are_taken_off(
    consenting: Api, mail: Any, which: int
) -> None:
    path, reader = f"/api/messages/{halves(mail)[which]}/readers", consenting.as_person(NOAH)
    for readers, status in (([NOAH], 200), ([], 404)):
        assert consenting.call("PUT", path, json={"addresses": readers}).status_code == 200
        seen = [reader.call("GET", f"/api/messages/{each}/report").status_code for each in halves(mail)]
        assert seen == [status] * 2


@pytest.mark.parametrize("which", [0, 1])
def test_a_link_that_is_withdrawn_leads_nowhere_in_any_copy_of_the_mail(
    consenting: Api, mail: Any, which: int
) -> None:
    copies = [set_of(mail, person)["links"][LINKS[0]] for person in (PERSON, OTHER)]
    path = f"/api/messages/{halves(mail)[which]}/links/0"
    assert consenting.call("PUT", path, json={"target": None}).status_code == 200
    assert [visit(each).status_code for each in copies] == [410, 410]
    assert consenting.call("DELETE", path).status_code == 200
    assert [visit(each).status_code for each in copies] == [302, 302]


@pytest.mark.parametrize("which", [0, 1])
def test_deleting_one_half_deletes_the_mail(consenting: Api, mail: Any, which: int) -> None:
    assert consenting.call("DELETE", f"/api/messages/{halves(mail)[which]}").status_code == 204
    for each in halves(mail):
        assert consenting.call("GET", f"/api/messages/{each}").status_code == 404


def _listed(api: Api) -> Any:
    return api.call("GET", "/api/messages?limit=1000").json()["rows"]
