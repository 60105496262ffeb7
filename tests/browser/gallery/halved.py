"""A mail of which only some said yes to being told apart: in the list, and in its two reports."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from shared.amounts import Amount
from shared.api.headlines import Headline, HeadlinesAnswer
from shared.api.messages import MessageAnswer
from shared.paging import RowPage
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.report import Report, Withheld
from tests.browser.gallery import reports
from tests.browser.gallery.scenes import Answers, Asked, PageScene
from tests.support.api import MIA

NAMED, REST = reports.name_of(4), "made-up-rest"


def _half(identifier: str, other: str, mode: Mode, count: int) -> MessageAnswer:
    return msgspec.structs.replace(
        reports.MESSAGES[4],
        message_id=identifier,
        other_half=other,
        mode=mode,
        count=Amount(count, count),
        labels=reports.LABELS[2],
    )


HALVES = [_half(NAMED, REST, Mode.INDIVIDUAL, 70), _half(REST, NAMED, Mode.COUNTING, 1204)]


def _messages(asked: Asked) -> RowPage[MessageAnswer]:
    rows = [*reports.MESSAGES[:3], *HALVES, *reports.MESSAGES[5:]]
    return RowPage(rows, None, len(rows))


def _message(asked: Asked) -> MessageAnswer:
    return HALVES[asked.id == REST]


def _report(asked: Asked) -> Report:
    if asked.id != REST:
        return reports.shown("individual")(asked)
    return replace(reports.shown("published")(asked), mode=Mode.COUNTING)


def _headlines(asked: Asked) -> HeadlinesAnswer:
    told = {
        NAMED: Headline(NAMED, Amount(70, 70), reports.NOW, None, None, Amount(31, 33), Amount(12, 12)),
        REST: Headline(REST, Amount(1204, 1204), reports.NOW, None, None, Amount(200, 299), Amount(0, 99)),
    }
    asked_for = asked.query.get("ids", "").split(",")
    others = reports.headlines(asked).headlines
    return HeadlinesAnswer([told.get(one, two) for one, two in zip(asked_for, others, strict=True)], [])


def _silent(asked: Asked) -> HeadlinesAnswer:
    silent = Headline(REST, Amount(3, 3), reports.NOW, Withheld.TOO_FEW, None, None, None)
    return HeadlinesAnswer([silent], [])


HALVED: Answers = {
    "GET /api/messages": _messages,
    "GET /api/messages/{id}": _message,
    "GET /api/messages/{id}/report": _report,
    "GET /api/messages/{id}/report/recipients": reports.recipients,
    "GET /api/headlines": _headlines,
    **reports.MORE,
}
SCENES = [
    PageScene("messages-halves", "Fire drill on Thursday", "messages", answers=HALVED, person=MIA),
    PageScene("report-half-named", "Both together", f"messages/{NAMED}", answers=HALVED, person=MIA),
    PageScene("report-half-rest", "Both together", f"messages/{REST}", answers=HALVED, person=MIA),
    PageScene(
        "report-half-silent",
        "One of the two reports shows no numbers, so there are none of both together.",
        f"messages/{NAMED}",
        answers=HALVED | {"GET /api/headlines": _silent},
        person=MIA,
    ),
]
