"""What is answered and recorded is what is declared and meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import jsonschema_rs
import pytest
import requests

from routes.chapter import declared
from sandbox.stack.cookies import taken
from shared.api.declaration import JSON
from shared.api.openapi import document
from shared.api.openapi.examples import examples
from shared.audit import Search
from shared.services.process import services
from shared.tracking.mail.delivery import sent_due
from tests.routes.declarations import recording
from tests.support.api import ADA, DASHBOARD, MIA, NOAH, SALES, Api
from tests.support.declared import described
from tests.support.declared_answers import RECORDS, STATUSES
from tests.support.tracked_mails import offer_every_mode

NO_EXAMPLES = ("/api/openapi.json",)  # it is the description itself

# -- what is answered and recorded


@dataclass
class Journey:
    """Asks the app for one thing after the other, and remembers what it answered and recorded."""

    api: Api
    answers: dict[str, list[requests.Response]]
    records: dict[str, set[str]]
    seen: set[str]

    def ask(self, operation: str, path: str = "", person: str = MIA, **options: Any) -> Any:
        method, _, template = operation.partition(" ")
        answer = self.api.as_person(person).call(method, path or template, **options)
        self.answers.setdefault(operation, []).append(answer)
        self.records.setdefault(operation, set()).update(self._new())
        assert answer.status_code < 400, (operation, answer.text)
        is_one = answer.headers.get("content-type", "").startswith(JSON)
        return answer.json() if is_one and answer.content else answer

    def _new(self) -> Iterator[str]:
        for record in services().audit.trail.read(Search(), 50).rows:
            if record.hash not in self.seen:
                self.seen.add(record.hash)
                if record.kind not in ("process_started", "refused"):  # these belong to no request
                    yield record.kind


@pytest.fixture
def journey(api: Api, monkeypatch: pytest.MonkeyPatch) -> Journey:
    offer_every_mode(monkeypatch, ROLLCALL_PROGRAMS="recipients")
    seen = {record.hash for record in services().audit.trail.read(Search(), 1000).rows}
    return Journey(api, {}, {}, seen)


def travel(journey: Journey) -> None:
    """Every operation once, with success."""
    _look_after_people(journey, _count_and_send(journey))
    _look_after_rollcall(journey)
    _fetch_files(journey)


def _count_and_send(journey: Journey) -> str:
    """The address of somebody who objected by the link in their mail."""
    ask = journey.ask
    ask("GET /api/me")
    ask("GET /api/health", person=ADA)
    given_up = ask("POST /api/expansions", json={"addresses": [SALES]})["id"]
    ask("DELETE /api/expansions/{id}", f"/api/expansions/{given_up}")
    counted = f"/api/expansions/{ask('POST /api/expansions', json={'addresses': [SALES]})['id']}"
    ask("GET /api/expansions/{id}", counted)
    ask("GET /api/expansions/{id}/recipients", f"{counted}/recipients")
    new = {
        "expansion_id": counted.rpartition("/")[2],
        "mode": "individual",
        "links": ["https://company.com/a"],
    }
    mail = ask("POST /api/messages", json=new | {"sender": {"name": "Mia", "address": MIA}})
    message = f"/api/messages/{mail['message_id']}"
    ask("GET /api/messages/{id}", message)
    ask("PATCH /api/messages/{id}", message, json={"name": "Lunch"})
    first = ask("GET /api/messages/{id}/recipients", f"{message}/recipients")["rows"][0]
    ask("POST /api/messages/{id}/sent", f"{message}/sent")
    _send_copies(ask, message)
    origin = services().settings.public_url
    for method in ("HEAD", "GET"):
        ask(f"{method} /o/{{token}}", first["pixel_url"].removeprefix(origin))
        ask(f"{method} /c/{{token}}", next(iter(first["links"].values())).removeprefix(origin))
        ask(f"{method} /p/{{token}}", first["notice_url"].removeprefix(origin))
    ask("POST /p/{token}", first["notice_url"].removeprefix(origin), data={"choice": "object"})
    ask("GET /api/messages/{id}/report", f"{message}/report")
    ask("GET /api/feed", person=DASHBOARD)
    _let_numbers_out(mail["message_id"])
    ask("GET /api/feed", person=DASHBOARD)
    ask("GET /api/headlines", f"/api/headlines?ids={mail['message_id']}")
    for kind in ("csv", "xlsx"):
        ask(f"GET /api/reports.{kind}", f"/api/reports.{kind}?ids={mail['message_id']}")
    ask("GET /api/dashboard", "/api/dashboard?zone=Europe/Berlin")
    ask("GET /api/dashboard/audience")
    ask("GET /api/messages/{id}/report/recipients", f"{message}/report/recipients")
    ask("GET /api/messages/{id}/report.csv", f"{message}/report.csv")
    ask("GET /api/messages/{id}/report.xlsx", f"{message}/report.xlsx")
    ask("PUT /api/messages/{id}/readers", f"{message}/readers", json={"addresses": [NOAH]})
    ask("GET /api/messages/{id}/readers", f"{message}/readers")
    _control_links(ask, message, next(iter(first["links"].values())))
    ask("GET /api/messages")
    ask("GET /api/people/{address}", f"/api/people/{first['address']}", ADA)
    ask("DELETE /api/messages/{id}/sent", f"{message}/sent")
    ask("DELETE /api/messages/{id}", message)
    return str(first["address"])


def _let_numbers_out(message: str) -> None:
    """Have the mail been sent long ago."""
    tracking = services().tracking
    tracking.purge.run()
    found = tracking.message_table.find_by_id(message)
    assert found
    assert found.sent_at
    past = replace(found, sent_at=found.sent_at - timedelta(days=2))
    tracking.message_table.update(past)
    tracking.message_table.calendar.enter(*sent_due(past))


def _send_copies(ask: Any, message: str) -> None:
    holder = {"holder": "pane-0001"}
    ask("PUT /api/messages/{id}/copies", f"{message}/copies", json=holder | {"device": "laptop-01"})
    ask("GET /api/messages/{id}/copies", f"{message}/copies")
    ask("PATCH /api/messages/{id}/copies", f"{message}/copies", json=holder | {"lets_go": True})


def _control_links(ask: Any, message: str, url: str) -> None:
    ask("GET /api/links", person=ADA)
    ask("POST /api/links", person=ADA, json={"url": url})
    ask("GET /api/messages/{id}/links", f"{message}/links")
    for where in ("/{number}", ""):
        path = f"{message}/links{where.replace('{number}', '0')}"
        for target in ("https://company.com/b", None):
            ask(f"PUT /api/messages/{{id}}/links{where}", path, json={"target": target})
        ask(f"DELETE /api/messages/{{id}}/links{where}", path)


def _look_after_people(journey: Journey, objecting: str) -> None:
    for method in ("POST", "DELETE"):
        journey.ask(f"{method} /api/people/{{address}}/objection", f"/api/people/{objecting}/objection", ADA)
    journey.ask("DELETE /api/people/{address}", f"/api/people/{NOAH}", ADA)
    _look_after_oneself(journey)


def _look_after_oneself(journey: Journey) -> None:
    for method in ("HEAD", "GET"):
        journey.ask(f"{method} /me")
    asked = journey.ask("GET /api/me/measuring", person=NOAH)["question"]
    for yes in (False, True):
        given = {"yes": yes, "version": asked["version"], "language": "en"}
        journey.ask("PUT /api/me/measuring", person=NOAH, json=given)
    journey.ask("GET /api/me/kept", person=NOAH)
    journey.ask("DELETE /api/me/kept", person=NOAH)


def _look_after_rollcall(journey: Journey) -> None:
    ask, api = journey.ask, journey.api
    done = ask("GET /api/audit", person=ADA)["rows"]
    [actor, *_] = [row["actor"] for row in done if row["kind"] == "person_erased" and len(row["actor"]) == 36]
    ask("GET /api/audit/names", f"/api/audit/names?ids={actor}", ADA)
    ask("GET /api/audit.csv", person=ADA)
    ask("GET /api/notifications", person=ADA)
    ask("GET /api/statement", person=ADA)
    ask("GET /api/connection", person=ADA)
    ask("POST /api/connection/test", person=ADA, json={"address": SALES})
    begun = ask("GET /api/connection/start", person=ADA)
    back = api.sandbox.sign_in_service_account(begun["authorize_url"]).removeprefix(api.origin)
    [start] = journey.answers["GET /api/connection/start"]
    ask("GET /api/connection/callback", back, ADA, cookies=taken(start))
    ask("DELETE /api/connection", person=ADA)


def _fetch_files(journey: Journey) -> None:
    for method in ("HEAD", "GET"):
        journey.ask(f"{method} /p")
        journey.ask(f"{method} /api")
        journey.ask(f"{method} /addin/{{path}}", "/addin")
        journey.ask(f"{method} /.well-known/microsoft-officeaddins-allowed.json")
    journey.ask("GET /api/openapi.json")


def closed(schema: Any) -> Any:
    """The schema, which then forbids what it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(value) for name, value in schema.items()}
    return {"additionalProperties": False, **shut} if "properties" in shut else shut


