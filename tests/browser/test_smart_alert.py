"""The Smart Alert: what Outlook does when Send is pressed and nobody counted."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.support.api import MIA, SALES

MAIL = {"from": MIA, "to": [SALES], "subject": "News", "html": "<p>Hello</p>"}


def test_a_mail_to_a_list_that_was_not_reviewed_is_held_up_with_the_way_to_count(
    outlook: ComposeWindow,
) -> None:
    outlook.load(**MAIL)
    assert outlook.send() == "alert"
    alert = outlook.state["alert"]
    assert "Sales Team" in alert["text"] or SALES in alert["text"]
    assert "Count recipients" in alert["buttons"]
    outlook.do("answerAlert", "Count recipients")
    expect(outlook.pane.get_by_test_id("count")).to_contain_text("4")


def test_it_can_be_sent_anyway(outlook: ComposeWindow) -> None:
    outlook.load(**MAIL)
    assert outlook.send() == "alert"
    assert outlook.do("answerAlert", "Send anyway") in ("sent", None)
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")


def test_a_mail_that_was_reviewed_leaves_without_a_word(outlook: ComposeWindow, rollcall: Rollcall) -> None:
    outlook.load(**MAIL)
    expect(outlook.open_pane().get_by_test_id("count")).to_contain_text("4")
    assert outlook.send() == "sent"


def test_a_list_added_after_the_review_is_noticed(outlook: ComposeWindow) -> None:
    outlook.load(**MAIL)
    expect(outlook.open_pane().get_by_test_id("count")).to_contain_text("4")
    outlook.do("closePane")
    outlook.do("setRecipients", "to", [SALES, "engineering@company.com"])
    assert outlook.send() == "alert"


def test_a_mail_to_people_alone_leaves_without_a_word(outlook: ComposeWindow) -> None:
    outlook.load(**(MAIL | {"to": ["lena.fischer@company.com"]}))
    assert outlook.send() == "sent"


def test_the_same_handler_runs_where_there_is_no_page_around_it(outlook: ComposeWindow) -> None:
    outlook.knob("eventRuntime", "worker")
    outlook.load(**MAIL)
    assert outlook.send() == "alert"


def test_the_alert_asks_the_network_nothing(outlook: ComposeWindow) -> None:
    outlook.load(**MAIL)
    before = len(outlook.calls)
    assert outlook.send() == "alert"
    kinds = {call["call"] for call in outlook.calls[before:]}
    assert kinds
    assert not any("Token" in kind or "fetch" in kind for kind in kinds)
