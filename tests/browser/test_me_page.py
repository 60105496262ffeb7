"""The page of everybody about themselves, as somebody without a role uses it; all behind it is real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shared.services.process import services
from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import accept
from tests.browser.sending import send
from tests.support.consenting import PERSON, nobody_answered
from tests.support.tracked_mails import visit

__all__ = ["nobody_answered"]


@pytest.fixture
def consent(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch, nobody_answered: None) -> Rollcall:
    """An organisation in which only who said yes is measured by name."""
    monkeypatch.setenv("ROLLCALL_MODES", "counting,individual")
    monkeypatch.setenv("ROLLCALL_INDIVIDUAL_BASIS", "consent")
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    return rollcall


def sign_in(tab: Page, url: str, button: str = "Sign in") -> None:
    """Somebody who has no role, for whom there is no navigation."""
    tab.goto(url)
    with tab.expect_popup() as opened:
        tab.get_by_role("button", name=button).click()
    accept(opened.value, PERSON)


def test_somebody_without_a_role_says_yes_takes_it_back_takes_all_along_and_is_erased(
    consent: Rollcall, new_context: NewContext
) -> None:
    tab = new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()
    sign_in(tab, f"{consent.origin}/me")
    expect(tab.get_by_role("heading", name="What is measured of me")).to_be_visible()
    expect(tab.get_by_text("You are not measured by name")).to_be_visible()
    expect(tab.get_by_text("It takes your yes, and you gave none.")).to_be_visible()
    expect(tab.get_by_text(f"This is about mails to {PERSON}")).to_be_visible()
    asked = tab.get_by_test_id("question").inner_text()

    tab.get_by_role("button", name="Yes, I may be measured by name").click()
    expect(tab.get_by_text("You are measured by name")).to_be_visible()
    expect(tab.get_by_text("Your answer is kept.")).to_be_visible()
    body = send(consent, "individual")
    [mail] = [each for each in body["recipients"]["rows"] if each["address"] == PERSON]
    assert not mail["shared"]
    visit(mail["pixel_url"])

    tab.get_by_role("button", name="No", exact=True).click()
    expect(tab.get_by_text("You objected.")).to_be_visible()
    tab.get_by_text("What you were shown").click()
    expect(tab.get_by_test_id("shown")).to_contain_text(asked[:80])

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download everything (JSON)").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [answer["yes"] for answer in kept["answers"]] == [True, False]
    assert [mail["events_in_all"] for mail in kept["kept"]["received"]] == [1]

    tab.get_by_role("button", name="Erase what is kept of me").click()
    tab.get_by_role("button", name="Erase it").click()
    expect(tab.get_by_text("Erased.")).to_be_visible()
    expect(tab.get_by_text("You said no on")).not_to_be_visible()


def test_a_page_for_senders_says_who_has_no_role_where_their_own_page_is(
    consent: Rollcall, new_context: NewContext
) -> None:
    tab = new_context(locale="de-DE").new_page()
    sign_in(tab, f"{consent.origin}/addin/pages.html#/messages", "Anmelden")
    tab.get_by_role("link", name="Was von mir gemessen wird").click()
    expect(tab.get_by_test_id("question")).to_contain_text("Dürfen Absender")