def test_every_route_answers_and_records_what_is_declared_and_meant(journey: Journey) -> None:
    travel(journey)
    assert set(journey.answers) == set(described())
    components = closed(document(declared())["components"])
    for operation, answers in journey.answers.items():
        responses = set(described()[operation]["responses"])
        assert responses == STATUSES.get(operation, {"200"}) | {"default"}
        for answer in answers:
            said = described()[operation]["responses"][str(answer.status_code)].get("content", {})
            media = answer.headers.get("content-type", "").partition(";")[0]
            assert media in said or "*/*" in said or not answer.content, (operation, media)
            schema = said.get(media, {}).get("schema")
            if schema and answer.content:
                values = [answer.json()] if media == JSON else map(json.loads, answer.text.splitlines())
                for value in values:
                    jsonschema_rs.validate({**schema, "components": components}, value)
    for operation, kinds in journey.records.items():
        meant = RECORDS.get(operation, set())
        assert kinds <= meant, operation
        assert bool(kinds) is bool(meant), operation
        assert set(described()[operation]["x-recorded"]) == meant, operation


def test_the_examples_are_what_is_answered(journey: Journey) -> None:
    travel(journey)
    made = recording.examples_of(journey.answers)
    recording.keep(made)
    examples.cache_clear()
    kept = examples()
    assert kept.keys() == made.keys()
    assert [name for name in made if not recording.look_alike(kept[name], made[name])] == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"a": 1, "b": [{"c": "x"}]}, {"a": None, "b": [{"c": "y"}, {"c": "z"}]}, True),
        ({"a": [], "b": {}}, {"a": [{"c": 1}], "b": {"any": 2}}, True),
        ({"a": {"one": 1}}, {"a": {"another": 1}}, True),
        ({"a": "x"}, {"a": "x", "b": "y"}, False),
        ({"a": [{"c": "x"}]}, {"a": [{"d": "x"}]}, False),
    ],
)
def test_answers_look_alike_where_they_have_the_same_names(
    one: dict[str, object], other: dict[str, object], alike: bool
) -> None:
    assert recording.look_alike(one, other) is alike


def test_every_answer_in_json_has_an_example_that_is_one() -> None:
    components = closed(document(declared())["components"])
    for operation, one in described().items():
        contents = [answer.get("content", {}) for answer in one["responses"].values()]
        contents += [one.get("requestBody", {}).get("content", {})]
        said = [content["application/json"] for content in contents if "application/json" in content]
        if operation.endswith(NO_EXAMPLES):
            continue
        assert not said or any("example" in content for content in said), operation
        for content in said:
            if "example" in content:
                schema = {**content["schema"], "components": components}
                jsonschema_rs.validate(schema, content["example"])


def test_every_parameter_is_explained() -> None:
    for operation, one in described().items():
        for parameter in one["parameters"]:
            assert parameter.get("description"), (operation, parameter["name"])
