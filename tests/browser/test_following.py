"""Following up: whoever did not open a mail, or perhaps not, is written to; a share is told by mail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import OBJECTOR, NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address
from tests.support.api import ADA, MIA, NOAH, SALES
from tests.support.tracked_mails import offer_every_mode, register, visit

USERS = [f"user{n}@company.com" for n in range(1, 5)]


@pytest.fixture
def individual(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """An organisation in which people may be told apart."""
    offer_every_mode(monkeypatch)
    return rollcall


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    context = new_context(viewport={"width": 1100, "height": 900}, locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context.new_page()


def sent(rollcall: Rollcall, **more: Any) -> dict[str, Any]:
    """A mail of Mia's that knows its recipients, of whom the first opened it; the objector is one of them."""
    mia = rollcall.api.as_person(MIA)
    body: dict[str, Any] = register(mia, "individual", **more)
    assert mia.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    visit(urls(body, USERS[0])["pixel_url"])
    rollcall.api.as_person(ADA).call("POST", f"/api/people/{OBJECTOR}/objection").raise_for_status()
    return body


def urls(body: dict[str, Any], person: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in body["recipients"]["rows"] if one["address"] == person)
    return found


def looks(rollcall: Rollcall) -> int:
    found = rollcall.api.as_person(ADA).call("GET", "/api/audit?kind=recipients_viewed&limit=1000")
    return len(found.json()["rows"])


def test_on_the_page_those_who_did_not_open_it_are_copied_saved_and_written_to_but_no_objector(
    individual: Rollcall, tab: Page, tmp_path: Path
) -> None:
    body = sent(individual)
    sign_in(tab, address(individual, f"messages/{body['message_id']}"), MIA)
    before = looks(individual)
    tab.get_by_role("button", name="Show recipients").click()
    tab.get_by_label("Show", exact=True).select_option(label="Not opened, or perhaps not")
    wanted = [USERS[1], USERS[3]]
    link = tab.get_by_role("link", name="Write to them")
    expect(link).to_be_visible()
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert asked == {"bcc": [",".join(wanted)]}
    tab.get_by_role("button", name="Copy addresses").click()
    expect(tab.get_by_text("Copied: 2 addresses.")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()").split() == wanted
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save addresses").click()
    download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8").split() == wanted
    assert looks(individual) >= before + 2  # who opened it not, and then or perhaps not

    tab.get_by_label("Show", exact=True).select_option(label="Not measured")
    expect(tab.get_by_role("cell", name="not measured").first).to_be_visible()
    expect(tab.get_by_role("button", name="Copy addresses")).to_have_count(0)


def read(outlook: ComposeWindow, html: str) -> FrameLocator:
    """The pane, opened beside that mail."""
    outlook.do("read", {"html": html, "properties": {}})
    return outlook.pane


def html_of(body: dict[str, Any], person: str) -> str:
    return f'<p>Hello</p><img src="{urls(body, person)["pixel_url"]}">'


def test_beside_the_sent_mail_outlook_opens_a_new_mail_to_them_in_which_nobody_sees_the_others(
    outlook: ComposeWindow, individual: Rollcall
) -> None:
    body = sent(individual)
    outlook.load(**{"from": MIA})
    pane = read(outlook, html_of(body, USERS[0]))
    part = pane.get_by_test_id("following-up")
    expect(part).to_be_visible()
    before = looks(individual)
    part.get_by_role("button", name="Find them").click()
    expect(part.get_by_text("2 people did not open it, or perhaps not.")).to_be_visible()
    assert looks(individual) == before + 1
    part.get_by_role("button", name="Write to them").click()
    outlook.page.wait_for_function("outlook.state().opened.length === 1")
    [mail] = outlook.state["opened"]
    assert (mail["to"], mail["cc"], mail["bcc"]) == ([], [], [USERS[1], USERS[3]])

    outlook.knob("fail", {"mailbox.displayNewMessageForm": True})
    part.get_by_role("button", name="Write to them").click()
    expect(part.get_by_role("alert")).to_contain_text("Outlook did not open a new mail.")


def test_where_everybody_opened_it_there_is_nobody_to_write_to(
    outlook: ComposeWindow, individual: Rollcall
) -> None:
    body = sent(individual)
    for person in (USERS[1], USERS[3]):
        visit(urls(body, person)["pixel_url"])
    outlook.load(**{"from": MIA})
    part = read(outlook, html_of(body, USERS[0])).get_by_test_id("following-up")
    part.get_by_role("button", name="Find them").click()
    expect(part.get_by_text("Nobody is left to write to.")).to_be_visible()


def test_where_nobody_is_told_apart_there_is_nobody_to_follow_up(
    outlook: ComposeWindow, individual: Rollcall, everything_told: None
) -> None:
    mia = individual.api.as_person(MIA)
    body = register(mia)
    assert mia.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    outlook.load(**{"from": MIA})
    pane = read(outlook, f'<p>Hello</p><img src="{body["pixel_url"]}">')
    expect(pane.get_by_test_id("reading")).to_be_visible()
    expect(pane.get_by_test_id("following-up")).to_have_count(0)


def test_whoever_gets_a_report_shared_is_told_by_the_senders_own_mail(
    outlook: ComposeWindow, individual: Rollcall, tab: Page
) -> None:
    body = sent(individual, labels={"name": "Spring <news> & more"})
    report = address(individual, f"messages/{body['message_id']}")
    outlook.load(**{"from": MIA, "to": [SALES]})
    pane = read(outlook, html_of(body, USERS[0]))
    pane.get_by_role("button", name="Share the report").click()
    part = pane.get_by_test_id("share-here")
    part.get_by_label("Work address").fill(NOAH)
    part.get_by_role("button", name="Add").click()
    part.get_by_role("button", name="Tell them by mail").click()
    outlook.page.wait_for_function("outlook.state().opened.length === 1")
    [mail] = outlook.state["opened"]
    assert (mail["to"], mail["bcc"]) == ([NOAH], [])
    assert mail["subject"] == "Report: Spring <news> & more"
    assert re.findall(r'href="([^"]+)"', mail["html"]) == [report]

    sign_in(tab, report, MIA)
    tab.get_by_role("button", name="Share …").click()
    link = str(tab.get_by_role("link", name="Tell them by mail").get_attribute("href"))
    to, _, query = link.removeprefix("mailto:").partition("?")
    assert unquote(to) == NOAH
    assert parse_qs(query)["subject"] == ["Report: Spring <news> & more"]
    assert report in parse_qs(query)["body"][0]


def test_the_address_of_a_report_is_a_bookmark(individual: Rollcall, tab: Page) -> None:
    body = sent(individual, labels={"name": "Kept for later"})
    sign_in(tab, address(individual, f"messages/{body['message_id']}"), MIA)
    expect(tab.get_by_role("heading", name="Kept for later")).to_be_visible()
    expect(tab).to_have_title(re.compile("Kept for later"))
    tab.reload()
    expect(tab.get_by_role("heading", name="Kept for later")).to_be_visible()
