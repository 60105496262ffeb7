"""Which mails a year has: by whom, to whom, when, and what they are called."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.tracking.mail.labels import Labels, parse_labels
from shared.tracking.mail.modes import Mode

MAILS, DAYS = 300, 355
_SEED = 20
_UNSENT = 25  # of so many one
_HOURS = (7, 8, 9, 9, 10, 10, 11, 13, 14, 15, 16)


@dataclass(frozen=True, slots=True)
class Series:
    """Mails that belong together, and how many of their readers open one and follow a link of it."""

    campaign: str
    purpose: str
    tags: tuple[str, ...]
    names: tuple[str, ...]
    opens: float
    clicks: float
    is_to_all: bool


SERIES = (
    Series(
        "Monday letter",
        "Newsletter",
        ("newsletter", "weekly"),
        ("Monday letter {n}", "Monday letter {n}: what is new", "Monday letter {n}, with photos"),
        0.62,
        0.2,
        True,
    ),
    Series(
        "Sicher arbeiten",
        "Safety",
        ("Sicherheit", "Pflicht"),
        ("Brandschutzübung, Teil {n}", "Fluchtwege in Gebäude {n}", "Ersthelfer gesucht ({n})"),
        0.48,
        0.1,
        False,
    ),
    Series(
        "Télétravail",
        "HR",
        ("télétravail", "équipes"),
        ("Télétravail : vos questions ({n})", "Ce qui change au {n}e mois", "Réserver un bureau, étape {n}"),
        0.55,
        0.26,
        False,
    ),
    Series(
        "Bienestar",
        "HR",
        ("salud",),
        ("Semana del bienestar {n}", "Revisión médica: turno {n}", "Menú saludable n.º {n}"),
        0.42,
        0.16,
        False,
    ),
    Series(
        "Transformation programme for Northern and Western Europe",
        "Strategy",
        ("transformation", "leadership", "a-tag-that-is-rather-long"),
        ("Transformation, chapter {n}: what it means for every team and where to ask about it",),
        0.33,
        0.08,
        True,
    ),
    Series("", "", (), ("Canteen closed on {n} May", "", "IT: maintenance {n}"), 0.5, 0.04, False),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One mail: `number` of the year, by the sender of that number, to the recipients at these places."""

    number: int
    series: Series
    labels: Labels
    sender: int
    mode: Mode
    at: datetime
    recipients: Sequence[int]
    is_sent: bool


def plan(end: datetime, people: int, senders: int, modes: Sequence[Mode]) -> Iterator[Planned]:
    """The mails of the year before `end`, the oldest first, the same ones each time: of `people` who may get
    them."""
    chance = random.Random(_SEED)
    counts = dict.fromkeys(SERIES, 0)
    for number in range(MAILS):
        day = end - timedelta(days=DAYS - DAYS * number / MAILS)
        day -= timedelta(days=max(0, day.weekday() - 4))
        at = day.replace(hour=chance.choice(_HOURS), minute=chance.randrange(60), second=0, microsecond=0)
        series = SERIES[0] if day.weekday() == 0 else chance.choice(SERIES[1:])
        counts[series] += 1
        name = chance.choice(series.names).format(n=counts[series])
        size = people if series.is_to_all and number % 4 == 0 else chance.randrange(12, min(people, 420))
        yield Planned(
            number,
            series,
            parse_labels(Labels(name, series.campaign, series.tags, series.purpose), [series.purpose]),
            number % senders,
            modes[number % len(modes)],
            at,
            range(people) if size == people else sorted(chance.sample(range(people), size)),
            number % _UNSENT != _UNSENT - 1,
        )
