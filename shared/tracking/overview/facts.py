"""Facts: what is kept of a message so that many of them are sorted and added up without reading each.

A fact's numbers are those of the first sentence of the message's report, as it told them, and nothing else of
what became of it: whoever adds facts up learns nothing that the reports do not say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from shared.amounts import Amount, counted
from shared.tracking.mail.delivery import starts_at
from shared.tracking.mail.message import Message, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.report import Report

FEW = 5
"""People; of fewer, and of all but fewer, nothing is told here, whatever the mode is: who looks at a single
person's acts does so in the report, where that is recorded."""
_YOUNG = (
    600_000  # milliseconds, as old as a mail is at least when it is asked how much its numbers may change
)
_GROWS = 4
NEVER = 2**62
"""Later than any moment, in milliseconds since 1970."""

Ends = tuple[int, int]
"""Of a range of people."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was told of a message that `starts` then (milliseconds since 1970) and has so many recipients
    `left`; the truth of another is another. It is asked for anew at `good_until`; never, where that is None.
    `withheld` is why there are none, `opened` is None where opens are not measured, too, and `clicked` where
    the mail has no links."""

    starts: int
    left: int
    good_until: int | None
    withheld: str = ""
    opened: Ends | None = None
    clicked: Ends | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A message, in milliseconds since 1970: `created` then, and delivered at `starts`; None where it was not
    sent. `recipients` are a lower bound unless `complete`; `teams` are not known of what an earlier version
    kept."""

    owner: str
    id: str
    created: int
    starts: int | None
    mode: Mode
    recipients: int
    complete: bool
    sender: str
    sender_name: str
    name: str = ""
    campaign: str = ""
    purpose: str = ""
    tags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    numbers: Numbers | None = None
    teams: tuple[str, ...] | None = None

    @property
    def reach(self) -> Amount:
        """How many recipients it has."""
        return counted(self.recipients, whole=self.complete)

    @property
    def sent_at(self) -> datetime | None:
        """When its recipients had it."""
        return None if self.starts is None else moment_of(self.starts)

    @property
    def tells_apart(self) -> bool:
        """Whether its report tells of single people by name."""
        return self.mode is Mode.INDIVIDUAL

    def fits(self, numbers: Numbers | None) -> bool:
        """Whether these are the message's as it is now."""
        return numbers is not None and (numbers.starts, numbers.left) == (self.starts, self.recipients)

    @property
    def due_at(self) -> int:
        """When its numbers have to be asked for; NEVER, where that is not to be."""
        if self.starts is None:
            return NEVER
        numbers = self.numbers
        if numbers is None or not self.fits(numbers):
            return 0
        return NEVER if numbers.good_until is None else numbers.good_until

    def is_due(self, now: int) -> bool:
        """Whether they have to be asked for."""
        return self.due_at <= now


def fact_of(message: Message) -> Fact:
    """The message's, without numbers."""
    labels, starts = message.labels, starts_at(message) if message.stage is Stage.SENT else None
    return Fact(
        owner=message.owner,
        id=message.id,
        created=milliseconds(message.created_at),
        starts=milliseconds(starts) if starts else None,
        mode=message.mode,
        recipients=message.left,
        complete=message.complete,
        sender=message.sender.address,
        sender_name=message.sender.name,
        name=labels.name,
        campaign=labels.campaign,
        purpose=labels.purpose,
        tags=labels.tags,
        lists=message.lists,
        teams=message.teams,
    )


def with_numbers(message: Message, ask: Callable[[Message], Report]) -> Fact:
    """The message's, with what its report tells now. What `ask` raises comes through."""
    fact = fact_of(message)
    if fact.starts is None:
        return fact
    report = ask(message)
    told = report.opened_by, report.clicked_by if report.links else None
    opened, clicked = (None if people is None else _ends(people, report) for people in told)
    numbers = Numbers(
        fact.starts,
        fact.recipients,
        _good_until(report, fact.starts),
        report.withheld.value if report.withheld else "",
        opened,
        clicked,
    )
    return replace(fact, numbers=numbers)


def milliseconds(moment: datetime) -> int:
    """Since 1970."""
    return round(moment.timestamp() * 1000)


def moment_of(milliseconds: int) -> datetime:
    """The moment so long after 1970 began."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _good_until(report: Report, starts: int) -> int | None:
    """Numbers that are published stay until the next are; others grow, the slower the older the mail is."""
    if report.withheld or report.step > 1:
        return milliseconds(report.next_at) if report.next_at else None
    if report.measured_until:
        return None
    as_of = milliseconds(report.as_of)
    return as_of + max(as_of - starts, _YOUNG) // _GROWS


def _ends(people: Amount, report: Report) -> Ends:
    """The range, which is wide enough already where it was published."""
    known = report.recipients.at_least
    most = known if people.at_most is None else people.at_most
    if report.step > 1:
        return people.at_least, most
    most = known if known - FEW < most <= known else max(most, min(known, FEW - 1))
    least = min(people.at_least, known - FEW)
    return (least if least >= FEW else 0), most
