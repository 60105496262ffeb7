"""Where nobody is told apart: what reports, files, readers and admins are shown of few, and of many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.services.process import services
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import Event, Flag, key_of, pack
from tests.support.amounts import at_least, exactly
from tests.support.api import ADA, MIA, NOAH, SALES, Api
from tests.support.report_files import parts_of, sheets_in
from tests.support.tracked_mails import register, visit

CROWD = "newsletter@company.com"
NUMBERS = ("opened", "opened_by", "clicked", "clicked_by", "hours", "published", "reasons", "not_counted")


@pytest.fixture(autouse=True)
def nothing_left(individual: Api) -> Iterator[None]:
    """Storage is the same for all tests of the run: what was shared here is not to be seen elsewhere."""
    yield
    services.cache_clear()
    for message in individual.call("GET", "/api/messages?limit=1000").json()["rows"]:
        individual.call("PUT", f"/api/messages/{message['message_id']}/readers", json={"addresses": []})


def sent(api: Api, mode: str, *addresses: str) -> Any:
    body = register(api, mode, api.expand(*addresses).json()["id"])
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def act(body: Any) -> None:
    """What each recipient's client may do."""
    for mail in (body["recipients"] or {"rows": [body]})["rows"]:
        visit(mail["pixel_url"])
        visit(next(iter(mail["links"].values())))


@pytest.mark.parametrize("mode", ["counting", "pseudonymous"])
@pytest.mark.parametrize("to", [["user1@company.com"], ["user2@company.com", "user3@company.com"], [SALES]])
def test_of_few_no_numbers_are_shown_to_anybody_and_in_no_form(
    individual: Api, mode: str, to: list[str]
) -> None:
    body = sent(individual, mode, *to)
    act(body)
    path = f"/api/messages/{body['message_id']}"
    individual.call("PUT", f"{path}/readers", json={"addresses": [NOAH]})
    for person in (MIA, NOAH, ADA):
        report = individual.as_person(person).call("GET", f"{path}/report").json()
        assert report["withheld"] == "too_few"
        assert not any(report[name] for name in NUMBERS)
        assert {(link["clicked"], link["clicked_by"]) for link in report["links"]} == {(None, None)}
        file = parts_of(individual.as_person(person).call("GET", f"{path}/report.csv").content)
        book = sheets_in(individual.as_person(person).call("GET", f"{path}/report.xlsx").content)
        assert file.keys() == book.keys() == {"Summary", "Links"}
        assert {row["words"] for row in file["Links"]} == {"not told"}
        assert "too few recipients" in str(file["Summary"])
        assert not {"Opened", "Clicked a link"} & {row["item"] for row in file["Summary"]}


def test_of_fewer_than_the_smallest_group_that_are_known_nothing_is_shown(individual: Api) -> None:
    body = sent(individual, "counting", "user1@company.com", "board@company.com")
    assert body["count"] == at_least(1)
    report = individual.call("GET", f"/api/messages/{body['message_id']}/report").json()
    assert report["withheld"] == "too_few_known"


def test_of_a_mail_that_was_just_sent_it_is_said_when_numbers_come(individual: Api) -> None:
    body = sent(individual, "counting", CROWD)
    report = individual.call("GET", f"/api/messages/{body['message_id']}/report").json()
    assert (report["withheld"], report["recipients"]) == ("not_yet", exactly(1000))
    assert report["next_at"] > report["sent_at"]


@pytest.mark.parametrize("mode", ["counting", "pseudonymous"])
def test_of_many_everybody_is_told_the_same_in_steps(
    individual: Api, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_PUBLISHED_AFTER", "86400")
    body = sent(individual, mode, CROWD)
    store = services().tracking.message_table
    message = store.find(object_id(individual), body["message_id"])
    assert message
    assert message.sent_at
    ago = message.sent_at - timedelta(days=2)
    store.update(replace(message, sent_at=ago))
    events = [
        Event(
            round((ago.timestamp() + 3600 + 20 * number) * 1000),
            Flag.CLICKED if number % 3 == 0 else 0,
            EVERYBODY if mode == "counting" else number,
            0, number, 0, "Mozilla/4 MSIE Windows Trident ms-office",
        )
        for number in range(1, 601)
    ]  # fmt: skip
    for entry in pack(message.id, key_of(ago.timestamp() + 16_000, "abcd", 1), events):
        services().tracking.journal_table.put(entry)
    path = f"/api/messages/{message.id}"
    individual.call("PUT", f"{path}/readers", json={"addresses": [NOAH]})
    told = []
    for person in (MIA, NOAH, ADA, MIA):
        services.cache_clear()  # another process
        told.append(individual.as_person(person).call("GET", f"{path}/report").json())
    assert told == [told[0]] * 4
    [report, *_] = told
    assert (report["withheld"], report["step"], report["opened"], report["hours"]) == (None, 100, None, [])
    assert report["opened_by"]["at_least"] <= 600 <= report["opened_by"]["at_most"]
    assert report["clicked_by"]["at_least"] <= 200 <= report["clicked_by"]["at_most"]
    if mode == "pseudonymous":
        assert 500 < report["opened_by"]["at_most"] < 1000
    file = parts_of(individual.call("GET", f"{path}/report.csv").content)
    opened = next(row for row in file["Summary"] if row["item"] == "Opened")
    assert {"at_least": int(opened["at_least"]), "at_most": int(opened["at_most"])} == report["opened_by"]
    assert file.keys() == {"Summary", "Links", "Over time"}


def object_id(api: Api) -> str:
    found = api.sandbox.world.find_person(MIA)
    assert found
    return found.id
