"""What became of several mails at once: what their reports say, and never more."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import pytest

from shared.services.process import services
from shared.tracking.mail.messages import Message
from shared.tracking.mail.owners import EVERY_OWNER
from tests.support.api import ADA, ALL, NOAH, Api
from tests.support.tracked_mails import register, visit


def headlines(api: Api, *messages: str) -> dict[str, Any]:
    answer = api.call("GET", f"/api/headlines?ids={','.join(messages)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def sent(api: Api, to: str = ALL, **more: Any) -> Any:
    body = register(api, expansion_id=api.expand(to).json()["id"], **more)
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def test_a_headline_says_what_the_report_says(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    mail, plain = sent(api), sent(api, links=[])
    visit(mail["pixel_url"])
    visit(next(iter(mail["links"].values())))
    one, other = mail["message_id"], plain["message_id"]
    found = {each["message_id"]: each for each in headlines(api, one, other, one)["headlines"]}
    for message in (one, other):
        report = api.call("GET", f"/api/messages/{message}/report").json()
        for name in ("recipients", "opened_by", "withheld", "next_at"):
            assert found[message][name] == report[name], name
    assert found[one]["clicked_by"]["at_most"] >= 1
    assert found[other]["clicked_by"] is None


def test_a_list_tells_no_number_that_a_report_withholds(api: Api) -> None:
    mail = sent(api)
    visit(mail["pixel_url"])
    few = sent(api, "regional-managers@company.com")
    found = headlines(api, mail["message_id"], few["message_id"])
    assert [each["withheld"] for each in found["headlines"]] == ["not_yet", "too_few"]
    assert all(each["opened_by"] is each["clicked_by"] is None for each in found["headlines"])
    assert found["headlines"][0]["next_at"]


def test_of_what_one_may_not_see_there_is_no_headline(api: Api) -> None:
    mail = sent(api)["message_id"]
    assert headlines(api.as_person(NOAH), mail) == {"headlines": [], "gone": [mail]}
    assert len(headlines(api.as_person(ADA), mail)["headlines"]) == 1


def test_a_list_that_shows_single_people_is_recorded_like_a_report(individual: Api) -> None:
    mail = register(individual, "individual")["message_id"]
    individual.call("POST", f"/api/messages/{mail}/sent")
    headlines(individual, mail)
    records = individual.as_person(ADA).call("GET", "/api/audit?kind=recipients_viewed").json()["rows"]
    assert [json.loads(one["facts"])["after"] for one in records if one["subject"] == mail] == [None]


def test_what_takes_too_long_is_left_for_the_next_question(api: Api) -> None:
    tracking = services().tracking
    mails = [sent(api)["message_id"] for _ in range(12)]

    def find_slowly(identifier: str) -> Message:
        time.sleep(0.3)
        return tracking.sharing.get(EVERY_OWNER, identifier)

    found = tracking.looks.headlines("", mails, find_slowly, seconds=0.2)
    assert 1 <= len(found) < len(mails)
    assert list(tracking.looks.headlines("", mails, find_slowly, seconds=60)) == mails


def test_several_reports_are_one_file_and_each_is_recorded(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    one, other = sent(api, labels={"name": "=Spring"}), sent(api, "regional-managers@company.com", links=[])
    ids = [mail["message_id"] for mail in (one, other)]
    visit(one["pixel_url"])
    answer = api.call("GET", f"/api/reports.csv?ids={','.join(ids)}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mails = [row for row in rows if row["part"] == "Mails"]
    assert [row["message"] for row in mails] == ids
    assert mails[0]["name"] == "'=Spring"
    assert (mails[0]["recipients_at_least"], mails[1]["clicked_at_most"]) == ("15", "")
    links = [row for row in rows if row["part"] == "Links"]
    assert {row["message"] for row in links} == {one["message_id"]}
    assert {row["link"] for row in links} <= {*one["links"]}
    book = api.call("GET", f"/api/reports.xlsx?ids={','.join(ids)}", headers={"Accept-Language": "de"})
    assert book.content.startswith(b"PK")
    records = api.as_person(ADA).call("GET", "/api/audit?kind=report_exported").json()["rows"]
    assert [record["subject"] for record in records[:4]] == [*reversed(ids), *reversed(ids)]


def test_a_file_of_several_reports_tells_no_number_that_they_withhold(api: Api) -> None:
    mail = sent(api)["message_id"]
    answer = api.call("GET", f"/api/reports.csv?ids={mail}")
    row = next(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (row["opened_at_least"], row["opened_at_most"], row["clicked_at_most"]) == ("", "", "")
    assert "no numbers yet" in row["numbers"]
    assert api.as_person(NOAH).call("GET", f"/api/reports.csv?ids={mail}").status_code == 404
