"""A deployment under an agreement, through the public door: what exceeds it is refused, and while it is not
in force recipients are counted, links lead on and nothing is tracked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.services.process import Services, services
from tests.support.agreements import AGREEMENT, KEY, TERMS, WIDE, Under, sealed, signed, under
from tests.support.api import ADA, NOAH, SALES, Api, assert_problem
from tests.support.tracked_mails import LINKS, SENDER, register, visit

__all__ = ["under"]

ALTERED = {AGREEMENT: signed(TERMS)[AGREEMENT].replace(".", "A.")}
OTHERS = {KEY: signed(TERMS, Ed25519PrivateKey.generate())[KEY]}
BROKEN: dict[str, dict[str, str]] = {
    "altered": ALTERED,
    "signed by somebody else": OTHERS,
    "no agreement at all, signed": sealed(b'{"format": "rollcall-agreement-1"}'),
    "no line": {AGREEMENT: "agreement.json"},
    "a reference that the platform did not resolve": {AGREEMENT: "@Microsoft.KeyVault(SecretUri=https://x)"},
    "too long": {AGREEMENT: "A" * 9000},
    "without a key": {KEY: ""},
    "with half a key": {KEY: signed(TERMS)[KEY][:20]},
    "without the file": {AGREEMENT: ""},
}


def try_to_track(api: Api) -> Any:
    new = {
        "expansion_id": api.expand(SALES).json()["id"],
        "mode": "counting",
        "sender": SENDER,
        "links": LINKS,
    }
    return api.call("POST", "/api/messages", json=new)


def recorded(body: Any) -> list[Any]:
    return [*services().tracking.journal_table.read(body["message_id"])]


def send_and_visit(api: Api, body: Any) -> None:
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    assert visit(body["pixel_url"]).status_code == 200
    assert visit(body["links"][LINKS[2]]).headers["location"] == LINKS[2]


def health_of(api: Api) -> dict[str, Any]:
    checks = api.as_person(ADA).call("GET", "/api/health").json()["checks"]
    return {check["name"]: check for check in checks}


def assert_stopped(api: Api, before: Any, caplog: pytest.LogCaptureFixture | None = None) -> None:
    """Nothing is tracked, recipients are counted, links lead on, and everybody is told."""
    answer = try_to_track(api)
    assert_problem(answer, 403, "agreement")
    assert "agreement" in answer.json()["detail"]
    assert answer.json()["forward"]
    assert api.expand(SALES).json()["count"]["at_least"] == 4
    send_and_visit(api, before)
    assert recorded(before) == []
    said = health_of(api)["agreement"]
    assert not said["ok"]
    assert said["remedy"]
    if caplog:
        assert "nothing is tracked" in caplog.text


def test_within_an_agreement_all_is_as_without_one(under: Under) -> None:
    api = under(TERMS)
    body = register(api)
    send_and_visit(api, body)
    assert len(recorded(body)) == 2
    assert health_of(api)["agreement"]["ok"]
    assert api.call("GET", f"/api/messages/{body['message_id']}/report").status_code == 200


def test_without_a_file_and_a_key_nothing_is_bound_and_health_is_silent_about_it(under: Under) -> None:
    api = under(None, ROLLCALL_SMALLEST_GROUP="1", ROLLCALL_EVENTS_KEPT="3650")
    assert services().settings.smallest_group == 1
    assert "agreement" not in health_of(api)
    assert try_to_track(api).status_code == 201


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_while_nobody_can_tell_what_was_agreed_nothing_is_tracked_and_no_report_is_shown(
    under: Under, broken: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = register(under(TERMS))
    caplog.clear()
    api = under(TERMS, **broken)
    assert_stopped(api, before, caplog)
    for path in ("report", "report.csv", "report/recipients"):
        assert_problem(api.call("GET", f"/api/messages/{before['message_id']}/{path}"), 403, "agreement")
    assert_problem(api.call("GET", f"/api/headlines?ids={before['message_id']}"), 403, "agreement")
    assert_problem(api.call("GET", "/api/dashboard"), 403, "agreement")


ADA_ID = "31567be0-df0e-52f5-bfc3-de788e3e129b"
EXCEEDING = {
    "ROLLCALL_TRACKING": ("pseudonymous", "counting"),
    "ROLLCALL_NOTICE": ("none", "line"),
    "ROLLCALL_SMALLEST_GROUP": ("4", "5"),
    "ROLLCALL_PUBLISHED_AFTER": ("3600", "86400"),
    "ROLLCALL_EVENTS_KEPT": ("91", "90"),
    "ROLLCALL_MESSAGES_KEPT": ("401", "400"),
    "ROLLCALL_AUDIT_KEPT": ("3651", "3650"),
    "ROLLCALL_PROGRAMS": ("reports", "off"),
    "ROLLCALL_WEBHOOK_URL": ("https://hooks.company.com/rollcall", "empty"),
    "ROLLCALL_TEAMS": (f"Sales: {ADA_ID}", "empty"),
    "ROLLCALL_BY_LIST": ("yes", "no"),
    "ROLLCALL_NAMES": ("subject", "typed"),
    "ROLLCALL_MAIL_TIPS": ("yes", "no"),
}


@pytest.mark.parametrize("name", EXCEEDING)
def test_a_setting_that_exceeds_the_agreement_is_refused_and_named(
    under: Under, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    value, agreed = EXCEEDING[name]
    before = register(under(TERMS))
    caplog.clear()
    api = under(TERMS, **{name: value})
    assert_stopped(api, before, caplog)
    assert f"{name} ({agreed})" in health_of(api)["agreement"]["remedy"]
    assert f"{name} ({agreed})" in caplog.text
    bound = services().settings
    assert (bound.smallest_group, bound.published_after, bound.notice) == (5, (86_400,), "line")
    assert (bound.events_kept, bound.messages_kept, bound.audit_kept) == (90, 400, 3650)
    assert not bound.by_list
    assert not bound.names
    assert not bound.mail_tips


def test_a_basis_that_was_not_agreed_to_is_refused(under: Under) -> None:
    terms = TERMS | {"tracking": "individual", "individual_basis": ["consent"]}
    individual = {"ROLLCALL_TRACKING": "individual", "ROLLCALL_INDIVIDUAL_BASIS": "consent"}
    before = register(under(terms, **individual))
    api = under(terms, **individual | {"ROLLCALL_INDIVIDUAL_BASIS": "objection"})
    assert_stopped(api, before)
    assert "ROLLCALL_INDIVIDUAL_BASIS (consent)" in health_of(api)["agreement"]["remedy"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock of the running process."""

    def put(by: timedelta) -> None:
        monkeypatch.setattr(Services, "now", staticmethod(lambda: datetime.now(UTC) + by))

    return put


