"""What leaves without a person who asks: the feed, and what else programs may read."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Protocol

from shared.errors import NotAllowed, RollcallError, ServiceAccountError
from shared.services.once import once

if TYPE_CHECKING:
    from shared.adapters.storage.tables.messages import MessageTable
    from shared.adapters.storage.tables.notifications import NotificationTable
    from shared.hooks.news import News
    from shared.services.others import OtherServices
    from shared.settings import Settings
    from shared.tracking.mail.messages import Message
    from shared.tracking.reporting.feed import Feed
    from shared.tracking.reporting.reports import Reports


SECRET = "rollcall-webhook-secret"

log = logging.getLogger(__name__)


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

    @once
    def notification_table(self) -> NotificationTable:
        """What the webhook's address is told."""
        from shared.adapters.storage.tables.notifications import NotificationTable

        return NotificationTable(self.tracking.others.tables)

    @once
    def news(self) -> News:
        """What there is to tell."""
        from shared.hooks.news import News

        store = self.tracking.message_table
        now = self.tracking.others.now
        return News(self.notification_table, store.calendar, store.find, self.tell_of, now)

    def tell_of(self, message: Message) -> dict[str, object]:
        """What is told of a message's report: where it is, and its first sentence's numbers, but nothing of
        single people."""
        import msgspec

        from shared.api.headlines import describe_headlines
        from shared.sights import watching

        told: dict[str, object] = {
            "message_id": message.id,
            "url": f"{self.settings.public_url}/addin/pages.html#/messages/{message.id}",
            "headline": None,
        }
        if self.tracking.reports.publisher.terms.bind(message):
            with watching() as seen:
                report = self.tracking.reports.get(message)
            if not seen:
                [headline] = describe_headlines({message.id: report}).headlines
                told["headline"] = msgspec.to_builtins(headline)
        return told

    def tell(self, seconds: float = 40.0) -> None:
        """Look for what is new, and tell the webhook's address what is due, where there is one. Raises
        StoreUnavailable and VaultUnavailable."""
        if not self.settings.webhook_url:
            return
        from shared.adapters.hooks import Hook
        from shared.adapters.storage.tables.claims import ClaimTable
        from shared.adapters.storage.tables.sightings import SightingTable
        from shared.hooks.notifications import Notifications
        from shared.hooks.signing import read_secret

        others = self.tracking.others
        if not ClaimTable(others.tables, others.now).claim("hooks", seconds + 15):
            return
        self.news.look_at_reports()
        self.news.look_at_connection(self._standing())
        self.news.look_at_canary(SightingTable(others.tables).find())
        try:
            key = read_secret(others.vault.get(SECRET) or "")
        except ValueError as error:
            log.error("alert webhook_unsigned: %s %s", SECRET, error)
            return
        hook = Hook(self.settings.webhook_url, key)
        Notifications(self.notification_table, hook.post, others.now).run(seconds)

    def _standing(self) -> str | None:
        """How the service account stands; None where that cannot be known now."""
        try:
            self.tracking.others.service_account.access_token("graph")
        except ServiceAccountError as error:
            return error.reason
        except RollcallError:
            return None
        return "connected"

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
