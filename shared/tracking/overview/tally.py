"""Tallies: what mails add up to, so that many of them are added up month by month, and each month once.

A sum of ranges is a range. Nothing else goes into a tally than numbers that were told of each mail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from heapq import nlargest

from shared.amounts import Amount, counted
from shared.tracking.mail.labels import fold
from shared.tracking.overview.facts import Ends, Fact, moment_of
from shared.tracking.overview.rhythm import Moments
from shared.tracking.overview.shares import Deed, Share, Shares, people_of, share_of

MOST_MAILS = 100
"""So many of the latest are told by themselves."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many did something, of the recipients of those mails of which that is told: of so many `mails`.
    Who got several of them counts as often. `share` is null where it is not known."""

    mails: int
    of: Amount
    people: Amount
    share: Share | None


@dataclass(frozen=True, slots=True)
class Sum:
    """So many mails, to so many recipients, who count as often as they got one."""

    mails: int
    recipients: Amount
    opened: Done
    clicked: Done


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mails: texts are folded, and empty ask for nothing. Moments are told in `zone`. Nothing is told
    of mails for which `unseen` has whether they are the viewer's own, and whether they tell people apart."""

    since: datetime
    until: datetime
    zone: tzinfo
    campaign: str = ""
    tag: str = ""
    sender: str = ""
    viewer: str = ""
    unseen: frozenset[tuple[bool, bool]] = frozenset()

    def has(self, fact: Fact) -> bool:
        """Whether the mail is one of them."""
        return (
            self.campaign in ("", folded(fact.campaign))
            and (not self.tag or self.tag in map(folded, fact.tags))
            and self.sender in ("", folded(fact.sender))
            and not (self.unseen and (fact.owner == self.viewer, fact.tells_apart) in self.unseen)
        )


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that was sent, and what is asked of it by itself."""

    fact: Fact
    opened_by: Ends | None
    opened: Share | None
    clicked_by: Ends | None
    clicked: Share | None

    @property
    def when(self) -> tuple[int, str]:
        """What they are in order of."""
        return self.fact.starts or 0, self.fact.id


class DeedTally:
    """What people did with mails of which that is told."""

    __slots__ = ("least", "mails", "most", "of", "whole")

    def __init__(self) -> None:
        self.mails, self.of, self.least, self.most, self.whole = 0, 0, 0, 0, True

    def add(self, fact: Fact, ends: Ends) -> None:
        """One more mail's."""
        self.mails += 1
        self.of += fact.recipients
        self.least += ends[0]
        self.most += ends[1]
        self.whole &= fact.complete

    def join(self, other: DeedTally) -> None:
        """What was done with other mails, too."""
        self.mails += other.mails
        self.of += other.of
        self.least += other.least
        self.most += other.most
        self.whole &= other.whole

    def done(self) -> Done:
        """It, as it is told."""
        people, of = Amount(self.least, self.most), counted(self.of, whole=self.whole)
        return Done(self.mails, of, people, share_of(people, of))


class MailTally:
    """Some mails that were sent."""

    __slots__ = ("clicked", "mails", "opened", "recipients", "whole")

    def __init__(self) -> None:
        self.mails, self.recipients, self.whole = 0, 0, True
        self.opened, self.clicked = DeedTally(), DeedTally()

    def add(self, mail: SentMail) -> None:
        """One more."""
        fact = mail.fact
        self.mails += 1
        self.recipients += fact.recipients
        self.whole &= fact.complete
        if mail.opened_by is not None:
            self.opened.add(fact, mail.opened_by)
        if mail.clicked_by is not None:
            self.clicked.add(fact, mail.clicked_by)

    def join(self, other: MailTally) -> None:
        """Others, too."""
        self.mails += other.mails
        self.recipients += other.recipients
        self.whole &= other.whole
        self.opened.join(other.opened)
        self.clicked.join(other.clicked)

    def sum(self) -> Sum:
        """It, as it is told."""
        recipients = counted(self.recipients, whole=self.whole)
        return Sum(self.mails, recipients, self.opened.done(), self.clicked.done())


