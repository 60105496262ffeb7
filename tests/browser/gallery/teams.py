"""Mails of a team and names of links: in the list, in a report, and what the pane says beforehand."""

from __future__ import annotations

import msgspec
from playwright.sync_api import Page

from shared.api.messages import MessageAnswer
from shared.paging import RowPage
from tests.browser.compose import ComposeWindow
from tests.browser.gallery import persons, reports
from tests.browser.gallery.following import LISTED
from tests.browser.gallery.scenes import Answers, Asked, PageScene, PaneScene
from tests.support.api import MIA


def _of_teams(message: MessageAnswer, number: int) -> MessageAnswer:
    return msgspec.structs.replace(
        message, mine=number % 3 == 0, teams=persons.TEAMS[: 1 + number % 2], managed=True
    )


def _messages(asked: Asked) -> RowPage[MessageAnswer]:
    rows = [_of_teams(message, number) for number, message in enumerate(reports.MESSAGES)]
    return RowPage(rows, None, len(rows))


def _message(asked: Asked) -> MessageAnswer:
    return _of_teams(reports.message(asked), 1)


IN_TEAMS: Answers = {
    "GET /api/me": persons.IN_TEAMS,
    "GET /api/messages": _messages,
    "GET /api/headlines": reports.headlines,
    "GET /api/messages/{id}": _message,
    "GET /api/messages/{id}/report": reports.shown("counting"),
}


def _choose(window: ComposeWindow) -> None:
    window.pane.get_by_role("button", name="Continue with tracking").click()


def _open_links(page: Page) -> None:
    page.get_by_role("button", name="Name", exact=True).click()
    page.get_by_text("Names of links").click()


NAMED = f"messages/{reports.name_of(7)}"
NAMING: Answers = {
    "GET /api/messages/{id}": reports.message,
    "GET /api/messages/{id}/report": reports.shown("counting"),
    **reports.MORE,
}
SHARED_WORK = [
    PageScene("report-named-links", "Everything about the programme", NAMED, answers=NAMING, person=MIA),
    PageScene("report-naming-links", "Names of links", NAMED, _open_links, NAMING, MIA),
    *LISTED,
    PageScene(
        "messages-team",
        "communications, Transformation",
        "messages",
        answers=IN_TEAMS,
        person=MIA,
        apart=True,
    ),
    PageScene(
        "report-team",
        "Whoever is in it sees this report",
        f"messages/{reports.name_of(1)}",
        answers=IN_TEAMS,
        person=MIA,
        apart=True,
    ),
]


def _name_links(window: ComposeWindow) -> None:
    _choose(window)
    window.pane.get_by_role("button", name="Names of links").click()


def _left_alone(window: ComposeWindow) -> None:
    _choose(window)
    window.pane.get_by_role("button", name="stay as they are").click()


BEFORE = [
    PaneScene(
        "pane-choose-hosts",
        "lets no tracked link lead there",
        _left_alone,
        answers={"GET /api/me": persons.WITHIN_HOSTS},
    ),
    PaneScene("pane-choose-link-names", "Use its words", _name_links),
    PaneScene("pane-choose-team", "What is recorded", _choose, answers=IN_TEAMS),
]
