"""Applies the rules of `verdicts` to the events of a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.reporting.arrival import SCANS_END, Age, Clock, find_waves
from shared.tracking.reporting.bursts import find_bursts
from shared.tracking.reporting.verdicts import RULES, Facts, Verdict

WAVES = 8
"""Waves of arrival that are remembered, the latest: what began earlier is over."""
Case = tuple[int, int, str, Age] | tuple[int, int, str, Age, bool, bool, bool, bool, bool]
"""All that a verdict depends on: flags, network, agent and age, and what bursts say of it where that is not
nothing."""


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons. Of a click on the notice that is no
    repetition also how many distinct links, it included, its maker followed within minutes; else 0."""

    verdict: Verdict | None
    reasons: tuple[str, ...]
    links: int = 0


class Judge:
    """Forms verdicts on one mail's events. `sent_at` is in milliseconds since 1970, None when the mail was
    not sent; `links` is how many it has without the notice, `control` whether it has one; `is_crawler` is the
    maintained list's word on a user agent; `deliver_at` is when Outlook was to deliver it, None at once."""

    def __init__(
        self,
        sent_at: int | None,
        links: int,
        is_crawler: Callable[[str], bool],
        *,
        control: bool = False,
        deliver_at: int | None = None,
    ) -> None:
        self._sent_at = sent_at
        self._deliver_at = deliver_at
        self._links = links
        self._control = control
        self._is_crawler = is_crawler
        self._known: dict[Case, Judgement] = {}
        self._signs: dict[tuple[int, str], bool] = {}

    @property
    def starts_at(self) -> int | None:
        """When the mail was delivered, as far as Outlook said."""
        return self._sent_at if self._deliver_at is None else self._deliver_at

    def judge(
        self,
        events: Sequence[Event],
        start: int = 0,
        stop: int | None = None,
        opened: Callable[[int], bool] = lambda recipient: False,
        waves: list[int] | None = None,
    ) -> list[Judgement]:
        """A judgement on each of `events[start:stop]`, in the light of all of them, and of whether a
        recipient had `opened` the mail before. `waves` are those in which the mail arrived before; what
        begins among these events is added."""
        judged = range(*slice(start, stop).indices(len(events)))
        if self._sent_at is None:
            return [
                self._decide((events[place].flags, events[place].network, events[place].agent, Age.BEFORE))
                for place in judged
            ]
        waves = [] if waves is None else waves
        clock = self._clock(events, judged, waves)
        bursts = find_bursts(events, self._links, clock, control=self._control)
        is_quiet = all(events[place].at > clock.quiet_from for place in judged)
        opened_at = {} if is_quiet else _first_opens(events, self._sent_at)
        known, found = self._known, []
        special = bursts.clicked | bursts.beside | bursts.swept | bursts.hurried | bursts.controlled
        quiet_from = clock.quiet_from
        for place in judged:
            event = events[place]
            at, flags, recipient, _, _, network, agent = event
            if at > quiet_from and place not in special:
                case: Case = (flags, network, agent, Age.LATER)
            else:
                unopened = (
                    bool(flags & Flag.CLICKED)
                    and recipient != EVERYBODY
                    and clock.is_scanned(at)
                    and opened_at.get(recipient, at) >= at
                    and not opened(recipient)
                )
                burst = place in bursts.clicked or place in bursts.beside
                swept, hurried = place in bursts.swept, place in bursts.hurried
                controlled = place in bursts.controlled
                case = (flags, network, agent, clock.age(at), burst, swept, unopened, hurried, controlled)
            judgement = known.get(case) or self._decide(case)
            if place in bursts.controls:
                judgement = judgement._replace(links=bursts.controls[place])
            found.append(judgement)
        return found

    def _clock(self, events: Sequence[Event], judged: range, waves: list[int]) -> Clock:
        """The mail's clock for these events; `waves` has those that begin among `judged` afterwards."""
        assert self._sent_at is not None
        signs = sorted(self._find_signs(events))
        if signs and judged:
            first = max(events[judged[0]].at, self._sent_at, *(wave + SCANS_END for wave in waves))
            last = max(events[place].at for place in (judged[0], judged[-1]))
            shared = events[judged[0]].recipient == EVERYBODY
            begun = find_waves(signs, first, shared=shared)
            clock = Clock(self._sent_at, self._deliver_at, [*waves, *begun])
            waves += [wave for wave in begun if wave <= last]
            del waves[:-WAVES]
            return clock
        return Clock(self._sent_at, self._deliver_at, waves)

    def _find_signs(self, events: Sequence[Event]) -> Iterator[tuple[int, int]]:
        """When machines were at the mail, and whose copy that was: what shows so without a clock."""
        for event in events:
            flags = event.flags
            if flags & Flag.CLICKED and (event.link == NOTICE or self._is_sign(flags, event.agent)):
                yield event.at, event.recipient

    def _is_sign(self, flags: int, agent: str) -> bool:
        known = self._signs.get((flags, agent))
        if known is None:
            judgement = self._decide((flags, Network.UNKNOWN, agent, Age.LATER))
            known = self._signs[flags, agent] = judgement.verdict is Verdict.MACHINE
        return known

    def _decide(self, case: Case) -> Judgement:
        flags, network, agent, age, burst, swept, unopened, hurried, controlled = (
            case if len(case) == 9 else (*case, False, False, False, False, False)
        )
        clicked = bool(flags & Flag.CLICKED)
        listed = self._is_crawler(agent)
        facts = Facts(
            clicked, flags, network, agent, listed, age, burst, swept, unopened, controlled, hurried
        )
        holding = [rule for rule in RULES if rule.holds(facts)]
        # The last rule always holds, and is a reason only on its own.
        names = tuple(rule.name for rule in holding[:-1]) or (holding[-1].name,)
        judgement = self._known[case] = Judgement(holding[0].verdict, names)
        return judgement


def _first_opens(events: Sequence[Event], sent_at: int) -> dict[int, int]:
    """When each recipient first opened the mail, of those who did among `events`."""
    first: dict[int, int] = {}
    for event in events:
        if event.at >= sent_at and not event.flags & (Flag.CLICKED | Flag.HEAD | Flag.PREFETCH):
            first[event.recipient] = min(first.get(event.recipient, event.at), event.at)
    return first
