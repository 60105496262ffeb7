"""The web pages, as a sender and an admin use them, with everything behind them real."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import accept, sign_in
from tests.browser.sending import address, send
from tests.support.api import ADA, MIA, NOAH, SALES


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()


def test_a_sender_without_mails_is_told_how_one_comes_here(rollcall: Rollcall, tab: Page) -> None:
    sign_in(tab, address(rollcall, "messages"), NOAH)
    expect(tab.get_by_role("heading", name="No tracked mails yet")).to_be_visible()
    expect(tab).to_have_title("Messages · Rollcall")
    expect(tab.get_by_role("link", name="Audit trail")).to_have_count(0)


def test_a_sender_does_not_get_to_see_an_admins_page(rollcall: Rollcall, tab: Page) -> None:
    sign_in(tab, address(rollcall, "audit"), MIA)
    expect(tab.get_by_role("heading", name="This page is for Rollcall admins")).to_be_visible()


@pytest.mark.usefixtures("everything_told")
def test_a_mail_is_found_its_report_is_shared_and_at_last_it_is_deleted(
    rollcall: Rollcall, tab: Page
) -> None:
    send(rollcall)
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.get_by_role("table").get_by_role("cell").get_by_role("link").first.click()
    heading = tab.get_by_role("heading", name="Report", exact=True)
    expect(heading).to_be_focused()
    expect(tab.get_by_role("region", name="Opened")).to_contain_text("nobody of 4 recipients")

    tab.get_by_role("button", name="Share").click()
    tab.get_by_label("Work address").fill(ADA)
    tab.get_by_role("button", name="Add", exact=True).click()
    expect(tab.get_by_role("list", name="Shared with")).to_contain_text(ADA)
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Share")).to_be_focused()

    tab.get_by_role("link", name="All messages").click()
    tab.get_by_role("button", name="Delete the mail of").click()
    tab.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(tab.get_by_text("was deleted from Rollcall")).to_be_visible()
    expect(tab.get_by_role("heading", name="No tracked mails yet")).to_be_visible()


def test_an_admin_connects_the_service_account_tests_a_list_and_finds_both_in_the_trail(
    rollcall: Rollcall, tab: Page
) -> None:
    sign_in(tab, address(rollcall, "connection"), ADA)
    expect(tab.get_by_text("Connected as")).to_be_visible()
    tab.get_by_label("Address of a list").fill(SALES)
    tab.get_by_role("button", name="Test", exact=True).click()
    expect(tab.get_by_text("All directories found the same 4 recipients.")).to_be_visible()

    tab.get_by_role("button", name="Disconnect").click()
    tab.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(tab.get_by_text("Rollcall forgot the sign-in.")).to_be_visible()
    expect(tab.get_by_text("Not connected")).to_be_visible()
    account = rollcall.sandbox.world.service_account.upn
    tab.get_by_role("button", name="Sign in as the service account").click()
    accept(tab, account)
    expect(tab.get_by_role("heading", name="Connected")).to_be_visible()

    tab.goto(address(rollcall, "audit"))
    for text in (f"Tested the list {SALES}", "Disconnected the service account.", "Connected the service"):
        expect(tab.get_by_role("table").get_by_text(text).first).to_be_visible()


def test_whoever_signed_in_is_not_asked_again_by_a_reload_a_deep_link_or_another_tab(
    rollcall: Rollcall, tab: Page
) -> None:
    message = send(rollcall)["message_id"]
    sign_in(tab, address(rollcall, "messages"), NOAH)
    tab.reload()
    expect(tab.get_by_role("heading", name="Messages")).to_be_visible()
    other = tab.context.new_page()
    other.goto(address(rollcall, f"messages/{message}"))
    expect(other.get_by_role("heading", name="Report", exact=True)).to_be_visible()
    tab.close()
    third = other.context.new_page()  # of the second, which was never asked itself
    third.goto(address(rollcall, "messages"))
    expect(third.get_by_role("heading", name="Messages")).to_be_visible()


def test_a_sign_in_ends_with_the_last_tab_and_nothing_of_it_is_kept_beyond(
    rollcall: Rollcall, tab: Page, new_context: NewContext
) -> None:
    sign_in(tab, address(rollcall, "messages"), NOAH)
    stranger = new_context().new_page()
    stranger.goto(address(rollcall, "messages"))
    expect(stranger.get_by_role("button", name="Sign in")).to_be_visible()
    kept = "Object.keys(localStorage).filter(name => name.startsWith('msal')).concat(document.cookie)"
    assert "".join(tab.evaluate(kept)).replace("msal.version", "") == ""
    context = tab.context
    tab.close()
    later = context.new_page()
    later.goto(address(rollcall, "messages"))
    expect(later.get_by_role("button", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("page", ["privacy.html", "privacy-details.html"])
def test_the_privacy_policy_is_shown_to_everybody_and_fits_a_phone(
    rollcall: Rollcall, tab: Page, page: str
) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(f"{rollcall.origin}/addin/{page}")
    expect(tab.get_by_role("heading", name="Privacy", exact=True)).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for target in tab.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash)"):
        expect(tab.locator(target)).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "title", "back", "me"),
    [
        ("English", "Privacy", "To Rollcall", "What is measured of me"),
        ("Deutsch", "Datenschutz", "Zu Rollcall", "Was von mir gemessen wird"),
        ("Français", "Confidentialité", "Vers Rollcall", "Ce qui est mesuré de moi"),
        ("Español", "Privacidad", "Ir a Rollcall", "Lo que se mide de mí"),
    ],
)
def test_the_privacy_policy_is_read_in_ones_own_language_and_leads_to_ones_own_page(
    rollcall: Rollcall, tab: Page, language: str, title: str, back: str, me: str
) -> None:
    address = f"{rollcall.origin}/addin/privacy.html"
    tab.goto(address)
    expect(tab.get_by_role("article")).to_have_count(4)
    tab.get_by_role("link", name=language).click()
    expect(tab.get_by_role("article")).to_have_count(1)
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
    tab.get_by_role("link", name=back).click()
    expect(tab).to_have_url(f"{rollcall.origin}/addin/pages.html")
    tab.go_back()
    tab.get_by_role("link", name=me).click()
    expect(tab).to_have_url(f"{rollcall.origin}/addin/pages.html#/me")
