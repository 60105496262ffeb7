"""Bursts: several links of one recipient followed faster than a person reads, and what came with them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, islice

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.columns import Columns
from shared.tracking.recording.events import NOTICE, Flag, Network
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


def find_bursts(events: Columns, links: int, clock: Clock, *, control: bool = False) -> Bursts:
    """The bursts and sweeps among a mail's events.

    Where the mail has a notice, the `control`, whoever follows all links follows it too: what leaves it out
    is a hurry at most.

    `links` is how many the mail has, `clock` knows when it arrived. Defender fetches the image well before
    the links, so an open from Microsoft's network at the time of scans belongs to any burst of those minutes.
    """
    keys = _makers(events)
    clicks: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    clicks_of = zip(events.at, events.link, range(len(events)), strict=True)
    for key, click in compress(zip(keys, clicks_of, strict=True), events.clicked()):
        clicks[key].append(click)
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
        bursts.beside.update(_beside(events, keys, times, clock))
    if hurries:
        bursts.hurried.update(_beside(events, keys, hurries, clock))
    if control:
        _find_controlled(events, keys, bursts)
    if clicks:
        bursts.hurried.update(_quick(events, keys, clicks))
    return bursts


def first_of(keys: Sequence[int], times: Sequence[int], chosen: bytes) -> dict[int, int]:
    """The place of each key's first event by time, of those `chosen`: a byte each, 1 or 0."""
    places = list(compress(count(), chosen))
    places.reverse()
    places.sort(key=times.__getitem__, reverse=True)
    # What is put in last stays; of those at the same time that is what came first.
    return dict(zip(map(keys.__getitem__, places), places, strict=True))


def _makers(events: Columns) -> Sequence[int]:
    """Who made each event: the recipient, or where all share their URLs, the source."""
    if EVERYBODY not in events.recipient:
        return events.recipient
    return [
        -1 - source if recipient == EVERYBODY else recipient
        for recipient, source in zip(events.recipient, events.source, strict=True)
    ]


def _find_controlled(events: Columns, keys: Sequence[int], bursts: Bursts) -> None:
    """What the makers of clicks on the notice did within SLOW of that: by the same user agent at once, or
    with many links, it was them; so was the look just before. Else it was perhaps."""
    noticed = _notices(events, keys)
    if not noticed:
        return
    near: dict[int, list[int]] = {}
    for place, key, happened in zip(count(), keys, events.at):
        if key not in noticed:
            continue
        found = noticed[key]
        first = bisect_left(found, (happened - SLOW, -1))
        for at, control in islice(found, first, None):
            if at > happened + SLOW:
                break
            near.setdefault(control, []).append(place)
    for control, places in near.items():
        _judge_control(events, control, places, bursts)


def _notices(events: Columns, keys: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Time and place of the clicks on the notice, by whose they are. What one agent repeats within BESIDE is
    one, and of one recipient no more than CONTROLS are looked at within SLOW: a stranger with one link can
    make no more of it."""
    if NOTICE not in events.link:
        return {}
    of_links = compress(zip(events.at, count(), events.link), events.clicked())
    clicks = [(at, place) for at, place, link in of_links if link == NOTICE]
    noticed: dict[int, list[tuple[int, int]]] = {}
    latest: dict[tuple[int, str], int] = {}
    for at, place in sorted(clicks):
        key, agent = keys[place], events.agent[place]
        found = noticed.setdefault(key, [])
        is_more = len(found) >= CONTROLS and found[-CONTROLS][0] > at - SLOW
        if not is_more and at - latest.get((key, agent), at - BESIDE - 1) > BESIDE:
            latest[key, agent] = at
            found.append((at, place))
    return noticed


def _judge_control(events: Columns, control: int, places: list[int], bursts: Bursts) -> None:
    """What was done near one click on the notice, at `places`."""
    notice, at, agents = events[control], events.at, events.agent
    same = [place for place in places if agents[place] == notice.agent]
    clicks = [place for place in same if events.flags[place] & Flag.CLICKED]
    links = len({events.link[place] for place in clicks})
    bursts.controls[control] = links
    for place in places:
        apart, by_the_same = abs(at[place] - notice.at), agents[place] == notice.agent
        # A proxy is one source, whoever opens a mail behind it.
        is_anybodys = notice.recipient == EVERYBODY and not events.flags[place] & Flag.CLICKED
        if by_the_same and (apart <= BESIDE or (links > ENOUGH and not is_anybodys)):
            bursts.controlled.add(place)
        elif by_the_same or apart <= BESIDE:
            bursts.hurried.add(place)
    looks = [place for place in places if not events.flags[place] & Flag.CLICKED]
    if links >= ENOUGH and looks:
        first = min(looks, key=at.__getitem__)
        before = min(at[place] for place in clicks) - at[first]
        is_microsofts = events.network[first] == notice.network == Network.MICROSOFT
        if 0 <= before <= QUICK or (before >= 0 and is_microsofts):
            bursts.controlled.add(first)
    bursts.controlled.discard(control)


def _quick(
    events: Columns, keys: Sequence[int], clicks: Mapping[int, list[tuple[int, int, int]]]
) -> Iterator[int]:
    """The places of first opens that a click follows within QUICK, and of those clicks."""
    first = first_of(keys, events.at, events.opened())
    for key, found in clicks.items():
        if (opened := first.get(key)) is None:
            continue
        opened_at = events.at[opened]
        if at_once := [place for at, _, place in found if 0 <= at - opened_at <= QUICK]:
            yield opened
            yield from at_once


def _beside(
    events: Columns, keys: Sequence[int], times: Mapping[int, list[tuple[int, int]]], clock: Clock
) -> Iterator[int]:
    """The places of the opens that belong to bursts, whose `times` are by key."""
    for place, key, at in compress(zip(count(), keys, events.at), events.opened()):
        if key not in times:
            continue
        runs = times[key]
        looks_first = events.network[place] == Network.MICROSOFT and clock.is_scan_time(at)
        if (looks_first and clock.is_soon(runs[0][0])) or any(
            first - BESIDE <= at <= last + BESIDE for first, last in runs
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
