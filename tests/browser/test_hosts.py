"""Where an admin lets no tracked link lead, the pane says so before the mail is tracked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from shared.services.process import services
from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.browser.gallery.pane import choose, press
from tests.support.api import MIA, SALES

HTML = (
    '<p><a href="https://intranet.company.com/a">News</a> <a href="https://partner.example/b">Offer</a></p>'
)


def test_a_link_to_a_host_that_is_not_allowed_is_shown_with_the_reason_and_left_as_it_is(
    outlook: ComposeWindow, rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_ALLOW_HOSTS", "company.com")
    services.cache_clear()
    outlook.load(**{"from": MIA, "to": [SALES], "subject": "News", "html": HTML})
    outlook.open_pane()
    choose(outlook)
    expect(outlook.pane.get_by_test_id("links")).not_to_contain_text("partner.example")
    press(outlook.pane, "1 link stays as it is")
    expect(outlook.pane.get_by_text("your administrator lets no tracked link lead there")).to_be_visible()
    press(outlook.pane, "Add tracking")
    expect(outlook.pane.get_by_text("Tracking is in your mail")).to_be_visible()
    html = outlook.state["html"]
    assert ("https://partner.example/b" in html, "intranet.company.com" in html) == (True, False)
