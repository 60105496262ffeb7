"""The page of links, for admins: one that is looked up, and those that were withdrawn or corrected."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Page

from shared.api.links import AmendedAnswer, AmendedLink, FoundLinkAnswer, LinkAnswer
from shared.paging import RowPage
from tests.browser.gallery.reports import name_of
from tests.browser.gallery.scenes import BUSY, Answers, PageScene, Silence, refusal
from tests.support.api import MIA

_AT = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
_LONG = "https://intranet.company.com/a/very/long/way/to/a/page/that/nobody/would/ever/type/index.html?with=a"
_ROWS = [
    AmendedLink(name_of(1), None, None, True, _AT),
    AmendedLink(name_of(2), 0, _LONG, True, _AT),
    AmendedLink(name_of(3), 17, "https://company.com/news", False, _AT),
]
_FOREIGN = refusal(
    400, "invalid_request", "This is no tracked link of this Rollcall.", "Correct it, and try again."
)
SOME: Answers = {"GET /api/links": RowPage(_ROWS, "more", 240)}
NONE: Answers = {"GET /api/links": RowPage([], None, 0)}
FOUND = FoundLinkAnswer(name_of(1), LinkAnswer(2, _LONG, None))
WITHDRAWN = FoundLinkAnswer(name_of(1), LinkAnswer(2, _LONG, AmendedAnswer(None, False, True, _AT)))


def _look(page: Page) -> None:
    page.get_by_label("Web address of a link").fill("https://rollcall.company.com/c/A1B2C3")
    page.get_by_role("button", name="Look up").click()


SCENES = [
    PageScene("links", "240 decisions", "links", answers=SOME),
    PageScene("links-empty", "No link was withdrawn or corrected", "links", answers=NONE),
    PageScene("links-loading", "Loading", "links", answers={"GET /api/links": Silence()}),
    PageScene("links-error", "storage cannot be reached", "links", answers={"GET /api/links": BUSY}),
    PageScene("links-found", "This is link 3", "links", _look, NONE | {"POST /api/links": FOUND}),
    PageScene("links-withdrawn", "Withdrawn", "links", _look, NONE | {"POST /api/links": WITHDRAWN}),
    PageScene("links-foreign", "no tracked link", "links", _look, NONE | {"POST /api/links": _FOREIGN}),
    PageScene("links-refused", "for Rollcall admins", "links", person=MIA),
]
