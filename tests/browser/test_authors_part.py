"""What is in doubt, and what is left alone by a guess, is the sender's to decide, in the pane."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.compose import ComposeWindow
from tests.browser.gallery.pane import GUESSED, QUOTED, choose, press
from tests.support.api import MIA, SALES

NEWS, MENU, FORM = "intranet.example", "canteen.example", "secure-web.cisco.com"


def tracked(outlook: ComposeWindow) -> str:
    """The mail once its tracking is in it."""
    press(outlook.pane, "Add tracking")
    expect(outlook.pane.get_by_text("Tracking is in your mail")).to_be_visible()
    html: str = outlook.state["html"]
    return html


def load(outlook: ComposeWindow, html: str) -> None:
    outlook.load(**{"from": MIA, "to": [SALES], "subject": "News", "html": html})
    outlook.open_pane()
    choose(outlook)


def test_a_quotation_in_a_new_mail_is_the_senders_until_they_say_otherwise(outlook: ComposeWindow) -> None:
    load(outlook, QUOTED)
    expect(outlook.pane.get_by_test_id("links")).to_contain_text(MENU)
    html = tracked(outlook)
    assert (NEWS in html, MENU in html) == (False, False)
    assert html.index("/o/") > html.index("See you there!")


def test_what_the_sender_says_is_not_theirs_is_left_as_it_is_and_comes_out_again(
    outlook: ComposeWindow,
) -> None:
    load(outlook, QUOTED)
    press(outlook.pane, "No, it is not mine")
    expect(outlook.pane.get_by_test_id("links")).not_to_contain_text(MENU)
    html = tracked(outlook)
    assert (NEWS in html, MENU in html) == (False, True)
    assert html.index("/o/") < html.index("<blockquote")
    press(outlook.pane, "Remove tracking")
    outlook.page.wait_for_function("html => outlook.state().html === html", arg=QUOTED)


def test_a_sender_may_change_their_mind_and_keeps_what_they_ticked(outlook: ComposeWindow) -> None:
    load(outlook, QUOTED)
    links = outlook.pane.get_by_test_id("links")
    links.get_by_role("checkbox", name=NEWS).uncheck()
    press(outlook.pane, "No, it is not mine", "Yes, it is mine")
    expect(links.get_by_role("checkbox", name=MENU)).to_be_checked()
    expect(links.get_by_role("checkbox", name=NEWS)).not_to_be_checked()


def test_a_guess_is_not_ticked_says_why_and_can_be_overruled(outlook: ComposeWindow) -> None:
    load(outlook, GUESSED)
    links = outlook.pane.get_by_test_id("links")
    expect(links.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(links).to_contain_text("some mail programs warn")
    links.get_by_role("checkbox", name="looks wrapped").check()
    html = tracked(outlook)
    assert (FORM in html, "intranet.example/off" in html) == (False, True)
