"""What leaves without a person who asks: the feed, and what else programs may read."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from shared.errors import NotAllowed
from shared.services.once import once

if TYPE_CHECKING:
    from shared.adapters.storage.tables.messages import MessageTable
    from shared.services.others import OtherServices
    from shared.settings import Settings
    from shared.tracking.mail.messages import Message
    from shared.tracking.reporting.feed import Feed
    from shared.tracking.reporting.reports import Reports


class ReportServices(Protocol):
    """The services that outlets use."""

    settings: Settings
    others: OtherServices

    @property
    def message_table(self) -> MessageTable: ...
    @property
    def reports(self) -> Reports: ...


class OutletServices:
    """The objects behind what programs read."""

    def __init__(self, tracking: ReportServices) -> None:
        self.tracking = tracking
        self.settings = tracking.settings
        self.lock = threading.RLock()

    @once
    def feed(self) -> Feed:
        """Every report, at each of the times at which numbers come out."""
        from shared.tracking.privacy.purge import INDEXED
        from shared.tracking.reporting.feed import Feed

        store = self.tracking.message_table
        return Feed(
            store.calendar,
            store.find,
            self.settings.published_after,
            self.tracking.others.now,
            lambda: store.calendar.marked(INDEXED) is not None,
        )

    def lets_see(self, message: Message) -> bool:
        """Whether a program may see what became of the message."""
        terms = self.tracking.reports.publisher.terms
        return self.settings.programs == "recipients" or terms.bind(message)

    def check(self, message: Message) -> None:
        """Raises NotAllowed where a program may not see what became of the message."""
        if not self.lets_see(message):
            raise NotAllowed(
                "This mail's report tells of single people, and programs may not read that.",
                "An administrator decides on that: ROLLCALL_PROGRAMS.",
            )
