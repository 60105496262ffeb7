"""A mail that its sender set to be delivered later, from the pane to the report."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.browser.people import sign_in
from tests.browser.test_journey import add_tracking, begin, report_of
from tests.support.api import MIA

pytestmark = pytest.mark.usefixtures("everything_told")


def ahead(seconds: float) -> int:
    """So long from now, in milliseconds since 1970."""
    return round((time.time() + seconds) * 1000)


def test_a_set_time_is_shown_reaches_the_server_and_outlook_keeps_to_it(
    outlook: ComposeWindow, rollcall: Rollcall, page: Page
) -> None:
    later = ahead(6 * 3600)
    pane = begin(outlook, deliverAt=later)
    add_tracking(pane)
    expect(pane.get_by_text("Outlook delivers it on")).to_be_visible()
    pane.get_by_role("button", name="Send now").click()
    page.wait_for_function("outlook.state().phase === 'scheduled'")
    assert outlook.state["deliverAt"] == later
    report = report_of(rollcall)
    assert report["deliver_at"] is not None
    tab = page.context.new_page()
    sign_in(tab, f"{rollcall.origin}/addin/pages.html#/messages/{report['message_id']}", MIA)
    expect(tab.get_by_text("To be delivered")).to_be_visible()
    expect(tab.get_by_text("as set in Outlook; times count from then on")).to_be_visible()


def test_a_time_that_outlook_lost_is_said_and_set_again_before_anything_is_sent(
    outlook: ComposeWindow,
) -> None:
    later = ahead(6 * 3600)
    pane = begin(outlook, deliverAt=later)
    add_tracking(pane)
    outlook.page.evaluate("outlook.setDeliverAt(0)")
    pane.get_by_role("button", name="Send now").click()
    expect(pane.get_by_role("alert")).to_contain_text("The time of delivery is gone")
    assert outlook.state["phase"] == "draft"
    pane.get_by_role("button", name="Set that time again").click()
    expect(pane.get_by_text("Outlook delivers it on")).to_be_visible()
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'scheduled'")
    assert outlook.state["deliverAt"] == later


def test_a_time_set_while_the_mail_counts_already_is_told_to_the_server(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    pane = begin(outlook)
    add_tracking(pane)
    pane.get_by_role("button", name="I will press Send myself").click()
    expect(pane.get_by_text("Now press Send")).to_be_visible()
    assert report_of(rollcall)["deliver_at"] is None
    outlook.page.evaluate("time => outlook.setDeliverAt(time)", ahead(6 * 3600))
    expect(pane.get_by_text("Outlook delivers it on")).to_be_visible(timeout=15_000)
    assert report_of(rollcall)["deliver_at"] is not None


def test_an_outlook_that_knows_no_such_time_is_not_asked(outlook: ComposeWindow) -> None:
    outlook.knob("sets", {"Mailbox": "1.12", "NestedAppAuth": "1.1", "DialogApi": "1.2"})
    add_tracking(begin(outlook))
    assert not [call for call in outlook.calls if call["call"].startswith("delayDeliveryTime")]
