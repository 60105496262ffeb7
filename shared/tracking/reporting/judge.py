"""Applies the rules of `verdicts` to the events of a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress, repeat
from typing import NamedTuple

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.columns import Columns
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.reporting.arrival import SCANS_END, Age, Clock, find_waves
from shared.tracking.reporting.bursts import find_bursts, first_of
from shared.tracking.reporting.verdicts import RULES, Facts, Verdict

WAVES = 8
"""Waves of arrival that are remembered, the latest: what began earlier is over."""
_SHOWS = bytes(not flags & (Flag.CLICKED | Flag.HEAD | Flag.PREFETCH) for flags in range(256))
"""By flags, whether the image was fetched to be shown."""
Case = tuple[int, int, str, Age] | tuple[int, int, str, Age, bool, bool, bool, bool, bool]
"""All that a verdict depends on: flags, network, agent and age, and what bursts say of it where that is not
nothing."""


class Judgement(NamedTuple):
    """A verdict, None for what does not count, and its reasons. Of a click on the notice that is no
    repetition also how many distinct links, it included, its maker followed within minutes; else 0."""

    verdict: Verdict | None
    reasons: tuple[str, ...]
    links: int = 0


class _Decided(dict[Case, Judgement]):
    """Judgements by case, each decided when it is first met."""

    def __init__(self, decide: Callable[[Case], Judgement]) -> None:
        super().__init__()
        self._decide = decide

    def __missing__(self, case: Case) -> Judgement:
        judgement = self[case] = self._decide(case)
        return judgement


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
        events: Iterable[Event],
        start: int = 0,
        stop: int | None = None,
        opened: Callable[[int], bool] = lambda recipient: False,
        waves: list[int] | None = None,
    ) -> list[Judgement]:
        """A judgement on each of `events[start:stop]`, in the light of all of them, and of whether a
        recipient had `opened` the mail before. `waves` are those in which the mail arrived before; what
        begins among these events is added."""
        columns = Columns.of(events)
        judged = range(*slice(start, stop).indices(len(columns)))
        if self._sent_at is None:
            return self._by_kind(columns, judged, repeat(Age.BEFORE))
        clock = self._clock(columns, judged, [] if waves is None else waves)
        bursts = find_bursts(columns, self._links, clock, control=self._control)
        found = self._by_kind(columns, judged, clock.ages(columns.at[judged.start : judged.stop]))
        special = bursts.clicked | bursts.beside | bursts.swept | bursts.hurried | bursts.controlled
        unopened = {*self._find_unopened(columns, judged, clock, opened)}
        for place in special | unopened:
            if place not in judged:
                continue
            seen = (
                place in bursts.clicked or place in bursts.beside,
                place in bursts.swept,
                place in unopened,
                place in bursts.hurried,
                place in bursts.controlled,
            )
            kind = (columns.flags[place], columns.network[place], columns.agent[place])
            found[place - judged.start] = self._of((*kind, clock.age(columns.at[place]), *seen))
        for place, links in bursts.controls.items():
            if place in judged:
                found[place - judged.start] = found[place - judged.start]._replace(links=links)
        return found

    def _by_kind(self, events: Columns, judged: range, ages: Iterable[Age]) -> list[Judgement]:
        """Judgements that need no other event."""
        some = slice(judged.start, judged.stop)
        kinds = zip(events.flags[some], events.network[some], events.agent[some], ages, strict=False)
        return list(map(_Decided(self._of).__getitem__, kinds))

    def _find_unopened(
        self, events: Columns, judged: range, clock: Clock, opened: Callable[[int], bool]
    ) -> Iterator[int]:
        """The places of clicks at the time of scans by recipients who had not opened the mail."""
        assert self._sent_at is not None
        if not judged or min(events.at[judged.start : judged.stop]) > clock.quiet_from:
            return
        opened_at = _first_opens(events, self._sent_at)
        for place in compress(judged, events.clicked()[judged.start : judged.stop]):
            at, recipient = events.at[place], events.recipient[place]
            if (
                recipient != EVERYBODY
                and clock.is_scanned(at)
                and opened_at.get(recipient, at) >= at
                and not opened(recipient)
            ):
                yield place

    def _of(self, case: Case) -> Judgement:
        return self._known.get(case) or self._decide(case)

    def _clock(self, events: Columns, judged: range, waves: list[int]) -> Clock:
        """The mail's clock for these events; `waves` has those that begin among `judged` afterwards."""
        assert self._sent_at is not None
        signs = sorted(self._find_signs(events))
        if signs and judged:
            first = max(events.at[judged[0]], self._sent_at, *(wave + SCANS_END for wave in waves))
            last = max(events.at[place] for place in (judged[0], judged[-1]))
            shared = events.recipient[judged[0]] == EVERYBODY
            begun = find_waves(signs, first, shared=shared)
            clock = Clock(self._sent_at, self._deliver_at, [*waves, *begun])
            waves += [wave for wave in begun if wave <= last]
            del waves[:-WAVES]
            return clock
        return Clock(self._sent_at, self._deliver_at, waves)

    def _find_signs(self, events: Columns) -> Iterator[tuple[int, int]]:
        """When machines were at the mail, and whose copy that was: what shows so without a clock."""
        clicked = events.clicked()
        kinds = set(compress(zip(events.flags, events.agent, strict=True), clicked))
        signs = {kind for kind in kinds if self._is_sign(*kind)}
        if not signs and NOTICE not in events.link:
            return
        clicks = zip(events.at, events.recipient, events.link, events.flags, events.agent, strict=True)
        for at, recipient, link, *kind in compress(clicks, clicked):
            if link == NOTICE or tuple(kind) in signs:
                yield at, recipient

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


def _first_opens(events: Columns, sent_at: int) -> dict[int, int]:
    """When each recipient first opened the mail, of those who did among `events`."""
    chosen = bytes(events.flags.translate(_SHOWS))
    if chosen and min(events.at) < sent_at:
        chosen = bytes(shows and at >= sent_at for shows, at in zip(chosen, events.at, strict=True))
    return {
        recipient: events.at[place]
        for recipient, place in first_of(events.recipient, events.at, chosen).items()
    }
