"""What became of many mails together: added up from what their reports tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.agreement.allowances import needed_to_see
from shared.api.declaration import SENDER
from shared.errors import InvalidRequest
from shared.services.process import services
from shared.tracking.mail.modes import Mode
from shared.web import request

if TYPE_CHECKING:
    from shared.tracking.overview.dashboard import Dashboard
    from shared.tracking.overview.facts import Fact
    from shared.web.callers import Caller

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

    from shared.tracking.mail.labels import fold
    from shared.tracking.overview.dashboard import Wanted, dashboard_of

    since, until = period(call[SINCE], call[UNTIL])
    try:
        zone = ZoneInfo(call[ZONE] or "UTC")
    except (ZoneInfoNotFoundError, OSError) as error:
        raise InvalidRequest("zone", "There is no such time zone.", "Name one like Europe/Berlin.") from error
    campaign, tag, sender = (fold(" ".join(call[text].split())) for text in (CAMPAIGN, TAG, BY))
    services().agreed.demand_known()
    reading = services().tracking.months.read(call.reach, since, until)
    reading = replace(reading, facts=[fact for fact in reading.facts if _may_see(call.caller, fact)])
    return dashboard_of(reading, Wanted(since, until, zone, campaign, tag, sender))


def _may_see(caller: Caller, fact: Fact) -> bool:
    """Whether the agreement lets the caller see what became of that mail."""
    # A fact does not tell a team's mail from one that is shared, so either takes what the latter does.
    who = {"is_admin": caller.is_admin, "is_reader": True, "by_name": fact.mode is Mode.INDIVIDUAL}
    needed = needed_to_see(caller.id, fact.owner, **who)
    return all(map(services().agreed.allows, needed))


def period(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """The period that is asked for. Raises InvalidRequest."""
    end = until or datetime.now(UTC)
    start = since or end - YEAR
    if start >= end:
        raise InvalidRequest("since", "The period ends before it begins.", "Ask for an earlier beginning.")
    if end - start > LONGEST:
        raise InvalidRequest("since", "This is more than eleven years.", "Ask for a shorter period.")
    return start, end
