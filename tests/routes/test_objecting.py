"""Objecting to being tracked, through the public door: by the link in a mail, and by an admin."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import requests

from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.services.process import services
from shared.tracking.mail.tokens import Click, Opening
from shared.tracking.privacy.opt_outs import of_message
from tests.support.api import ADA, Api
from tests.support.people import (
    USER,
    choose,
    opened,
    person,
    received,
    sent_mail,
    set_of,
    walk,
)
from tests.support.tracked_mails import BROWSER, LINKS, register, visit


def test_who_objects_is_not_tracked_any_more_in_mails_delivered_long_ago(individual: Api) -> None:
    body = sent_mail(individual)
    mail, other = set_of(body, USER), set_of(body, "user1@company.com")
    visit(mail["pixel_url"])
    page = choose(mail["notice_url"], "object")
    assert page.status_code == 200
    assert "nothing that you do with mails to you is recorded" in page.text
    visit(mail["pixel_url"])
    assert visit(mail["links"][LINKS[2]]).headers["location"] == LINKS[2]
    visit(other["pixel_url"])
    assert opened(individual, body["message_id"]) == 2
    shown = received(individual, USER)[body["message_id"]]
    assert shown["events_in_all"] == 1
    later = sent_mail(individual)
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 0
    path = f"{person(USER)}/objection"
    assert individual.as_person(ADA).call("DELETE", path).json()["objected_at"] is None
    visit(set_of(later, USER)["pixel_url"])
    assert opened(individual, later["message_id"]) == 1


@pytest.mark.usefixtures("everything_told")
def test_a_pseudonymous_recipient_objects_to_what_one_mail_reports(individual: Api) -> None:
    body = sent_mail(individual, "pseudonymous")
    mine, other = body["recipients"]["rows"][:2]
    page = choose(mine["notice_url"], "object")
    assert "nothing that you do with this mail is recorded" in page.text
    assert "nobody can take it back" in page.text
    visit(mine["pixel_url"])
    visit(other["pixel_url"])
    assert opened(individual, body["message_id"]) == 1


@pytest.mark.parametrize("agent", [BROWSER["User-Agent"], "", "Barracuda Sentinel (EE)"])
def test_whoever_fetches_the_page_changes_nothing(individual: Api, agent: str) -> None:
    url = set_of(register(individual, "individual"), "user4@company.com")["notice_url"]
    for query in ("", "?choice=object", "?choice=object&x=1"):
        for method in ("GET", "HEAD"):
            answer = requests.request(method, url + query, headers={"User-Agent": agent}, timeout=10)
            assert answer.status_code == 200
    [shown] = walk(individual, "GET", "user4@company.com")
    assert shown["objected_at"] is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"choice=",
        b"choice=erase",
        b"object",
        b'{"choice":"object"}',
        b"\xff\xfe",
        b"choice=object" + b"x" * 999,
    ],
)
def test_what_is_no_choice_changes_nothing(individual: Api, body: bytes) -> None:
    url = set_of(register(individual, "individual"), "user4@company.com")["notice_url"]
    answer = requests.post(url, data=body, timeout=10)
    assert answer.status_code == 400
    assert walk(individual, "GET", "user4@company.com")[0]["objected_at"] is None


def test_the_page_needs_no_script_and_holds_nothing_of_the_person(individual: Api) -> None:
    mail = set_of(register(individual, "individual"), USER)
    answer = requests.get(mail["notice_url"], timeout=10)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy + answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert re.findall(r"<(?:form|button)[^>]*>", answer.text) == [
        '<form method="post">',
        '<button name="choice" value="object">',
    ]
    assert "user2" not in answer.text
    assert mail["notice_url"].rpartition("/")[2] not in answer.text


@pytest.mark.usefixtures("everything_told")
def test_where_all_share_a_mail_its_line_explains_and_nobody_can_object_for_all(api: Api) -> None:
    mail = register(api)
    url = mail["notice_url"]
    assert url.startswith(f"{services().settings.public_url}/p/")
    api.call("POST", f"/api/messages/{mail['message_id']}/sent")
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200
    assert "never by whom" in answer.text
    assert "<form" not in answer.text
    assert "form-action 'none'" in answer.headers["content-security-policy"]
    for choice in ("object", "withdraw", ""):
        refused = choose(url, choice)
        assert (refused.status_code, "Nothing was changed" in refused.text) == (400, True)
    visit(mail["pixel_url"])
    assert opened(api, mail["message_id"]) == 1
    records = api.as_person(ADA).call("GET", "/api/audit?limit=1000").text
    assert f"recipient-{mail['message_id']}" not in records


def test_who_names_no_mail_is_told_what_each_mode_measures(api: Api) -> None:
    answer = requests.get(f"{services().settings.public_url}/p", timeout=10)
    assert (answer.status_code, "Counting" in answer.text, "<form" in answer.text) == (200, True, False)


def test_forged_tokens_and_those_for_another_purpose_are_void(individual: Api) -> None:
    signer = services().tracking.signing_keys.get()
    whose = Opening("0" * 32, 1, signer.person(USER))
    good = signer.sign_objection(whose)
    click = signer.sign_click(Click("0" * 32, 1, 0, "https://a.example/", signer.person(USER)))
    spoilt = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good[:20] + ("A" if good[20] != "A" else "B") + good[21:],
        good + "A",
        good[:-4],
    ]
    for token in (signer.sign_open(whose), click, *spoilt, "x", "A" * 60, "%252e%252e", "<script>", "é"):
        url = f"{individual.origin}/p/{quote(token, safe='%')}"
        for answer in (requests.get(url, timeout=10), choose(url, "object")):
            assert answer.status_code == 404
            assert "script" not in answer.text
    assert walk(individual, "GET", USER)[0]["objected_at"] is None
    assert visit(f"{individual.origin}/c/{good}").status_code == 404
    assert choose(set_of(sent_mail(individual), USER)["notice_url"], "object").status_code == 200
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")


def test_an_admin_objects_for_somebody_and_the_trail_says_so(individual: Api) -> None:
    admin, path = individual.as_person(ADA), f"{person('user4@company.com')}/objection"
    first = admin.call("POST", path).json()
    assert first["objected_at"]
    assert admin.call("POST", path).json() == first
    body = sent_mail(individual)
    visit(set_of(body, "user4@company.com")["pixel_url"])
    assert opened(individual, body["message_id"]) == 0
    record = admin.call("GET", "/api/audit?kind=objected&limit=1").json()["rows"][0]
    assert record["subject"] == first["reference"]
    [erased] = walk(individual, "DELETE", "user4@company.com")
    assert erased["reference"] == first["reference"]
    assert walk(individual, "GET", "user4@company.com")[0]["objected_at"] == first["objected_at"]
    assert admin.call("DELETE", path).json()["objected_at"] is None
    record = admin.call("GET", "/api/audit?kind=objection_withdrawn&limit=1").json()["rows"][0]
    assert record["subject"] == first["reference"]


def test_the_trail_does_not_know_who_used_the_link_in_a_mail(individual: Api) -> None:
    admin = individual.as_person(ADA)
    url = set_of(sent_mail(individual), USER)["notice_url"]

    def by_link() -> list[dict[str, str]]:
        found: list[dict[str, str]] = admin.call("GET", "/api/audit?actor=link&limit=1000").json()["rows"]
        return found

    before = len(by_link())
    for choice in ("object", "object", "withdraw", "object"):
        choose(url, choice)
    records = by_link()
    assert records[0]["kind"] == "objected"
    assert "user2" not in str(records)
    assert len(records) == before + 1  # once, however often
    admin.call("DELETE", f"{person(USER)}/objection")


@pytest.mark.parametrize("mode", ["individual", "pseudonymous"])
def test_a_link_shows_nobody_whether_somebody_objects(individual: Api, mode: str) -> None:
    mails = sent_mail(individual, mode)["recipients"]["rows"]
    url = mails[1]["notice_url"]

    def looks() -> list[tuple[int, str, dict[str, str]]]:
        found = []
        for method in ("GET", "HEAD"):
            answer = requests.request(method, url, headers=BROWSER, timeout=10)
            told = {name: value for name, value in answer.headers.items() if name != "Date"}
            found.append((answer.status_code, answer.text, told))
        return found

    before = looks()
    first, second = choose(url, "object"), choose(url, "object")
    assert looks() == before
    assert (first.status_code, first.text) == (second.status_code, second.text)
    # Another mail's link to the same person, and a person who never objected.
    other = sent_mail(individual, mode)["recipients"]["rows"]
    assert choose(other[1]["notice_url"], "object").text == choose(other[2]["notice_url"], "object").text
    assert requests.get(other[3]["notice_url"], timeout=10).text == before[0][1]
    for address in (USER, "user3@company.com"):
        individual.as_person(ADA).call("DELETE", f"{person(address)}/objection")


@pytest.mark.parametrize("mode", ["individual", "pseudonymous"])
def test_no_link_withdraws_an_objection(individual: Api, mode: str) -> None:
    body = sent_mail(individual, mode)
    mine = body["recipients"]["rows"][1]
    untouched = choose(mine["notice_url"], "withdraw")
    choose(mine["notice_url"], "object")
    later = sent_mail(individual, mode)["recipients"]["rows"][1]
    for url in (mine["notice_url"], later["notice_url"]):
        refused = choose(url, "withdraw")
        assert (refused.status_code, refused.text) == (403, untouched.text)
        assert "Nothing was changed" in refused.text
    visit(mine["pixel_url"])
    assert list(services().tracking.journal_table.read(body["message_id"])) == []
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")


@pytest.mark.parametrize("mode", ["individual", "pseudonymous"])
def test_the_link_of_a_mail_that_was_deleted_leaves_nothing_behind(individual: Api, mode: str) -> None:
    body = sent_mail(individual, mode)
    mails = body["recipients"]["rows"]
    answers = [choose(mails[0]["notice_url"], "object")]
    individual.as_person(ADA).call("DELETE", f"{person('user1@company.com')}/objection")
    assert individual.call("DELETE", f"/api/messages/{body['message_id']}").status_code == 204
    assert choose(mails[1]["notice_url"], "withdraw").status_code == 403
    answers.append(choose(mails[1]["notice_url"], "object"))
    assert [answer.text for answer in answers] == [answers[0].text] * 2
    left = OptOutTable(services().tracking.account.tables).read()
    assert [one for one in left if body["message_id"] in one] == [of_message(body["message_id"])]
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")


def test_the_page_names_whom_to_ask(individual: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = [
        set_of(register(individual, "individual"), USER)["notice_url"],
        register(individual)["notice_url"],
        f"{individual.origin}/p",
    ]
    for url in urls:
        assert "administrator of Rollcall" in requests.get(url, timeout=10).text
    monkeypatch.setenv("ROLLCALL_PRIVACY_CONTACT", "Privacy&Co@company.com")
    services.cache_clear()
    for url in urls:
        page = requests.get(url, timeout=10).text
        assert '<a href="mailto:privacy&amp;co@company.com">privacy&amp;co@company.com</a>' in page
        assert "administrator of Rollcall" not in page
    assert "mailto:privacy" in choose(urls[0], "withdraw").text


@pytest.mark.parametrize("mode", ["individual", "pseudonymous"])
@pytest.mark.parametrize("deleted", [False, True], ids=["kept", "deleted"])
def test_a_mail_that_was_never_sent_objects_to_nothing(individual: Api, mode: str, deleted: bool) -> None:
    """Nobody but whoever registered it has its links."""
    body = register(individual, mode)
    first = body["recipients"]["rows"][0]
    message = f"/api/messages/{body['message_id']}"
    if deleted:
        individual.call("DELETE", message)
    answer = choose(first["notice_url"], "object")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (403, "text/html")
    assert "never sent" in answer.text
    if mode == "individual":
        assert walk(individual, "GET", first["address"])[0]["objected_at"] is None
    assert not any(
        body["message_id"] in each
        for each in services().tracking.opt_out_table.read()
        if each.startswith("recipient")
    )


@pytest.mark.parametrize("later", [("DELETE", "/sent"), ("DELETE", "")], ids=["unsent", "deleted"])
def test_a_mail_that_was_sent_once_objects_whatever_its_sender_does_later(
    individual: Api, later: tuple[str, str]
) -> None:
    body = sent_mail(individual)
    mail = set_of(body, USER)
    method, more = later
    individual.call(method, f"/api/messages/{body['message_id']}{more}")
    assert choose(mail["notice_url"], "object").status_code == 200
    assert walk(individual, "GET", USER)[0]["objected_at"] is not None
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")
