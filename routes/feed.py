"""Results for programs that copy them, without anybody signed in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import NDJSON, NOBODY, REPORT_READER, Lines, sometimes
from shared.errors import NotAllowed
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request

if TYPE_CHECKING:
    from shared.api.feed import FeedLine
    from shared.tracking.reporting.feed import FeedEntry
    from shared.tracking.reporting.report import Report

routes = Chapter(__name__, __doc__)

AFTER, LIMIT = cursors.behind(r"[0-9]{13}-[01]-[A-Za-z0-9]{8,64}"), request.number("limit", 100, 1, 1000)


@routes.declare(
    "GET",
    "api/feed",
    who=NOBODY,
    program=REPORT_READER,
    takes=(AFTER, LIMIT),
    answers={200: NDJSON},
    recorded=sometimes(Kind.RECIPIENTS_VIEWED),
)
def feed_read(call: Call) -> Lines[FeedLine]:
    """Each message's report at each of the times at which numbers come out, the oldest first, a line each.

    A reader may leave at any line and take the feed up with its `cursor`, as often as it likes: each line
    comes once behind a cursor, with the same `id`. The last line says whether there is more. Messages that
    are gone leave a line that says so, for 30 days.
    """
    from shared.api.feed import describe_feed

    tracking = services().tracking

    def look(entry: FeedEntry) -> Report | None:
        assert entry.message
        if not tracking.outlets.lets_see(entry.message):
            return None
        with suppress(NotAllowed):  # of this one, by the agreement
            return tracking.looks.publication(call.caller.id, entry.message, entry.at)
        return None

    page = tracking.outlets.feed.read(call[AFTER], call[LIMIT])
    return Lines(describe_feed(page, look, call.cursor))
