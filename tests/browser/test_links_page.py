"""Where the links of a mail lead, on its report's page: withdrawn, corrected, put back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import LINK, address, send
from tests.support.api import ADA, NOAH
from tests.support.tracked_mails import visit


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 320, "height": 800}, locale="en-GB").new_page()


def test_a_sender_withdraws_corrects_and_puts_back_a_link_on_the_reports_page(
    rollcall: Rollcall, tab: Page
) -> None:
    send(rollcall)
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.get_by_role("table").get_by_role("cell").get_by_role("link").first.click()
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


def test_an_admin_looks_a_link_up_has_it_lead_elsewhere_and_puts_it_back_when_its_mail_is_gone(
    rollcall: Rollcall, tab: Page
) -> None:
    sent = send(rollcall)
    url = sent["links"][LINK]
    rollcall.api.as_person(NOAH).call("DELETE", f"/api/messages/{sent['message_id']}").raise_for_status()
    sign_in(tab, address(rollcall, "links"), ADA)
    tab.get_by_label("Web address of a link").fill("https://elsewhere.example/c/abc")
    tab.get_by_role("button", name="Look up").click()
    expect(tab.get_by_role("alert")).to_contain_text("no tracked link of this Rollcall")
    expect(tab.get_by_label("Web address of a link")).to_be_focused()
    tab.get_by_label("Web address of a link").fill(url)
    tab.get_by_role("button", name="Look up").click()
    found = tab.get_by_role("list", name="Links of this mail")
    expect(found).to_contain_text(LINK)
    tab.get_by_role("button", name=f"Withdraw {LINK}").click()
    expect(found).to_contain_text("Withdrawn: it leads nowhere.")
    decided = tab.get_by_role("list", name="Withdrawn and corrected links")
    rows = decided.get_by_role("listitem")
    expect(rows.filter(has_text="Withdrawn")).to_have_count(1)
    assert visit(url).status_code == 410
    tab.get_by_label("New web address").fill("https://www.company.com/right")
    tab.get_by_role("button", name="Correct", exact=True).click()
    expect(rows.filter(has_text="https://www.company.com/right")).to_contain_text("by an administrator")
    assert visit(url).headers["location"] == "https://www.company.com/right"
    decided.get_by_role("button", name="Put back").click()
    expect(tab.get_by_text("No link was withdrawn or corrected")).to_be_visible()
    assert visit(url).headers["location"] == LINK
