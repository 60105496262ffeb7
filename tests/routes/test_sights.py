"""What shows single people's acts is recorded because of what it shows: also by a route that forgets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import azure.functions as func
import msgspec
import pytest

from routes import chapter
from routes.chapter import Call
from shared.api.declaration import CSV, JSON, SENDER, UNRECORDED, Declaration, Recording, sometimes
from shared.api.headlines import describe_headlines
from shared.api.openapi import document
from shared.paging import RowPage
from shared.record_kinds import Kind
from shared.services.process import services
from shared.sights import Sight
from shared.tracking.mail.messages import Message
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.reporting import sheets
from shared.tracking.reporting.phrases import english
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.reports import RecipientReport
from shared.web import response, spreadsheet
from tests.support.api import MIA, Api
from tests.support.tracked_mails import register, visit

if TYPE_CHECKING:
    from shared.tracking.privacy.person import Person

ABOUT = ("made-up", "")
VIEWED = sometimes(Kind.RECIPIENTS_VIEWED, Kind.REPORT_EXPORTED)


def serve(api: Api, handler: Callable[[Call], Any], recorded: Recording, media: str) -> func.HttpResponse:
    """What a route answers that somebody adds, and that goes by no guard of its own."""
    made_up = Declaration(ABOUT, ("GET",), "api/x", SENDER, (), {200: media}, recorded, False, handler)
    headers = {"authorization": f"Bearer {api.sandbox.caller_token(MIA)}"}
    asked = func.HttpRequest("GET", "/api/x", headers=headers, body=b"")
    return response.guarded("made_up", lambda: chapter._serve(made_up, asked), response.problem)


def to_one(api: Api) -> Message:
    """A mail to one person, who opened it."""
    body = register(api, "individual", api.expand("user1@company.com").json()["id"])
    api.call("POST", f"/api/messages/{body['message_id']}/sent")
    visit(body["recipients"]["rows"][0]["pixel_url"])
    return services().tracking.messages.get(EVERY_OWNER, body["message_id"])


def whole(message: Message) -> Any:
    return services().tracking.reports.get(message)


def rows(message: Message) -> Any:
    return services().tracking.reports.find_recipients(message, 0, 10)


def headline(message: Message) -> Any:
    return describe_headlines({message.id: services().tracking.reports.get(message)})


def number(message: Message) -> Any:
    """Not the report, but something that is made of it."""
    return {"opened_by": services().tracking.reports.get(message).opened_by}


def line_of_a_feed(message: Message) -> func.HttpResponse:
    found = services().tracking.reports.list_recipients(message, 0, 10)
    return func.HttpResponse(b"\n".join(map(msgspec.json.encode, found)), mimetype=CSV)


def table(message: Message) -> func.HttpResponse:
    reports = services().tracking.reports
    recipients = reports.list_recipients(message, 0, 10)
    columns, found = sheets.one_table(sheets.sheets_of(reports.get(message), message, recipients, english))
    return response.spreadsheet(spreadsheet.to_csv(columns, found), "x")


def received(message: Message) -> Any:
    people = services().tracking.people
    return people._received(message, 1)


WAYS = [whole, rows, headline, number, line_of_a_feed, table, received]


@pytest.mark.parametrize("way", WAYS)
def test_a_route_that_forgets_to_record_a_look_shows_nothing(
    way: Callable[[Message], Any], individual: Api
) -> None:
    message = to_one(individual)
    media = CSV if way in (line_of_a_feed, table) else JSON
    for recorded in (UNRECORDED, VIEWED):
        answer = serve(individual, lambda call: way(message), recorded, media)
        assert answer.status_code == 500
        body = answer.get_body()
        assert json.loads(body)["code"] == "internal"
        assert b"opened" not in body
        assert b"user1" not in body


@pytest.mark.parametrize("way", WAYS)
def test_a_route_that_records_the_look_itself_answers(way: Callable[[Message], Any], individual: Api) -> None:
    message = to_one(individual)

    def look(call: Call) -> Any:
        services().trail.recipients_viewed(call.caller.id, message, None)
        return way(message)

    media = CSV if way in (line_of_a_feed, table) else JSON
    assert serve(individual, look, VIEWED, media).status_code == 200


def test_the_record_of_a_look_at_another_mail_is_none_of_this_one(individual: Api) -> None:
    shown, other = to_one(individual), to_one(individual)

    def look(call: Call) -> Any:
        services().trail.recipients_viewed(call.caller.id, other, None)
        return services().tracking.reports.get(shown)

    assert serve(individual, look, VIEWED, JSON).status_code == 500


def test_a_report_that_shows_nobody_goes_out_unrecorded(individual: Api) -> None:
    body = register(individual)
    message = services().tracking.messages.get(EVERY_OWNER, body["message_id"])
    answer = serve(individual, lambda call: whole(message), UNRECORDED, JSON)
    assert answer.status_code == 200


@dataclass
class Box:
    """What holds such an answer somewhere inside."""

    inner: list[dict[str, RowPage[RecipientReport] | None]]


def a_report(call: Call) -> Report:  # type: ignore[empty-body]
    """Made up."""


def a_page(call: Call) -> RowPage[RecipientReport]:  # type: ignore[empty-body]
    """Made up."""


def a_box(call: Call) -> Box:  # type: ignore[empty-body]
    """Made up."""


def a_person(call: Call) -> Person:  # type: ignore[empty-body]
    """Made up."""


@pytest.mark.parametrize("handler", [a_report, a_page, a_box, a_person])
def test_a_route_whose_answer_may_show_single_people_and_records_no_look_is_not_described(
    handler: Callable[[Call], Any],
) -> None:
    """The description is made by each build, and by these tests of whatever is declared."""

    def described(recorded: Recording) -> Any:
        return document(
            [Declaration(ABOUT, ("GET",), "api/x", SENDER, (), {200: JSON}, recorded, False, handler)]
        )

    with pytest.raises(ValueError, match="single people"):
        described(UNRECORDED)
    with pytest.raises(ValueError, match="single people"):
        described(sometimes(Kind.MESSAGE_SENT))
    assert described(VIEWED)["paths"]


def test_what_is_made_where_nobody_asks_is_noted_by_nobody() -> None:
    Sight()
