"""Bursts: several links of one recipient followed faster than a person reads, and what came with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Event, Flag, Network
from shared.tracking.reporting.arrival import Clock

# Milliseconds in which so many links make a burst: at any time, and in the minutes after sending.
FAST, FAST_SOON = 2_000, 30_000
ENOUGH = 3
"""Distinct links that make a burst; all links of a mail that has fewer, which is no more than a hurry."""
QUICK = 5_000
"""Milliseconds between a first look and a click in which nobody has read anything."""
BESIDE = 30_000
"""Milliseconds before and after a burst in which its maker's opens are the burst's too."""
SLOW = 300_000
"""Milliseconds in which MANY distinct links make a sweep: a slow scanner, or somebody very keen."""
MANY = 5
CONTROLS = 10


@dataclass(frozen=True, slots=True)
class Bursts:
    """Places of events: `clicked` are part of a burst, `beside` are opens that belong to one, `swept` are
    part of a sweep, `hurried` of what is too quick for reading and too little for a burst. `controlled`
    came from what followed the notice as well; `controls` are the places where the notice was followed, and
    how many distinct links, it included, were then."""

    clicked: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    swept: set[int] = field(default_factory=set)
    hurried: set[int] = field(default_factory=set)
    controlled: set[int] = field(default_factory=set)
    controls: dict[int, int] = field(default_factory=dict)


def key_of(event: Event) -> int:
    """Who made the event: the recipient, or where all share their URLs, the source."""
    return -1 - event.source if event.recipient == EVERYBODY else event.recipient


def find_bursts(events: Sequence[Event], links: int, clock: Clock, *, control: bool = False) -> Bursts:
    """The bursts and sweeps among a mail's events.

    Where the mail has a notice, the `control`, whoever follows all links follows it too: what leaves it out
    is a hurry at most.

    `links` is how many the mail has, `clock` knows when it arrived. Defender fetches the image well before
    the links, so an open from Microsoft's network at the time of scans belongs to any burst of those minutes.
    """
    clicks: dict[int, list[tuple[int, int, int]]] = {}
    for place, event in enumerate(events):
        if event.flags & Flag.CLICKED:
            clicks.setdefault(key_of(event), []).append((event.at, event.link, place))
    bursts = Bursts()
    times: dict[int, list[tuple[int, int]]] = {}
    hurries: dict[int, list[tuple[int, int]]] = {}
    enough = min(ENOUGH, links)
    for key, found in clicks.items():
        if enough < 2 or len(found) < enough:
            continue
        found.sort()
        if hurry := [*_runs(found, enough, FAST_SOON, FAST_SOON, clock, bursts.hurried)]:
            hurries[key] = hurry
            if (
                enough >= ENOUGH
                and not control
                and (runs := [*_runs(found, enough, FAST, FAST_SOON, clock, bursts.clicked)])
            ):
                times[key] = runs
        if len(found) >= MANY:
            for _ in _runs(found, MANY, SLOW, SLOW, clock, bursts.swept):
                pass
    if times:
        bursts.beside.update(_beside(events, times, clock))
    if hurries:
        bursts.hurried.update(_beside(events, hurries, clock))
    if control:
        _find_controlled(events, bursts)
    if clicks:
        bursts.hurried.update(_quick(events, clicks))
    return bursts


def _find_controlled(events: Sequence[Event], bursts: Bursts) -> None:
    """What the makers of clicks on the notice did within SLOW of that: by the same user agent at once, or
    with many links, it was them; so was the look just before. Else it was perhaps."""
    noticed = _notices(events)
    if not noticed:
        return
    near: dict[int, list[int]] = {}
    for place, event in enumerate(events):
        found = noticed.get(key_of(event), [])
        first = bisect_left(found, (event.at - SLOW, -1))
        for at, control in islice(found, first, None):
            if at > event.at + SLOW:
                break
            near.setdefault(control, []).append(place)
    for control, places in near.items():
        _judge_control(events, control, places, bursts)


def _notices(events: Sequence[Event]) -> dict[int, list[tuple[int, int]]]:
    """Time and place of the clicks on the notice, by whose they are. What one agent repeats within BESIDE is
    one, and of one recipient no more than CONTROLS are looked at within SLOW: a stranger with one link can
    make no more of it."""
    clicks = [
        (event.at, place)
        for place, event in enumerate(events)
        if event.link == NOTICE and event.flags & Flag.CLICKED
    ]
    noticed: dict[int, list[tuple[int, int]]] = {}
    latest: dict[tuple[int, str], int] = {}
    for at, place in sorted(clicks):
        key, agent = key_of(events[place]), events[place].agent
        found = noticed.setdefault(key, [])
        is_more = len(found) >= CONTROLS and found[-CONTROLS][0] > at - SLOW
        if not is_more and at - latest.get((key, agent), at - BESIDE - 1) > BESIDE:
            latest[key, agent] = at
            found.append((at, place))
    return noticed


def _judge_control(events: Sequence[Event], control: int, places: list[int], bursts: Bursts) -> None:
    """What was done near one click on the notice, at `places`."""
    notice = events[control]
    same = [place for place in places if events[place].agent == notice.agent]
    clicks = [place for place in same if events[place].flags & Flag.CLICKED]
    links = len({events[place].link for place in clicks})
    bursts.controls[control] = links
    for place in places:
        apart, by_the_same = abs(events[place].at - notice.at), events[place].agent == notice.agent
        # A proxy is one source, whoever opens a mail behind it.
        is_anybodys = notice.recipient == EVERYBODY and not events[place].flags & Flag.CLICKED
        if by_the_same and (apart <= BESIDE or (links > ENOUGH and not is_anybodys)):
            bursts.controlled.add(place)
        elif by_the_same or apart <= BESIDE:
            bursts.hurried.add(place)
    looks = [place for place in places if not events[place].flags & Flag.CLICKED]
    if links >= ENOUGH and looks:
        first = min(looks, key=lambda place: events[place].at)
        before = min(events[place].at for place in clicks) - events[first].at
        is_microsofts = events[first].network == notice.network == Network.MICROSOFT
        if 0 <= before <= QUICK or (before >= 0 and is_microsofts):
            bursts.controlled.add(first)
    bursts.controlled.discard(control)


def _quick(events: Sequence[Event], clicks: dict[int, list[tuple[int, int, int]]]) -> Iterator[int]:
    """The places of first opens that a click follows within QUICK, and of those clicks."""
    first: dict[int, tuple[int, int]] = {}
    for place, event in enumerate(events):
        if not event.flags & Flag.CLICKED and (key := key_of(event)) in clicks:
            first[key] = min(first.get(key, (event.at, place)), (event.at, place))
    for key, (opened_at, opened) in first.items():
        if at_once := [place for at, _, place in clicks[key] if 0 <= at - opened_at <= QUICK]:
            yield opened
            yield from at_once


def _beside(events: Sequence[Event], times: dict[int, list[tuple[int, int]]], clock: Clock) -> Iterator[int]:
    """The places of the opens that belong to bursts, whose `times` are by key."""
    for place, event in enumerate(events):
        if event.flags & Flag.CLICKED or not (runs := times.get(key_of(event))):
            continue
        looks_first = event.network == Network.MICROSOFT and clock.is_scan_time(event.at)
        if (looks_first and clock.is_soon(runs[0][0])) or any(
            first - BESIDE <= event.at <= last + BESIDE for first, last in runs
        ):
            yield place


def _runs(
    found: list[tuple[int, int, int]],
    enough: int,
    window: int,
    window_soon: int,
    clock: Clock,
    places: set[int],
) -> Iterator[tuple[int, int]]:
    """First and last time of every run of `enough` distinct links within a window, in one key's clicks;
    the places of those clicks go to `places`."""
    start = 0
    for end, (at, _, _) in enumerate(found):
        longest = window_soon if window_soon == window or clock.is_soon(at) else window
        while at - found[start][0] > longest:
            start += 1
        run = found[start : end + 1]
        if len(run) >= enough and len({link for _, link, _ in run}) >= enough:
            places.update(place for _, _, place in run)
            yield found[start][0], at
