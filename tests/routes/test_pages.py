"""Listings through the public door: page by page to the end, whatever happens meanwhile; and only so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.web.cursors import write
from tests.routes.declarations.test_declarations import LISTINGS
from tests.support.api import ADA, MIA, NOAH, SALES, Api, assert_problem
from tests.support.declared import described
from tests.support.people import USER, person, sent_mail, set_of
from tests.support.tracked_mails import register, visit

EVERYBODY = [f"user{n}@company.com" for n in range(1, 5)]


def walk(api: Api, path: str, limit: int = 1, between: Callable[[], object] = lambda: None) -> list[Any]:
    """All rows of a listing, by its own cursors; `between` happens after the first page."""
    rows: list[Any] = []
    after: str | None = ""
    while after is not None:
        joint = "&" if "?" in path else "?"
        page = api.call("GET", f"{path}{joint}limit={limit}" + (f"&after={after}" if after else ""))
        assert page.status_code == 200, page.text
        if not rows:
            between()
        rows += page.json()["rows"]
        after = page.json()["next"]
    return rows


def cursor_of(api: Api, path: str) -> str:
    found: str = api.call("GET", f"{path}{'&' if '?' in path else '?'}limit=1").json()["next"]
    assert found
    return found


def test_every_listing_speaks_of_its_pages_in_the_same_words() -> None:
    operations = described()
    schemas = {
        operation: one["schema"] for operation in operations for one in after_of(operations[operation])
    }
    assert set(schemas) == set(LISTINGS)
    assert len({str(schema) for schema in schemas.values()}) == 1
    named = {parameter["name"] for one in operations.values() for parameter in one["parameters"]}
    assert not named & {"start", "cursor", "offset", "page", "next", "skip"}


def after_of(operation: Any) -> list[Any]:
    return [one for one in operation["parameters"] if one["name"] == "after"]


def test_each_listing_is_walked_to_its_end_and_each_row_met_once(individual: Api) -> None:
    body = sent_mail(individual)
    counted = individual.expand(SALES).json()["id"]
    mail = f"/api/messages/{body['message_id']}"
    assert [one["address"] for one in walk(individual, f"/api/expansions/{counted}/recipients")] == EVERYBODY
    assert [one["address"] for one in walk(individual, f"{mail}/recipients", 3)] == EVERYBODY
    assert [one["address"] for one in walk(individual, f"{mail}/report/recipients")] == EVERYBODY
    ids = [one["message_id"] for one in walk(individual, "/api/messages", 2)]
    assert ids[0] == body["message_id"]
    assert len(set(ids)) == len(ids)
    for link in (None, 0, 1):
        where = f"{mail}/links" + ("" if link is None else f"/{link}")
        individual.call("PUT", where, json={"target": None})
    amended = [
        one["link"] for one in walk(individual.as_person(ADA), "/api/links", 2) if one["message_id"] in mail
    ]
    assert amended == [0, 1, None]
    records = walk(individual.as_person(ADA), "/api/audit?kind=message_registered", 1)
    assert len({record["hash"] for record in records}) == len(records) >= 1


def test_the_first_page_that_comes_with_a_registration_leads_on(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.tracking.mail.mails.FIRST", 3)
    body = register(individual, "individual")
    first, path = body["recipients"], f"/api/messages/{body['message_id']}/recipients"
    rest = individual.call("GET", f"{path}?after={first['next']}").json()
    assert [one["address"] for one in [*first["rows"], *rest["rows"]]] == EVERYBODY


def test_a_mail_registered_or_deleted_between_two_pages_moves_no_other(individual: Api) -> None:
    mine = [register(individual)["message_id"] for _ in range(4)]

    def meanwhile() -> None:
        individual.call("DELETE", f"/api/messages/{mine[3]}")
        register(individual)

    found = [one["message_id"] for one in walk(individual, "/api/messages", 1, meanwhile)]
    assert found[:4] == mine[::-1]
    assert len(set(found)) == len(found)


def test_whoever_is_erased_between_two_pages_of_a_report_hides_nobody_else(individual: Api) -> None:
    body = sent_mail(individual)
    visit(set_of(body, EVERYBODY[3])["pixel_url"])
    path = f"/api/messages/{body['message_id']}/report/recipients"

    def meanwhile() -> None:
        assert individual.as_person(ADA).call("DELETE", person(EVERYBODY[0])).status_code == 200

    found = [one["address"] for one in walk(individual, path, 1, meanwhile)]
    assert found == EVERYBODY


def test_a_cursor_of_another_listing_or_of_other_filters_is_refused_by_name(individual: Api) -> None:
    first, second = sent_mail(individual), sent_mail(individual)
    one, other = (f"/api/messages/{body['message_id']}" for body in (first, second))
    admin = individual.as_person(ADA)
    cursor = cursor_of(individual, f"{one}/report/recipients?opened=no")
    for path in (
        f"{other}/report/recipients?opened=no",
        f"{one}/report/recipients",
        f"{one}/report/recipients?clicked=no",
        f"{one}/report/recipients?opened=no&clicked=no",
        f"{one}/recipients",
        "/api/messages",
        "/api/audit",
        person(USER),
    ):
        answer = admin.call("GET", f"{path}{'&' if '?' in path else '?'}after={cursor}")
        assert_problem(answer, 400, "invalid_request", "after")
    answer = individual.call("GET", f"{one}/report/recipients?opened=no&limit=1000&after={cursor}")
    assert answer.status_code == 200


def test_a_way_through_what_is_kept_of_somebody_does_not_go_on_as_their_or_anothers_erasure(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_mail(individual)
    sent_mail(individual)
    monkeypatch.setattr("shared.tracking.privacy.people.PATIENCE", -1.0)
    admin = individual.as_person(ADA)
    cursor = admin.call("GET", person(USER)).json()["next"]
    assert admin.call("GET", f"{person(USER)}?after={cursor}").status_code == 200
    for method, address in (("DELETE", USER), ("GET", "user3@company.com")):
        answer = admin.call(method, f"{person(address)}?after={cursor}")
        assert_problem(answer, 400, "invalid_request", "after")
    assert USER not in cursor


def test_a_cursor_of_which_one_letter_is_changed_is_refused(individual: Api) -> None:
    body = register(individual, "individual")
    path = f"/api/messages/{body['message_id']}/recipients"
    cursor = cursor_of(individual, path)
    for place, letter in enumerate(cursor):
        changed = f"{cursor[:place]}{'A' if letter != 'A' else 'B'}{cursor[place + 1 :]}"
        answer = individual.call("GET", f"{path}?after={changed}")
        assert_problem(answer, 400, "invalid_request", "after")
        assert cursor not in answer.text


@pytest.mark.parametrize(
    "place", ["", "x", "-1", "1.5", "9" * 10, "\u0661", "0 or true", "1\n", "' or PartitionKey ne '"]
)
def test_a_cursor_that_was_made_by_hand_leads_to_no_place_that_a_listing_has_not(
    individual: Api, place: str
) -> None:
    body = register(individual, "individual")
    path = "api/messages/{id}/recipients"
    forged = write(["GET", path, body["message_id"]], place)
    answer = individual.call("GET", f"/{path.format(id=body['message_id'])}?after={forged}")
    assert_problem(answer, 400, "invalid_request", "after")
    forged = write(["GET", "api/audit", "None", "None", "None", "None"], place)
    answer = individual.as_person(ADA).call("GET", f"/api/audit?after={forged}")
    assert_problem(answer, 400, "invalid_request", "after")


def test_the_last_place_that_a_cursor_can_hold_finds_what_is_behind_it(individual: Api) -> None:
    mail = register(individual, "individual")["message_id"]
    none = ["None"] * 4
    for listing, place, caller in (
        (["GET", "api/messages/{id}/recipients", mail], "9" * 9, MIA),
        (["GET", "api/messages", "", "", "", "", *["None"] * 3, "", "None"], f"{'0' * 16}-{'a' * 64}", MIA),
        (["GET", "api/audit", *none], f"{'9' * 17}-{'f' * 16}-{'9' * 8}", ADA),
        (["GET", "api/people/{address}", USER], f"m{'9' * 16}-{'a' * 64}", ADA),
    ):
        path = listing[1].replace("{id}", mail).replace("{address}", USER)
        answer = individual.as_person(caller).call("GET", f"/{path}?after={write(listing, place)}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["next"] is None
        assert not answer.json().get("rows")


def test_a_cursor_opens_nothing_that_is_not_open_without_it(individual: Api) -> None:
    body = register(individual, "individual")
    path = f"/api/messages/{body['message_id']}/recipients"
    cursor = cursor_of(individual, path)
    answer = individual.as_person(NOAH).call("GET", f"{path}?after={cursor}")
    assert_problem(answer, 404, "not_found")
