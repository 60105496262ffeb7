"""Whom a mail reaches: counted, watched, picked up, forgotten."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import DONE, JSON, SENDER, Reply, sometimes
from shared.audience.addresses import is_address, normalise, parse_address, shown
from shared.errors import InvalidRequest
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import expansions as api_expansions
    from shared.api.expansions import AnyExpansion
    from shared.paging import RowPage
else:
    api_expansions = Later("shared.api.expansions")

routes = Chapter(__name__, __doc__)

NEW = request.body(lambda: api_expansions.NewExpansion)
AFTER, LIMIT = cursors.behind_number(), request.number("limit", 1000, 1, 10_000)


@routes.declare(
    "POST",
    "api/expansions",
    who=SENDER,
    takes=(NEW,),
    answers={200: JSON, 202: JSON},
    recorded=sometimes(Kind.EXPANDED, Kind.EXPANSION_FAILED),
    limited=True,
)
def expansions_create(call: Call) -> Reply[AnyExpansion]:
    """Count whom a mail to these addresses reaches.

    200 with what was found; 202 with how far it is when that takes longer than an answer may: ask for the
    `id` until its `state` is no longer `running`.
    """
    new, most = call[NEW], services().settings.max_addresses
    if len(new.addresses) > most:
        raise InvalidRequest("$.addresses", f"There are more than {most} addresses.")
    addresses = [normalise(text) for text in new.addresses]
    if not any(map(is_address, addresses)):  # one among others is named in the result
        parse_address(new.addresses[0], "$.addresses[0]")
    expansion = services().expansions.expand(call.caller.id, new.id or str(uuid.uuid4()), addresses)
    return Reply(
        api_expansions.describe(expansion, to_admin=call.caller.is_admin), 200 if expansion.audience else 202
    )


@routes.declare("GET", "api/expansions/{id}", who=SENDER, takes=(ID,))
def expansions_get(call: Call) -> AnyExpansion:
    """How far an expansion is, or what it found."""
    return api_expansions.describe(
        services().expansions.get(call.caller.id, call[ID]), to_admin=call.caller.is_admin
    )


@routes.declare("DELETE", "api/expansions/{id}", who=SENDER, takes=(ID,), answers=DONE)
def expansions_delete(call: Call) -> None:
    """Forget an expansion now."""
    services().expansions.forget(call.caller.id, call[ID])


@routes.declare("GET", "api/expansions/{id}/recipients", who=SENDER, takes=(ID, AFTER, LIMIT))
def expansions_recipients(call: Call) -> RowPage[str]:
    """The addresses an expansion found, as people read them, page by page."""
    page = services().expansions.list_recipients(call.caller.id, call[ID], call[AFTER], call[LIMIT])
    return replace(page, rows=[shown(address) for address in page.rows])
