"""Consent, through the public door: who said yes is told apart, and nobody else, in the same sending."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.storage.tables.consents import ConsentTable
from shared.audit import Search
from shared.errors import StoreUnavailable
from shared.services.process import services
from tests.support.api import ADA, MIA, NOAH, Api, assert_problem
from tests.support.consenting import PERSON, measuring, say
from tests.support.people import choose, received, sent_mail, set_of, walk
from tests.support.tracked_mails import LINKS, visit

OTHERS = ("user2@company.com", "user3@company.com", "user4@company.com")


def report(api: Api, message: str) -> Any:
    answer = api.call("GET", f"/api/messages/{message}/report")
    assert answer.status_code == 200, answer.text
    return answer.json()


def amount(body: Any) -> int:
    """How many recipients an answer says."""
    return int(body["count"]["at_least"])


def deeds(api: Api, message: str) -> int:
    found = report(api, message)
    return sum(sum(found[kind].values()) for kind in ("opened", "clicked"))


def test_who_said_yes_is_told_apart_and_all_others_get_one_mail_to_the_byte(consenting: Api) -> None:
    say(consenting, yes=True)
    body = sent_mail(consenting)
    sets = {one.pop("address"): one for one in body["recipients"]["rows"]}
    assert body["recipients"]["total"] == len(sets) == 4
    mine, first, *rest = [sets[address] for address in (PERSON, *OTHERS)]
    # By its number the add-in says which copy left; it is in no mail.
    assert len({one.pop("number") for one in sets.values()}) == 4
    assert all(one == first for one in rest)
    assert first["shared"]
    assert not mine["shared"]
    assert not {mine["pixel_url"], mine["notice_url"], *mine["links"].values()} & {
        first["pixel_url"],
        first["notice_url"],
        *first["links"].values(),
    }
    assert (amount(body), amount(body["rest"])) == (1, 3)
    for one in sets.values():
        visit(one["pixel_url"])
        assert visit(one["links"][LINKS[2]]).headers["location"] == LINKS[2]
    by_name = consenting.call("GET", f"/api/messages/{body['message_id']}/report/recipients").json()
    assert [one["address"] for one in by_name["rows"] if one["opened"] != "no"] == [PERSON]
    together = report(consenting, body["rest"]["message_id"])
    assert (together["mode"], together["recipients"]["at_least"]) == ("counting", 3)
    assert sum(together["opened"].values()) == 3
    assert received(consenting, OTHERS[0])[body["rest"]["message_id"]]["events_in_all"] == 0


@pytest.mark.parametrize("everybody", [False, True])
def test_nobody_and_everybody_may_have_said_yes(consenting: Api, everybody: bool) -> None:
    people = (PERSON, *OTHERS) if everybody else ()
    for person in people:
        say(consenting, yes=True, person=person)
    body = sent_mail(consenting)
    assert amount(body) == len(people)
    assert (body["rest"] is None) is everybody
    assert len(body["recipients"]["rows"]) == 4
    assert report(consenting, body["message_id"])["recipients"]["at_least"] == len(people)


def test_registering_again_after_somebody_said_yes_is_the_same_mail(consenting: Api) -> None:
    body = sent_mail(consenting)
    say(consenting, yes=True)
    page = consenting.call("GET", f"/api/messages/{body['message_id']}/recipients").json()
    assert page["rows"] == body["recipients"]["rows"]
    assert all(one["shared"] for one in page["rows"])


def test_deleting_and_unsending_hold_for_both_halves_of_a_sending(consenting: Api) -> None:
    say(consenting, yes=True)
    body = sent_mail(consenting)
    rest = body["rest"]["message_id"]
    assert report(consenting, rest)["sent_at"]
    path = f"/api/messages/{body['message_id']}"
    assert consenting.call("DELETE", f"{path}/sent").status_code == 200
    assert report(consenting, rest)["sent_at"] is None
    assert consenting.call("DELETE", path).status_code == 204
    assert consenting.call("GET", f"/api/messages/{rest}/report").status_code == 404


@pytest.mark.parametrize("by", ["themselves", "link", "admin", "erasure"])
def test_taking_it_back_reaches_mails_that_were_delivered(consenting: Api, by: str) -> None:
    say(consenting, yes=True)
    body = sent_mail(consenting)
    mine = set_of(body, PERSON)
    visit(mine["pixel_url"])
    assert deeds(consenting, body["message_id"]) == 1
    if by == "themselves":
        assert say(consenting, yes=False)["why"] == "objected"
    elif by == "link":
        assert choose(mine["notice_url"], "object").status_code == 200
    elif by == "admin":
        consenting.as_person(ADA).call("POST", f"/api/people/{PERSON}/objection")
    else:
        walk(consenting, "DELETE", PERSON)
    before = deeds(consenting, body["message_id"])
    visit(mine["pixel_url"])
    assert visit(mine["links"][LINKS[2]]).headers["location"] == LINKS[2]
    assert deeds(consenting, body["message_id"]) == before


def test_a_failure_to_look_it_up_is_no(consenting: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    say(consenting, yes=True)
    body = sent_mail(consenting)
    mine = set_of(body, PERSON)

    def down(*_: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(ConsentTable, "find", down)
        visit(mine["pixel_url"])
        assert visit(mine["links"][LINKS[2]]).status_code == 302
        later = sent_mail(consenting)
        assert (amount(later), amount(later["rest"])) == (0, 4)
    services().tracking.drain()
    assert deeds(consenting, body["message_id"]) == 0
    visit(mine["pixel_url"])
    assert deeds(consenting, body["message_id"]) == 1


def test_the_proof_is_the_text_that_was_shown_its_version_its_language_and_the_time(consenting: Api) -> None:
    asked = measuring(consenting)["question"]
    say(consenting, yes=True, language="de")
    say(consenting, yes=False)
    kept = consenting.as_person(PERSON).call("GET", "/api/me/kept").json()
    proof = [
        {name: each[name] for name in ("yes", "version", "language", "text")} for each in kept["answers"]
    ]
    assert proof == [
        {"yes": yes, "version": asked["version"], "language": one, "text": asked["texts"][one]}
        for yes, one in ((True, "de"), (False, "en"))
    ]
    assert all(each["at"] for each in kept["answers"])
    records = services().audit.trail.read(Search(actor="self"), 20).rows
    assert [each.kind for each in records if each.kind.startswith("consent")][:2] == [
        "consent_refused",
        "consented",
    ]


def test_a_yes_to_a_text_that_was_not_shown_is_none(consenting: Api) -> None:
    for given in (
        {"yes": True, "version": "0" * 12, "language": "en"},
        {"yes": True, "version": measuring(consenting)["question"]["version"], "language": "xx"},
    ):
        answer = consenting.as_person(PERSON).call("PUT", "/api/me/measuring", json=given)
        assert_problem(answer, 409, "conflict")
    assert measuring(consenting)["why"] == "no_answer"


def test_the_link_in_a_mail_takes_a_yes_back_and_gives_none(consenting: Api) -> None:
    say(consenting, yes=True)
    url = set_of(sent_mail(consenting), PERSON)["notice_url"]
    for choice in ("withdraw", "yes", "consent"):
        assert choose(url, choice).status_code in (400, 403)
    pages = {visit(url).text}
    choose(url, "object")
    pages.add(visit(url).text)
    assert len(pages) == 1
    assert '"/me"' in pages.pop()
    assert measuring(consenting)["why"] == "objected"


def test_everybody_sees_and_decides_about_themselves_alone(consenting: Api) -> None:
    say(consenting, yes=True)
    for other in (*OTHERS, MIA, NOAH, ADA):
        assert measuring(consenting, other)["why"] == "no_answer"
    found = measuring(consenting)
    assert found["addresses"][0] == PERSON
    query = consenting.as_person(OTHERS[0]).call("GET", f"/api/me/kept?address={PERSON}")
    assert query.status_code == 400 or query.json()["kept"]["address"] == OTHERS[0]


def test_a_claim_that_names_somebody_else_shows_nothing_of_them(consenting: Api) -> None:
    say(consenting, yes=True)
    token = consenting.sandbox.caller_token(OTHERS[0], preferred_username=PERSON, upn=None, email=PERSON)
    headers = {"Authorization": f"Bearer {token}"}
    for method, path in (("GET", "measuring"), ("GET", "kept"), ("DELETE", "kept")):
        answer = consenting.call(method, f"/api/me/{path}", headers=headers)
        assert answer.status_code == 404
        assert PERSON not in answer.text
    assert measuring(consenting)["why"] == "yes"


def test_who_erases_themselves_is_asked_anew(consenting: Api) -> None:
    say(consenting, yes=True)
    body = sent_mail(consenting)
    erased = consenting.as_person(PERSON).call("DELETE", "/api/me/kept").json()
    assert body["message_id"] in erased["messages"]
    found = measuring(consenting)
    assert (found["why"], found["answered"]) == ("no_answer", None)
    kept = consenting.as_person(PERSON).call("GET", "/api/me/kept").json()
    assert (kept["kept"]["received"], kept["answers"]) == ([], [])


def test_a_no_is_heard_while_the_directory_is_silent(consenting: Api) -> None:
    version = say(consenting, yes=True)["question"]["version"]
    body = sent_mail(consenting)
    assert consenting.as_person(ADA).call("DELETE", "/api/connection").status_code == 200
    given = {"yes": False, "version": version, "language": "en"}
    answer = consenting.as_person(PERSON).call("PUT", "/api/me/measuring", json=given)
    assert answer.status_code == 200, answer.text
    assert not answer.json()["measured"]
    assert (
        consenting.as_person(PERSON).call("PUT", "/api/me/measuring", json=given | {"yes": True}).status_code
        == 503
    )
    visit(set_of(body, PERSON)["pixel_url"])
    assert deeds(consenting, body["message_id"]) == 0


def test_an_organisation_that_measures_nobody_by_name_says_so(api: Api) -> None:
    found = measuring(api)
    assert (found["measured"], found["why"], found["question"]) == (False, "off", None)


@pytest.mark.usefixtures("individual", "nobody_answered")
def test_where_objecting_is_the_basis_everybody_is_measured_until_they_object(api: Api) -> None:
    assert (measuring(api)["measured"], measuring(api)["why"]) == (True, "not_objected")
    assert say(api, yes=False)["why"] == "objected"
    assert say(api, yes=True)["why"] == "not_objected"
