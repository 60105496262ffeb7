"""Reports as tables: what stands in their columns, and their rows."""

from __future__ import annotations

from collections.abc import Iterable

from shared.tracking.reporting.reports import RecipientReport, Report
from shared.tracking.reporting.summaries import Split

Row = tuple[object, ...]

REPORT_COLUMNS = ("event", "by", "item", "person", "unsure", "machine")
RECIPIENT_COLUMNS = ("address", "opened", "clicked")


def report_rows(report: Report) -> Iterable[Row]:
    """Opens and clicks: all, by link and by hour."""
    yield "opened", "all", "", *_figures(report.opened)
    yield "clicked", "all", "", *_figures(report.clicked)
    for link in report.links:
        yield "clicked", "link", link.url, *_figures(link.clicked)
    for hour in report.hours:
        at = hour.at.strftime("%Y-%m-%dT%H:%MZ")
        yield "opened", "hour", at, *_figures(hour.opened)
        yield "clicked", "hour", at, *_figures(hour.clicked)


def recipient_rows(recipients: Iterable[RecipientReport]) -> Iterable[Row]:
    """What each recipient did."""
    for recipient in recipients:
        yield recipient.address, recipient.opened, recipient.clicked


def _figures(split: Split) -> tuple[int, int, int]:
    return split.person, split.unsure, split.machine
