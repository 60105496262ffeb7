"""When a mail is delivered: at once, or at a time that its sender set in Outlook.

Outlook lets a mail wait (`item.delayDeliveryTime`, requirement set Mailbox 1.13). What was set is what
Outlook said, and no promise: it was seen to send such a mail at once (office-js issue 6413), or not at the
time that was set (4847).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.errors import InvalidRequest
from shared.tracking.mail.calendar import Due, Step, to_millisecond

if TYPE_CHECKING:
    from shared.tracking.mail.message import Message

LATEST = timedelta(days=366)


def parse_delivery(at: datetime | None, field: str, now: datetime) -> datetime | None:
    """The time of delivery that a request's `field` names; None where that is not later than now. Raises
    InvalidRequest where it is more than a year away."""
    if at is not None and at > now + LATEST:
        raise InvalidRequest(field, "This is more than a year away.")
    return at if at is not None and at > now else None


def starts_at(message: Message) -> datetime | None:
    """From when on the mail's recipients have it, as far as Outlook said; None before it is sent."""
    if message.sent_at is None or message.deliver_at is None:
        return message.sent_at
    return max(message.sent_at, message.deliver_at)


def sent_due(message: Message) -> list[Due]:
    """What stands in the calendar of a mail because it was sent."""
    since = starts_at(message)
    return [Due(Step.SENT, to_millisecond(since), message.owner, message.id)] if since else []
