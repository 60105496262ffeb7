"""An auditor sees how Rollcall is set up and what was done, and no result of anybody's."""

from __future__ import annotations

import json

import pytest

from shared.services.agreement import watch_of
from shared.services.process import services
from tests.support.agreements import KEY, TERMS, Under, signed, under
from tests.support.api import ADA, DANIEL, MIA, NOAH, Api, assert_problem
from tests.support.declared import UNKNOWN, WHO, ask
from tests.support.tracked_mails import LINKS, register, visit

__all__ = ["under"]

SECRETS = ("AccountKey", "canary-secret")


@pytest.fixture
def measured(individual: Api) -> str:
    """A mail in which recipients are told apart by name, and one of them has opened it; its id."""
    body = register(individual, "individual")
    path = f"/api/messages/{body['message_id']}"
    individual.call("POST", f"{path}/sent")
    one = body["recipients"]["rows"][0]
    visit(one["pixel_url"])
    visit(one["links"][LINKS[2]])
    assert sum(individual.call("GET", f"{path}/report").json()["clicked"].values()) == 1
    individual.as_person(ADA).call("GET", f"/api/people/{one['address']}")
    return str(body["message_id"])


@pytest.mark.parametrize("operation", [one for one, who in WHO.items() if who in ("sender", "admin")])
def test_an_auditor_is_refused_on_every_route_with_results_and_lists(
    operation: str, individual: Api, measured: str
) -> None:
    method, _, path = operation.partition(" ")
    path = path.replace("{id}", measured).replace("{address}", MIA).replace("{number}", "0")
    answer = individual.as_person(DANIEL).call(method, path, json=None if method == "GET" else {})
    assert_problem(answer, 403, "not_allowed")


def test_what_an_auditor_does_see_holds_no_result_of_anybody(individual: Api, measured: str) -> None:
    recipients = {"olivia.hart", "marcus.lindqvist", "user1@", "user2@", "user3@", "user4@"}
    auditor = individual.as_person(DANIEL)
    for operation in [one for one, who in WHO.items() if who == "auditor"]:
        answer = ask(auditor, operation, DANIEL, f"?ids={UNKNOWN}" if "names" in operation else "")
        assert answer.status_code == 200, answer.text
        told = answer.text.lower()
        assert not [name for name in recipients if name in told], operation
        assert '"opened' not in told
        assert '"clicked' not in told
    kinds = {record["kind"] for record in auditor.call("GET", "/api/audit").json()["rows"]}
    assert {"recipients_viewed", "message_registered"} <= kinds, "that somebody looked is what is audited"


def test_the_statement_says_what_is_set_and_keeps_secrets(under: Under) -> None:
    api = under(TERMS, ROLLCALL_EVENTS_KEPT="30")
    found = api.as_person(DANIEL).call("GET", "/api/statement").json()
    settings = {each["name"]: each for each in found["settings"]}
    assert settings["ROLLCALL_EVENTS_KEPT"] == {
        "name": "ROLLCALL_EVENTS_KEPT",
        "value": "30",
        "default": False,
        "agreed": None,
    }
    assert settings["ROLLCALL_STORAGE_CONNECTION"]["value"] == "***"
    assert settings[KEY]["value"] == signed(TERMS)[KEY]
    assert found["agreement"]["state"] == "in_force"
    assert found["agreement"]["terms"]["title"] == TERMS["title"]
    assert found["in_force"] | {"expansion_lifetime": 0} == {
        "tracking": "counting",
        "smallest_group": 5,
        "published_after": [86_400],
        "events_kept": 30,
        "messages_kept": 400,
        "audit_kept": 3650,
        "expansion_lifetime": 0,
        "allowed": [],
    }
    assert {"table `Journal`", "table `Audit`"} <= {each["place"] for each in found["places"]}
    assert not [secret for secret in SECRETS if secret in json.dumps(found)]


def test_the_statement_says_what_exceeds_the_agreement_and_that_nothing_is_tracked(under: Under) -> None:
    found = under(TERMS, ROLLCALL_EVENTS_KEPT="91").as_person(DANIEL).call("GET", "/api/statement").json()
    settings = {each["name"]: each for each in found["settings"]}
    assert (settings["ROLLCALL_EVENTS_KEPT"]["value"], settings["ROLLCALL_EVENTS_KEPT"]["agreed"]) == (
        "91",
        "90",
    )
    assert (found["agreement"]["state"], found["in_force"]["tracking"]) == ("exceeded", "off")
    assert found["in_force"]["events_kept"] == 90


def test_without_an_agreement_the_statement_says_so_and_that_everything_is_allowed(under: Under) -> None:
    found = under().as_person(ADA).call("GET", "/api/statement").json()
    assert found["agreement"] == {"state": "none", "agreement": "", "key": "", "terms": None}
    assert "admins_see_individuals" in found["in_force"]["allowed"]


def test_whoever_has_no_role_or_sends_does_not_see_the_statement(unconnected: Api) -> None:
    for person in (MIA, NOAH):
        assert_problem(unconnected.as_person(person).call("GET", "/api/statement"), 403, "not_allowed")
    roles = unconnected.as_person(DANIEL).call("GET", "/api/me").json()["roles"]
    assert roles == ["auditor"]


def test_recipients_reports_and_files_name_the_agreement(under: Under) -> None:
    api = under(TERMS | {"allowed": ["export_reports"]})
    code, key = services().agreed.code, services().agreed.key_code
    body = register(api)
    path = f"/api/messages/{body['message_id']}"
    api.call("POST", f"{path}/sent")
    for url in (body["notice_url"], f"{services().settings.public_url}/p"):
        page = visit(url).text
        assert code in page
        assert key in page
        assert "nothing is measured" not in page
    assert api.call("GET", f"{path}/report").json()["agreement"] == code
    assert code in api.call("GET", f"{path}/report.csv").text
    mine = api.as_person(NOAH).call("GET", "/api/me/measuring").json()["agreement"]
    assert (mine["agreement"], mine["key"], mine["state"]) == (code, key, "in_force")
    under(TERMS, **{KEY: ""})
    assert "nothing is measured" in visit(f"{services().settings.public_url}/p").text
    assert under().as_person(NOAH).call("GET", "/api/me/measuring").json()["agreement"] is None
    assert "agreement" not in visit(f"{services().settings.public_url}/p").text


def test_each_change_of_how_the_agreement_stands_is_in_the_trail_once(under: Under) -> None:
    def told() -> list[tuple[str, str, str]]:
        watch_of(services()).look()
        watch_of(services()).look()
        records = api.as_person(DANIEL).call("GET", "/api/audit?kind=agreement_changed").json()["rows"]
        facts = [json.loads(record["facts"]) for record in records]
        return [(one["state_before"], one["state"], one["agreement"]) for one in facts]

    api = under()
    before = told()
    under(TERMS)
    first = services().agreed.code
    assert told() == [("none", "in_force", first), *before]
    api = under(TERMS, ROLLCALL_EVENTS_KEPT="91")
    assert told()[0] == ("in_force", "exceeded", first)
    under(TERMS | {"title": "Another"})
    assert told()[0] == ("exceeded", "in_force", services().agreed.code)
    under()
    assert told()[0] == ("in_force", "none", "")
