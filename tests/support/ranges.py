"""What Rollcall says of a world, beside the truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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


@dataclass
class Coverage:
    """How often the truth lay in ranges, how often and by how much they were beside it, and how wide they
    were, as shares of the recipients."""

    worlds: int = 0
    too_high: list[int] = field(default_factory=list)
    too_low: list[int] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    @property
    def inside(self) -> float:
        """The share of worlds whose truth lay in the range."""
        return 1 - (len(self.too_high) + len(self.too_low)) / self.worlds


def coverage(worlds: Iterable[World]) -> dict[str, Coverage]:
    """By `opened` and `clicked`. Where all share their URLs, whoever has the mail from a recipient is one of
    the people of whom there are at least so many, and none of the recipients of whom there are at most."""
    found = {"opened": Coverage(), "clicked": Coverage()}
    for world in worlds:
        for name, (said, truth) in ranges_of(world).items():
            seen, people = found[name], truth + (world.strangers[name] if world.shared else 0)
            seen.worlds += 1
            seen.widths.append((said.at_most - said.at_least) / world.recipients)
            if said.at_least > people:
                seen.too_high.append(said.at_least - people)
            if said.at_most < truth:
                seen.too_low.append(truth - said.at_most)
    return found


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
