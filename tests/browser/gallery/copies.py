"""The pane while Outlook sends a copy to each recipient."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.compose import ComposeWindow
from tests.browser.gallery import runs
from tests.browser.gallery.audiences import BIG, counted
from tests.browser.gallery.pane import PEOPLE, choose, press
from tests.browser.gallery.scenes import BODY, LETTER, PaneScene

PICTURE = '<p><img src="cid:photograph"></p>'
HEAVY = LETTER | {
    "html": BODY + PICTURE,
    "quoted": "<p>Earlier</p>",
    "attachments": [{"id": "1", "name": "plan.pdf", "size": 1, "attachmentType": "file"}],
}
TO_TWO = LETTER | {"to": PEOPLE}


def individual(window: ComposeWindow) -> None:
    """The choice, with a copy to each."""
    choose(window)
    window.pane.get_by_role("radio", name="Individual").check()


def confirm(window: ComposeWindow) -> None:
    """What is about to go out."""
    individual(window)
    window.pane.get_by_role("button", name="Check and send").click()
    window.pane.get_by_test_id("confirming").wait_for()


def _sample(window: ComposeWindow) -> None:
    confirm(window)
    press(window.pane, "Send me a test copy")


def _start(window: ComposeWindow) -> None:
    confirm(window)
    window.pane.get_by_role("button", name="copies now").click()


def begin(window: ComposeWindow) -> None:
    """The first copies are on their way."""
    _start(window)
    window.pane.get_by_text("copies sent").first.wait_for()


def _pause(window: ComposeWindow) -> None:
    begin(window)
    expect(window.pane.get_by_test_id("copies-sent")).to_have_text(re.compile("^[1-9]"))
    press(window.pane, "Pause")
    window.pane.get_by_text("Paused").wait_for()


def _reopen(window: ComposeWindow) -> None:
    _pause(window)
    window.do("closePane")
    window.open_pane()


def _finish(window: ComposeWindow) -> None:
    begin(window)
    window.pane.get_by_test_id("copies-finished").wait_for()


def _finish_and_reopen(window: ComposeWindow) -> None:
    _finish(window)
    window.do("closePane")
    window.open_pane()


def _change(window: ComposeWindow) -> None:
    _pause(window)
    window.do("closePane")
    window.do("edit", BODY.replace("Dear colleagues", "Dear all"))
    window.open_pane()


COPIES = [
    PaneScene("copies-choose", "Your Outlook sends a copy", individual),
    PaneScene(
        "copies-impossible",
        "This mail cannot be sent as copies",
        individual,
        mail=HEAVY,
        answers=counted(BIG),
    ),
    PaneScene("copies-confirm", "4 copies are about to go out", confirm),
    PaneScene("copies-sampled", "The test copy is on its way", _sample, copies=("sent",)),
    PaneScene("copies-sample-failed", "The test copy could not be sent", _sample, copies=("refused",)),
    PaneScene("copies-countdown", "Take all back", _start, answers=runs.TO_COME),
    PaneScene(
        "copies-elsewhere",
        "Another device is sending them",
        _reopen,
        copies=("sent",),
        answers=runs.ELSEWHERE,
    ),
    PaneScene("copies-running", "Leave this pane open", begin, copies=("sent", "silence")),
    PaneScene("copies-paused", "Paused", _pause, copies=("sent",)),
    PaneScene("copies-reopened", "Ready to go on", _reopen, copies=("sent",)),
    PaneScene("copies-changed", "Subject or text changed", _change, copies=("sent",)),
    PaneScene("copies-waiting", "Microsoft asked to wait", begin, copies=("sent", "throttled")),
    PaneScene("copies-offline", "The connection was lost", begin, copies=("sent", "lost")),
    PaneScene(
        "copies-finished",
        "Everybody but one recipient",
        _finish,
        mail=TO_TWO,
        copies=("sent", "refused", "sent"),
    ),
    PaneScene("copies-over", "Everybody has their copy", _finish_and_reopen, mail=TO_TWO, copies=("sent",)),
]
