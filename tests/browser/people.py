"""People in front of a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def sign_in(tab: Page, url: str, person: str) -> None:
    """Open one of the pages, and sign in as `person` in the window it opens."""
    tab.goto(url)
    with tab.expect_popup() as opened:
        tab.get_by_role("button", name="Sign in").click()
    accept(opened.value, person)
    expect(tab.get_by_role("navigation")).to_be_visible()


def accept(entra: Page, person: str) -> None:
    """Pick an account on Entra's page, and accept what the app wants."""
    entra.get_by_label("Address of another account").fill(person)
    entra.get_by_role("button", name="Accept").click()
