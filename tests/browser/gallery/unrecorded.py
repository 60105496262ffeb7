"""Reports of mails of which not everything was recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from shared.tracking.reporting.report import Report, Unrecorded
from shared.tracking.reporting.unrecorded import marked
from tests.browser.gallery import reports
from tests.browser.gallery.scenes import Answers, Asked, PageScene
from tests.support.report_desk import Desk

REPORT = f"messages/{reports.name_of(1)}"


def _lost(*gaps: Unrecorded) -> Answers:
    return {
        "GET /api/messages/{id}": reports.message,
        "GET /api/messages/{id}/report": _marked("counting", gaps),
        **reports.MORE,
    }


def _marked(name: str, gaps: Sequence[Unrecorded]) -> Callable[[Asked], Report]:
    def answer(asked: Asked) -> Report:
        report = reports.shown(name)(asked)
        message = replace(Desk(report.mode, 1, at=0).message, sent_at=report.sent_at)
        begun = [replace(gap, since=gap.since or report.sent_at) for gap in gaps]
        return marked(report, message, begun if len(gaps) == 1 and gaps[0].since is None else gaps)

    return answer


_LATE, _EARLY = reports.NOW - timedelta(hours=20), reports.NOW - timedelta(hours=60)
SCENES = [
    PageScene(
        "report-unrecorded",
        "Not everything was recorded",
        REPORT,
        answers=_lost(
            Unrecorded(_EARLY, _EARLY + timedelta(hours=4), opens=True, clicks=False),
            Unrecorded(_LATE, None, opens=True, clicks=True),
        ),
    ),
    PageScene(
        "report-never-recorded",
        "This report shows no numbers",
        REPORT,
        answers=_lost(Unrecorded(None, None, opens=True, clicks=True)),
    ),
]
