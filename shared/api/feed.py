"""The words of the API for programs that copy results: the lines of the feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from shared.api.messages import MessageAnswer, describe_message
from shared.tracking.reporting.feed import FeedEntry, FeedPage
from shared.tracking.reporting.report import Report


class FeedReport(msgspec.Struct, frozen=True, tag_field="kind", tag="report"):
    """What was told of a message `at` one of the times at which numbers come out. `id` is the same whenever
    it is given; whoever remembers `cursor` goes on behind it. `report` is null where it tells of single
    people, and the administrator lets no program read that."""

    cursor: str
    id: str
    at: datetime
    message: MessageAnswer
    report: Report | None


class FeedGone(msgspec.Struct, frozen=True, tag_field="kind", tag="gone"):
    """The message of that id was deleted, or was said not to be sent: every row about it from before `at`
    has to go."""

    cursor: str
    id: str
    at: datetime
    message_id: str


class FeedEnd(msgspec.Struct, frozen=True, tag_field="kind", tag="end"):
    """The last line, by which a reader knows that the answer is whole. `cursor` is null as long as there is
    nothing at all; with `more`, ask again at once."""

    cursor: str | None
    more: bool


FeedLine = FeedReport | FeedGone | FeedEnd


def describe_feed(
    page: FeedPage, look: Callable[[FeedEntry], Report | None], seal: Callable[[str], str]
) -> list[FeedLine]:
    """The lines for some rows, of which `look` makes reports and `seal` cursors."""
    lines: list[FeedLine] = []
    for entry in page.entries:
        cursor, identifier = seal(entry.place), entry.place
        if entry.message is None:
            lines.append(FeedGone(cursor, identifier, entry.at, entry.id))
        else:
            message = describe_message(entry.message, "", "")
            lines.append(FeedReport(cursor, identifier, entry.at, message, look(entry)))
    lines.append(FeedEnd(seal(page.after) if page.after else None, page.more))
    return lines
