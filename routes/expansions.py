"""Whom a mail reaches: counted, watched, picked up, forgotten."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import DONE, JSON, SENDER, Reply, sometimes
from shared.audience.addresses import is_address, normalise, parse_address
from shared.errors import InvalidRequest
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import expansions as api_expansions
    from shared.api.expansions import AnyExpansion, RecipientsAnswer
else:
    api_expansions = Later("shared.api.expansions")

routes = Chapter(__name__, __doc__)

NEW = request.body(lambda: api_expansions.NewExpansion)
_KEYED = uuid.UUID("6b4f5c1e-3a0d-4f0e-9a57-0f6f1d1f7f52")  # what tells ids made of keys from others
KEY = request.idempotency_key()
GROUPS = request.text("groups", r"^yes\Z")
AFTER, LIMIT = cursors.behind_number(), request.number("limit", 1000, 1, 10_000)


@routes.declare(
    "POST",
    "api/expansions",
    who=SENDER,
    takes=(NEW, KEY),
    answers={200: JSON, 202: JSON},
    recorded=sometimes(Kind.EXPANDED, Kind.EXPANSION_FAILED),
    limited=True,
)
def expansions_create(call: Call) -> Reply[AnyExpansion]:
    """Count whom a mail to these addresses reaches.

    200 with what was found; 202 with how far it is when that takes longer than an answer may: ask for the
    `id` until its `state` is no longer `running`. The same request with the same `id`, or the same
    `Idempotency-Key`, counts nothing twice; another one with it is a conflict.
    """
    new, most = call[NEW], services().settings.max_addresses
    if len(new.addresses) > most:
        raise InvalidRequest("$.addresses", f"There are more than {most} addresses.")
    addresses = [normalise(text) for text in new.addresses]
    if not any(map(is_address, addresses)):  # one among others is named in the result
        parse_address(new.addresses[0], "$.addresses[0]")
    expansion = services().expansions.expand(call.caller.id, new.id or _identify(call), addresses)
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


@routes.declare("GET", "api/expansions/{id}/recipients", who=SENDER, takes=(ID, AFTER, LIMIT, GROUPS))
def expansions_recipients(call: Call) -> RecipientsAnswer:
    """Whom an expansion found, page by page: address, name, and the list each came through."""
    owner, after = call.caller.id, call[AFTER]
    page = services().expansions.list_known(owner, call[ID], after, call[LIMIT])
    dividing = services().tracking.groups.dividing if call[GROUPS] else None
    draw, groups = (dividing and dividing.draw(owner, call[ID])) or ("", [])
    return api_expansions.describe_recipients(page, groups[after : after + len(page.rows)], draw)


def _identify(call: Call) -> str:
    """The id of an expansion whose sender chose none: of their key, where they sent one, always the same."""
    key = call[KEY]
    return str(uuid.uuid5(_KEYED, f"{call.caller.id} {key}") if key else uuid.uuid4())
