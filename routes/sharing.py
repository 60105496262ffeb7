"""With whom the owner of a message shares what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.agreement.allowances import Allowance
from shared.api.declaration import SENDER, always
from shared.audience.addresses import parse_address
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import messages as words
    from shared.api.messages import ReadersAnswer
else:
    words = Later("shared.api.messages")

routes = Chapter(__name__, __doc__)

NEW = request.body(lambda: words.NewReaders)


@routes.declare("GET", "api/messages/{id}/readers", who=SENDER, takes=(ID,))
def messages_readers(call: Call) -> ReadersAnswer:
    """Who sees a message's report besides its owner."""
    return words.describe_readers(services().tracking.messages.get(call.reach, call[ID]))


@routes.declare(
    "PUT",
    "api/messages/{id}/readers",
    who=SENDER,
    takes=(ID, NEW),
    recorded=always(Kind.MESSAGE_SHARED),
    under=Allowance.SHARE_REPORTS,
)
def messages_share(call: Call) -> ReadersAnswer:
    """Share a message's report with these people, and no others."""
    addresses = [parse_address(text, f"$.addresses[{i}]") for i, text in enumerate(call[NEW].addresses)]

    tracking, trail = services().tracking, services().trail
    halves = tracking.messages.together(tracking.messages.get(call.reach, call[ID]))
    shared = [
        tracking.sharing.share(
            each.owner, each.id, addresses, partial(trail.message_shared, call.caller.id, each.id)
        )
        for each in halves
    ]
    return words.describe_readers(shared[0])
