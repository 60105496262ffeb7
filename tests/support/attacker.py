"""An attacker: knows who got each of many overlapping mails, has every number that was ever shown of them,
and guesses whether a person opened one.

Each person opens mails with a chance of their own, and follows links of what they open. The attacker knows
how such chances are spread, takes from each shown range what it says of the sum of the chances of a mail's
recipients, and solves for each person's: a linear model, with the spread for a prior.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.report import Report

SENT = datetime(2027, 1, 15, 8, tzinfo=UTC)
EARLY = 0.8
"""How many of a mail's openers open it before all times of publishing but the last."""
LINKS = (0.15, 0.1, 0.05)
"""With what chance an opener follows each link, and no other."""
_MESSAGE = Message(
    "mia", "", "", Mode.PSEUDONYMOUS, Stage.SENT, Sender("Mia", "mia@company.example"), 0, True, SENT, SENT,
    notice=Notice.LINE,
)  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """Its recipients; of them, by name of the number, those of whom it tells."""

    audience: list[int]
    opened: dict[int, float]
    """Who opened it, and a number below 1 that says how early."""
    followed: list[set[int]]


class World:
    """A company, and what it did with the mails. Each second mail goes to the list of the one before, less
    one person. Chances are spread as a beta distribution of `spread`; None: people who each do always the
    same."""

    def __init__(self, seed: int, spread: float | None = 2, people: int = 300, mails: int = 200) -> None:
        self.dice = Random(seed)
        self.people = people
        draw = self.dice.betavariate
        self.chances = [
            draw(spread, spread) if spread else float(self.dice.random() < 0.5) for _ in range(people)
        ]
        self.variance = 1 / (4 * (2 * spread + 1)) if spread else 0.25
        self.mails: list[Mail] = []
        while len(self.mails) < mails:
            audience = self.dice.sample(range(people), self.dice.randint(people // 10, people * 5 // 6))
            self.mails += [self._sent(audience), self._sent(audience[1:])]

    def _sent(self, audience: list[int]) -> Mail:
        opened = {n: self.dice.random() for n in audience if self.dice.random() < self.chances[n]}
        followed: list[set[int]] = [set() for _ in LINKS]
        for person in opened:
            draw = self.dice.random()
            for link, chance in enumerate(LINKS):
                if 0 <= draw < chance:
                    followed[link].add(person)
                draw -= chance
        return Mail(audience, opened, followed)

    def reports(self, terms: Terms) -> list[Report]:
        """What is shown of each mail in the end, where the people are known exactly."""
        signer = Signer(Keyring(self.dice.randbytes(32), (self.dice.randbytes(32),)))
        publisher = Publisher(terms, lambda: signer.place)
        return [self._report(publisher, number, mail) for number, mail in enumerate(self.mails)]

    def _report(self, publisher: Publisher, number: int, mail: Mail) -> Report:
        message = replace(_MESSAGE, id=f"{number:032x}", recipients=len(mail.audience))
        moments, _ = publisher.terms.moments(message, SENT + timedelta(days=99))
        told = {}
        for moment in moments:
            until = 1.0 if moment == moments[-1] else EARLY
            opened = {person for person, early in mail.opened.items() if early < until}
            links = [len(link & opened) for link in mail.followed]
            numbers = [len(opened), sum(links), *links]
            told[moment] = [moment, *(end for one in numbers for end in (one, one))]
        return publisher.report(message, SENT + timedelta(days=99), ["a", "b", "c"], told)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a number says of the sum of chances of its mail's recipients: how far that is from what was to be
    expected, and how sure it is (one by the variance)."""

    apart: float
    sure: float


def guess(world: World, reports: list[Report]) -> list[float]:
    """For each person, how far their chance is thought to be from the average."""
    seen = []
    for mail, report in zip(world.mails, reports, strict=True):
        sights = list(_sights(len(mail.audience), report, world.variance))
        sure = sum(sight.sure for sight in sights)
        if sure:
            apart = sum(sight.apart * sight.sure for sight in sights) / sure
            seen.append((mail.audience, apart, sure))
    sets = [sum(1 << person for person in audience) for audience, _, _ in seen]
    matrix = [
        [world.variance * (one & other).bit_count() + (1 / seen[i][2] if i == j else 0)
         for j, other in enumerate(sets[: i + 1])]
        for i, one in enumerate(sets)
    ]  # fmt: skip
    weights = _solved(matrix, [apart for _, apart, _ in seen])
    thought = [0.0] * world.people
    for (audience, _, _), weight in zip(seen, weights, strict=True):
        for person in audience:
            thought[person] += world.variance * weight
    return thought


def _sights(size: int, report: Report, variance: float) -> Iterator[_Sight]:
    for told in report.published[:-1]:
        if told.opened_by:
            yield _sight(size, told.opened_by, EARLY, variance)
        yield _sight(size, told.clicked_by, EARLY * sum(LINKS), variance)
    numbers = [report.opened_by, report.clicked_by, *(link.clicked_by for link in report.links)]
    for people, factor in zip(numbers, (1.0, sum(LINKS), *LINKS), strict=True):
        assert people
        yield _sight(size, people, factor, variance)


def _sight(size: int, people: PeopleCount, factor: float, variance: float) -> _Sight:
    """What a range says, of whom each is in it with `factor` times their chance."""
    mean = size * factor / 2
    own = size * (factor / 2 - factor**2 * (0.25 + variance))  # however well the chances are known
    whole = own + size * factor**2 * variance
    deviation = math.sqrt(whole)
    first, last = (people.at_least - 0.5 - mean) / deviation, (people.at_most + 0.5 - mean) / deviation
    within = _below(last) - _below(first)
    if within < 1e-9:
        middle, left = (people.at_least + people.at_most) / 2 - mean, 1 / 12
    else:
        tilt = (_density(first) - _density(last)) / within
        bent = (first * _density(first) - last * _density(last)) / within
        middle, left = deviation * tilt, whole * max(1 + bent - tilt**2, 0.08 / whole)
    if left >= whole * 0.9999:
        return _Sight(0, 0)
    told = 1 / left - 1 / whole
    return _Sight(middle / left / told / factor, factor**2 / (1 / told + own))


def _below(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of the equations whose symmetric matrix has this lower half (Cholesky)."""
    rows: list[list[float]] = []
    for number, given in enumerate(matrix):
        row: list[float] = []
        for other in range(number + 1):
            rest = given[other] - sum(map(float.__mul__, row, (rows[other] if other < number else row)))
            row.append(math.sqrt(rest) if other == number else rest / rows[other][other])
        rows.append(row)
    found: list[float] = []
    for number, row in enumerate(rows):
        found.append((right[number] - sum(map(float.__mul__, row, found))) / row[number])
    for number in reversed(range(len(rows))):
        below = sum(rows[later][number] * found[later] for later in range(number + 1, len(rows)))
        found[number] = (found[number] - below) / rows[number][number]
    return found


def advantage(world: World, thought: list[float]) -> float:
    """In how much more of 100 cases the attacker is right than who knows how many open a mail on average."""
    cases = [(person in mail.opened, thought[person]) for mail in world.mails for person in mail.audience]
    opened = sum(did for did, _ in cases)
    right = sum(did == (apart > 0) for did, apart in cases)
    return 100 * (right - max(opened, len(cases) - opened)) / len(cases)


def knows_all_others(publisher: Publisher, recipients: int, mails: int) -> float:
    """In which part of so many mails the report says whether one person opened the mail, to whom knows how
    many others did."""
    dice, told = Random(7), 0
    for number in range(mails):
        others = dice.randrange(recipients)
        message = replace(_MESSAGE, id=f"{number:032x}", recipients=recipients)
        without, with_them = (_shown(publisher, message, others + one) for one in (0, 1))
        told += without != with_them
    return told / mails


def _shown(publisher: Publisher, message: Message, opened: int) -> Report:
    now = SENT + timedelta(days=99)
    moments, _ = publisher.terms.moments(message, now)
    return publisher.report(message, now, [], {at: [at, opened, opened, 0, 0] for at in moments})
