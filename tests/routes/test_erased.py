"""Whoever is erased, through the public door: their old links lead where they should and record nothing, and
no row, gap, order or count gives them away."""

from __future__ import annotations

from typing import Any

import pytest

from shared.services.process import services
from shared.tracking.recording.events import unpack
from tests.support.amounts import exactly
from tests.support.api import ADA, Api
from tests.support.people import USER, choose, everything_stored, opened, received, sent_mail, set_of, walk
from tests.support.report_files import parts_of, sheets_in
from tests.support.tracked_mails import visit

ALIAS = "Marcus.Lindqvist@company.com"
OTHERS = [f"user{n}@company.com" for n in (1, 3, 4)]


def erase(api: Api, address: str) -> Any:
    return walk(api, "DELETE", address)[-1]


def recorded(message: str) -> list[int]:
    """Whose events the journal holds, by number."""
    entries = services().tracking.journal_table.read(message)
    return sorted(event.recipient for entry in entries for event in unpack(entry.data))


def act(mail: Any) -> None:
    """All that a recipient can do with a mail."""
    visit(mail["pixel_url"])
    for url, tracked in mail["links"].items():
        answer = visit(tracked)
        assert (answer.status_code, answer.headers["location"].lower()) == (302, url.lower())
    assert visit(mail["notice_url"]).status_code == 200


def report(api: Api, body: Any) -> tuple[Any, Any, list[tuple[str, ...]]]:
    """The report, all rows of what single people did, and who is in the files."""
    path = f"/api/messages/{body['message_id']}"
    pages: list[Any] = []
    while not pages or pages[-1]["next"]:
        after = f"&after={pages[-1]['next']}" if pages else ""
        pages.append(api.call("GET", f"{path}/report/recipients?limit=1{after}").json())
    table = parts_of(api.call("GET", f"{path}/report.csv").content)
    book = sheets_in(api.call("GET", f"{path}/report.xlsx").content)
    rows = [tuple(row.values()) for row in table["Recipients"]]
    assert book["Recipients"][1:] == rows
    return api.call("GET", f"{path}/report").json(), pages, rows


@pytest.mark.parametrize("address", [USER, ALIAS, ALIAS.upper(), f"Marcus <{ALIAS}>"])
def test_an_erased_person_is_in_no_row_gap_or_count_by_whichever_address(
    individual: Api, address: str
) -> None:
    body = sent_mail(individual)
    for one in (USER, "user3@company.com"):
        visit(set_of(body, one)["pixel_url"])
    erased = erase(individual, address)
    assert USER in erased["addresses"]
    assert body["message_id"] in erased["messages"]
    whole, pages, rows = report(individual, body)
    assert [page["rows"][0]["address"] for page in pages] == OTHERS
    assert [page["total"] for page in pages] == [3, 3, 3]
    assert [row[0] for row in rows] == OTHERS
    assert (whole["recipients"], whole["opened"]) == (exactly(3), {"person": 1, "unsure": 0, "machine": 0})
    assert whole["opened_by"]["at_most"] == 1
    listed = individual.call("GET", "/api/messages?limit=1000").json()["rows"]
    assert [one["count"] for one in listed if one["message_id"] == body["message_id"]] == [exactly(3)]
    assert set(recorded(body["message_id"])) == {3}


def test_what_an_erased_person_does_later_leads_where_it_should_and_is_not_recorded(
    individual: Api, azurite: str
) -> None:
    body = sent_mail(individual)
    erase(individual, USER)
    act(set_of(body, USER))
    services.cache_clear()  # another process
    act(set_of(body, USER))
    act(set_of(body, "user1@company.com"))
    assert set(recorded(body["message_id"])) == {1}
    assert received(individual, USER) == {}
    assert USER not in everything_stored(azurite)


def test_an_erased_person_is_measured_in_later_mails_alone(individual: Api) -> None:
    before = sent_mail(individual)
    erase(individual, USER)
    later = sent_mail(individual)
    for body in (before, later):
        visit(set_of(body, USER)["pixel_url"])
    assert (opened(individual, before["message_id"]), opened(individual, later["message_id"])) == (0, 1)


def test_a_report_that_was_made_before_an_erasure_is_no_way_to_what_the_person_did(individual: Api) -> None:
    body = sent_mail(individual)
    act(set_of(body, USER))
    before, _, _ = report(individual, body)
    assert before["clicked"]["unsure"] + before["clicked"]["person"] + before["clicked"]["machine"] > 0
    erase(individual, USER)
    after, _, rows = report(individual, body)
    assert after["opened"] == after["clicked"] == {"person": 0, "unsure": 0, "machine": 0}
    assert after["hours"] == []
    assert {link["clicked_by"]["at_most"] for link in after["links"]} == {0}
    assert [row[1:] for row in rows] == [("no", "no")] * 3


@pytest.mark.usefixtures("everything_told")
def test_in_a_mail_that_all_share_an_erased_person_goes_from_the_addresses_alone(individual: Api) -> None:
    body = sent_mail(individual, "counting")
    visit(body["pixel_url"])
    erase(individual, ALIAS)
    whole = individual.call("GET", f"/api/messages/{body['message_id']}/report").json()
    assert (whole["recipients"], whole["opened"]["person"]) == (exactly(4), 1)
    assert body["message_id"] not in received(individual, USER)


def test_where_the_directory_cannot_be_asked_that_is_said_and_the_address_is_erased(individual: Api) -> None:
    body = sent_mail(individual)
    individual.sandbox.world.faults.hits.clear()
    assert individual.as_person(ADA).call("DELETE", "/api/connection").status_code in (200, 204)
    services.cache_clear()
    by_alias = erase(individual, ALIAS)
    assert by_alias["addresses"] == [ALIAS.lower()]
    assert "the directory could not be asked" in by_alias["text"]
    assert by_alias["messages"] == []
    assert body["message_id"] in erase(individual, USER)["messages"]


def test_what_is_nobodys_or_a_lists_address_is_said_to_be(individual: Api) -> None:
    assert "knows nobody by it" in erase(individual, "nobody.at.all@company.com")["text"]
    assert "it is a list's" in erase(individual, "all-company@company.com")["text"]


def test_an_admin_objects_by_whichever_address_of_a_person(individual: Api) -> None:
    admin, path = individual.as_person(ADA), f"/api/people/{ALIAS}/objection"
    body = sent_mail(individual)
    assert admin.call("POST", path).json()["objected_at"]
    visit(set_of(body, USER)["pixel_url"])
    assert opened(individual, body["message_id"]) == 0
    assert walk(individual, "GET", USER)[0]["objected_at"]
    assert admin.call("DELETE", path).json()["objected_at"] is None
    assert walk(individual, "GET", USER)[0]["objected_at"] is None
    visit(set_of(body, USER)["pixel_url"])
    assert opened(individual, body["message_id"]) == 1


def test_an_objection_outlives_an_erasure(individual: Api) -> None:
    assert choose(set_of(sent_mail(individual), USER)["notice_url"], "object").status_code == 200
    erase(individual, USER)
    later = sent_mail(individual)
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 0
    individual.as_person(ADA).call("DELETE", f"/api/people/{USER}/objection")


def test_an_erased_person_can_still_object(individual: Api) -> None:
    body = sent_mail(individual)
    erase(individual, USER)
    assert choose(set_of(body, USER)["notice_url"], "object").status_code == 200
    later = sent_mail(individual)
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 0
    individual.as_person(ADA).call("DELETE", f"/api/people/{USER}/objection")