def test_an_agreement_that_expires_stops_tracking_in_the_running_process(under: Under, clock: Any) -> None:
    ends = datetime.now(UTC) + timedelta(days=10)
    api = under(TERMS | {"valid_until": ends.isoformat()})
    before = register(api)
    clock(timedelta(days=10, seconds=5))
    assert_stopped(api, before)
    assert "expired" in health_of(api)["agreement"]["text"]
    path = f"/api/messages/{before['message_id']}/report"
    assert api.call("GET", path).status_code == 200  # what was agreed goes on to bind reports
    clock(timedelta(0))
    send_and_visit(api, before)
    assert recorded(before) == [], "a clock that is set back brings nothing back"


def test_an_agreement_that_is_not_in_force_yet_comes_into_force_in_the_running_process(
    under: Under, clock: Any
) -> None:
    before = register(under(TERMS))
    begins = datetime.now(UTC) + timedelta(days=1)
    api = under(TERMS | {"valid_from": begins.isoformat()})
    assert_stopped(api, before)
    clock(timedelta(days=1, seconds=5))
    body = register(api)
    send_and_visit(api, body)
    assert len(recorded(body)) == 2


def test_reports_go_no_further_than_was_agreed_whoever_looks(under: Under) -> None:
    individual = {
        "ROLLCALL_MODES": "counting,individual",
        "ROLLCALL_TRACKING": "individual",
        "ROLLCALL_INDIVIDUAL_BASIS": "objection",
        "ROLLCALL_SMALLEST_GROUP": "1",
        "ROLLCALL_PUBLISHED_AFTER": "60",
    }
    api = under(WIDE | {"allowed": ["share_reports", "export_reports"]}, **individual)
    body = register(api, "individual")
    path = f"/api/messages/{body['message_id']}"
    api.call("POST", f"{path}/sent")
    assert api.call("PUT", f"{path}/readers", json={"addresses": [NOAH]}).status_code == 200

    def seen(terms: list[str], person: str) -> list[int]:
        asked = under(WIDE | {"allowed": terms}, **individual).as_person(person)
        return [
            asked.call("GET", f"{path}/{one}").status_code
            for one in ("report", "report/recipients", "report.csv", "report.xlsx")
        ]

    def summed(terms: list[str], person: str) -> int:
        asked = under(WIDE | {"allowed": terms}, **individual).as_person(person)
        found = asked.call("GET", "/api/dashboard").json()
        return int(found["total"]["mails"]) + int(found["not_sent"])

    assert seen([], api.person) == [200, 200, 403, 403]
    own = summed([], api.person)
    assert own >= 1
    assert (summed([], NOAH), summed([], ADA)) == (0, 0)
    assert summed(["share_reports"], NOAH) >= 1
    without_names = summed(["admins_see_reports"], ADA)
    assert summed(["admins_see_reports", "admins_see_individuals"], ADA) > without_names
    assert seen(["export_reports"], api.person) == [200] * 4
    assert seen(["export_reports"], NOAH) == [403] * 4
    assert seen(["export_reports", "share_reports"], NOAH) == [200] * 4
    assert seen(["export_reports", "share_reports"], ADA) == [403] * 4
    assert seen(["export_reports", "admins_see_reports"], ADA) == [403] * 4
    assert seen(["export_reports", "admins_see_reports", "admins_see_individuals"], ADA) == [200] * 4
    sharing = under(WIDE, **individual).call("PUT", f"{path}/readers", json={"addresses": [NOAH]})
    assert_problem(sharing, 403, "agreement")
    person = under(WIDE, **individual).as_person(ADA).call("GET", f"/api/people/{NOAH}")
    assert_problem(person, 403, "agreement")
    allowed = under(WIDE | {"allowed": ["admins_see_people"]}, **individual).as_person(ADA)
    assert allowed.call("GET", f"/api/people/{NOAH}").status_code == 200


def test_where_a_report_would_tell_single_people_an_administrator_does_not_see_it_in_any_mode(
    under: Under,
) -> None:
    small = {"ROLLCALL_SMALLEST_GROUP": "1", "ROLLCALL_PUBLISHED_AFTER": "60"}
    api = under(WIDE | {"allowed": ["admins_see_reports"]}, **small)
    body = register(api)
    path = f"/api/messages/{body['message_id']}/report"
    assert api.call("GET", path).status_code == 200
    assert_problem(api.as_person(ADA).call("GET", path), 403, "agreement")
