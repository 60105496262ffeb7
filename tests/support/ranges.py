"""What Rollcall says of a world, beside the truth."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.adapters.crawlers import is_crawler
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.reporting.bounds import PeopleCount, clicked_by, opened_by
from shared.tracking.reporting.judge import Judge
from shared.tracking.reporting.summaries import Summary
from tests.support.worlds import SENT_AT, World

_SENT = datetime.fromtimestamp(SENT_AT / 1000, UTC)


def ranges_of(world: World) -> dict[str, tuple[PeopleCount, int]]:
    """By `opened` and `clicked`: the range, and how many people there were."""
    events, looked, followed = world.events()
    judge = Judge(SENT_AT, world.links, is_crawler, control=world.notice)
    summary = Summary()
    summary.add(events, judge.judge(events), world.recipients)
    mode = Mode.COUNTING if world.shared else Mode.INDIVIDUAL
    message = Message(
        "mia", "m", "", mode, Stage.SENT, Sender("Mia", "mia@company.example"), world.recipients, True,
        _SENT, _SENT, notice=Notice.LINE if world.notice else Notice.NONE,
    )  # fmt: skip
    return {
        "opened": (opened_by(message, summary, world.links), len(looked)),
        "clicked": (clicked_by(message, summary, world.links), len(followed)),
    }
