"""Links under control, through the public door: withdrawn, corrected, put back; by whom, and where to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from routes.links import HIGHEST
from shared.audit import Search
from shared.services.process import Services, services
from shared.settings import Settings
from shared.tracking.mail.amendments import LOOK_AFTER
from shared.tracking.mail.links import MAX_LINKS
from tests.support.api import ADA, MIA, NOAH, Api, assert_problem
from tests.support.tracked_mails import LINKS, register, visit

ELSEWHERE = "https://company.com/corrected"


@pytest.fixture
def mail(api: Api) -> Any:
    return register(api)


def path(mail: Any, link: int | None = None) -> str:
    return f"/api/messages/{mail['message_id']}/links" + ("" if link is None else f"/{link}")


def leads_to(mail: Any, link: str = LINKS[0]) -> str | int:
    """Where the link in the mail leads, or how it is answered."""
    answer = visit(mail["links"][link])
    return answer.headers.get("location") or answer.status_code


def trail(mail: Any) -> Iterator[tuple[str, str, str]]:
    records = services().audit.trail.read(Search(), 50).rows
    for record in reversed(records):
        if record.subject == mail["message_id"] and record.kind.startswith("link_"):
            yield record.kind, record.actor, record.facts


def test_one_link_is_withdrawn_corrected_and_put_back(api: Api, mail: Any) -> None:
    shown = api.call("GET", path(mail)).json()
    assert [(each["number"], each["target"], each["amended"]) for each in shown["links"]] == [
        (0, "https://company.com/news", None),
        (1, "https://company.com/jobs#top", None),
    ]
    after = api.call("PUT", path(mail, 0), json={"target": None}).json()
    assert after["links"][0]["amended"].items() >= {"target": None, "whole": False, "by_admin": False}.items()
    assert (leads_to(mail), leads_to(mail, LINKS[2])) == (410, "https://company.com/jobs#top")
    api.call("PUT", path(mail, 0), json={"target": ELSEWHERE})
    assert leads_to(mail) == ELSEWHERE
    assert api.call("DELETE", path(mail, 0)).json()["links"][0]["amended"] is None
    assert leads_to(mail) == "https://company.com/news"
    assert [(kind, facts) for kind, _, facts in trail(mail)] == [
        ("link_withdrawn", '{"link": 0}'),
        ("link_corrected", '{"host": "company.com", "link": 0}'),
        ("link_restored", '{"link": 0}'),
    ]


def test_a_whole_mail_is_withdrawn_and_one_link_of_it_corrected_after(api: Api, mail: Any) -> None:
    after = api.call("PUT", path(mail), json={"target": None}).json()
    assert all(each["amended"]["whole"] for each in after["links"])
    assert (leads_to(mail), leads_to(mail, LINKS[2])) == (410, 410)
    api.call("PUT", path(mail, 1), json={"target": ELSEWHERE})
    assert (leads_to(mail), leads_to(mail, LINKS[2])) == (410, ELSEWHERE)
    api.call("DELETE", path(mail))
    assert (leads_to(mail), leads_to(mail, LINKS[2])) == (
        "https://company.com/news",
        "https://company.com/jobs#top",
    )


def test_a_withdrawn_link_shows_a_calm_page_that_does_not_say_where_it_led(api: Api, mail: Any) -> None:
    api.call("PUT", path(mail), json={"target": None})
    answer = visit(mail["links"][LINKS[0]])
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (410, "text/html")
    assert "withdrawn" in answer.text
    assert "company.com/news" not in answer.text
    assert "location" not in answer.headers


def test_another_process_knows_within_ten_seconds_and_then_also_with_storage_down(
    api: Api, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio
    import os

    from shared.errors import StoreUnavailable

    time = 1000.0
    there = Services(Settings.from_env(os.environ)).tracking
    monkeypatch.setattr(there.links.amendments, "_clock", lambda: time)
    token = mail["links"][LINKS[0]].rpartition("/")[2]

    def follow() -> str | None:
        return asyncio.run(there.tracker.clicked(token, "GET", {}))

    assert follow() == "https://company.com/news"
    api.call("PUT", path(mail), json={"target": None})
    time += 2 * LOOK_AFTER
    assert follow() is None

    def down() -> str:
        raise StoreUnavailable

    monkeypatch.setattr(there.links.table, "version", down)
    time += 1_000_000
    assert follow() is None
    there.journal.close()


# -- who may


def test_a_stranger_and_a_reader_of_the_report_change_no_link(api: Api, mail: Any) -> None:
    api.call("PUT", f"/api/messages/{mail['message_id']}/readers", json={"addresses": [NOAH]})
    noah = api.as_person(NOAH)
    for method, more in (("GET", {}), ("PUT", {"json": {"target": None}}), ("DELETE", {})):
        assert_problem(noah.call(method, path(mail), **more), 404, "not_found")
        assert_problem(noah.call(method, path(mail, 0), **more), 404, "not_found") if more else None
    assert leads_to(mail) == "https://company.com/news"
    assert list(trail(mail)) == []


def test_what_an_admin_decided_no_sender_takes_back(api: Api, mail: Any) -> None:
    ada = api.as_person(ADA)
    ada.call("PUT", path(mail), json={"target": None})
    for method, more in (("PUT", {"json": {"target": ELSEWHERE}}), ("DELETE", {})):
        for link in (None, 0):
            answer = api.call(method, path(mail, link), **more)
            assert answer.status_code == 403 or (method, link) == ("DELETE", 0), answer.text
    assert leads_to(mail) == 410
    ada.call("DELETE", path(mail))
    assert leads_to(mail) == "https://company.com/news"


def test_a_link_of_a_mail_that_its_sender_deleted_is_stopped_by_an_admin_alone(api: Api) -> None:
    mail = register(api, links=["https://evil-login.example/company"])
    api.call("DELETE", f"/api/messages/{mail['message_id']}")
    [url] = mail["links"].values()
    assert_problem(api.call("PUT", path(mail), json={"target": None}), 404, "not_found")
    ada = api.as_person(ADA)
    found = ada.call("POST", "/api/links", json={"url": url}).json()
    assert found["message_id"] == mail["message_id"]
    assert found["link"].items() >= {"number": 0, "target": "https://evil-login.example/company"}.items()
    assert ada.call("PUT", path(mail, 0), json={"target": None}).status_code == 200
    assert visit(url).status_code == 410
    assert ada.call("POST", "/api/links", json={"url": url}).json()["link"]["amended"]["by_admin"]
    assert [kind for kind, *_ in trail(mail)] == ["link_withdrawn"]


@pytest.mark.parametrize(
    "url", ["https://company.com/c/x", "", "{origin}/c/", "{origin}/c/forged", "{origin}/o/{token}"]
)
def test_only_a_tracked_link_of_ones_own_is_identified(api: Api, mail: Any, url: str) -> None:
    origin = services().settings.public_url
    token = mail["pixel_url"].rpartition("/")[2]
    answer = api.as_person(ADA).call(
        "POST", "/api/links", json={"url": url.format(origin=origin, token=token)}
    )
    assert_problem(answer, 400, "invalid_request", "$.url")


# -- where to


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("javascript:alert(1)", 400),
        ("//evil.example", 400),
        ("https://user:secret@company.com/", 400),
        ("https://company.com/\r\nSet-Cookie: a=b", 400),
        ("{origin}/c/x", 400),
        ("https://company.com/" + "a" * 2000, 400),
        ("https://evil.example/", 403),  # no link of this mail leads there
        ("https://company.com.evil.example/", 403),
    ],
)
def test_a_sender_corrects_a_link_only_to_where_the_mail_leads_anyway(
    api: Api, mail: Any, target: str, status: int
) -> None:
    target = target.format(origin=services().settings.public_url)
    answer = api.call("PUT", path(mail, 0), json={"target": target})
    assert answer.status_code == status, answer.text
    if status == 400:
        assert_problem(answer, 400, "invalid_request", "$.target")
    assert leads_to(mail) == "https://company.com/news"
    assert list(trail(mail)) == []


def test_an_admin_corrects_to_other_hosts_and_so_does_a_sender_to_those_that_an_admin_named(
    api: Api, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = "https://www.partner.example/"
    api.as_person(ADA).call("PUT", path(mail, 1), json={"target": partner})
    assert leads_to(mail, LINKS[2]) == partner
    monkeypatch.setenv("ROLLCALL_ALLOW_HOSTS", "company.com, partner.example")
    services.cache_clear()
    assert api.call("PUT", path(mail, 0), json={"target": partner}).status_code == 200
    assert leads_to(mail) == partner


def test_the_last_link_that_a_mail_may_have_can_be_withdrawn(api: Api) -> None:
    mail = register(api, links=[f"https://company.com/{number}" for number in range(MAX_LINKS)])
    assert MAX_LINKS == HIGHEST + 1
    assert api.call("PUT", path(mail, HIGHEST), json={"target": None}).status_code == 200
    assert leads_to(mail, f"https://company.com/{HIGHEST}") == 410


@pytest.mark.parametrize(
    ("number", "body", "status"),
    [
        ("2", {"target": None}, 404),
        ("500", {"target": None}, 400),
        ("-1", {"target": None}, 400),
        ("0", {}, 400),
        ("0", {"target": 1}, 400),
        ("0", {"target": None, "more": 1}, 400),
    ],
)
def test_what_is_no_link_or_no_target_is_refused(
    api: Api, mail: Any, number: str, body: dict[str, Any], status: int
) -> None:
    assert api.call("PUT", f"{path(mail)}/{number}", json=body).status_code == status


# -- hosts


def test_hosts_that_are_not_allowed_are_not_tracked_and_not_corrected_to(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_ALLOW_HOSTS", "company.com")
    services.cache_clear()
    mail = register(api, links=[LINKS[0], "https://evil-login.example/company"])
    assert (list(mail["links"]), mail["untracked"]) == ([LINKS[0]], ["https://evil-login.example/company"])
    for person in (MIA, ADA):
        answer = api.as_person(person).call("PUT", path(mail, 0), json={"target": "https://evil.example/"})
        assert_problem(answer, 400, "invalid_request", "$.target")


def test_whoever_has_a_role_is_told_where_links_may_lead(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_ALLOW_HOSTS", "company.com, partner.example")
    monkeypatch.setenv("ROLLCALL_DENY_HOSTS", "old.company.com")
    services.cache_clear()
    for person, allowed, denied in (
        (MIA, ["company.com", "partner.example"], ["old.company.com"]),
        ("user1@company.com", [], []),
    ):
        told = api.as_person(person).call("GET", "/api/me").json()
        assert (told["allow_hosts"], told["deny_hosts"]) == (allowed, denied)


def test_a_host_that_is_denied_stops_links_in_delivered_mails(
    api: Api, mail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert leads_to(mail) == "https://company.com/news"
    monkeypatch.setenv("ROLLCALL_DENY_HOSTS", "company.com")
    services.cache_clear()
    assert leads_to(mail) == 410


def test_what_cannot_be_recorded_is_not_done(api: Api, mail: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from shared.errors import StoreUnavailable

    def down(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(services().audit, "note", down)
    services().__dict__.pop("trail", None)
    services().tracking.links.__dict__.pop("control", None)
    assert api.call("PUT", path(mail), json={"target": None}).status_code == 503
    assert leads_to(mail) == "https://company.com/news"
