"""Rhythm: on which weekday, and at which hour, mails were opened by the largest part, and how sure that is.

Mails that went out at another time were other mails, to other people. So this is what was, not what would be;
and it is said of one weekday only where what is not known of its mails, and what differs between them by
chance, does not reach as far as any other weekday.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt
from statistics import NormalDist, fmean

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


def rhythm_of(sent: Iterable[tuple[int, Share | None]]) -> Rhythm:
    """Of mails: each one's weekday or hour of delivery, and the share that opened it."""
    found = defaultdict[int, list[Share]](list)
    for number, share in sent:
        if share is not None:
            found[number].append(share)
    enough = sum(len(shares) >= LEAST_USUAL for shares in found.values())
    beats = [
        Beat(number, len(shares), _average(shares, enough) if len(shares) >= LEAST_USUAL else None)
        for number, shares in sorted(found.items())
    ]
    compared = [(beat.number, beat.share) for beat in beats if beat.share is not None]
    if len(compared) < 2:
        return Rhythm(beats, None, Sureness.TOO_FEW)
    best, share = max(compared, key=lambda each: each[1].at_least)
    is_sure = all(share.at_least > other.at_most for number, other in compared if number != best)
    return Rhythm(beats, best if is_sure else None, Sureness.SURE if is_sure else Sureness.UNSURE)


def _average(shares: Sequence[Share], compared: int) -> Share:
    """The average share, as far as it is known and mails are alike, at one of so many times."""
    least, most = [share.at_least for share in shares], [share.at_most for share in shares]
    far = _student(1 - MISTAKEN / (2 * compared), len(shares) - 1) / sqrt(len(shares))
    return Share(max(0.0, fmean(least) - far * _spread(least)), min(1.0, fmean(most) + far * _spread(most)))


def _spread(values: Sequence[float]) -> float:
    """The standard deviation, in floats: `statistics` counts in fractions, which takes its time."""
    mean = fmean(values)
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


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
