"""Several reports as tables, for files: a row for each mail, and one for each of its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.amounts import Amount
from shared.tracking.mail.message import Message
from shared.tracking.reporting.phrases import Say
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.sheets import LEAST, MOST, WITHHELD, Cell, Row, Sheet

_MAIL = (("message", "Message"), ("name", "Name"))
_ABOUT = (("campaign", "Campaign"), ("tags", "Tags"), ("purpose", "Purpose"), ("sender", "From"))
_PEOPLE = (
    ("recipients_at_least", "Recipients, at least"),
    ("recipients_at_most", "Recipients, at most"),
    ("opened_at_least", "Opened, at least"),
    ("opened_at_most", "Opened, at most"),
    ("clicked_at_least", "Clicked a link, at least"),
    ("clicked_at_most", "Clicked a link, at most"),
)
Reported = tuple[Message, Report]


def sheets_of_several(reported: Sequence[Reported], say: Say) -> Iterator[Sheet]:
    """The mails first, in the words of `say`. A cell is empty where nothing is told, which is not nought."""
    times, notes = (("sent_at", "Sent"), ("as_of", "As of")), (("mode", "Mode"), ("numbers", "Numbers"))
    yield Sheet("Mails", (*_MAIL, *_ABOUT, *times, *notes, *_PEOPLE), _mails(reported, say))
    if any(report.links for _, report in reported):
        yield Sheet("Links", (*_MAIL, ("link", "Link"), LEAST, MOST), _links(reported))


def _mails(reported: Sequence[Reported], say: Say) -> Iterator[Row]:
    for message, report in reported:
        labels, is_sent = message.labels, report.sent_at is not None
        numbers = (
            say("not sent") if not is_sent else say(WITHHELD[report.withheld]) if report.withheld else ""
        )
        opened = report.opened_by if is_sent else None
        clicked = report.clicked_by if is_sent and report.links else None
        yield (
            message.id,
            labels.name,
            labels.campaign,
            ", ".join(labels.tags),
            labels.purpose,
            message.sender.address,
            report.sent_at,
            report.as_of,
            say(report.mode.value.capitalize()),
            numbers,
            *_ends(report.recipients),
            *_ends(opened),
            *_ends(clicked),
        )


def _links(reported: Sequence[Reported]) -> Iterator[Row]:
    for message, report in reported:
        for link in report.links:
            yield (
                message.id,
                message.labels.name,
                link.url,
                *_ends(link.clicked_by if report.sent_at else None),
            )


def _ends(people: Amount | None) -> tuple[Cell, Cell]:
    return (None, None) if people is None else (people.at_least, people.at_most)
