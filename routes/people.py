"""What is kept of one person, for admins."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.agreement.allowances import Allowance
from shared.api.declaration import ADMIN, Parameter, always, sometimes
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors

if TYPE_CHECKING:
    from shared.tracking.privacy.objections import Objection
    from shared.tracking.privacy.person import Erasure, Person

routes = Chapter(__name__, __doc__)

# Proxies log the paths of requests. Whoever does not want an address there puts this in its place, and the
# address, percent-encoded, into the header.
IN_HEADER, HEADER = "-", "Rollcall-Person"


def _read_address(req: func.HttpRequest) -> str:
    from shared.tracking.privacy.people import parse_person

    # The host leaves %2F as it is, so that a slash does not end the segment.
    text = req.route_params["address"].replace("%2F", "/").replace("%2f", "/")
    if text == IN_HEADER:
        text = unquote(req.headers.get(HEADER, ""))
    return parse_person(text, "address")


ADDRESS = Parameter(
    "address",
    "path",
    {"type": "string", "pattern": r"^-\Z|^[^\s@/]{1,64}@[^\s@/]{1,255}\Z"},
    _read_address,
)
AFTER = cursors.behind(r"[em][0-9]{16}-[A-Za-z0-9-]{8,64}")


@routes.declare(
    "GET",
    "api/people/{address}",
    who=ADMIN,
    takes=(ADDRESS, AFTER),
    recorded=always(Kind.PERSON_EXPORTED),
    under=Allowance.ADMINS_SEE_PEOPLE,
)
def people_get(call: Call) -> Person:
    """What is kept of a person, page by page."""
    return services().tracking.people.get(call[ADDRESS], call.caller.id, call[AFTER])


@routes.declare(
    "DELETE", "api/people/{address}", who=ADMIN, takes=(ADDRESS, AFTER), recorded=always(Kind.PERSON_ERASED)
)
def people_delete(call: Call) -> Erasure:
    """Erase a person, page by page."""
    return services().tracking.people.erase(call[ADDRESS], call.caller.id, call[AFTER])


@routes.declare(
    "POST",
    "api/people/{address}/objection",
    who=ADMIN,
    takes=(ADDRESS,),
    recorded=sometimes(Kind.OBJECTED),
)
def people_object(call: Call) -> Objection:
    """Object to tracking, on a person's behalf."""
    return services().tracking.people.object(call[ADDRESS], call.caller.id)


@routes.declare(
    "DELETE",
    "api/people/{address}/objection",
    who=ADMIN,
    takes=(ADDRESS,),
    recorded=sometimes(Kind.OBJECTION_WITHDRAWN),
)
def people_withdraw(call: Call) -> Objection:
    """Withdraw a person's objection, on their behalf."""
    return services().tracking.people.withdraw(call[ADDRESS], call.caller.id)
