"""What became of many mails together: added up from what their reports tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import SENDER
from shared.errors import InvalidRequest
from shared.services.process import services
from shared.web import request

if TYPE_CHECKING:
    from datetime import tzinfo

    from shared.tracking.overview.audience import MailAudience
    from shared.tracking.overview.dashboard import Dashboard
    from shared.tracking.overview.tally import Wanted

routes = Chapter(__name__, __doc__)

SINCE, UNTIL = request.moment("since"), request.moment("until")
CAMPAIGN, TAG, BY = request.phrase("campaign", 60), request.phrase("tag", 40), request.phrase("sender", 320)
ZONE = request.text("zone", r"^[A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){0,2}\Z")
YEAR, LONGEST = timedelta(days=365), timedelta(days=11 * 366)


@routes.declare("GET", "api/dashboard", who=SENDER, takes=(SINCE, UNTIL, CAMPAIGN, TAG, BY, ZONE))
def dashboard_get(call: Call) -> Dashboard:
    """What became of all mails of a period.

    The caller's, their teams' and those shared with them, everybody's for an admin: over a period (a year
    where it is not said; eleven at most), which goes by when they were registered. Every number is one that
    a mail's report tells, or a sum of such."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from shared.tracking.overview.dashboard import dashboard_of

    try:
        zone = ZoneInfo(call[ZONE] or "UTC")
    except (ZoneInfoNotFoundError, OSError) as error:
        raise InvalidRequest("zone", "There is no such time zone.", "Name one like Europe/Berlin.") from error
    wanted, overviews = _wanted(call, zone), services().tracking.overviews
    reading = overviews.months.read(call.reach, wanted.since, wanted.until)
    return dashboard_of(reading, wanted, overviews.tallies)


@routes.declare("GET", "api/dashboard/audience", who=SENDER, takes=(SINCE, UNTIL, CAMPAIGN, TAG, BY))
def dashboard_audience(call: Call) -> MailAudience:
    """How many different people the mails of a period reached.

    And how many of them got how many of these mails. It is worked out of the recipients that the messages
    keep, which takes its time; of more than a million recipients, or 2,000 messages, it is not told."""
    wanted = _wanted(call, UTC)
    overviews = services().tracking.overviews
    reading = overviews.months.read(call.reach, wanted.since, wanted.until, asks=False)
    facts = [*filter(wanted.has, reading.facts)]
    return overviews.audiences.of(call.reach, facts, reading.unread)


def _wanted(call: Call, zone: tzinfo) -> Wanted:
    from shared.tracking.mail.labels import fold
    from shared.tracking.overview.tally import Wanted

    campaign, tag, sender = (fold(" ".join(call[text].split())) for text in (CAMPAIGN, TAG, BY))
    services().agreed.demand_known()
    unseen = services().tracking.overviews.unseen_by(call.caller.id, is_admin=call.caller.is_admin)
    return Wanted(*period(call[SINCE], call[UNTIL]), zone, campaign, tag, sender, call.caller.id, unseen)


def period(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """The period that is asked for. Raises InvalidRequest."""
    end = until or datetime.now(UTC)
    start = since or end - YEAR
    if start >= end:
        raise InvalidRequest("since", "The period ends before it begins.", "Ask for an earlier beginning.")
    if end - start > LONGEST:
        raise InvalidRequest("since", "This is more than eleven years.", "Ask for a shorter period.")
    return start, end
