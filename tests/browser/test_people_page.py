"""The page People, as an admin uses it at a person's request, with everything behind it real."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OBJECTOR, NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address, send
from tests.support.api import ADA, MIA
from tests.support.tracked_mails import offer_every_mode, visit

USER = OBJECTOR


@pytest.fixture
def individual(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """An organisation that allows every mode."""
    offer_every_mode(monkeypatch)
    return rollcall


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()


def look(tab: Page, person: str) -> None:
    tab.get_by_label("Address of the person").fill(person)
    tab.get_by_role("button", name="Look", exact=True).click()


def test_a_person_is_found_taken_along_objects_and_is_erased_and_the_trail_has_it(
    individual: Rollcall, tab: Page
) -> None:
    body = send(individual, "individual")
    [mail] = [each for each in body["recipients"]["rows"] if each["address"] == USER]
    visit(mail["pixel_url"])
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    sign_in(tab, address(individual, "people"), ADA)

    look(tab, "user3")
    expect(tab.get_by_role("alert")).to_have_text("Write a whole address, like name@company.com.")
    expect(tab.get_by_label("Address of the person")).to_be_focused()

    look(tab, f" {USER.upper()} ")
    expect(tab.get_by_role("heading", name=f"What Rollcall keeps about {USER}")).to_be_visible()
    report = tab.get_by_role("row").filter(has=tab.locator(f"a[href='#/messages/{body['message_id']}']"))
    expect(report).to_contain_text("Opened, no link clicked")
    report.get_by_text("1 request", exact=True).click()
    expect(report).to_contain_text("The image was loaded.")

    tab.get_by_role("button", name="Record an objection").click()
    expect(tab.get_by_text("The objection is recorded.")).to_be_visible()
    expect(tab.get_by_role("button", name="Withdraw the objection")).to_be_focused()

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download as JSON").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    reference = kept["reference"]
    assert kept["address"] == USER
    assert kept["objected_at"]
    assert body["message_id"] in [received["message_id"] for received in kept["received"]]
    assert download.value.suggested_filename == f"rollcall-{reference}.json"

    tab.get_by_role("button", name="Erase …").click()
    tab.get_by_role("dialog").get_by_role("button", name="Erase for good").click()
    expect(tab.get_by_role("heading", name=f"{USER} is erased")).to_be_focused()
    expect(tab.get_by_text("Erased: the address from")).to_be_visible()
    tab.get_by_role("button", name="Look again").click()
    expect(
        tab.get_by_role("heading", name="Rollcall keeps nothing about this address but the objection")
    ).to_be_visible()
    tab.get_by_role("button", name="Withdraw the objection").click()
    expect(tab.get_by_text("No objection is recorded.")).to_be_visible()

    tab.get_by_role("link", name="Audit trail", exact=True).click()
    for text in (
        f"Looked at all that is kept of the person {reference}.",
        f"Erased the person {reference}.",
        f"Noted that the person {reference} objects to being tracked.",
        f"Noted that the person {reference} withdrew the objection.",
    ):
        expect(tab.get_by_role("table").get_by_text(text).first).to_be_visible()
    assert not [url for url in asked if USER in url.lower() or quote(USER, safe="") in url.lower()]


def test_a_sender_does_not_get_to_look_people_up(rollcall: Rollcall, tab: Page) -> None:
    sign_in(tab, address(rollcall, "people"), MIA)
    expect(tab.get_by_role("heading", name="This page is for Rollcall admins")).to_be_visible()
    expect(tab.get_by_role("link", name="People")).to_have_count(0)
