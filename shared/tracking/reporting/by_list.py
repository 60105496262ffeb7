"""By list: how each list that the sender typed did, worked out of numbers of groups of recipients.

Of a group that is in a list with all its people its number counts whole. Of one that is in it with some, any
of its people may be those who did it, as far as there are so many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.amounts import counted
from shared.tracking.mail.by_list import Groups, Members, Row, divide, everybody_of
from shared.tracking.mail.message import Message
from shared.tracking.mail.message_store import MessageStore
from shared.tracking.reporting.bounds import (
    Among,
    PeopleCount,
    as_told,
    clicked_by,
    opened_by,
    with_unmeasured,
)
from shared.tracking.reporting.report import ListReport
from shared.tracking.reporting.summaries import Summary

Count = Callable[[Among], PeopleCount]
"""How many of some people did something."""
Objectors = Callable[[Message], frozenset[int]]


class ByList:
    """What is told of lists where each recipient has a copy. Methods may raise StoreUnavailable."""

    def __init__(self, messages: MessageStore, objectors: Objectors, smallest: int) -> None:
        self._messages = messages
        self._objectors = objectors
        self._smallest = smallest

    def find(self, message: Message) -> Members | None:
        """Who is in which list, where that is kept."""
        return self._messages.find_members(message) if message.by_list else None

    def groups(self, message: Message) -> list[Among]:
        """The groups of a message whose recipients nobody knows by name."""
        known = self.find(message)
        return _by_number(known.groups) if known and known.groups else []

    def rows(self, message: Message, summary: Summary, links: int) -> list[ListReport]:
        """What became of the message by list, as exactly as groups allow; nothing of fewer than the smallest
        group."""
        known = self.find(message)
        if known is None or message.left < self._smallest:
            return []
        groups, people = self._divided(message, known)
        if summary.closed:
            return [_of_sums(message, summary, row, self._smallest) for row in groups.rows]
        opened, clicked = self._counts(message, summary, links)
        return [
            _told(message, row, self._smallest, *(_among(count, row, people) for count in (opened, clicked)))
            for row in groups.rows
        ]

    def sums(self, message: Message, summary: Summary, links: int) -> dict[str, list[int]]:
        """What is kept of that for the time when nobody knows any more who did what."""
        known = self.find(message)
        if known is None:
            return {}
        groups, people = self._divided(message, known)
        counts = self._counts(message, summary, links)
        return {
            _name(row): [
                end for count in counts for found in [_among(count, row, people)] for end in _ends(found)
            ]
            for row in groups.rows
        }

    def _divided(self, message: Message, known: Members) -> tuple[Groups, list[Among]]:
        if known.groups:
            return known.groups, _by_number(known.groups)
        everybody = everybody_of(message.recipients, message.gone)
        groups, sets = divide(known, everybody, self._smallest, self._smallest)
        return groups, [Among(places << 1, places.bit_count()) for places in sets]

    def _counts(self, message: Message, summary: Summary, links: int) -> tuple[Count, Count]:
        objecting = sum(1 << number for number in self._objectors(message))

        def opened(some: Among) -> PeopleCount:
            unmeasured = (objecting & some.numbers).bit_count()
            return with_unmeasured(opened_by(message, summary, links, some), unmeasured, some.people)

        def clicked(some: Among) -> PeopleCount:
            unmeasured = (objecting & some.numbers).bit_count()
            return with_unmeasured(clicked_by(message, summary, links, None, some), unmeasured, some.people)

        return opened, clicked


def published_rows(
    message: Message,
    known: Members,
    opened: Sequence[PeopleCount],
    clicked: Sequence[PeopleCount],
    smallest: int,
) -> list[ListReport]:
    """What is told by list where these ranges of its groups were published."""
    groups = known.groups
    if groups is None:
        return []
    return [
        _told(
            message,
            row,
            smallest,
            *(
                _sum([_part(*each) for each in zip(ranges, row.within, groups.sizes, strict=True)])
                for ranges in (opened, clicked)
            ),
        )
        for row in groups.rows
    ]


def _among(count: Count, row: Row, groups: Sequence[Among]) -> PeopleCount:
    """How many in the row's lists: of the groups that are in them whole, counted together, and of others."""
    both = list(zip(groups, row.within, strict=True))
    inside = _join([group for group, within in both if within == group.people])
    touched = [(group, within) for group, within in both if 0 < within < group.people]
    partly, within = _join([group for group, _ in touched]), sum(within for _, within in touched)
    return _sum([count(inside), _part(count(partly), within, partly.people)])


def _part(people: PeopleCount, within: int, size: int) -> PeopleCount:
    """Of the range of a group of that size, what may be said of the `within` who are in a list."""
    return PeopleCount(max(0, people.at_least - (size - within)), min(within, people.at_most))


def _sum(ranges: Sequence[PeopleCount]) -> PeopleCount:
    return PeopleCount(sum(one.at_least for one in ranges), sum(one.at_most for one in ranges))


def _join(groups: Sequence[Among]) -> Among:
    numbers = 0
    for group in groups:
        numbers |= group.numbers
    return Among(numbers, sum(group.people for group in groups))


def _by_number(groups: Groups) -> list[Among]:
    found, first = list[Among](), 1
    for size in groups.sizes:
        found.append(Among(((1 << size) - 1) << first, size))
        first += size
    return found


def _told(
    message: Message, row: Row, smallest: int, opened: PeopleCount | None, clicked: PeopleCount | None
) -> ListReport:
    is_few = row.recipients < smallest
    return ListReport(
        [message.lists[place] for place in row.lists if place < len(message.lists)],
        counted(row.recipients, whole=row.whole),
        None if is_few or not message.has_pixel else opened,
        None if is_few else clicked,
    )


def _of_sums(message: Message, summary: Summary, row: Row, smallest: int) -> ListReport:
    ends = summary.by_list.get(_name(row))
    if ends is None:
        return _told(message, row, smallest, None, None)
    found = [as_told(PeopleCount(*pair), message, summary, 0) for pair in (ends[:2], ends[2:])]
    within = [
        PeopleCount(min(one.at_least, row.recipients), min(one.at_most, row.recipients)) for one in found
    ]
    return _told(message, row, smallest, *within)


def _name(row: Row) -> str:
    """Under which name what is known of a row is kept with sums."""
    return ",".join(map(str, row.lists))


def _ends(people: PeopleCount) -> tuple[int, int]:
    return people.at_least, people.at_most
