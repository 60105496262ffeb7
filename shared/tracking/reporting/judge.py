"""Applies the rules of `verdicts` to the events of a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import Event, Flag
from shared.tracking.reporting.bursts import find_bursts
from shared.tracking.reporting.verdicts import (
    RULES,
    SCAN_TIME,
    SCANS_END,
    SOON,
    Age,
    Facts,
    Verdict,
)


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons. Of a click on the notice that is no
    repetition also how many distinct links, it included, its maker followed within minutes; else 0."""

    verdict: Verdict | None
    reasons: tuple[str, ...]
    links: int = 0


class Judge:
    """Forms verdicts on one mail's events. `sent_at` is in milliseconds since 1970, None when the mail was
    not sent; `links` is how many it has without the notice, `control` whether it has one; `is_crawler` is the
    maintained list's word on a user agent."""

    def __init__(
        self, sent_at: int | None, links: int, is_crawler: Callable[[str], bool], *, control: bool = False
    ) -> None:
        self._sent_at = sent_at
        self._links = links
        self._control = control
        self._is_crawler = is_crawler
        self._known: dict[tuple[int, int, str, Age, bool, bool, bool, bool, bool], Judgement] = {}

    @property
    def sent_at(self) -> int | None:
        """When the mail was sent."""
        return self._sent_at

    def judge(
        self,
        events: Sequence[Event],
        start: int = 0,
        stop: int | None = None,
        opened: Callable[[int], bool] = lambda recipient: False,
    ) -> list[Judgement]:
        """A judgement on each of `events[start:stop]`, in the light of all of them, and of whether a
        recipient had `opened` the mail before."""
        judged = range(*slice(start, stop).indices(len(events)))
        if self._sent_at is None:
            return [
                self._decide(events[place].flags, events[place].network, events[place].agent, Age.BEFORE)
                for place in judged
            ]
        sent_at, known = self._sent_at, self._known
        soon_until = sent_at + SOON
        bursts = find_bursts(events, self._links, sent_at + SCAN_TIME, soon_until, control=self._control)
        opened_at = _first_opens(events, sent_at)
        found = []
        for place in judged:
            event = events[place]
            passed = event.at - sent_at
            age = _age_of(passed)
            unopened = (
                bool(event.flags & Flag.CLICKED)
                and event.recipient != EVERYBODY
                and passed <= SCANS_END
                and opened_at.get(event.recipient, event.at) >= event.at
                and not opened(event.recipient)
            )
            burst = place in bursts.clicked or place in bursts.beside
            swept, hurried = place in bursts.swept, place in bursts.hurried
            controlled = place in bursts.controlled
            case = (event.flags, event.network, event.agent, age, burst, swept, unopened, hurried, controlled)
            judgement = known.get(case) or self._decide(*case)
            if place in bursts.controls:
                judgement = judgement._replace(links=bursts.controls[place])
            found.append(judgement)
        return found

    def _decide(
        self,
        flags: int,
        network: int,
        agent: str,
        age: Age,
        burst: bool = False,
        swept: bool = False,
        unopened: bool = False,
        hurried: bool = False,
        controlled: bool = False,
    ) -> Judgement:
        clicked = bool(flags & Flag.CLICKED)
        listed = self._is_crawler(agent)
        facts = Facts(
            clicked, flags, network, agent, listed, age, burst, swept, unopened, controlled, hurried
        )
        holding = [rule for rule in RULES if rule.holds(facts)]
        # The last rule always holds, and is a reason only on its own.
        names = tuple(rule.name for rule in holding[:-1]) or (holding[-1].name,)
        judgement = Judgement(holding[0].verdict, names)
        self._known[flags, network, agent, age, burst, swept, unopened, hurried, controlled] = judgement
        return judgement


def _age_of(passed: int) -> Age:
    """`passed` are milliseconds since the mail was sent."""
    if passed > SOON:
        return Age.LATER
    if passed < 0:
        return Age.BEFORE
    return Age.SCAN_TIME if passed <= SCAN_TIME else Age.SOON


def _first_opens(events: Sequence[Event], sent_at: int) -> dict[int, int]:
    """When each recipient first opened the mail, of those who did among `events`."""
    first: dict[int, int] = {}
    for event in events:
        if event.at >= sent_at and not event.flags & (Flag.CLICKED | Flag.HEAD | Flag.PREFETCH):
            first[event.recipient] = min(first.get(event.recipient, event.at), event.at)
    return first
