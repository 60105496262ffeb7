"""Sealing: from a summary that tells recipients apart to sums that tell nobody.

A summary has a bit for each recipient and kind of deed, by which each is counted once. Sums have the same
bits in another order: the recipients sorted by what they did, those alike next to one another. So every
count of people stays what it was, whatever is asked together, and nothing says any more who is who: what is
left is how many did the same.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress

from shared.errors import Conflict, StoreUnavailable
from shared.tracking.mail.messages import Message
from shared.tracking.reporting.reports import Reports
from shared.tracking.reporting.summaries import Summary

_TRIES = 20


def close(message: Message, reports: Reports) -> None:
    """Make sums of the message's events, all there are; from then on reports are made of these. Once more
    changes nothing. Raises StoreUnavailable, and NotFound where it was deleted meanwhile."""
    reports.get(message)  # what is due to be published is measured before it
    for _ in range(_TRIES):
        # What is settled is kept by this, so that the next try finds the version that it adds to.
        summary, _, targets = reports.fold(message)
        if summary.closed:
            return
        found = reports.summaries.find(message.id)
        if found and found[0].closed:
            return
        summary.objecting = len(reports.objectors(message))
        summary.by_list = reports.by_list.sums(message, summary, len(targets))
        with suppress(Conflict):  # a report kept more, with the same result
            reports.summaries.keep(message.id, seal(summary), found[1] if found else "")
            return
    raise StoreUnavailable


def seal(summary: Summary) -> Summary:
    """The summary as sums; nothing is added to it any more."""
    tallies = [summary.opened, summary.clicked, *summary.links.values()]
    crowds = [crowd for tally in tallies for crowd in (tally.who.person, tally.who.unsure, tally.who.known)]
    deeds: defaultdict[int, int] = defaultdict(int)
    for place, crowd in enumerate(crowds):
        for recipient in _members(crowd):
            deeds[recipient] |= 1 << place
    for crowd in crowds:
        crowd[:] = bytes((len(deeds) + 7) // 8 if crowd else 0)
    for number, done in enumerate(sorted(deeds.values(), reverse=True)):
        for place in _places(done):
            crowds[place][number >> 3] |= 1 << (number & 7)
    for tally in tallies:
        tally.hour, tally.sources = 0, {}
    summary.closed = True
    return summary


def _members(crowd: bytearray) -> list[int]:
    return [
        start * 8 + bit for start, byte in enumerate(crowd) if byte for bit in range(8) if byte >> bit & 1
    ]


def _places(done: int) -> list[int]:
    found = []
    while done:
        lowest = done & -done
        found.append(lowest.bit_length() - 1)
        done ^= lowest
    return found
