"""Signing out of the pages, in Chromium, with a stand-in for Entra that knows who signed in before."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import accept, sign_in
from tests.browser.sending import address
from tests.support.api import MIA, NOAH

KEPT = "Object.keys(sessionStorage).filter(name => /^msal[.][0-9]/.test(name))"


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()


def test_who_signs_out_is_out_in_every_tab_and_stays_out_after_a_reload(
    rollcall: Rollcall, tab: Page
) -> None:
    sign_in(tab, address(rollcall, "messages"), NOAH)
    other = tab.context.new_page()
    other.goto(address(rollcall, "messages"))
    expect(other.get_by_role("heading", name="Messages")).to_be_visible()
    assert other.evaluate(KEPT)
    tab.get_by_role("button", name="Sign out").click()
    for each in (tab, other):
        expect(each.get_by_text("You are signed out of Rollcall")).to_be_visible()
        assert each.evaluate(KEPT) == []
        each.reload()
        expect(each.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(each.get_by_role("navigation")).to_have_count(0)
        expect(each.get_by_role("button", name="Sign out")).to_have_count(0)


def test_after_a_sign_out_entra_asks_for_whom_and_another_person_can_go_on(
    rollcall: Rollcall, tab: Page
) -> None:
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_text("You are signed out of Rollcall")).to_be_visible()
    with tab.expect_popup() as opened:
        tab.get_by_role("button", name="Sign in", exact=True).click()
    accept(opened.value, MIA)
    expect(tab.get_by_text(re.compile("Signed in as Mia"))).to_be_visible()
    tab.reload()
    expect(tab.get_by_text(re.compile("Signed in as Mia"))).to_be_visible()
    expect(tab.get_by_text("You are signed out of Rollcall")).to_have_count(0)


def test_the_way_out_of_microsoft_365_leads_to_entras_own_sign_out(rollcall: Rollcall, tab: Page) -> None:
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.get_by_role("button", name="Sign out").click()
    with tab.expect_response(re.compile("/oauth2/v2.0/logout$")) as led:
        tab.get_by_role("link", name="Sign out of Microsoft 365 as well").click()
    assert led.value.ok
    tab.goto(address(rollcall, "messages"))
    with tab.expect_popup() as opened:
        tab.get_by_role("button", name="Sign in", exact=True).click()
    expect(opened.value.get_by_role("button", name="Accept")).to_be_visible()
