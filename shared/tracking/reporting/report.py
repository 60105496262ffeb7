"""The report: what is told of a message to whoever may see it, and nothing else of it is told anywhere.

In the mode `individual`, and where the smallest group is 1, it is all that is known. Else it is what
`publishing` lets out: ranges of people, and no requests, hours or reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.amounts import Amount
from shared.sights import Sight
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.reach import recipients_of
from shared.tracking.mail.turnover import Turnover
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.summaries import Split

FEW = 5
"""People; what is said of fewer is said of each."""


class Withheld(StrEnum):
    """Why a report has no numbers."""

    TOO_FEW = "too_few"
    """The mail has fewer recipients than the smallest group."""
    TOO_FEW_KNOWN = "too_few_known"
    """So many that are known, and more may be."""
    NOT_YET = "not_yet"
    """The first time at which numbers are published has not come."""
    NOT_RECORDED = "not_recorded"
    """What happened was not recorded at any time since the mail was sent."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What became of one link. `clicked` is None where no requests are told, and `clicked_by` where nothing
    is."""

    url: str
    clicked: Split | None
    clicked_by: PeopleCount | None


@dataclass(frozen=True, slots=True)
class ListReport:
    """What became of a message among those who are in one typed list, or in any of several that are too small
    to be told of alone. Nothing is known of people where it was not kept when events became sums."""

    lists: list[str]
    recipients: Amount
    opened_by: PeopleCount | None
    clicked_by: PeopleCount | None


@dataclass(frozen=True, slots=True)
class HourReport:
    """The events of one hour."""

    at: datetime
    opened: Split
    clicked: Split


@dataclass(frozen=True, slots=True)
class MinuteReport:
    """The events of one minute."""

    at: datetime
    opened: Split
    clicked: Split


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published of a message at one of its times; nothing of opens where they are not measured."""

    at: datetime
    opened_by: PeopleCount | None
    clicked_by: PeopleCount


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A stretch in which opens, clicks or both were not recorded of a mail, by its organisation's settings or
    agreement. `since` is null where nobody knows when that began; without `until` it lasts, or lasted to the
    end of measuring. Times are those at which the app was started so, or its agreement began or ended."""

    since: datetime | None
    until: datetime | None
    opens: bool
    clicks: bool


@dataclass(frozen=True, slots=True)
class Report(Sight):
    """What became of a message. Where `notice` is not `line`, machines are told from people less well, so
    that ranges are wider. `reasons` says how often each rule spoke, `not_counted` why some events are in none
    of the numbers. Of `not_measured` recipients, who objected, nothing is known: they may be among those who
    did something. `minutes` are those of the first three hours since delivery. `measured_until` is when its
    events became sums, `deliver_at` when Outlook was to deliver it, where that was to be later than sending.

    Without `has_pixel` opens are not measured, and nothing is told of them. `agreement` is what the agreement
    is called that binds the report; empty without one. `by_list` is there where it is kept which lists
    recipients are in, `turnover` where there is a mail before whose recipients are known. What happened
    in the `unrecorded` stretches is in none of the numbers.

    Where `withheld` is not null there are no numbers, for that reason. Where `step` is more than 1, people
    are told in steps of so many, `published` has all that was told so far, `next_at` is when the next
    numbers come, and single requests are told nowhere."""

    message_id: str
    mode: Mode
    recipients: Amount
    notice: Notice
    sent_at: datetime | None
    as_of: datetime
    withheld: Withheld | None
    smallest_group: int
    step: int
    next_at: datetime | None
    opened: Split | None
    opened_by: PeopleCount | None
    clicked: Split | None
    clicked_by: PeopleCount | None
    links: list[LinkReport]
    hours: list[HourReport]
    published: list[Publication]
    reasons: dict[str, int]
    not_counted: dict[str, int]
    not_measured: int = 0
    minutes: list[MinuteReport] = field(default_factory=list)
    measured_until: datetime | None = None
    deliver_at: datetime | None = None
    has_pixel: bool = True
    agreement: str = ""
    by_list: list[ListReport] = field(default_factory=list)
    turnover: Turnover | None = None
    unrecorded: list[Unrecorded] = field(default_factory=list)

    @property
    def shows_single_people(self) -> bool:
        """Whether it tells what single people did: where its numbers are all that is known, and it is about a
        few, or says that all or none of them did something. Never where they are published in steps."""
        if self.step > 1:
            return False
        told = (self.opened_by, self.clicked_by, *(link.clicked_by for link in self.links))
        known = self.recipients.at_least
        if known < FEW or any(_is_all_or_none(people, known) for people in told):
            return True
        return any(self._shows_all_or_none_of(row) for row in self.by_list)

    def _shows_all_or_none_of(self, row: ListReport) -> bool:
        """Whether all or none of a list, or of all others, did something."""
        inside, outside = row.recipients.at_least, self.recipients.at_least - row.recipients.at_least
        for of_all, of_list in ((self.opened_by, row.opened_by), (self.clicked_by, row.clicked_by)):
            if of_all is None or of_list is None:
                continue
            others = PeopleCount(
                max(0, of_all.at_least - of_list.at_most), max(0, of_all.at_most - of_list.at_least)
            )
            if _is_all_or_none(of_list, inside) or (outside and _is_all_or_none(others, outside)):
                return True
        return False

    @property
    def of_message(self) -> str:
        """The message's id."""
        return self.message_id


def _is_all_or_none(people: PeopleCount | None, recipients: int) -> bool:
    return people is not None and (people.at_most == 0 or people.at_least >= recipients)


def unmeasured(
    message: Message, as_of: datetime, smallest_group: int, step: int, links: list[LinkReport]
) -> Report:
    """What a report says of the message itself, with no number of what became of it."""
    return Report(
        message_id=message.id,
        mode=message.mode,
        recipients=recipients_of(message),
        notice=message.notice,
        sent_at=message.sent_at,
        as_of=as_of,
        withheld=None,
        smallest_group=smallest_group,
        step=step,
        next_at=None,
        opened=None,
        opened_by=None,
        clicked=None,
        clicked_by=None,
        links=links,
        hours=[],
        published=[],
        reasons={},
        not_counted={},
        measured_until=message.closed_at,
        deliver_at=message.deliver_at,
        has_pixel=message.has_pixel,
        turnover=message.turnover,
    )
