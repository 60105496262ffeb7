"""Made-up mails, and what the app says that became of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from shared.amounts import Amount
from shared.api.headlines import Headline, HeadlinesAnswer
from shared.api.links import LinkAnswer, LinksAnswer
from shared.api.messages import MessageAnswer, ReadersAnswer, SenderAnswer
from shared.paging import RowPage
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.reporting.report import Report, Withheld
from shared.tracking.reporting.reports import RecipientReport
from tests.browser.gallery.recording import RECORDED
from tests.browser.gallery.scenes import Answers, Asked

NOW = datetime.now(UTC).replace(minute=3, second=21, microsecond=0)
MODES = (Mode.COUNTING, Mode.INDIVIDUAL, Mode.PSEUDONYMOUS)
LONG_SENDER = SenderAnswer(
    "Internal Communications and Employee Engagement, Northern and Western Europe Region",
    "internal-communications-and-employee-engagement@subsidiary.with-a-long-name.example.com",
    False,
)


LABELS = (
    Labels(),
    Labels("Spring newsletter", "Newsletters", ("spring", "benefits"), "Newsletter"),
    Labels("Fire drill on Thursday", purpose="Safety"),
    Labels(
        "An unusually long name of a mail about the transformation programme and everything that it means",
        "Transformation programme for Northern and Western Europe",
        ("a-tag-that-is-rather-long-for-what-it-is", "change", "leadership", "region north", "region west"),
        "",
        ("Everything about the programme, for those who read on", "", "Lunch"),
    ),
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
            managed=True,
            labels=LABELS[number % len(LABELS)],
            lists=["all-company@company.com"],
            teams=[],
            other_half=None,
        ),
        **changes,
    )


MESSAGES = [
    _message(0, stage=Stage.REGISTERED, sent_at=None),
    _message(1),
    _message(2, count=Amount(1946, None)),
    _message(3, sender=LONG_SENDER, mine=False, managed=False, count=Amount(4, 4)),
    *(_message(number) for number in range(4, 12)),
]
NO_MESSAGES: RowPage[MessageAnswer] = RowPage([], None, 0)
READERS = ReadersAnswer(
    ["noah.sender@company.com", "a-person-with-a-rather-long-name@subsidiary.with-a-long-name.example.com"]
)
LINKS = LinksAnswer(
    name_of(1),
    [
        LinkAnswer(number, f"https://intranet.company.com/{path}", None)
        for number, path in enumerate(
            ("news", "a/very/long/way/to/a/page/that/nobody/would/ever/type", "lunch")
        )
    ],
)
MORE: Answers = {
    "GET /api/messages/{id}/readers": READERS,
    "PUT /api/messages/{id}/readers": READERS,
    "GET /api/messages/{id}/links": LINKS,
}


def messages(asked: Asked) -> RowPage[MessageAnswer]:
    """A part of the made-up mails."""
    return RowPage(MESSAGES[: int(asked.query.get("limit", 100))], None, len(MESSAGES))


def few_messages(asked: Asked) -> RowPage[MessageAnswer]:
    """The same, five at a time."""
    begin = int(asked.query.get("after", 0))
    end = begin + 5
    return RowPage(MESSAGES[begin:end], str(end) if end < len(MESSAGES) else None, len(MESSAGES))


def message(asked: Asked) -> MessageAnswer:
    """One of them."""
    return next((one for one in MESSAGES if one.message_id == asked.id), MESSAGES[1])


def headlines(asked: Asked) -> HeadlinesAnswer:
    """What became of them: of some it is told, of some not yet, of some never."""
    found = []
    for place, each in enumerate(asked.query.get("ids", asked.id).split(",")):
        count = next((one.count for one in MESSAGES if one.message_id == each), MESSAGES[1].count)
        why, at, opened, clicked = _FATES[place % len(_FATES)]
        if count.at_least < 5:
            why, at, opened, clicked = Withheld.TOO_FEW, None, None, None
        found.append(Headline(each, count, NOW, why, at, opened, clicked))
    return HeadlinesAnswer(found, [])


_Fate = tuple[Withheld | None, datetime | None, Amount | None, Amount | None]
_FATES: tuple[_Fate, ...] = (
    (None, None, Amount(200, 299), Amount(0, 99)),
    (Withheld.NOT_YET, NOW + timedelta(hours=20), None, None),
    (None, None, Amount(1400, 1499), None),
)


@cache
def _recorded() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(RECORDED.read_bytes())
    return found


def shown(name: str) -> Callable[[Asked], Report]:
    """The report that was recorded under that name, as if its numbers were of now."""
    told = msgspec.convert(_recorded()[name], Report)
    # Whole hours, so that what happened in one still does.
    ago = (NOW - told.as_of) // timedelta(hours=1) * timedelta(hours=1)
    moved = msgspec.convert(_moved(msgspec.to_builtins(told, builtin_types=(datetime,)), ago), Report)
    return lambda asked: replace(moved, message_id=asked.id)


def _moved(value: Any, ago: timedelta) -> Any:
    if isinstance(value, datetime):
        return value + ago
    if isinstance(value, dict):
        return {name: _moved(one, ago) for name, one in value.items()}
    return [_moved(one, ago) for one in value] if isinstance(value, list) else value


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
    rows = [row for row in rows if not wanted or row.opened in wanted.split(",")]
    return RowPage(rows, None, len(rows))
