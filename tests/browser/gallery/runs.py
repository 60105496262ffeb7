"""How far copies are, made up; and the pages that show it."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.api.copies import RunAnswer
from tests.browser.gallery import reports
from tests.browser.gallery.scenes import Answers, Asked, PageScene


def run(asked: Asked, **more: Any) -> RunAnswer:
    """One to four recipients of which nothing has left yet."""
    begun = RunAnswer(asked.id, "wwwww", [], 4, 0, 0, 0, 4, 0, "made-up-device", 0)
    return msgspec.structs.replace(begun, **more)


TO_COME: Answers = {"PUT /api/messages/{id}/copies": lambda asked: run(asked, begins_in=590, free_in=170)}
ELSEWHERE: Answers = {
    "GET /api/messages/{id}/copies": lambda asked: run(asked, states="ssstw", sent=2, waiting=2, free_in=170)
}


def _told(**more: Any) -> Answers:
    return {
        "GET /api/messages/{id}": reports.message,
        "GET /api/messages/{id}/report": reports.shown("individual"),
        "GET /api/messages/{id}/report/recipients": reports.recipients,
        "GET /api/messages/{id}/copies": lambda asked: run(asked, **more),
    }


REPORT = f"messages/{reports.name_of(1)}"
MANY = "s" * 4_001 + "fd" + "w" * 5_998
PAUSED = {"states": MANY, "total": 10_000, "sent": 4_000, "failed": 1, "doubt": 1, "waiting": 5_998}
RUNS = [
    PageScene("report-copies-paused", "Nobody is sending them", REPORT, answers=_told(**PAUSED)),
    PageScene(
        "report-copies-to-come", "The first leaves in", REPORT, answers=_told(begins_in=590, free_in=170)
    ),
]
