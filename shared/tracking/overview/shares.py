"""Shares: how large a part of a mail's recipients did something, and what is usual among several mails.

A share is a range, because how many people did it is one. Where ranges have anything in common, nothing is
said of which is larger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from shared.amounts import Amount
from shared.tracking.overview.facts import Ends, Fact

LEAST_USUAL = 5
"""Mails, before it is said what is usual among them."""


class Deed(StrEnum):
    """What people do with a mail."""

    OPENED = "opened"
    CLICKED = "clicked"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the recipients, from 0 to 1."""

    at_least: float
    at_most: float


class Stand(StrEnum):
    """How a mail stands to what is usual."""

    MORE = "more"
    """Its whole range is above the usual one."""
    FEWER = "fewer"
    """Its whole range is below."""
    USUAL = "usual"
    """The ranges have something in common."""
    UNKNOWN = "unknown"
    """It has no share, or nothing is usual yet."""


def people_of(fact: Fact, deed: Deed) -> Ends | None:
    """How many people did it, as far as that is told; None where it is not."""
    if fact.numbers is None or not fact.fits(fact.numbers):
        return None
    return fact.numbers.opened if deed is Deed.OPENED else fact.numbers.clicked


def share_of(people: Amount, of: Amount) -> Share | None:
    """The part that these people are; None where that is not known. Where there may be more recipients than
    are known, it may be any smaller one."""
    if not of.at_least or people.at_most is None or people.at_most > of.at_least:
        return None
    least = people.at_least / of.at_least if of.at_most == of.at_least else 0.0
    return Share(least, people.at_most / of.at_least)


@dataclass(slots=True)
class Shares:
    """The shares of several mails: the lower ends, and the upper ones."""

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, share: Share) -> None:
        """One more mail's."""
        self.least.append(share.at_least)
        self.most.append(share.at_most)

    def join(self, other: Shares) -> None:
        """Those of other mails, too."""
        self.least += other.least
        self.most += other.most

    def usual(self) -> Share | None:
        """What is usual among them: between the quarter with the smallest and the quarter with the largest.
        None of fewer than LEAST_USUAL."""
        if len(self.least) < LEAST_USUAL:
            return None
        aside = len(self.least) // 4
        return Share(sorted(self.least)[aside], sorted(self.most)[-1 - aside])


def standing_of(share: Share | None, usual: Share | None) -> Stand:
    """How a mail with that share stands."""
    if share is None or usual is None:
        return Stand.UNKNOWN
    if share.at_least > usual.at_most:
        return Stand.MORE
    return Stand.FEWER if share.at_most < usual.at_least else Stand.USUAL
