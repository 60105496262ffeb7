"""Made-up mails, and what became of them."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from shared.amounts import Amount, counted
from shared.api.messages import MessageAnswer, ReadersAnswer, SenderAnswer
from shared.paging import RowPage
from shared.tracking.mail.messages import Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.reporting.bounds import PeopleCount
from shared.tracking.reporting.report import (
    HourReport,
    LinkReport,
    MinuteReport,
    Publication,
    Report,
    Withheld,
)
from shared.tracking.reporting.reports import RecipientReport
from shared.tracking.reporting.summaries import Split
from shared.tracking.reporting.verdicts import RULES
from tests.browser.gallery.scenes import Asked

NOW = datetime.now(UTC).replace(minute=3, second=21, microsecond=0)
RULES_THAT_COUNT = sorted(rule.name for rule in RULES if rule.verdict)
MODES = (Mode.COUNTING, Mode.INDIVIDUAL, Mode.PSEUDONYMOUS)
LINKS = (
    "https://intranet.company.com/news/2026/opening-on-thursday",
    "https://company.sharepoint.example/sites/benefits/SitePages/Open-Enrollment-2027.aspx?source=mail"
    "&utm_campaign=a-campaign-with-a-name-that-is-far-too-long&token=eyJhbGciOiJIUzI1NiJ9.aaaaaaaaaaaaaaaaaaaaa",
    "https://forms.company.com/r/lunch",
    "https://www.company.com/",
)
LONG_SENDER = SenderAnswer(
    "Internal Communications and Employee Engagement, Northern and Western Europe Region",
    "internal-communications-and-employee-engagement@subsidiary.with-a-long-name.example.com",
    False,
)


def name_of(number: int) -> str:
    """The id of a made-up mail."""
    return f"made-up-{number:04}"


def _message(number: int, **changes: Any) -> MessageAnswer:
    sent_at = NOW - timedelta(hours=26 * number + 3)
    return msgspec.structs.replace(
        MessageAnswer(
            message_id=name_of(number),
            mode=MODES[number % 3],
            stage=Stage.SENT,
            sender=SenderAnswer("Mia Lambert", "mia.sender@company.com", True),
            count=Amount(1204 + 371 * number, 1204 + 371 * number),
            created_at=sent_at - timedelta(minutes=9),
            sent_at=sent_at,
            deliver_at=None,
            mine=True,
        ),
        **changes,
    )


MESSAGES = [
    _message(0, stage=Stage.REGISTERED, sent_at=None),
    _message(1),
    _message(2, count=Amount(1946, None)),
    _message(3, sender=LONG_SENDER, mine=False),
    *(_message(number) for number in range(4, 12)),
]
NO_MESSAGES: RowPage[MessageAnswer] = RowPage([], None, 0)
READERS = ReadersAnswer(
    ["noah.sender@company.com", "a-person-with-a-rather-long-name@subsidiary.with-a-long-name.example.com"]
)


def messages(asked: Asked) -> RowPage[MessageAnswer]:
    """A part of the made-up mails."""
    return RowPage(MESSAGES[: int(asked.query.get("limit", 100))], None, len(MESSAGES))


def few_messages(asked: Asked) -> RowPage[MessageAnswer]:
    """The same, five at a time."""
    begin = int(asked.query.get("after", 0))
    end = begin + 5
    return RowPage(MESSAGES[begin:end], str(end) if end < len(MESSAGES) else None, len(MESSAGES))


def report(
    number: int,
    mode: Mode,
    hours: int,
    recipients: int,
    complete: bool = True,
    notice: Notice = Notice.LINE,
) -> Callable[[Asked], Report]:
    """Of a mail that was sent so many hours ago; always the same."""
    made = _report(random.Random(number), mode, hours, recipients, complete, notice)
    if mode is Mode.INDIVIDUAL:
        made = dataclasses.replace(made, not_measured=14)
    return lambda asked: dataclasses.replace(made, message_id=asked.id)


def closed(asked: Asked) -> Report:
    """Of a mail whose events became sums: measured until a while ago, and nobody single is told of."""
    told = report(5, Mode.INDIVIDUAL, 200, 400)(asked)
    return dataclasses.replace(told, measured_until=NOW - timedelta(days=3))


def _report(
    dice: random.Random, mode: Mode, hours: int, recipients: int, complete: bool, notice: Notice
) -> Report:
    sent_at = NOW - timedelta(hours=hours, minutes=20)
    opened, clicked, by_hour = Split(), Split(), []
    for hour in range(hours + 1):
        at = sent_at.replace(minute=0, second=0) + timedelta(hours=hour)
        is_day = 7 <= at.hour <= 18
        weight = math.exp(-hour / 9) * (1 if is_day else 0.25) + (0.05 if is_day and at.weekday() < 5 else 0)
        scale = recipients / 1200
        opens = _some(
            dice, 90 * weight * scale, 22 * weight * scale, 150 * scale if hour == 0 else 9 * weight
        )
        clicks = _some(
            dice, 30 * weight * scale, 5 * weight * scale, 700 * scale if hour == 0 else 4 * weight
        )
        if opens.all or clicks.all:
            by_hour.append(HourReport(at, opens, clicks))
        opened, clicked = _sum(opened, opens), _sum(clicked, clicks)
    shares = (0.5, 0.3, 0.2, 0.0)
    return Report(
        message_id=name_of(0),
        mode=mode,
        recipients=counted(recipients, whole=complete),
        notice=notice,
        sent_at=sent_at,
        as_of=NOW,
        withheld=None,
        smallest_group=1,
        step=1,
        next_at=None,
        opened=opened,
        opened_by=PeopleCount(int(recipients * 0.174), int(recipients * 0.216)),
        clicked=clicked,
        clicked_by=PeopleCount(int(recipients * 0.08), int(recipients * 0.11)),
        links=[
            LinkReport(
                url,
                Split(*(int(amount * share) for amount in (clicked.person, clicked.unsure, clicked.machine))),
                PeopleCount(int(recipients * 0.07 * share), int(recipients * 0.1 * share)),
            )
            for url, share in zip(LINKS, shares, strict=True)
        ],
        hours=by_hour,
        published=[],
        reasons={rule: dice.randint(3, 900) for rule in RULES_THAT_COUNT},
        not_counted={"before_send": 4, "head_request": 19},
        minutes=_by_minute(by_hour, sent_at) if hours < 3 else [],
    )


def _by_minute(hours: list[HourReport], sent_at: datetime) -> list[MinuteReport]:
    """Each hour's events spread over its minutes."""
    found = []
    for hour in hours:
        for minute in range(0, 60, 3):
            at = hour.at + timedelta(minutes=minute)
            share = Split(hour.opened.person // 20, hour.opened.unsure // 20, hour.opened.machine // 20)
            clicks = Split(hour.clicked.person // 20, hour.clicked.unsure // 20, hour.clicked.machine // 20)
            if sent_at < at < NOW:
                found.append(MinuteReport(at, share, clicks))
    return found


def _some(dice: random.Random, *usual: float) -> Split:
    return Split(*(int(amount * dice.uniform(0.6, 1.2)) for amount in usual))


def _sum(one: Split, other: Split) -> Split:
    return Split(one.person + other.person, one.unsure + other.unsure, one.machine + other.machine)


def unsent(asked: Asked) -> Report:
    """Of a mail that was not sent yet."""
    return _silent(asked.id, 1204, True, None, Withheld.NOT_YET, None)


def withheld(reason: Withheld) -> Callable[[Asked], Report]:
    """Of a mail whose numbers are not told."""
    first = NOW + timedelta(hours=21) if reason is Withheld.NOT_YET else None
    complete = reason is not Withheld.TOO_FEW_KNOWN
    sent_at, count = NOW - timedelta(hours=3), 1204 if first else 4
    return lambda asked: _silent(asked.id, count, complete, sent_at, reason, first)


def _silent(
    identifier: str,
    count: int,
    complete: bool,
    sent_at: datetime | None,
    reason: Withheld,
    first: datetime | None,
) -> Report:
    return Report(
        identifier, Mode.COUNTING, counted(count, whole=complete), Notice.LINE, sent_at, NOW, reason, 5, 200,
        first, None, None, None, None, [], [], [], {}, {},
    )  # fmt: skip


def published(number: int, recipients: int, times: int = 2) -> Callable[[Asked], Report]:
    """Of a mail whose numbers come out in steps."""
    made = _report(random.Random(number), Mode.COUNTING, 300, recipients, True, Notice.LINE)
    sent_at = made.sent_at or NOW
    told = [
        Publication(sent_at + timedelta(days=1), PeopleCount(0, 289), PeopleCount(0, 118)),
        Publication(sent_at + timedelta(days=7), PeopleCount(261, 460), PeopleCount(0, 193)),
    ][:times]
    people = [PeopleCount(0, 193), PeopleCount(0, 87), PeopleCount(0, 87), PeopleCount(0, 154)]
    return lambda asked: dataclasses.replace(
        made,
        message_id=asked.id,
        as_of=told[-1].at,
        smallest_group=5,
        step=200,
        next_at=sent_at + timedelta(days=7) if times == 1 else None,
        opened=None,
        opened_by=told[-1].opened_by,
        clicked=None,
        clicked_by=told[-1].clicked_by,
        links=[LinkReport(url, None, each) for url, each in zip(LINKS, people, strict=True)],
        hours=[],
        published=told,
        reasons={},
        not_counted={},
    )


FIRST = ["ana", "ben", "carla", "dmitri", "elif", "fatima", "george", "hana", "ivan", "jun"]
LAST = ["abara", "becker", "chen", "diaz", "eriksen", "fischer", "garcia"]


def _else(opened: str) -> str:
    return opened if opened == "not_measured" else "no"


def recipients(asked: Asked) -> RowPage[RecipientReport]:
    """What single people did."""
    dice = random.Random(7)
    names = [f"{first}.{last}@company.com" for first in FIRST for last in LAST]
    opened = [dice.choice(["no", "no", "yes", "maybe", "not_measured"]) for _ in names]
    rows = [
        RecipientReport(name, deed, "yes" if deed == "yes" and dice.random() < 0.4 else _else(deed))
        for name, deed in zip(names, opened, strict=True)
    ]
    wanted = asked.query.get("opened")
    rows = [row for row in rows if wanted in (None, row.opened)]
    return RowPage(rows, None, len(rows))
