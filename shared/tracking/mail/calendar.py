"""The calendar: what of a message comes to its end, in the order of time, so that nobody looks at them all.

A row says what has to be looked at, and since when; how long after that is a setting, so that another one
is in force at once. Rows are entered before what they are about, and struck after it is gone: one too many
costs a look, one too few would keep something for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Step(StrEnum):
    """What has to be looked at."""

    BEGUN = "begun"
    """A registration, since it began: whether it was given up."""
    MEASURED = "measured"
    """Events, since the registration: they become sums."""
    SUMMED = "summed"
    """The same, since they are sums: nobody reads them any more, and they are deleted."""
    KEPT = "kept"
    """The whole message, since its registration: it is deleted."""
    LEAVING = "leaving"
    """A deletion that was begun: it is finished. Since the registration, too."""
    SETTLING = "settling"
    """What was deleted, since then: an entry that was on its way may have come behind it."""
    SENT = "sent"
    """A sent mail, since its delivery: by that its numbers come out."""
    GONE = "gone"
    """A mail that was sent, and was said not to be, or deleted, since then: whoever copied its numbers is
    told."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something of the message of that id to look at."""

    step: Step
    since: datetime
    owner: str
    message: str


class Calendar(Protocol):
    """Keeps what is due. Every method may raise StoreUnavailable."""

    def enter(self, *due: Due) -> None:
        """Keep these; those that are kept already stay."""

    def strike(self, *due: Due) -> None:
        """Forget these, as far as they are there."""

    def list_due(self, step: Step, before: datetime, limit: int) -> list[Due]:
        """What has to be looked at since before that moment, the longest due first, at most `limit`."""

    def list_behind(self, step: Step, behind: str, before: datetime, limit: int) -> list[Due]:
        """The same, but what is behind the place `behind`, in the order of `place_in`."""

    def mark(self, name: str, at: datetime) -> None:
        """Remember that something was done."""

    def marked(self, name: str) -> datetime | None:
        """When it was last done; None where it never was."""


class Dated(Protocol):
    """A message, as far as its ends go."""

    @property
    def owner(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


def place_in(since: datetime, message: str) -> str:
    """Where a row stands among others of its step: the earlier first, as text."""
    return f"{to_milliseconds(since):013}-{message}"


def due_of(message: Dated, *steps: Step) -> list[Due]:
    """What stands in the calendar of a message from its registration on."""
    return [Due(step, to_millisecond(message.created_at), message.owner, message.id) for step in steps]


def ends_of(due: Due) -> list[Due]:
    """All that may stand in the calendar since that moment, of that message."""
    return [Due(step, due.since, due.owner, due.message) for step in SINCE_REGISTRATION]


def to_milliseconds(moment: datetime) -> int:
    """The moment in milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def to_millisecond(moment: datetime) -> datetime:
    """The moment as the calendar has it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


Now = Callable[[], datetime]
FROM_THE_START = (Step.BEGUN, Step.MEASURED, Step.KEPT)
SINCE_REGISTRATION = (*FROM_THE_START, Step.LEAVING)
