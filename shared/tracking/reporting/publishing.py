"""Publishing: what a report may tell of people where none of them is told apart.

Numbers are published once in the life of a mail, or a few times, as ranges whose ends lie on a grid. The
grid's places are `step` people apart, and where they lie is secret, and drawn anew for each mail, number and
time. So what one person did changes a number only where it is the one that reaches such a place: once in
`step` cases. Nobody can aim at that, because the place of the next time cannot be known, and asking, sharing
or fetching once more is answered with what was published.

A range is only ever widened: the truth stays in it. No place is lower than the smallest group, nor so high
that fewer than it are left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from shared.tracking.mail.by_list import NO_GROUPS, Members
from shared.tracking.mail.delivery import starts_at
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.bounds import Among, PeopleCount, clicked_by, opened_by, with_unmeasured
from shared.tracking.reporting.by_list import published_rows
from shared.tracking.reporting.report import LinkReport, Publication, Report, Withheld, unmeasured
from shared.tracking.reporting.summaries import Summary

STEPS = 20
"""The grid's places are so many smallest groups apart, for each time at which numbers are published."""

Place = Callable[[str, int, str, int], int]
"""Of a message's id, a time, the name of a number and a step: a number below the step that is secret, and the
same whenever asked."""
Told = dict[int, list[int]]
"""Summary.told."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an admin decides: the `smallest` group of people that is told of, and how many seconds `after`
    delivery numbers are published. A smallest group of 1 lets everything out at any time."""

    smallest: int = 5
    after: Sequence[int] = (86_400,)

    @property
    def step(self) -> int:
        """How many people apart the grid's places are."""
        return 1 if self.smallest == 1 else STEPS * self.smallest * len(self.after)

    def bind(self, message: Message) -> bool:
        """Whether the message's numbers are published by these terms."""
        return message.mode is not Mode.INDIVIDUAL and self.smallest > 1

    def moments(self, message: Message, until: datetime) -> tuple[list[int], datetime | None]:
        """The times, in milliseconds since 1970, at which numbers were published `until` then, and when that
        will be next."""
        starts = starts_at(message)
        if starts is None:
            return [], None
        now = _milliseconds(until)
        all_of_them = [_milliseconds(starts) + after * 1000 for after in self.after]
        later = [moment for moment in all_of_them if moment > now]
        return [moment for moment in all_of_them if moment <= now], _moment(later[0]) if later else None

    def withhold(self, message: Message) -> Withheld | None:
        """Why nothing may be told of the message, whatever its numbers are."""
        if message.left >= self.smallest:
            return None
        return Withheld.TOO_FEW if message.complete else Withheld.TOO_FEW_KNOWN


def measure(
    message: Message,
    summary: Summary,
    links: int,
    as_of: int,
    unmeasured: int,
    groups: Sequence[Among] = (),
) -> list[int]:
    """What is kept of one time at which numbers are published: as of when, and the ends of each range, those
    of `groups` last; `unmeasured` recipients object, and may have done all of it."""
    found = [opened_by(message, summary, links), clicked_by(message, summary, links)]
    found += [clicked_by(message, summary, links, summary.link(number)) for number in range(links)]
    ranges = [with_unmeasured(people, unmeasured, message.left) for people in found]
    for group in groups:
        both = opened_by(message, summary, links, group), clicked_by(message, summary, links, None, group)
        ranges += [with_unmeasured(people, unmeasured, group.people) for people in both]
    return [as_of, *(end for people in ranges for end in (people.at_least, people.at_most))]


class Publisher:
    """Makes reports of what was measured."""

    def __init__(self, terms: Terms, place: Callable[[], Place]) -> None:
        """`place` may raise VaultUnavailable and StoreUnavailable."""
        self.terms = terms
        self._place = place

    def silent(self, message: Message, now: datetime, urls: Sequence[str], reason: Withheld) -> Report:
        """The report that has no numbers."""
        after = self.terms.moments(message, now)[1] if reason is Withheld.NOT_YET else None
        return self._report(message, now, reason, after, [], urls, [])

    def report(
        self, message: Message, now: datetime, urls: Sequence[str], told: Told, known: Members | None = None
    ) -> Report:
        """The report of what was `told`, which is not empty; by list, where it is `known` who is in which."""
        groups = known.groups if known and known.groups else NO_GROUPS
        names = ["opened", "clicked", *(f"link {number}" for number in range(len(urls)))]
        people = [message.left] * len(names)
        for number, size in enumerate(groups.sizes):
            names += [f"group {number} opened", f"group {number} clicked"]
            people += [size, size]
        place, shown = self._place(), [PeopleCount(0, 0)] * len(names)
        published = []
        for moment, (as_of, *ends) in sorted(told.items()):
            for number, name in enumerate(names):
                least, most = ends[2 * number : 2 * number + 2]
                first = place(message.id, moment, name, self.terms.step)
                wide = self._widened(message, PeopleCount(least, most), first, people[number])
                # What was told goes on to hold: nobody undoes what they did.
                least = max(wide.at_least, shown[number].at_least)
                shown[number] = PeopleCount(least, max(wide.at_most, least))
            opened = shown[0] if message.has_pixel else None
            published.append(Publication(_moment(as_of), opened, shown[1]))
        following = self.terms.moments(message, now)[1]
        found = self._report(message, published[-1].at, None, following, published, urls, shown)
        if known is None:
            return found
        of_groups = shown[2 + len(urls) :]
        rows = published_rows(message, known, of_groups[::2], of_groups[1::2], self.terms.smallest)
        return replace(found, by_list=rows)

    def _report(
        self,
        message: Message,
        as_of: datetime,
        reason: Withheld | None,
        next_at: datetime | None,
        published: list[Publication],
        urls: Sequence[str],
        shown: Sequence[PeopleCount],
    ) -> Report:
        links = [LinkReport(url, None, shown[n] if shown else None) for n, url in enumerate(urls, 2)]
        return replace(
            unmeasured(message, as_of, self.terms.smallest, self.terms.step, links),
            withheld=reason,
            next_at=next_at,
            opened_by=shown[0] if shown and message.has_pixel else None,
            clicked_by=shown[1] if shown else None,
            published=published,
        )

    def _widened(self, message: Message, people: PeopleCount, first: int, of: int) -> PeopleCount:
        """The range, `of` so many people, between the places around it, of which `first` is one if it is high
        enough."""
        step, smallest = self.terms.step, self.terms.smallest
        highest = of - smallest
        below = min(people.at_least, highest)
        lower = below - (below - first) % step
        above = max(people.at_most + 1, smallest)
        upper = above + (first - above) % step
        # Where more may be than are known, nobody knows how many are left above a place.
        most = upper - 1 if upper <= highest or not message.complete else of
        return PeopleCount(lower if lower >= smallest else 0, most)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
