"""Beside a sent mail: whoever did not open it is written to, and others are told of its report."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page

from shared.paging import RowPage
from shared.tracking.reporting.reports import RecipientReport
from tests.browser.compose import ComposeWindow
from tests.browser.gallery import reports
from tests.browser.gallery.scenes import BUSY, Answers, Asked, PageScene, PaneScene
from tests.support.api import MIA

RECORD = {"r": "", "k": "", "e": "", "n": 4, "c": True, "t": 0, "m": reports.name_of(1), "a": 1}
WHO = "GET /api/messages/{id}/report/recipients"


def _many(asked: Asked) -> RowPage[RecipientReport]:
    """More than one mail takes."""
    long = "a-person-with-a-rather-long-name-for-a-mailbox"
    rows = [RecipientReport(f"{long}-{n}@company.com", "no", "no") for n in range(240)]
    return RowPage(rows, None, len(rows))


def _nobody(asked: Asked) -> RowPage[RecipientReport]:
    return RowPage([], None, 0)


USUAL: Answers = {
    "GET /api/messages/{id}/report": reports.shown("individual"),
    "GET /api/messages/{id}": reports.message,
    "GET /api/messages/{id}/readers": reports.READERS,
    WHO: reports.recipients,
}


def read(*names: str) -> Callable[[ComposeWindow], None]:
    """The pane beside the mail, sent; then press buttons."""

    def steps(window: ComposeWindow) -> None:
        window.do("read", {"html": "<p>Hello</p>", "properties": {"rollcall": json.dumps(RECORD)}})
        for name in names:
            window.pane.get_by_role("button", name=name).click()

    return steps


def _list_unsure(page: Page) -> None:
    page.get_by_role("button", name="Show recipients").click()
    page.get_by_label("Show", exact=True).select_option("unsure")


BESIDE = [
    PaneScene("reading-follow", "Following up", read(), answers=USUAL),
    PaneScene("reading-found", "Write to them", read("Find them"), answers=USUAL),
    PaneScene("reading-many", "Write to 101 to 200", read("Find them"), answers=USUAL | {WHO: _many}),
    PaneScene("reading-nobody", "Nobody is left", read("Find them"), answers=USUAL | {WHO: _nobody}),
    PaneScene("reading-busy", "storage cannot be reached", read("Find them"), answers=USUAL | {WHO: BUSY}),
    PaneScene("reading-share", "Tell them by mail", read("Share the report"), answers=USUAL),
]
LISTED = [
    PageScene(
        "report-follow-up", "Write to them", f"messages/{reports.name_of(1)}", _list_unsure, USUAL, MIA
    ),
    PageScene(
        "report-follow-up-many",
        "They are too many",
        f"messages/{reports.name_of(1)}",
        _list_unsure,
        USUAL | {WHO: _many},
        MIA,
    ),
]
