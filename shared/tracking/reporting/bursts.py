"""Bursts: several links of one recipient followed faster than a person reads, and what came with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import Event, Flag, Network

# Milliseconds in which so many links make a burst: at any time, and in the minutes after sending.
FAST, FAST_SOON = 2_000, 30_000
ENOUGH = 3
"""Distinct links that make a burst; all links of a mail that has fewer."""
BESIDE = 30_000
"""Milliseconds before and after a burst in which its maker's opens are the burst's too."""
SLOW = 300_000
"""Milliseconds in which MANY distinct links make a sweep: a slow scanner, or somebody very keen."""
MANY = 5


@dataclass(frozen=True, slots=True)
class Bursts:
    """Places of events: `clicked` are part of a burst, `beside` are opens that belong to one, `swept` are
    part of a sweep."""

    clicked: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    swept: set[int] = field(default_factory=set)


def key_of(event: Event) -> int:
    """Who made the event: the recipient, or where all share their URLs, the source."""
    return -1 - event.source if event.recipient == EVERYBODY else event.recipient


def find_bursts(events: Sequence[Event], links: int, scan_until: int, soon_until: int) -> Bursts:
    """The bursts and sweeps among a mail's events.

    `links` is how many the mail has, `soon_until` when the minutes after sending are over. Defender
    fetches the image well before the links, so an open from Microsoft's network until `scan_until` belongs
    to any burst of those minutes.
    """
    clicks: dict[int, list[tuple[int, int, int]]] = {}
    for place, event in enumerate(events):
        if event.flags & Flag.CLICKED:
            clicks.setdefault(key_of(event), []).append((event.at, event.link, place))
    bursts = Bursts()
    times: dict[int, list[tuple[int, int]]] = {}
    enough = min(ENOUGH, links)
    for key, found in clicks.items():
        if enough < 2 or len(found) < enough:
            continue
        found.sort()
        if runs := [*_runs(found, enough, FAST, FAST_SOON, soon_until, bursts.clicked)]:
            times[key] = runs
        if len(found) >= MANY:
            for _ in _runs(found, MANY, SLOW, SLOW, soon_until, bursts.swept):
                pass
    if times:
        bursts.beside.update(_beside(events, times, scan_until, soon_until))
    return bursts


def _beside(
    events: Sequence[Event], times: dict[int, list[tuple[int, int]]], scan_until: int, soon_until: int
) -> Iterator[int]:
    """The places of the opens that belong to bursts, whose `times` are by key."""
    for place, event in enumerate(events):
        if event.flags & Flag.CLICKED or not (runs := times.get(key_of(event))):
            continue
        looks_first = event.at <= scan_until and event.network == Network.MICROSOFT
        if (looks_first and runs[0][0] <= soon_until) or any(
            first - BESIDE <= event.at <= last + BESIDE for first, last in runs
        ):
            yield place


def _runs(
    found: list[tuple[int, int, int]],
    enough: int,
    window: int,
    window_soon: int,
    soon_until: int,
    places: set[int],
) -> Iterator[tuple[int, int]]:
    """First and last time of every run of `enough` distinct links within a window, in one key's clicks;
    the places of those clicks go to `places`."""
    start = 0
    for end, (at, _, _) in enumerate(found):
        longest = window_soon if at <= soon_until else window
        while at - found[start][0] > longest:
            start += 1
        run = found[start : end + 1]
        if len(run) >= enough and len({link for _, link, _ in run}) >= enough:
            places.update(place for _, _, place in run)
            yield found[start][0], at
