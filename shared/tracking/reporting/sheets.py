"""Reports as tables: what stands in their columns, and their rows."""

from __future__ import annotations

from collections.abc import Iterable

from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.reports import RecipientReport
from shared.tracking.reporting.summaries import Split

Row = tuple[object, ...]

REQUEST_COLUMNS = ("event", "by", "item", "person", "unsure", "machine")
PEOPLE_COLUMNS = ("event", "by", "item", "at_least", "at_most")
RECIPIENT_COLUMNS = ("address", "opened", "clicked")


def report_table(report: Report) -> tuple[tuple[str, ...], Iterable[Row]]:
    """What stands in the columns of a report, and its rows: requests where they are told, else people; where
    nothing is, the reason."""
    if report.opened is not None and report.clicked is not None:
        return REQUEST_COLUMNS, _request_rows(report, report.opened, report.clicked)
    if report.opened_by is None or report.clicked_by is None:
        return PEOPLE_COLUMNS, [("withheld", report.withheld or "", "", "", "")]
    return PEOPLE_COLUMNS, _people_rows(report, report.opened_by, report.clicked_by)


def _request_rows(report: Report, opened: Split, clicked: Split) -> Iterable[Row]:
    """Opens and clicks: all, by link and by hour."""
    yield "opened", "all", "", *_figures(opened)
    yield "clicked", "all", "", *_figures(clicked)
    for link in report.links:
        if link.clicked is not None:
            yield "clicked", "link", link.url, *_figures(link.clicked)
    for hour in report.hours:
        at = hour.at.strftime("%Y-%m-%dT%H:%MZ")
        yield "opened", "hour", at, *_figures(hour.opened)
        yield "clicked", "hour", at, *_figures(hour.clicked)


def _people_rows(report: Report, opened: PeopleCount, clicked: PeopleCount) -> Iterable[Row]:
    """People who opened and clicked: by now, by link, and as it was published."""
    yield "opened", "all", "", *_ends(opened)
    yield "clicked", "all", "", *_ends(clicked)
    for link in report.links:
        if link.clicked_by is not None:
            yield "clicked", "link", link.url, *_ends(link.clicked_by)
    for told in report.published:
        at = told.at.strftime("%Y-%m-%dT%H:%MZ")
        yield "opened", "published", at, *_ends(told.opened_by)
        yield "clicked", "published", at, *_ends(told.clicked_by)


def recipient_rows(recipients: Iterable[RecipientReport]) -> Iterable[Row]:
    """What each recipient did."""
    for recipient in recipients:
        yield recipient.address, recipient.opened, recipient.clicked


def _figures(split: Split) -> tuple[int, int, int]:
    return split.person, split.unsure, split.machine


def _ends(people: PeopleCount) -> tuple[int, int]:
    return people.at_least, people.at_most
