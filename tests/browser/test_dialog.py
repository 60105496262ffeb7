"""In an Outlook without nested app authentication the pane signs in through a dialog of Outlook's."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.compose import ComposeWindow
from tests.browser.people import accept
from tests.support.api import MIA, NOAH, SALES
from tools.addin import ADDIN


def begin(outlook: ComposeWindow) -> tuple[Page, FrameLocator]:
    """The dialog that opens beside a mail to the sales team, and the pane."""
    outlook.load(**{"from": MIA, "to": [SALES], "subject": "News", "html": "<p>Hello</p>"})
    outlook.page.evaluate("() => { delete outlook.knobs.sets.NestedAppAuth }")
    with outlook.page.expect_popup() as opened:
        pane = outlook.open_pane()
    return opened.value, pane


def test_the_dialog_signs_in_closes_and_the_mail_is_counted(outlook: ComposeWindow) -> None:
    dialog, pane = begin(outlook)
    with dialog.expect_event("close"):
        accept(dialog, MIA)
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    opened = [call for call in outlook.calls if call["call"] == "ui.displayDialogAsync"]
    assert len(opened) == 1


def test_a_pane_that_is_opened_again_asks_nobody_again_but_for_another_mailbox(
    outlook: ComposeWindow,
) -> None:
    dialog, pane = begin(outlook)
    with dialog.expect_event("close"):
        accept(dialog, MIA)
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    outlook.do("closePane")
    pane = outlook.open_pane()
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    outlook.load(**{"from": MIA, "to": [SALES], "subject": "More", "html": "<p>Hello</p>"})
    pane = outlook.open_pane()
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    opened = [call for call in outlook.calls if call["call"] == "ui.displayDialogAsync"]
    assert len(opened) == 1
    outlook.load(**{"from": NOAH, "to": [SALES], "subject": "Mine", "html": "<p>Hello</p>"})
    with outlook.page.expect_popup():
        outlook.open_pane()


def test_a_part_of_the_pane_that_cannot_be_had_is_said_and_asked_for_again(outlook: ComposeWindow) -> None:
    assets = (ADDIN.parent / "public" / "assets").glob("chunk-*.js")
    shows = next(path.name for path in assets if '"data-testid":"changed"' in path.read_text("utf-8"))
    context = outlook.page.context
    context.route(f"**/{shows}", lambda route: route.abort())
    outlook.load(**{"from": MIA, "to": [SALES], "html": "<p>Hello</p>"})
    pane = outlook.open_pane()
    again = pane.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    context.unroute(f"**/{shows}")
    again.click()
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")


def test_a_dialog_that_is_closed_leaves_a_way_to_sign_in(outlook: ComposeWindow) -> None:
    dialog, pane = begin(outlook)
    dialog.wait_for_load_state()
    dialog.close()
    expect(pane.get_by_text("You are not signed in.")).to_be_visible()
    with outlook.page.expect_popup() as again:
        pane.get_by_role("button", name="Sign in").click()
    accept(again.value, MIA)
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")


def test_a_dialog_that_outlook_does_not_open_says_so(outlook: ComposeWindow) -> None:
    outlook.knob("fail", {"ui.displayDialogAsync": {"code": 12009, "message": "It was blocked."}})
    outlook.load(**{"from": MIA, "to": [SALES], "html": "<p>Hello</p>"})
    outlook.page.evaluate("() => { delete outlook.knobs.sets.NestedAppAuth }")
    pane = outlook.open_pane()
    expect(pane.get_by_text("You are not signed in.")).to_be_visible()
