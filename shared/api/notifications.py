"""The words of the API about what the webhook's address was told."""

from __future__ import annotations

from datetime import datetime

import msgspec

from shared.hooks.notifications import Notification, NotificationFate
from shared.paging import RowPage


class NotificationAnswer(msgspec.Struct, frozen=True):
    """Something that was, or is to be told; `id` is its `webhook-id`. `at` is when it is tried next, or when
    it was over; `outcome` what came of the last attempt."""

    id: str
    kind: str
    fate: NotificationFate
    created_at: datetime
    at: datetime
    attempts: int
    outcome: str


def describe_notifications(page: RowPage[Notification]) -> RowPage[NotificationAnswer]:
    """The answer that lists notifications."""
    rows = [
        NotificationAnswer(one.id, one.kind, one.fate, one.created_at, one.at, one.attempts, one.outcome)
        for one in page.rows
    ]
    return RowPage(rows, page.next, page.total)
