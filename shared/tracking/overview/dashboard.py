"""The dashboard: what became of all mails of a period, added up from what their reports tell.

A sum of ranges is a range. Nothing else goes into it than numbers that were told of each mail, so no two
dashboards, subtracted, say more than the reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from shared.amounts import Amount
from shared.tracking.mail.labels import fold
from shared.tracking.overview.facts import Fact, moment_of
from shared.tracking.overview.months import Gathered
from shared.tracking.overview.rhythm import Rhythm, hours_of, weekdays_of
from shared.tracking.overview.shares import (
    Deed,
    Share,
    Stand,
    people_of,
    share_in,
    share_of,
    standing_of,
    usual_of,
)

MOST_GROUPS = 20
MOST_MAILS = 100
_BY_WEEK = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mails: texts are folded, and empty ask for nothing. Moments are told in `zone`."""

    since: datetime
    until: datetime
    zone: tzinfo
    campaign: str = ""
    tag: str = ""
    sender: str = ""

    def has(self, fact: Fact) -> bool:
        """Whether the mail is one of them."""
        return (
            self.campaign in ("", fold(fact.campaign))
            and (not self.tag or self.tag in map(fold, fact.tags))
            and self.sender in ("", fold(fact.sender))
        )


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
class Stretch:
    """The mails of a month or a week."""

    start: datetime
    sum: Sum


@dataclass(frozen=True, slots=True)
class Group:
    """The mails of one campaign or sender, and what is usual among them."""

    name: str
    sum: Sum
    usual_opened: Share | None
    usual_clicked: Share | None


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail, beside what is usual in its campaign; among all, where it has none."""

    message_id: str
    name: str
    campaign: str
    sender: str
    sent_at: datetime
    recipients: Amount
    opened_by: Amount | None
    opened: Share | None
    clicked_by: Amount | None
    clicked: Share | None
    usual_opened: Share | None
    opened_stands: Stand
    usual_clicked: Share | None
    clicked_stands: Stand


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What became of the mails that were registered `since` then and before `until`. `total` and all the rest
    is of those that were sent; `withheld` says of how many no numbers are told, by reason. Of `unread` mails
    nothing could be read in time, of `pending` ones no numbers: whoever asks again gets more of them.
    `course` goes by weeks or months (`by`), `campaigns` and `senders` are the largest, `mails` the latest."""

    since: datetime
    until: datetime
    zone: str
    total: Sum
    not_sent: int
    withheld: dict[str, int]
    unread: int
    pending: int
    by: str
    course: list[Stretch]
    campaigns: list[Group]
    senders: list[Group]
    weekdays: Rhythm
    hours: Rhythm
    mails: list[MailLine]


def dashboard_of(reading: Gathered, wanted: Wanted) -> Dashboard:
    """What was read, as far as it is wanted."""
    facts = [fact for fact in reading.facts if wanted.has(fact)]
    sent = sorted((fact for fact in facts if fact.starts is not None), key=_starts, reverse=True)
    weekly = wanted.until - wanted.since <= _BY_WEEK
    withheld = Counter(fact.numbers.withheld for fact in sent if fact.numbers and fact.numbers.withheld)
    campaigns = _by(sent, lambda fact: fold(fact.campaign))
    return Dashboard(
        since=wanted.since,
        until=wanted.until,
        zone=str(wanted.zone),
        total=_sum(sent),
        not_sent=len(facts) - len(sent),
        withheld=dict(withheld),
        unread=reading.unread,
        pending=reading.pending,
        by="week" if weekly else "month",
        course=_course(sent, wanted.zone, weekly=weekly),
        campaigns=_groups(campaigns, lambda fact: fact.campaign),
        senders=_groups(_by(sent, lambda fact: fold(fact.sender)), lambda fact: fact.sender),
        weekdays=weekdays_of(sent, wanted.zone),
        hours=hours_of(sent, wanted.zone),
        mails=_lines(sent, campaigns),
    )


def _starts(fact: Fact) -> tuple[int, str]:
    return fact.starts or 0, fact.id


def _by(facts: Iterable[Fact], key: Callable[[Fact], str]) -> dict[str, list[Fact]]:
    found = defaultdict[str, list[Fact]](list)
    for fact in facts:
        found[key(fact)].append(fact)
    return found


def _sum(facts: Sequence[Fact]) -> Sum:
    return Sum(len(facts), _reach(facts), _done(facts, Deed.OPENED), _done(facts, Deed.CLICKED))


def _reach(facts: Iterable[Fact]) -> Amount:
    least, whole = 0, True
    for fact in facts:
        least += fact.recipients
        whole = whole and fact.complete
    return Amount(least, least if whole else None)


def _done(facts: Iterable[Fact], deed: Deed) -> Done:
    told = [(fact, ends) for fact in facts if (ends := people_of(fact, deed)) is not None]
    people = Amount(sum(ends[0] for _, ends in told), sum(ends[1] for _, ends in told))
    of = _reach(fact for fact, _ in told)
    return Done(len(told), of, people, share_of(people, of))


def _course(facts: Iterable[Fact], zone: tzinfo, *, weekly: bool) -> list[Stretch]:
    found = defaultdict[datetime, list[Fact]](list)
    for fact in facts:
        here = moment_of(fact.starts or 0).astimezone(zone)
        day = here.date() - timedelta(days=here.weekday()) if weekly else here.date().replace(day=1)
        found[datetime(day.year, day.month, day.day, tzinfo=zone)].append(fact)
    return [Stretch(start, _sum(of)) for start, of in sorted(found.items())]


def _groups(found: dict[str, list[Fact]], name_of: Callable[[Fact], str]) -> list[Group]:
    """The largest; the latest mail says how it is written. Mails without a name are none."""
    largest = sorted((item for item in found.items() if item[0]), key=lambda item: (-len(item[1]), item[0]))
    return [
        Group(name_of(of[0]), _sum(of), usual_of(of, Deed.OPENED), usual_of(of, Deed.CLICKED))
        for _, of in largest[:MOST_GROUPS]
    ]


def _lines(sent: Sequence[Fact], campaigns: dict[str, list[Fact]]) -> list[MailLine]:
    usual = dict[str, tuple[Share | None, Share | None]]()
    lines = []
    for fact in sent[:MOST_MAILS]:
        name = fold(fact.campaign)
        if name not in usual:
            of = campaigns[name] if name else sent
            usual[name] = usual_of(of, Deed.OPENED), usual_of(of, Deed.CLICKED)
        lines.append(_line(fact, *usual[name]))
    return lines


def _line(fact: Fact, usual_opened: Share | None, usual_clicked: Share | None) -> MailLine:
    opened, clicked = share_in(fact, Deed.OPENED), share_in(fact, Deed.CLICKED)
    people = [people_of(fact, deed) for deed in Deed]
    opened_by, clicked_by = (None if ends is None else Amount(*ends) for ends in people)
    return MailLine(
        message_id=fact.id,
        name=fact.name,
        campaign=fact.campaign,
        sender=fact.sender,
        sent_at=moment_of(fact.starts or 0),
        recipients=fact.reach,
        opened_by=opened_by,
        opened=opened,
        clicked_by=clicked_by,
        clicked=clicked,
        usual_opened=usual_opened,
        opened_stands=standing_of(opened, usual_opened),
        usual_clicked=usual_clicked,
        clicked_stands=standing_of(clicked, usual_clicked),
    )
