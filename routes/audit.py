"""The trail, for admins and auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import AUDIT_READER, AUDITOR, CSV, always
from shared.record_kinds import PLACE_PATTERN, WORD_PATTERN, Kind
from shared.services.process import services
from shared.web import cursors, request, response

if TYPE_CHECKING:
    from shared.api.names import NamesAnswer
    from shared.audit import Record, Search
    from shared.paging import RowPage

routes = Chapter(__name__, __doc__)

KIND, ACTOR = request.choice("kind", Kind), request.text("actor", WORD_PATTERN)
SINCE, UNTIL = request.moment("since"), request.moment("until")
IDS = request.ids("ids", 20)
LIMIT, AFTER = request.number("limit", 100, 1, 1000), cursors.behind(PLACE_PATTERN)


@routes.declare(
    "GET", "api/audit", who=AUDITOR, program=AUDIT_READER, takes=(KIND, ACTOR, SINCE, UNTIL, LIMIT, AFTER)
)
def audit_get(call: Call) -> RowPage[Record]:
    """Who did what when, newest first, page by page."""
    return services().audit.trail.read(_search(call), call[LIMIT], call[AFTER])


@routes.declare(
    "GET",
    "api/audit.csv",
    who=AUDITOR,
    takes=(KIND, ACTOR, SINCE, UNTIL),
    answers={200: CSV},
    recorded=always(Kind.AUDIT_EXPORTED),
)
def audit_csv(call: Call) -> func.HttpResponse:
    """The same as a file."""
    from shared.web.audit_file import to_csv

    services().trail.audit_exported(call.caller.id)
    return response.spreadsheet(to_csv(_search(call), services().audit.trail), "rollcall-audit")


@routes.declare("GET", "api/audit/names", who=AUDITOR, takes=(IDS,))
def audit_names(call: Call) -> NamesAnswer:
    """What people whose object ids the trail has are called now."""
    from shared.api.names import NamesAnswer
    from shared.services.names import names_of

    return NamesAnswer(names_of(services(), call[IDS].split(",")))


def _search(call: Call) -> Search:
    from shared.audit import Search

    return Search(call[KIND], call[ACTOR], call[SINCE], call[UNTIL])
