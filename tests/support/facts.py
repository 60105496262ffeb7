"""Facts of mails as tests want them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.tracking.mail.modes import Mode
from shared.tracking.overview.facts import Ends, Fact, Numbers, milliseconds

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def fact(
    number: int = 1,
    opened: Ends | None = (20, 40),
    clicked: Ends | None = (5, 10),
    at: datetime | None = None,
    recipients: int = 100,
    **more: Any,
) -> Fact:
    """A mail that was sent `number` weeks after a Monday, and what was told of it."""
    starts = milliseconds(at or MONDAY + timedelta(weeks=number))
    whole: dict[str, Any] = {
        "owner": "mia",
        "id": f"{number:032}",
        "created": starts,
        "starts": starts,
        "mode": Mode.COUNTING,
        "recipients": recipients,
        "complete": True,
        "sender": "mia@company.example",
        "sender_name": "Mia",
        "numbers": Numbers(starts, recipients, None, "", opened, clicked),
    }
    return Fact(**(whole | more))
