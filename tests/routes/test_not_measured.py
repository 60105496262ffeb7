"""Who objects is not measured: neither yes nor no, and in no list that chases people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from shared.services.process import services
from tests.support.api import ADA, Api
from tests.support.people import choose
from tests.support.report_files import parts_of, sheets_in
from tests.support.tracked_mails import LINKS, register, visit


def rows(api: Api, mail: dict[str, Any], query: str = "") -> dict[str, tuple[str, str]]:
    path = f"/api/messages/{mail['message_id']}/report/recipients{query}"
    found = api.call("GET", path).json()
    assert found["total"] == len(found["rows"])
    return {row["address"]: (row["opened"], row["clicked"]) for row in found["rows"]}


def object_for(api: Api, address: str, method: str = "POST") -> None:
    path = f"/api/people/{quote(address)}/objection"
    assert api.as_person(ADA).call(method, path).status_code == 200
    (OBJECTING.add if method == "POST" else OBJECTING.discard)(address)


OBJECTING: set[str] = set()


@pytest.fixture(autouse=True)
def nobody_objects_afterwards(api: Api) -> Iterator[None]:
    yield
    for address in list(OBJECTING):
        object_for(api, address, "DELETE")


@pytest.fixture
def mail(individual: Api) -> dict[str, Any]:
    found: dict[str, Any] = register(individual, "individual")
    individual.call("POST", f"/api/messages/{found['message_id']}/sent")
    return found


def urls_of(mail: dict[str, Any], address: str) -> dict[str, Any]:
    return next(one for one in mail["recipients"]["rows"] if one["address"] == address)


def test_who_objects_is_not_measured_and_in_no_list_that_chases_people(
    individual: Api, mail: dict[str, Any]
) -> None:
    everybody = rows(individual, mail)
    objector, opener, *others = everybody
    assert set(rows(individual, mail, "?opened=no")) == set(everybody)
    object_for(individual, objector)
    visit(urls_of(mail, objector)["pixel_url"])
    visit(urls_of(mail, objector)["links"][LINKS[0]])
    visit(urls_of(mail, opener)["pixel_url"])
    shown = rows(individual, mail)
    assert shown[objector] == ("not_measured", "not_measured")
    assert shown[opener] == ("yes", "no")
    assert set(rows(individual, mail, "?opened=no")) == set(others)
    assert set(rows(individual, mail, "?opened=no,maybe")) == set(others)
    assert set(rows(individual, mail, "?opened=maybe,yes,no")) == {opener, *others}
    assert set(rows(individual, mail, "?clicked=no")) == {opener, *others}
    assert set(rows(individual, mail, "?opened=not_measured")) == {objector}
    path = f"/api/messages/{mail['message_id']}"
    table = parts_of(individual.call("GET", f"{path}/report.csv").content)["Recipients"]
    assert {"item": objector, "opened": "not measured", "clicked": "not measured"} in table
    book = sheets_in(individual.call("GET", f"{path}/report.xlsx").content)
    assert (objector, "not measured", "not measured") in book["Recipients"]
    assert ("Not measured, because they objected", None, None, 1, 1) in book["Summary"]
    report = individual.call("GET", f"/api/messages/{mail['message_id']}/report").json()
    assert report["not_measured"] == 1
    assert report["opened_by"] == {"at_least": 1, "at_most": 2}
    assert report["clicked_by"]["at_most"] == 1
    object_for(individual, objector, "DELETE")
    assert rows(individual, mail)[objector] == ("no", "no")


def test_what_was_recorded_before_somebody_objected_stays_said(individual: Api, mail: dict[str, Any]) -> None:
    opener = next(iter(rows(individual, mail)))
    visit(urls_of(mail, opener)["pixel_url"])
    object_for(individual, opener)
    assert rows(individual, mail)[opener] == ("yes", "not_measured")


def test_everybody_may_object_and_nobody_is_chased(individual: Api, mail: dict[str, Any]) -> None:
    everybody = list(rows(individual, mail))
    for address in everybody:
        object_for(individual, address)
    assert rows(individual, mail, "?opened=no") == {}
    report = individual.call("GET", f"/api/messages/{mail['message_id']}/report").json()
    assert (report["not_measured"], report["opened_by"]["at_most"]) == (len(everybody), len(everybody))


def test_who_objects_by_a_mail_that_is_nobodys_may_have_opened_it_all_the_same(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    mail = register(individual, "pseudonymous")
    path = f"/api/messages/{mail['message_id']}"
    individual.call("POST", f"{path}/sent")
    objecting, opening = mail["recipients"]["rows"][:2]
    assert choose(objecting["notice_url"], "object").status_code == 200
    for copy in (objecting, opening):
        visit(copy["pixel_url"])
    report = individual.call("GET", f"{path}/report").json()
    assert report["not_measured"] == 1
    assert report["opened_by"]["at_most"] == 2
    assert report["clicked_by"] == {"at_least": 0, "at_most": 1}


@pytest.mark.parametrize("mode", ["counting", "pseudonymous"])
def test_where_nobody_is_told_apart_nobody_is_told_to_object(individual: Api, mode: str) -> None:
    found = register(individual, mode)
    individual.call("POST", f"/api/messages/{found['message_id']}/sent")
    for address in (f"user{number}@company.com" for number in (1, 2, 3, 4)):
        object_for(individual, address)
    report = individual.call("GET", f"/api/messages/{found['message_id']}/report").json()
    assert report["not_measured"] == 0
