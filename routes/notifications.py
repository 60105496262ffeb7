"""What the webhook's address is told, for admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import ADMIN
from shared.services.process import services
from shared.web import cursors, request

if TYPE_CHECKING:
    from shared.api.notifications import NotificationAnswer
    from shared.paging import RowPage

routes = Chapter(__name__, __doc__)

LIMIT, AFTER = request.number("limit", 100, 1, 1000), cursors.behind(r"[ab]-[0-9]{13}-[A-Za-z0-9.-]{8,120}")


@routes.declare("GET", "api/notifications", who=ADMIN, takes=(LIMIT, AFTER))
def notifications_get(call: Call) -> RowPage[NotificationAnswer]:
    """What waits to be told, and what was told within 30 days."""
    from shared.api.notifications import describe_notifications

    page = services().tracking.outlets.notification_table.read(call[LIMIT], call[AFTER])
    return describe_notifications(page)
