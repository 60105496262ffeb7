"""Rhythm: on which weekday, and at which hour, mails were opened by the largest part, and how sure that is.

Mails that went out at another time were other mails, to other people. So this is what was, not what would be;
and it is said of one weekday only where what is not known of its mails, and what differs between them by
chance, does not reach as far as any other weekday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from shared.tracking.overview.shares import LEAST_USUAL, Share

MISTAKEN = 0.05
"""How often, at most, a time is called best though none is."""


class Sureness(StrEnum):
    """How sure the best time is."""

    SURE = "sure"
    UNSURE = "unsure"
    """The ranges have something in common."""
    TOO_FEW = "too_few"
    """Two times with LEAST_USUAL mails each are needed to compare."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The mails of one weekday (0 is Monday) or hour of the day. `share` is what is opened of such a mail on
    average; null where they are fewer than five."""

    number: int
    mails: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All weekdays or hours at which mails went out, and which was best; null where that cannot be said."""

    beats: list[Beat]
    best: int | None
    sureness: Sureness


@dataclass(slots=True)
class Line:
    """Numbers of several mails, one each: their sum, and that of their squares."""

    sum: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """One more mail's."""
        self.sum += value
        self.squares += value * value

    def join(self, other: Line) -> None:
        """Those of other mails, too."""
        self.sum += other.sum
        self.squares += other.squares

    def mean(self, count: int) -> float:
        """The average of so many."""
        return self.sum / count

    def spread(self, count: int) -> float:
        """The standard deviation of so many."""
        return sqrt(max(0.0, self.squares - self.sum * self.sum / count) / (count - 1))


class Moments:
    """What is asked of the mails of one weekday or hour whose share is known: how many they are, and how far
    the ends of their shares are from each other."""

    __slots__ = ("least", "mails", "most")

    def __init__(self) -> None:
        self.mails, self.least, self.most = 0, Line(), Line()

    def add(self, share: Share) -> None:
        """One more mail's."""
        self.mails += 1
        self.least.add(share.at_least)
        self.most.add(share.at_most)

    def join(self, other: Moments) -> None:
        """Those of other mails, too."""
        self.mails += other.mails
        self.least.join(other.least)
        self.most.join(other.most)

    def average(self, compared: int) -> Share:
        """The average share, as far as it is known and mails are alike, at one of so many times."""
        count = self.mails
        far = _student(1 - MISTAKEN / (2 * compared), count - 1) / sqrt(count)
        least = self.least.mean(count) - far * self.least.spread(count)
        return Share(max(0.0, least), min(1.0, self.most.mean(count) + far * self.most.spread(count)))


def rhythm_of(found: Mapping[int, Moments]) -> Rhythm:
    """Of mails by weekday or hour of delivery."""
    enough = sum(of.mails >= LEAST_USUAL for of in found.values())
    beats = [
        Beat(number, of.mails, of.average(enough) if of.mails >= LEAST_USUAL else None)
        for number, of in sorted(found.items())
    ]
    compared = [(beat.number, beat.share) for beat in beats if beat.share is not None]
    if len(compared) < 2:
        return Rhythm(beats, None, Sureness.TOO_FEW)
    best, share = max(compared, key=lambda each: each[1].at_least)
    is_sure = all(share.at_least > other.at_most for number, other in compared if number != best)
    return Rhythm(beats, best if is_sure else None, Sureness.SURE if is_sure else Sureness.UNSURE)


def _student(probability: float, freedom: int) -> float:
    """The quantile of Student's distribution, by the expansion of Cornish and Fisher (Abramowitz and Stegun,
    26.7.5)."""
    x: float = NormalDist().inv_cdf(probability)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / float(freedom) ** (power + 1) for power, term in enumerate(terms))
