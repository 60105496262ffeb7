"""What was not recorded of a mail, because the ceiling was lower for a while, or is: no number holds what
happened then, so a report says when that was, and none where it was all the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.tracking.mail.course import Phase
from shared.tracking.mail.message import Message
from shared.tracking.reporting.report import Report, Unrecorded, Withheld


def unrecorded_of(
    message: Message, course: Sequence[Phase], now: datetime, *, links: bool
) -> list[Unrecorded]:
    """The stretches since the mail was sent, and until its events became sums, in which not everything was
    recorded that it was made for; `links`: whether it has any."""
    start, end = message.sent_at, message.closed_at or now
    found: list[Unrecorded] = []
    for phase, following in zip(course, [*course[1:], None], strict=True):
        opens = message.has_pixel and not phase.records_opens(message.mode)
        clicks = links and not phase.records_clicks(message.mode)
        if start is None or phase.at >= end or (following and following.at <= start):
            continue
        if not opens and not clicks:
            continue
        is_first = phase is course[0] and start < phase.at
        until = following.at if following and following.at < end else None
        since = None if is_first else max(start, phase.at)
        last = found[-1] if found else None
        if last and (last.opens, last.clicks, last.until) == (opens, clicks, since):
            found[-1] = replace(last, until=until)
        else:
            found.append(Unrecorded(since, until, opens=opens, clicks=clicks))
    return found


def marked(report: Report, message: Message, gaps: Sequence[Unrecorded]) -> Report:
    """The report that says so. What was recorded at no time is not nought: it is not told."""
    whole = [gap for gap in gaps if gap.since == message.sent_at and gap.until is None]
    if not whole:
        return replace(report, unrecorded=list(gaps))
    [gap] = whole
    has_opens, has_clicks = report.has_pixel and not gap.opens, bool(report.links) and not gap.clicks
    if not has_opens and not has_clicks:
        return _without_numbers(report, gaps)
    if gap.opens:
        published = [replace(each, opened_by=None) for each in report.published]
        report = replace(
            report, opened=None, opened_by=None, has_pixel=False, published=published, by_list=[]
        )
    return replace(report, unrecorded=list(gaps))


def _without_numbers(report: Report, gaps: Sequence[Unrecorded]) -> Report:
    return replace(
        report,
        withheld=Withheld.NOT_RECORDED if report.withheld in (None, Withheld.NOT_YET) else report.withheld,
        next_at=None,
        opened=None,
        opened_by=None,
        clicked=None,
        clicked_by=None,
        links=[replace(link, clicked=None, clicked_by=None) for link in report.links],
        hours=[],
        minutes=[],
        published=[],
        reasons={},
        not_counted={},
        not_measured=0,
        by_list=[],
        unrecorded=list(gaps),
    )
