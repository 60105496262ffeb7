"""The dashboard: what became of all mails of a period, added up from what their reports tell.

A sum of ranges is a range. Nothing else goes into it than numbers that were told of each mail, so no two
dashboards, subtracted, say more than the reports.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shared.amounts import Amount
from shared.tracking.overview.facts import Ends, moment_of
from shared.tracking.overview.memory import Memory
from shared.tracking.overview.months import Gathered, Lot
from shared.tracking.overview.rhythm import Rhythm, rhythm_of
from shared.tracking.overview.shares import Share, Shares, Stand, standing_of
from shared.tracking.overview.tally import (
    GroupTally,
    MailTally,
    SentMail,
    Sum,
    Wanted,
    Whole,
    folded,
    tally_of,
)

MOST_GROUPS = 20
_BY_WEEK = timedelta(days=120)
_ANY = datetime.fromtimestamp(0, UTC)
_REMEMBERED = 3_000  # tallies of a month

Tallies = Memory[Hashable, Whole]


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


def dashboard_of(reading: Gathered, wanted: Wanted, tallies: Tallies | None = None) -> Dashboard:
    """What was read, as far as it is wanted. `tallies` has months that were added up before."""
    whole, total = Whole(), MailTally()
    weekly = wanted.until - wanted.since <= _BY_WEEK
    for lot in reading.lots:
        whole.join(_tally(lot, wanted, weekly, tallies))
    for group in whole.campaigns.values():
        total.join(group.tally)
    course = [
        Stretch(datetime(day.year, day.month, day.day, tzinfo=wanted.zone), tally.sum())
        for day, tally in sorted(whole.course.items())
    ]
    return Dashboard(
        since=wanted.since,
        until=wanted.until,
        zone=str(wanted.zone),
        total=total.sum(),
        not_sent=whole.not_sent,
        withheld=dict(whole.withheld),
        unread=reading.unread,
        pending=reading.pending,
        by="week" if weekly else "month",
        course=course,
        campaigns=_groups(whole.campaigns),
        senders=_groups(whole.senders),
        weekdays=rhythm_of(whole.weekdays),
        hours=rhythm_of(whole.hours),
        mails=_lines(whole),
    )


def remembered() -> Tallies:
    """Where months that were added up are remembered, for those who ask next."""
    return Memory(_REMEMBERED)


def _tally(lot: Lot, wanted: Wanted, weekly: bool, tallies: Tallies | None) -> Whole:
    if lot.same is None or tallies is None:
        return tally_of(lot.facts, wanted, weekly=weekly)
    # A whole month is the same in any period, and for everybody who sees all of it.
    viewer = wanted.viewer if wanted.unseen else ""
    asked = replace(wanted, since=_ANY, until=_ANY, viewer=viewer)
    key = lot.same, asked, weekly
    found = tallies.get(key)
    if found is None:
        found = tally_of(lot.facts, wanted, weekly=weekly)
        tallies.put(key, found)
    return found


def _groups(found: Mapping[str, GroupTally]) -> list[Group]:
    """The largest. Mails without a name are none."""
    named = [item for item in found.items() if item[0]]
    largest = sorted(named, key=lambda item: (-item[1].tally.mails, item[0]))[:MOST_GROUPS]
    return [Group(of.name, of.tally.sum(), of.opened.usual(), of.clicked.usual()) for _, of in largest]


def _lines(whole: Whole) -> list[MailLine]:
    usual = dict[str, tuple[Share | None, Share | None]]()
    lines = []
    for mail in whole.mails:
        name = folded(mail.fact.campaign)
        if name not in usual:
            of = [whole.campaigns[name]] if name else [*whole.campaigns.values()]
            usual[name] = _joined(each.opened for each in of), _joined(each.clicked for each in of)
        lines.append(_line(mail, *usual[name]))
    return lines


def _joined(shares: Iterable[Shares]) -> Share | None:
    found = Shares()
    for each in shares:
        found.join(each)
    return found.usual()


def _line(mail: SentMail, usual_opened: Share | None, usual_clicked: Share | None) -> MailLine:
    fact = mail.fact
    return MailLine(
        message_id=fact.id,
        name=fact.name,
        campaign=fact.campaign,
        sender=fact.sender,
        sent_at=moment_of(fact.starts or 0),
        recipients=fact.reach,
        opened_by=_amount(mail.opened_by),
        opened=mail.opened,
        clicked_by=_amount(mail.clicked_by),
        clicked=mail.clicked,
        usual_opened=usual_opened,
        opened_stands=standing_of(mail.opened, usual_opened),
        usual_clicked=usual_clicked,
        clicked_stands=standing_of(mail.clicked, usual_clicked),
    )


def _amount(ends: Ends | None) -> Amount | None:
    return None if ends is None else Amount(*ends)
