"""The ceiling, through the public door: no sender passes it, and no mail that was delivered before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.services.process import services
from shared.services.retention import end_what_is_due
from shared.tracking.mail.keys import SECRET
from tests.support.api import ADA, MIA, SALES, Api, assert_problem
from tests.support.tracked_mails import LINKS, SENDER, register, visit

MODES = ("counting", "pseudonymous", "individual")
ALLOWED = {
    "off": (),
    "clicks": MODES[:1],
    "opens": MODES[:1],
    "counting": MODES[:1],
    "pseudonymous": MODES[:2],
    "individual": MODES,
}


@pytest.fixture
def under(api: Api, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Api]:
    """The app after a start with that ceiling, all modes on offer."""

    def start(ceiling: str, basis: str = "objection", modes: str = "counting,pseudonymous,individual") -> Api:
        monkeypatch.setenv("ROLLCALL_MODES", modes)
        monkeypatch.setenv("ROLLCALL_TRACKING", ceiling)
        monkeypatch.setenv("ROLLCALL_INDIVIDUAL_BASIS", basis)
        monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
        services.cache_clear()
        return api

    return start


def try_mode(api: Api, mode: str) -> Any:
    new = {"expansion_id": api.expand(SALES).json()["id"], "mode": mode, "sender": SENDER, "links": LINKS}
    return api.call("POST", "/api/messages", json=new)


def urls_of(body: Any) -> Any:
    return body if body["mode"] == "counting" else body["recipients"]["rows"][0]


@pytest.mark.parametrize("ceiling", ALLOWED)
def test_a_sender_chooses_what_is_offered_and_not_above_the_ceiling(
    under: Callable[..., Api], ceiling: str
) -> None:
    api = under(ceiling)
    for mode in MODES:
        answer = try_mode(api, mode)
        if mode in ALLOWED[ceiling]:
            assert answer.status_code == 201, answer.text
        else:
            assert_problem(answer, 403, "not_allowed")
            assert "organisation" in answer.json()["detail"]
    assert list(services().settings.allowed_modes) == list(ALLOWED[ceiling])


def test_what_is_not_offered_is_refused_below_the_ceiling_too(under: Callable[..., Api]) -> None:
    api = under("individual", modes="counting")
    assert [try_mode(api, mode).status_code for mode in MODES] == [201, 403, 403]


def test_without_a_basis_nobody_is_measured_by_name_and_the_start_says_so(
    under: Callable[..., Api], caplog: pytest.LogCaptureFixture
) -> None:
    before = register(under("individual"), "individual")
    before_path = f"/api/messages/{before['message_id']}"
    assert under("individual").call("POST", f"{before_path}/sent").status_code == 200
    caplog.clear()
    api = under("individual", basis="")
    assert [try_mode(api, mode).status_code for mode in MODES] == [201, 201, 403]
    assert "ROLLCALL_INDIVIDUAL_BASIS" in caplog.text
    checks = api.as_person(ADA).call("GET", "/api/health").json()["checks"]
    [said] = [check for check in checks if check["name"] == "individual_basis"]
    assert not said["ok"]
    assert "ROLLCALL_INDIVIDUAL_BASIS" in said["remedy"]
    visit(urls_of(before)["pixel_url"])  # delivered when there was one
    assert api.call("GET", f"{before_path}/report").json()["opened"]["person"] == 0


@pytest.mark.parametrize(("ceiling", "opens", "clicks"), [("clicks", 0, 1), ("opens", 1, 0), ("off", 0, 0)])
def test_what_the_ceiling_leaves_out_is_recorded_of_no_mail_that_was_delivered_before(
    under: Callable[..., Api], ceiling: str, opens: int, clicks: int
) -> None:
    body = register(under("counting"))
    api = under(ceiling)
    path = f"/api/messages/{body['message_id']}"
    assert api.call("POST", f"{path}/sent").status_code == 200
    visit(body["pixel_url"])
    assert visit(body["links"][LINKS[2]]).headers["location"] == LINKS[2]
    report = under("counting").call("GET", f"{path}/report").json()
    assert (sum(report["opened"].values()), sum(report["clicked"].values())) == (opens, clicks)


@pytest.mark.parametrize("mode", MODES[1:])
def test_a_lower_ceiling_stops_the_modes_above_it_in_mails_delivered_before(
    under: Callable[..., Api], mode: str
) -> None:
    body = register(under("individual"), mode)
    api = under("counting")
    path = f"/api/messages/{body['message_id']}"
    api.call("POST", f"{path}/sent")
    mail = urls_of(body)
    visit(mail["pixel_url"])
    assert visit(mail["links"][LINKS[2]]).headers["location"] == LINKS[2]
    assert services().tracking.journal_table
    assert [*services().tracking.journal_table.read(body["message_id"])] == []


def test_a_mail_whose_clicks_alone_are_measured_has_no_pixel_and_a_report_without_opens(
    under: Callable[..., Api],
) -> None:
    api = under("clicks")
    body = register(api)
    assert body["pixel_url"] is None
    path = f"/api/messages/{body['message_id']}"
    api.call("POST", f"{path}/sent")
    visit(body["links"][LINKS[0]])
    report = api.call("GET", f"{path}/report").json()
    assert (report["has_pixel"], report["opened"], report["opened_by"]) == (False, None, None)
    assert report["clicked_by"]["at_most"] >= 1
    assert "opened" not in api.call("GET", f"{path}/report.csv").text


def test_a_mail_whose_opens_alone_are_measured_keeps_its_links(under: Callable[..., Api]) -> None:
    body = register(under("opens"))
    assert (body["links"], body["untracked"]) == ({}, LINKS)
    assert visit(body["pixel_url"]).status_code == 200


def test_where_tracking_is_off_recipients_are_counted_and_no_key_is_made(
    under: Callable[..., Api], sandbox: Any
) -> None:
    sandbox.world.secrets.pop(SECRET, None)
    api = under("off")
    assert api.expand(SALES).json()["count"]["at_least"] == 4
    assert_problem(try_mode(api, "counting"), 403, "not_allowed")
    assert visit(f"{services().settings.public_url}/o/nothing").status_code == 200
    given = {"yes": False, "version": "", "language": "en"}
    assert_problem(api.call("PUT", "/api/me/measuring", json=given), 409, "conflict")
    admin = api.as_person(ADA)
    for person in (MIA, "user1@company.com"):
        assert_problem(admin.call("POST", f"/api/people/{person}/objection"), 409, "conflict")
    for found in (
        api.call("GET", "/api/me/measuring"),
        api.call("GET", "/api/me/kept"),
        api.call("DELETE", "/api/me/kept"),
        admin.call("GET", f"/api/people/{MIA}"),
        admin.call("DELETE", f"/api/people/{MIA}"),
        admin.call("DELETE", f"/api/people/{MIA}/objection"),
        admin.call("GET", "/api/links"),
        admin.call("GET", "/api/health"),
    ):
        assert found.status_code == 200, found.text
    end_what_is_due(services())
    services().tracking.drain()
    services().tracking.sweep()
    assert SECRET not in sandbox.world.secrets


def test_whoever_was_tracked_once_objects_when_tracking_is_off(under: Callable[..., Api]) -> None:
    register(under("counting"))
    admin = under("off").as_person(ADA)
    path = "/api/people/user1@company.com/objection"
    assert admin.call("POST", path).json()["objected_at"]
    assert admin.call("DELETE", path).json()["objected_at"] is None
