"""Who calls: each route asks here first, unless it is for anyone."""

import azure.functions as func

from shared.errors import NotAllowed
from shared.services.process import services
from shared.web.callers import Caller


def sender(req: func.HttpRequest) -> Caller:
    """The sender who calls. Raises NotAuthenticated or NotAllowed."""
    return services().callers.identify(req.headers.get("authorization"))


def admin(req: func.HttpRequest) -> Caller:
    """The admin who calls. Raises NotAuthenticated or NotAllowed."""
    caller = sender(req)
    if not caller.is_admin:
        raise NotAllowed("Only a Rollcall admin may do this.")
    return caller


def reach(caller: Caller) -> str | None:
    """Whose messages the caller may see: its own; everybody's for an admin."""
    return None if caller.is_admin else caller.id
