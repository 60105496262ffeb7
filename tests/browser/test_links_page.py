"""Where the links of a mail lead, on its report's page: withdrawn, corrected, put back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address, send
from tests.support.api import NOAH


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 320, "height": 800}, locale="en-GB").new_page()


def test_a_sender_withdraws_corrects_and_puts_back_a_link_on_the_reports_page(
    rollcall: Rollcall, tab: Page
) -> None:
    send(rollcall)
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.get_by_role("table").get_by_role("link").first.click()
    tab.get_by_role("button", name="Links …").click()
    links = tab.get_by_role("list", name="Links of this mail")
    tab.get_by_role("button", name="Withdraw https").first.click()
    expect(links).to_contain_text("Withdrawn: it leads nowhere.")
    tab.get_by_label("New web address").fill("https://evil.example/")
    tab.get_by_role("button", name="Correct", exact=True).click()
    expect(tab.get_by_role("dialog")).to_contain_text("it takes an administrator")
    expect(links).to_contain_text("Withdrawn: it leads nowhere.")
    tab.get_by_role("button", name="Put back https").first.click()
    expect(links).not_to_contain_text("Withdrawn")
    tab.get_by_role("button", name="Withdraw all links").click()
    expect(links).to_contain_text("Withdrawn")
    tab.get_by_role("button", name="Put all links back").click()
    expect(links).not_to_contain_text("Withdrawn")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Links …")).to_be_focused()
