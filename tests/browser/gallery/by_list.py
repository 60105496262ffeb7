"""What became of a mail by list, and who joined and left its audience."""

from __future__ import annotations

from tests.browser.gallery import reports
from tests.browser.gallery.scenes import Answers, PageScene

REPORT = f"messages/{reports.name_of(1)}"


def _of(name: str) -> Answers:
    return {
        "GET /api/messages/{id}/report": reports.shown(name),
        "GET /api/messages/{id}/report/recipients": reports.recipients,
        "GET /api/messages/{id}": reports.message,
        **reports.MORE,
    }


BY_LIST = [
    PageScene("report-by-list", "By list", REPORT, answers=_of("by-list")),
    PageScene("report-by-list-published", "By list", REPORT, answers=_of("by-list-published")),
    PageScene("report-by-list-of-clicks", "By list", REPORT, answers=_of("by-list-of-clicks")),
]
