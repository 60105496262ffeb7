"""What is kept of a person, through the public door: shown, erased, objected to."""

from __future__ import annotations

import uuid
from urllib.parse import quote

import pytest
import requests

from shared.services.process import services
from shared.tracking.mail.owners import EVERY_OWNER
from tests.support.api import ADA, MIA, NOAH, SALES, Api, assert_problem
from tests.support.people import USER, everything_stored, person, received, sent_mail, set_of, walk
from tests.support.tracked_mails import LINKS, register, visit

# -- export

NAME = "Marcus Lindqvist"  # what the directory calls USER


def test_an_export_shows_what_a_person_did_with_each_mail(individual: Api) -> None:
    body = sent_mail(individual)
    mail = set_of(body, USER)
    visit(mail["pixel_url"])
    visit(mail["links"][LINKS[2]])
    shown = received(individual, USER)[body["message_id"]]
    assert (shown["mode"], shown["stage"], shown["sender"], shown["recipient"]) == (
        "individual",
        "sent",
        MIA,
        2,
    )
    assert (shown["opened"], shown["clicked"], shown["events_in_all"]) == ("maybe", "maybe", 2)
    assert [(deed["did"], deed["link"]) for deed in shown["events"]] == [
        ("opened", None),
        ("clicked", LINKS[2]),
    ]
    assert "MSOffice" in shown["events"][0]["agent"]
    assert "Chrome" in shown["events"][1]["agent"]
    other = received(individual, "user3@company.com")[body["message_id"]]
    assert (other["opened"], other["events_in_all"], other["events"]) == ("no", 0, [])


def test_who_followed_the_notice_clicked_no_link(individual: Api) -> None:
    body = sent_mail(individual)
    visit(set_of(body, USER)["notice_url"])
    shown = received(individual, USER)[body["message_id"]]
    assert [(deed["did"], deed["link"]) for deed in shown["events"]] == [("noticed", None)]
    assert (shown["opened"], shown["clicked"]) == ("no", "no")


def test_in_the_other_modes_an_export_says_what_can_be_known(individual: Api) -> None:
    counting, pseudonymous = sent_mail(individual, "counting"), sent_mail(individual, "pseudonymous")
    visit(counting["pixel_url"])
    for mail in pseudonymous["recipients"]["rows"]:
        visit(mail["pixel_url"])
    [page] = walk(individual, "GET", USER)
    shown = {entry["message_id"]: entry for entry in page["received"]}
    assert pseudonymous["message_id"] not in shown
    known = shown[counting["message_id"]]
    assert (known["recipient"], known["opened"], known["events_in_all"]) == (None, None, 0)
    assert "pseudonymous keeps nothing" in page["text"]


def test_an_export_names_what_the_person_sent_and_who_registered_it(individual: Api) -> None:
    body = sent_mail(individual, "counting")
    [page] = walk(individual, "GET", MIA.upper())
    assert page["address"] == MIA
    [shown] = [entry for entry in page["sent"] if entry["message_id"] == body["message_id"]]
    trail = individual.as_person(ADA).call("GET", f"/api/audit?actor={shown['owner']}&limit=1").json()
    assert trail["rows"][0]["actor"] == shown["owner"]


def test_a_list_under_review_is_shown_to_hold_the_address(individual: Api) -> None:
    expansion_id = individual.expand(SALES).json()["id"]
    [page] = walk(individual, "GET", USER)
    assert expansion_id in [review["id"] for review in page["expansions"]]
    [page] = walk(individual, "GET", "user99@company.com")
    assert page["expansions"] == page["received"] == page["sent"] == []


def test_names_are_kept_while_a_list_is_under_review_and_never_with_a_mail(
    individual: Api, azurite: str
) -> None:
    walk(individual, "DELETE", USER)  # what other tests left under review
    under_review = individual.expand(SALES).json()["id"]
    assert NAME in everything_stored(azurite)
    individual.call("DELETE", f"/api/expansions/{under_review}")
    for mode in ("counting", "individual"):
        sent_mail(individual, mode)
    stored = everything_stored(azurite)
    assert USER in stored
    assert NAME not in stored


# -- erase


def test_an_erased_person_is_nowhere_and_everybody_else_is_untouched(individual: Api, azurite: str) -> None:
    first, second = sent_mail(individual), sent_mail(individual, "counting")
    under_review = individual.expand(SALES).json()["id"]
    for mail in first["recipients"]["rows"]:
        visit(mail["pixel_url"])
    others = [f"user{n}@company.com" for n in (1, 3, 4)]
    ours = {first["message_id"], second["message_id"]}
    before = {address: received(individual, address) for address in others}
    assert USER in everything_stored(azurite)
    [page] = walk(individual, "DELETE", USER)
    assert ours <= set(page["messages"])
    assert page["expansions"] >= 1
    assert "objection is kept" in page["text"]
    assert USER not in everything_stored(azurite)
    assert individual.call("GET", f"/api/expansions/{under_review}").status_code == 404
    [shown] = walk(individual, "GET", USER)
    assert shown["received"] == shown["expansions"] == []
    assert {address: received(individual, address) for address in others} == before
    [again] = walk(individual, "DELETE", USER)
    assert (again["messages"], again["expansions"]) == ([], 0)


