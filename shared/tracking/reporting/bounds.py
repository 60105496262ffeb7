"""How many people: bounds that rest on what the whole mail shows, and not on single events alone.

A machine whose act looks like a person's is not told by that act. It is told by the notice, the control
in a tracked mail: of the links of a mail it follows one, some or all, and the notice is one of them. Of
those that follow `s` of `n` links, the notice is left out by `n - s` for each `s` that follow it. So from
how often it was followed, and with how many other links, follows how many machines may hide among the
people; they are taken off the lower bound. Where nobody followed it, as many are taken off as stand out as
doubtful, and a few for each link; where a mail has no notice, nothing is known of them.

An image has no such control: what reads mails ahead of people, to sum them up, fetches images as a browser
does and follows nothing. So for sure is only an image that a mail program fetched which says what it is, for
a copy that is somebody's own. Where all share one image that is none: a reader who moves is many addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from shared.amounts import Amount
from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.summaries import Summary, Tally, how_many, union

CERTAINTY = 4.0
"""Standard deviations by which more machines may hide than the notice shows."""
UNSEEN = 7
"""What is as likely as something that did not happen once in a mail happens so often in one mail of a
thousand at most: the natural logarithm of a thousand."""
COINCIDENCES = 3
"""People, at most, in all but one of a hundred of the mails of docs/verdicts.md."""
UNNOTICED = 3
"""For each link of a mail, machines that may follow one link and leave the notice out: seldom more, in the
mails of docs/verdicts.md in which machines do no more than that."""
SOURCES_OF_ONE = 2
"""From so many places one person follows a link within an hour: a computer and a telephone."""


@dataclass(frozen=True, slots=True)
class PeopleCount(Amount):
    """How many people, as far as can be told; never without an upper end, which is what the requests allow:
    where the count of recipients is not complete, it may be more than the recipients that are known."""

    at_most: int


def with_unmeasured(people: PeopleCount, unmeasured: int, most: int) -> PeopleCount:
    """The range, where so many who are not measured may have done it too, of `most` recipients at most."""
    return PeopleCount(people.at_least, max(people.at_most, min(most, people.at_most + unmeasured)))


def as_told(people: PeopleCount, message: Message, summary: Summary, unmeasured: int) -> PeopleCount:
    """The range of those who are left, `unmeasured` of whom are not measured. Of sums nobody can be taken out
    any more: whoever was erased since may have been among the people, or not."""
    if summary.closed and not summary.leaves_out(message.gone):
        least = max(0, people.at_least - len(message.gone))
        people = PeopleCount(least, min(people.at_most, message.left))
    return with_unmeasured(people, unmeasured, message.left)


def hidden_machines(controls: Mapping[int, int], links: int) -> int:
    """How many machines may have followed some of a mail's `links` and not the notice, at most, when the
    notice was followed so often (by how many distinct links, it included, were followed with it)."""
    everything = links + 1
    weights = [(max(0, everything - some) / max(1, some), times) for some, times in controls.items()]
    expected = sum(weight * times for weight, times in weights)
    spread = sqrt(sum((weight + weight * weight) * times for weight, times in weights))
    return ceil(expected + CERTAINTY * spread + UNNOTICED * links) if controls else 0


@dataclass(frozen=True, slots=True)
class Among:
    """Some of a message's recipients: a set of bits by their numbers, and how many they are."""

    numbers: int
    people: int

    @classmethod
    def everybody(cls, message: Message) -> Among:
        """All who are left."""
        return cls(-1, message.left)


def opened_by(message: Message, summary: Summary, links: int, among: Among | None = None) -> PeopleCount:
    """How many people opened the mail, which has so many tracked links; of those `among` alone, where each
    has a copy. A click counts as an open, because images may be blocked."""
    deeds = [summary.opened, summary.clicked]
    if message.mode is Mode.COUNTING:
        return _estimated(message, deeds, _clickers(message, summary))
    some = among or Among.everybody(message)
    looked, followed = summary.opened.who.known, summary.clicked.who.person
    if not message.controlled:
        return _told_apart(deeds, _people(some, looked), some)
    people = _people(some, looked, followed) - _hidden(summary, links)
    return _told_apart(deeds, max(_people(some, looked), people), some, _coincidences(summary))


def clicked_by(
    message: Message, summary: Summary, links: int, link: Tally | None = None, among: Among | None = None
) -> PeopleCount:
    """How many people followed a link of so many, or that one; of those `among` alone."""
    deed = link or summary.clicked
    if message.mode is Mode.COUNTING:
        return _estimated(message, [deed], _excess(summary, [link]) if link else _clickers(message, summary))
    some = among or Among.everybody(message)
    if not message.controlled:
        return _told_apart([deed], 0, some)
    hidden = _hidden(summary, links)
    if link and summary.controls:
        hidden = _with_slack(sum(summary.controls.values()))
    return _told_apart([deed], _people(some, deed.who.person) - hidden, some, _coincidences(summary))


def _hidden(summary: Summary, links: int) -> int:
    """How many machines may be among those who are taken for people."""
    if summary.controls:
        return hidden_machines(summary.controls, links)
    # Nobody followed the notice, which shows little in a small mail.
    clicked = summary.clicked.who
    doubtful = how_many(clicked.unsure) - how_many(clicked.person)
    return max(UNNOTICED * links, min(doubtful, UNSEEN * links))


def _coincidences(summary: Summary) -> int:
    """How many people may have been taken for the machine that was at their copy in the same moment, with the
    same browser."""
    return COINCIDENCES if summary.controls else 0


def _clickers(message: Message, summary: Summary) -> int:
    return _excess(summary, [*summary.links.values()]) if message.controlled else 0


def _excess(summary: Summary, links: list[Tally]) -> int:
    """People who followed one link within an hour, where all share their URLs: the sources that machines,
    which follow the notice as often as any other link, cannot account for."""
    control = sum(summary.controls.values())
    most = max((link.most_sources for link in links), default=0)
    machines = _with_slack(control) + CERTAINTY * sqrt(most)
    return max(0, ceil((most - machines) / SOURCES_OF_ONE))


def _with_slack(times: int) -> int:
    """How often something is to be expected, at most, that was as likely as what happened so many times."""
    return ceil(times + CERTAINTY * sqrt(2 * times) + UNSEEN)


def _told_apart(deeds: list[Tally], least: int, some: Among, more: int = 0) -> PeopleCount:
    most = _people(some, *(deed.who.unsure for deed in deeds))
    most = max(most, min(most + more, some.people))
    return PeopleCount(max(0, min(least, most)), most)


def _people(some: Among, *crowds: bytearray) -> int:
    """How many of them are in any of the crowds."""
    return (int.from_bytes(union(crowds), "little") & some.numbers).bit_count()


def _estimated(message: Message, deeds: list[Tally], least: int) -> PeopleCount:
    most = sum(deed.count.person + deed.count.unsure for deed in deeds)
    if message.complete:
        most = min(most, message.left)
    return PeopleCount(min(least, most), most)
