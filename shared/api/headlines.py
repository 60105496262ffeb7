"""The words of the API about what became of several messages, as a list shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.amounts import Amount
from shared.sights import Sight
from shared.tracking.reporting.report import Report, Withheld


@dataclass(frozen=True, slots=True)
class Headline(Sight):
    """What the first sentence of a message's report goes by, and nothing that the report does not tell.
    `clicked_by` is null where the mail has no links, too. `partly`: not everything was recorded."""

    message_id: str
    recipients: Amount
    as_of: datetime
    withheld: Withheld | None
    next_at: datetime | None
    opened_by: Amount | None
    clicked_by: Amount | None
    partly: bool = False

    @property
    def shows_single_people(self) -> bool:
        """Nothing that its report does not, which has said so."""
        return False


@dataclass(frozen=True, slots=True)
class HeadlinesAnswer:
    """Those that were made in time; whoever asks for the others again gets more of them. Of messages that
    the caller may not see, or that are gone, there is none in `headlines`, and their ids are in `gone`."""

    headlines: list[Headline]
    gone: list[str]


def describe_headlines(reports: Mapping[str, Report | None]) -> HeadlinesAnswer:
    """The answer for reports by their message's id; None for one that is not there."""
    return HeadlinesAnswer(
        [_headline(report) for report in reports.values() if report],
        [identifier for identifier, report in reports.items() if report is None],
    )


def _headline(report: Report) -> Headline:
    sent = report.sent_at is not None
    return Headline(
        report.message_id,
        report.recipients,
        report.as_of,
        report.withheld,
        report.next_at,
        report.opened_by if sent else None,
        report.clicked_by if sent and report.links else None,
        partly=bool(report.unrecorded),
    )
