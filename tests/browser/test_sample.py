"""What a newcomer does first: the sample mail, sent as it is, and its report."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from shared.services.process import services
from shared.tracking.mail.owners import EVERY_OWNER
from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.browser.people import sign_in
from tests.browser.test_journey import add_tracking
from tests.support.amounts import exactly
from tests.support.api import MIA

FIRST = 600  # seconds after sending


def test_the_sample_mail_reaches_so_many_that_its_report_has_numbers(
    outlook: ComposeWindow, rollcall: Rollcall, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_PUBLISHED_AFTER", str(FIRST))
    services.cache_clear()
    page.locator("#discard").click()
    pane = outlook.open_pane()
    expect(pane.get_by_test_id("count")).to_contain_text("1,000 people will get this mail")
    add_tracking(pane)
    pane.get_by_role("button", name="Send now").click()
    page.wait_for_function("outlook.state().phase === 'sent'")
    tab = page.context.new_page()
    [newest] = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"]
    sign_in(tab, f"{rollcall.origin}/addin/pages.html#/messages/{newest['message_id']}", MIA)
    expect(tab.get_by_text("This report shows no numbers")).to_be_visible()

    post_office = rollcall.sandbox.post_office
    post_office.agents.speed = 20
    until = time.monotonic() + 240
    while any(copy.waits for mail in post_office.mails for copy in mail.copies):
        assert time.monotonic() < until
        time.sleep(0.2)
    # The time of publishing has come.
    store = services().tracking.message_table
    message = store.find(EVERY_OWNER, newest["message_id"])
    assert message
    assert message.sent_at
    store.update(replace(message, sent_at=services().now() - timedelta(seconds=FIRST)))
    report = rollcall.api.call("GET", f"/api/messages/{message.id}/report").json()
    assert (report["withheld"], report["recipients"]) == (None, exactly(1000))
    assert report["opened_by"]["at_most"] > 300
    tab.get_by_role("button", name="Refresh").click()
    expect(tab.get_by_text("people are told in steps of 100")).to_be_visible()