class GroupTally:
    """The mails of one campaign or sender; the latest says how it is written."""

    __slots__ = ("clicked", "latest", "name", "opened", "tally")

    def __init__(self) -> None:
        self.latest, self.name = (0, ""), ""
        self.tally, self.opened, self.clicked = MailTally(), Shares(), Shares()

    def add(self, mail: SentMail, name: str) -> None:
        """One more of them, in which it is written so."""
        self._called(mail.when, name)
        self.tally.add(mail)
        if mail.opened is not None:
            self.opened.add(mail.opened)
        if mail.clicked is not None:
            self.clicked.add(mail.clicked)

    def join(self, other: GroupTally) -> None:
        """Others of them, too."""
        self._called(other.latest, other.name)
        self.tally.join(other.tally)
        self.opened.join(other.opened)
        self.clicked.join(other.clicked)

    def _called(self, when: tuple[int, str], name: str) -> None:
        if when >= self.latest:
            self.latest, self.name = when, name


@dataclass(slots=True)
class Whole:
    """All mails of some time. `course` goes by the day on which a week or month begins, groups by what they
    are called when that is folded."""

    not_sent: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    course: dict[date, MailTally] = field(default_factory=dict)
    campaigns: dict[str, GroupTally] = field(default_factory=dict)
    senders: dict[str, GroupTally] = field(default_factory=dict)
    weekdays: dict[int, Moments] = field(default_factory=dict)
    hours: dict[int, Moments] = field(default_factory=dict)
    mails: list[SentMail] = field(default_factory=list)

    def join(self, other: Whole) -> None:
        """Those of another time, too."""
        self.not_sent += other.not_sent
        self.withheld += other.withheld
        for day, tally in other.course.items():
            self.course.setdefault(day, MailTally()).join(tally)
        for groups, more in ((self.campaigns, other.campaigns), (self.senders, other.senders)):
            for name, group in more.items():
                groups.setdefault(name, GroupTally()).join(group)
        for found, beats in ((self.weekdays, other.weekdays), (self.hours, other.hours)):
            for number, moments in beats.items():
                found.setdefault(number, Moments()).join(moments)
        self.mails = nlargest(MOST_MAILS, [*self.mails, *other.mails], key=lambda mail: mail.when)


def tally_of(facts: Iterable[Fact], wanted: Wanted, *, weekly: bool) -> Whole:
    """What these mails add up to, as far as they are wanted; the period is not looked at."""
    whole = Whole()
    mails = list[SentMail]()
    for fact in filter(wanted.has, facts):
        if fact.starts is None:
            whole.not_sent += 1
            continue
        if fact.numbers is not None and fact.numbers.withheld:
            whole.withheld[fact.numbers.withheld] += 1
        mail = _sent(fact)
        mails.append(mail)
        here = moment_of(fact.starts).astimezone(wanted.zone)
        day = here.date()
        begins = day - timedelta(days=day.weekday()) if weekly else day.replace(day=1)
        whole.course.setdefault(begins, MailTally()).add(mail)
        whole.campaigns.setdefault(folded(fact.campaign), GroupTally()).add(mail, fact.campaign)
        whole.senders.setdefault(folded(fact.sender), GroupTally()).add(mail, fact.sender)
        if mail.opened is not None:
            whole.weekdays.setdefault(day.weekday(), Moments()).add(mail.opened)
            whole.hours.setdefault(here.hour, Moments()).add(mail.opened)
    whole.mails = nlargest(MOST_MAILS, mails, key=lambda mail: mail.when)
    return whole


@lru_cache(4096)
def folded(text: str) -> str:
    """Many mails have the same campaign, tags and sender."""
    return fold(text)


def _sent(fact: Fact) -> SentMail:
    opened_by, clicked_by, of = people_of(fact, Deed.OPENED), people_of(fact, Deed.CLICKED), fact.reach
    opened = None if opened_by is None else share_of(Amount(*opened_by), of)
    clicked = None if clicked_by is None else share_of(Amount(*clicked_by), of)
    return SentMail(fact, opened_by, opened, clicked_by, clicked)
