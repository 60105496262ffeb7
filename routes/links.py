"""Links under control: withdrawing and correcting links of mails that were delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import ADMIN, SENDER, sometimes
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import links as words
    from shared.api.links import AmendedLink, FoundLinkAnswer, LinksAnswer
    from shared.paging import RowPage
else:
    words = Later("shared.api.links")

routes = Chapter(__name__, __doc__)

HIGHEST = 499
"""The number of the last link that a mail may have."""
NUMBER = request.place("number", HIGHEST)
AFTER = cursors.behind(r"[0-9a-f]{32}-(admin|sender)-([0-9]{4}|all)")
LIMIT = request.number("limit", 1000, 1, 10_000)
LEAD, FOUND = request.body(lambda: words.NewLead), request.body(lambda: words.FoundLink)
AMENDED = sometimes(Kind.LINK_WITHDRAWN, Kind.LINK_CORRECTED)
RESTORED = sometimes(Kind.LINK_RESTORED)


@routes.declare("GET", "api/messages/{id}/links", who=SENDER, takes=(ID,))
def links_list(call: Call) -> LinksAnswer:
    """Where the links of a message lead."""
    found = services().tracking.links.control.list_links(call.reach, call[ID])
    return words.describe_links(call[ID], found)


@routes.declare("PUT", "api/messages/{id}/links", who=SENDER, takes=(ID, LEAD), recorded=AMENDED)
def links_amend_all(call: Call) -> LinksAnswer:
    """Have all links of a message lead elsewhere, or nowhere."""
    return _amend(call, None)


@routes.declare("DELETE", "api/messages/{id}/links", who=SENDER, takes=(ID,), recorded=RESTORED)
def links_restore_all(call: Call) -> LinksAnswer:
    """Have all links of a message lead again where its mails say."""
    return _restore(call, None)


@routes.declare(
    "PUT", "api/messages/{id}/links/{number}", who=SENDER, takes=(ID, NUMBER, LEAD), recorded=AMENDED
)
def links_amend(call: Call) -> LinksAnswer:
    """Have one link lead elsewhere, or nowhere."""
    return _amend(call, call[NUMBER])


@routes.declare(
    "DELETE", "api/messages/{id}/links/{number}", who=SENDER, takes=(ID, NUMBER), recorded=RESTORED
)
def links_restore(call: Call) -> LinksAnswer:
    """Have one link lead again where its mails say."""
    return _restore(call, call[NUMBER])


@routes.declare("GET", "api/links", who=ADMIN, takes=(AFTER, LIMIT))
def links_amended(call: Call) -> RowPage[AmendedLink]:
    """Every link that was withdrawn or corrected, of messages that were deleted as well."""
    return words.describe_amended(services().tracking.links.control.list_amended(call[AFTER], call[LIMIT]))


@routes.declare("POST", "api/links", who=ADMIN, takes=(FOUND,))
def links_identify(call: Call) -> FoundLinkAnswer:
    """Which link of which message a tracking URL is, of messages that were deleted as well."""
    found = services().tracking.links.control.identify(call[FOUND].url, "$.url")
    return words.describe_found(found)


def _amend(call: Call, number: int | None) -> LinksAnswer:
    control = services().tracking.links.control
    control.amend(call.reach, call.caller.id, call[ID], number, call[LEAD].target)
    return links_list(call)


def _restore(call: Call, number: int | None) -> LinksAnswer:
    services().tracking.links.control.restore(call.reach, call.caller.id, call[ID], number)
    return links_list(call)