def test_a_mail_that_a_person_sent_is_said_to_be_kept(individual: Api) -> None:
    body = sent_mail(individual, "counting")
    [page] = walk(individual, "DELETE", MIA)
    assert body["message_id"] in [entry["message_id"] for entry in page["sent"]]
    assert "delete them" in page["text"]


def test_the_trail_says_who_was_shown_and_erased_without_naming_them(individual: Api, azurite: str) -> None:
    sent_mail(individual)
    address = "user3@company.com"
    [shown] = walk(individual, "GET", address)
    walk(individual, "DELETE", address)
    admin = individual.as_person(ADA)
    for kind in ("person_exported", "person_erased"):
        record = admin.call("GET", f"/api/audit?kind={kind}&limit=1").json()["rows"][0]
        assert record["subject"] == shown["reference"]
        assert record["actor"] not in ("", "link")
    assert "user3" not in admin.call("GET", "/api/audit?limit=1000").text
    assert address not in everything_stored(azurite)


# -- whom it is for, and odd addresses


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", person(USER)),
        ("DELETE", person(USER)),
        ("POST", f"{person(USER)}/objection"),
        ("DELETE", f"{person(USER)}/objection"),
    ],
)
def test_a_sender_neither_sees_nor_erases_anybody(api: Api, method: str, path: str) -> None:
    for caller in (MIA, NOAH):
        assert_problem(api.as_person(caller).call(method, path), 403, "not_allowed")
    assert requests.request(method, api.origin + path, timeout=10).status_code == 401


ODD = [
    "a+b@company.com",
    "100%@company.com",
    "%41@company.com",
    "o'neil@company.com",
    "a/b@company.com",
    "jürgen@bücher.example",
    "日本@例え.example",
    "=cmd|calc@company.com",
    "..@company.com",
    "a&b=c?d#e@company.com",
    "x" * 64 + "@" + "y" * 255,
]


@pytest.mark.parametrize("address", ODD, ids=range(len(ODD)))
def test_an_odd_address_is_found_and_erased_as_it_is(individual: Api, address: str, azurite: str) -> None:
    tracking = services().tracking
    body = register(individual, "counting")
    message = tracking.messages.get(EVERY_OWNER, body["message_id"])
    tracking.message_table.keep_recipients(message, 0, ["z@company.com", address])
    assert message.id in received(individual, address)
    assert individual.as_person(ADA).call("POST", f"{person(address)}/objection").json()["objected_at"]
    assert individual.as_person(ADA).call("DELETE", f"{person(address)}/objection").status_code == 200
    assert message.id in walk(individual, "DELETE", address)[0]["messages"]
    assert message.id not in received(individual, address)
    assert tracking.message_table.list_recipients(message, 0, 9) == ["z@company.com", ""]
    assert message.id in received(individual, "z@company.com")


def test_an_address_may_travel_where_the_platform_does_not_log_it(individual: Api) -> None:
    body = sent_mail(individual)
    for named, found in ((USER, True), (quote("jürgen@company.com"), False)):
        header = {"Rollcall-Person": named}
        page = individual.as_person(ADA).call("GET", "/api/people/-", headers=header).json()
        assert (body["message_id"] in [entry["message_id"] for entry in page["received"]]) is found
    assert_problem(individual.as_person(ADA).call("GET", "/api/people/-"), 400, "invalid_request", "address")


@pytest.mark.parametrize(
    "address",
    [
        "x",
        "@",
        "a@",
        "@b",
        "a%0ab@company.com",
        "a%00@company.com",
        "a%20b@c",
        "a" * 320 + "@b",
        "%ff@b",
        "a%09@b",
    ],
)
def test_what_is_no_address_is_refused(api: Api, address: str) -> None:
    for method in ("GET", "DELETE"):
        answer = api.as_person(ADA).call(method, f"/api/people/{address}")
        assert answer.status_code in (200, 400) if address == "%ff@b" else answer.status_code == 400
    [left] = {answer.status_code for answer in [api.as_person(ADA).call("GET", "/api/people/")]}
    assert left == 404


@pytest.mark.parametrize("after", ["x", "m1", "m' or PartitionKey ne '", "z0000000000000000-12345678"])
def test_a_place_that_no_answer_named_is_refused(api: Api, after: str) -> None:
    answer = api.as_person(ADA).call("GET", f"{person(USER)}?after={quote(after)}")
    assert_problem(answer, 400, "invalid_request", "after")


def test_a_mail_registered_after_the_erasure_is_a_new_one(individual: Api) -> None:
    walk(individual, "DELETE", USER)
    body = register(
        individual, "individual", expansion_id=str(uuid.UUID(individual.expand(SALES).json()["id"]))
    )
    assert list(received(individual, USER)) == [body["message_id"]]
