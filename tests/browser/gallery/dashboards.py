"""The dashboard and several mails compared, of made-up mails that the app itself adds up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.amounts import Amount
from shared.tracking.overview.audience import Level, MailAudience, Untold
from shared.tracking.overview.dashboard import Dashboard, dashboard_of
from shared.tracking.overview.facts import Fact, Numbers, milliseconds
from shared.tracking.overview.months import Gathered, Lot
from shared.tracking.overview.tally import Wanted
from tests.browser.gallery import reports
from tests.browser.gallery.scenes import BUSY, Answer, Answers, Asked, PageScene
from tests.support.api import MIA
from tests.support.facts import fact

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
DASHBOARD, AUDIENCE = "GET /api/dashboard", "GET /api/dashboard/audience"
CAMPAIGNS = ("Newsletters", "Fire safety", "Benefits", "")
LONG = "Transformation programme for Northern and Western Europe"
LONG_NAME = "An unusually long name of a mail about the transformation programme and everything that it means"
SENDERS = (MIA, "noah.sender@company.com", "internal-communications@subsidiary.with-a-long-name.example.com")


def year(count: int = 120, *, width: float = 0.08, long: bool = False) -> list[Fact]:
    """Mails of a year, on weekdays; on Tuesday mornings more people open them."""
    chance, found = random.Random(11), list[Fact]()
    for number in range(count):
        at = NOW - timedelta(days=4 + 355 * number // count)
        at = (at - timedelta(days=max(0, at.weekday() - 4))).replace(hour=chance.choice((8, 10, 10, 15)))
        recipients = chance.choice((180, 1204, 1260, 4100))
        part = chance.gauss(0.44, 0.03) + (0.25 if at.weekday() == 1 else 0.0)
        opened = round(recipients * part), round(recipients * (part + width))
        clicked = round(recipients * part / 5), round(recipients * (part / 5 + width / 2))
        campaign = LONG if long and number % 3 == 0 else CAMPAIGNS[number % 4]
        found.append(
            fact(
                number,
                opened,
                clicked,
                at,
                recipients,
                name=LONG_NAME if long and number % 2 else f"{campaign or 'Note'} {number}",
                campaign=campaign,
                sender=SENDERS[number % 3 if long else number % 2],
            )
        )
    starts = milliseconds(NOW - timedelta(hours=3))
    silent = Numbers(starts, 300, None, withheld="not_yet")
    found.append(fact(900, at=NOW - timedelta(hours=3), recipients=300, name="This morning", numbers=silent))
    few = replace(silent, left=4, withheld="too_few")
    found.append(fact(901, at=NOW - timedelta(hours=3), recipients=4, name="To the board", numbers=few))
    found.append(fact(902, starts=None, numbers=None))
    return found


def _shown(facts: Sequence[Fact], **missing: int) -> Answer:
    def show(asked: Asked) -> Dashboard:
        wanted = Wanted(NOW - timedelta(days=365), NOW, ZoneInfo(asked.query.get("zone", "UTC")))
        return dashboard_of(Gathered([Lot(facts)], **missing), wanted)

    return show


def _tables(page: Any) -> None:
    for place in range(2):
        page.get_by_text("As a table").nth(place).click()


def _choose_three(page: Any) -> None:
    for place in (1, 2, 4):
        page.get_by_role("checkbox").nth(place).check()


def _reached(unnamed: int = 0, unread: int = 0) -> MailAudience:
    """Whom a year of mails reached."""
    people = {1: (4_181, 4_200), 2: (2_901, 2_960), 3: (1_621, 1_640), 5: (861, 880), 9: (401, 420)}
    levels = [Level(mails, Amount(least, most)) for mails, (least, most) in people.items()]
    levels.append(Level(12, Amount(0, 19)))
    sent = Amount(21_300, 21_300)
    return MailAudience(56, unnamed, unread, sent, 20, levels[0].people, levels, None)


def _open(reached: MailAudience) -> MailAudience:
    """The same, of lists that were not read whole."""
    levels = [replace(level, people=Amount(level.people.at_least, None)) for level in reached.levels]
    return replace(reached, sent=Amount(21_300, None), people=levels[0].people, levels=levels)


def _untold(why: Untold) -> MailAudience:
    return replace(_reached(), people=None, levels=[], untold=why)


def _both(facts: Sequence[Fact], audience: MailAudience | None = None, **missing: int) -> Answers:
    return {DASHBOARD: _shown(facts, **missing), AUDIENCE: audience or _reached()}


COMPARED: Answers = {
    "GET /api/messages/{id}": reports.message,
    "GET /api/headlines": reports.headlines,
    "GET /api/messages": reports.messages,
}
FIVE = "compare/" + "/".join(reports.name_of(number) for number in range(1, 6))
YEAR, NARROW = year(), year(width=0.01)
SCENES = [
    PageScene("dashboard", "Mail by mail", "dashboard", answers=_both(YEAR)),
    PageScene("dashboard-tables", "Mail by mail", "dashboard", _tables, _both(NARROW)),
    PageScene(
        "dashboard-long",
        "Look again",
        "dashboard",
        answers=_both(year(40, long=True), _open(_reached(3, 12)), unread=12, pending=30),
    ),
    PageScene(
        "dashboard-few", "nothing to compare", "dashboard", answers=_both(YEAR[:2], _untold(Untold.TOO_FEW))
    ),
    PageScene(
        "dashboard-silent", "Of none of these", "dashboard", answers=_both(YEAR[-3:], _untold(Untold.UNKNOWN))
    ),
    PageScene(
        "dashboard-empty",
        "No mail was sent in this period",
        "dashboard?campaign=Nothing",
        answers={DASHBOARD: _shown([])},
        person=MIA,
    ),
    PageScene("compare-several", "Side by side", FIVE, _tables, COMPARED),
    PageScene("messages-several-chosen", "Export as CSV", "messages", _choose_three, COMPARED),
    PageScene(
        "dashboard-too-many",
        "People reached",
        "dashboard",
        answers=_both(YEAR, _untold(Untold.TOO_MANY)),
    ),
    PageScene(
        "messages-sorted",
        "In order of what is sure: of a range, its lower end. Mails without numbers come last.",
        "messages?sort=-opened",
        answers=COMPARED,
    ),
    PageScene("dashboard-error", "storage cannot be reached", "dashboard", answers={DASHBOARD: BUSY}),
]
