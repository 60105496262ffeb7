"""The way back: the pane beside a mail that is read finds its report, and no other's."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.browser.people import sign_in
from tests.browser.test_journey import add_tracking, begin
from tests.support.api import MIA, NOAH

pytestmark = pytest.mark.usefixtures("everything_told")


def send(outlook: ComposeWindow) -> dict[str, object]:
    """A tracked mail of Mia's, sent; how it lies in Sent Items."""
    pane = begin(outlook)
    add_tracking(pane)
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")
    sent = outlook.state
    return {"html": sent["html"], "properties": sent["properties"]}


def read(outlook: ComposeWindow, **mail: object) -> FrameLocator:
    """The pane, opened in the reading ribbon beside that mail."""
    outlook.do("read", mail)
    return outlook.pane


def newest(rollcall: Rollcall) -> str:
    message: str = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"][0]["message_id"]
    return message


def test_beside_a_sent_mail_the_pane_tells_its_report_and_leads_to_it(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    send(outlook)
    pane = read(outlook)
    expect(pane.get_by_test_id("reading")).to_contain_text("Nobody of 4 recipients was seen to open it")
    link = pane.get_by_role("link", name="Open the report")
    href = str(link.evaluate("link => link.href"))
    assert href == f"{rollcall.origin}/addin/pages.html#/messages/{newest(rollcall)}"
    tab = outlook.page.context.new_page()
    sign_in(tab, href, MIA)
    expect(tab.get_by_role("heading", name="Report", exact=True)).to_be_visible()


def test_a_mail_is_known_by_its_text_or_by_what_was_kept_with_it(outlook: ComposeWindow) -> None:
    sent = send(outlook)
    expect(read(outlook, html=sent["html"], properties={}).get_by_test_id("reading")).to_be_visible()
    kept = read(outlook, html="<p>Hello</p>", properties=sent["properties"])
    expect(kept.get_by_test_id("reading")).to_be_visible()


def test_a_mail_that_quotes_a_tracked_one_has_no_report_of_its_own(outlook: ComposeWindow) -> None:
    sent = send(outlook)
    quote = (
        "<p>Thank you!</p><div id=divRplyFwdMsg><b>From:</b> Mia a@b.example<br><b>Sent:</b> Monday<br>"
        f"<b>To:</b> c@d.example<br><b>Subject:</b> News</div><div>{sent['html']}</div>"
    )
    # As Outlook for Windows forwards: with the properties of the original.
    pane = read(outlook, html=quote, properties=sent["properties"])
    expect(pane.get_by_text("Nothing is measured in this mail")).to_be_visible()


def test_a_mail_without_tracking_asks_the_server_nothing(outlook: ComposeWindow, rollcall: Rollcall) -> None:
    asked: list[str] = []
    outlook.page.context.on("request", lambda request: asked.append(request.url))
    pane = read(outlook, html="<p>Hello</p>", properties={})
    expect(pane.get_by_text("Nothing is measured in this mail")).to_be_visible()
    assert not [url for url in asked if "/api/messages" in url]


def test_somebody_elses_mail_says_that_there_is_nothing_to_see(outlook: ComposeWindow) -> None:
    sent = send(outlook)
    outlook.load(**{"from": NOAH})
    pane = read(outlook, html=sent["html"], properties={})
    expect(pane.get_by_text("There is no report that you can see")).to_be_visible()


def test_where_outlook_tells_neither_text_nor_properties_a_remedy_is_given(outlook: ComposeWindow) -> None:
    outlook.knob("fail", {"body.getAsync": True, "item.loadCustomPropertiesAsync": True})
    pane = read(outlook, html="<p>Hello</p>", properties={})
    expect(pane.get_by_role("alert")).to_contain_text("Outlook did not answer.")
    outlook.knob("fail", {})
    pane.get_by_role("button", name="Try again").click()
    expect(pane.get_by_text("Nothing is measured in this mail")).to_be_visible()
