"""The dashboard: what became of all mails of a period, added up from what their reports tell.

A sum of ranges is a range. Nothing else goes into it than numbers that were told of each mail, so no two
dashboards, subtracted, say more than the reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from shared.amounts import Amount
from shared.tracking.mail.labels import fold
from shared.tracking.overview.facts import Ends, Fact, moment_of
from shared.tracking.overview.months import Gathered
from shared.tracking.overview.rhythm import Rhythm, rhythm_of
from shared.tracking.overview.shares import (
    Deed,
    Share,
    Stand,
    people_of,
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
            self.campaign in ("", _folded(fact.campaign))
            and (not self.tag or self.tag in map(_folded, fact.tags))
            and self.sender in ("", _folded(fact.sender))
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


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail that was sent, and what all parts of the dashboard ask of it."""

    fact: Fact
    here: datetime
    opened_by: Ends | None
    opened: Share | None
    clicked_by: Ends | None
    clicked: Share | None


def dashboard_of(reading: Gathered, wanted: Wanted) -> Dashboard:
    """What was read, as far as it is wanted."""
    facts = [fact for fact in reading.facts if wanted.has(fact)]
    latest = sorted((fact for fact in facts if fact.starts is not None), key=_starts, reverse=True)
    sent = [_mail(fact, wanted.zone) for fact in latest]
    weekly = wanted.until - wanted.since <= _BY_WEEK
    withheld = Counter(fact.numbers.withheld for fact in latest if fact.numbers and fact.numbers.withheld)
    campaigns = _by(sent, lambda mail: _folded(mail.fact.campaign))
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
        senders=_groups(_by(sent, lambda mail: _folded(mail.fact.sender)), lambda fact: fact.sender),
        weekdays=rhythm_of((mail.here.weekday(), mail.opened) for mail in sent),
        hours=rhythm_of((mail.here.hour, mail.opened) for mail in sent),
        mails=_lines(sent, campaigns),
    )


@lru_cache(4096)
def _folded(text: str) -> str:
    """Many mails have the same campaign, tags and sender."""
    return fold(text)


def _mail(fact: Fact, zone: tzinfo) -> _Mail:
    opened_by, clicked_by = people_of(fact, Deed.OPENED), people_of(fact, Deed.CLICKED)
    here, of = moment_of(fact.starts or 0).astimezone(zone), fact.reach
    shares = (None if ends is None else share_of(Amount(*ends), of) for ends in (opened_by, clicked_by))
    opened, clicked = shares
    return _Mail(fact, here, opened_by, opened, clicked_by, clicked)


def _starts(fact: Fact) -> tuple[int, str]:
    return fact.starts or 0, fact.id


def _by(mails: Iterable[_Mail], key: Callable[[_Mail], str]) -> dict[str, list[_Mail]]:
    found = defaultdict[str, list[_Mail]](list)
    for mail in mails:
        found[key(mail)].append(mail)
    return found


def _sum(mails: Sequence[_Mail]) -> Sum:
    opened = _done((mail.fact, mail.opened_by) for mail in mails)
    clicked = _done((mail.fact, mail.clicked_by) for mail in mails)
    return Sum(len(mails), _reach(mail.fact for mail in mails), opened, clicked)


def _reach(facts: Iterable[Fact]) -> Amount:
    least, whole = 0, True
    for fact in facts:
        least += fact.recipients
        whole = whole and fact.complete
    return Amount(least, least if whole else None)


def _done(mails: Iterable[tuple[Fact, Ends | None]]) -> Done:
    told = [(fact, ends) for fact, ends in mails if ends is not None]
    people = Amount(sum(ends[0] for _, ends in told), sum(ends[1] for _, ends in told))
    of = _reach(fact for fact, _ in told)
    return Done(len(told), of, people, share_of(people, of))


def _course(mails: Iterable[_Mail], zone: tzinfo, *, weekly: bool) -> list[Stretch]:
    found = defaultdict[date, list[_Mail]](list)
    for mail in mails:
        day = mail.here.date()
        found[day - timedelta(days=day.weekday()) if weekly else day.replace(day=1)].append(mail)
    return [
        Stretch(datetime(day.year, day.month, day.day, tzinfo=zone), _sum(of))
        for day, of in sorted(found.items())
    ]


def _groups(found: dict[str, list[_Mail]], name_of: Callable[[Fact], str]) -> list[Group]:
    """The largest; the latest mail says how it is written. Mails without a name are none."""
    largest = sorted((item for item in found.items() if item[0]), key=lambda item: (-len(item[1]), item[0]))
    return [Group(name_of(of[0].fact), _sum(of), *_usual(of)) for _, of in largest[:MOST_GROUPS]]


def _usual(mails: Sequence[_Mail]) -> tuple[Share | None, Share | None]:
    return usual_of(mail.opened for mail in mails), usual_of(mail.clicked for mail in mails)


def _lines(sent: Sequence[_Mail], campaigns: dict[str, list[_Mail]]) -> list[MailLine]:
    usual = dict[str, tuple[Share | None, Share | None]]()
    lines = []
    for mail in sent[:MOST_MAILS]:
        name = _folded(mail.fact.campaign)
        if name not in usual:
            usual[name] = _usual(campaigns[name] if name else sent)
        lines.append(_line(mail, *usual[name]))
    return lines


def _line(mail: _Mail, usual_opened: Share | None, usual_clicked: Share | None) -> MailLine:
    fact = mail.fact
    people = (mail.opened_by, mail.clicked_by)
    opened_by, clicked_by = (None if ends is None else Amount(*ends) for ends in people)
    return MailLine(
        message_id=fact.id,
        name=fact.name,
        campaign=fact.campaign,
        sender=fact.sender,
        sent_at=moment_of(fact.starts or 0),
        recipients=fact.reach,
        opened_by=opened_by,
        opened=mail.opened,
        clicked_by=clicked_by,
        clicked=mail.clicked,
        usual_opened=usual_opened,
        opened_stands=standing_of(mail.opened, usual_opened),
        usual_clicked=usual_clicked,
        clicked_stands=standing_of(mail.clicked, usual_clicked),
    )
