"""What the webhook's address was told, as an administrator sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from shared.hooks.notifications import Notification
from shared.services.process import services
from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address
from tests.support.api import ADA, NOAH


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 320, "height": 800}, locale="en-GB").new_page()


def test_an_admin_sees_that_nobody_is_told_what_to_set_and_what_came_of_each_try(
    rollcall: Rollcall, tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"Notifications{uuid4().hex[:12]}"
    monkeypatch.setattr("shared.adapters.storage.tables.notifications.NOTIFICATIONS", name)
    sign_in(tab, address(rollcall, "notifications"), ADA)
    expect(tab.get_by_role("main")).to_contain_text("set ROLLCALL_WEBHOOK_URL to it")
    expect(tab.get_by_role("main")).to_contain_text("Nothing is told as long as no address is set.")
    table, now = services().tracking.outlets.notification_table, services().now()
    new = Notification(f"canary-{uuid4()}", "canary.changed", "{}", now, now)
    failed = replace(new, attempts=1, outcome="answered_503", at=now + timedelta(minutes=5))
    table.add(new)
    table.move(new, failed)
    tab.get_by_role("button", name="Refresh").click()
    row = tab.get_by_role("row").filter(has_text="Canary list changed")
    expect(row).to_contain_text("Tried once. The last answer had the status 503.")
    expect(row).to_contain_text("Retrying")
    expect(row).to_contain_text(new.id)


def test_who_is_no_admin_is_told_so(rollcall: Rollcall, tab: Page) -> None:
    sign_in(tab, address(rollcall, "notifications"), NOAH)
    expect(tab.get_by_role("main")).to_contain_text("This page is for Rollcall admins")
    expect(tab.get_by_role("link", name="Notifications")).to_have_count(0)
