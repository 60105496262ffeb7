"""What links lead to beside their tokens, built once per process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from shared.services.once import once
from shared.tracking.mail.amendments import Amendments
from shared.tracking.mail.hosts import Hosts
from shared.tracking.recording.leads import Leads

if TYPE_CHECKING:
    from shared.adapters.storage.rest import StorageAccount
    from shared.adapters.storage.tables.amendments import AmendmentTable
    from shared.adapters.storage.tables.messages import MessageTable
    from shared.services.trail import TrailWriter
    from shared.settings import Settings
    from shared.tracking.mail.control import LinkControl
    from shared.tracking.mail.keys import SigningKeys


class OtherTracking(Protocol):
    """What links need of tracking."""

    settings: Settings

    @property
    def account(self) -> StorageAccount: ...
    @property
    def message_table(self) -> MessageTable: ...
    @property
    def signing_keys(self) -> SigningKeys: ...


class LinkServices:
    """The objects behind links."""

    def __init__(
        self, others: OtherTracking, now: Callable[[], datetime], trail: Callable[[], TrailWriter]
    ) -> None:
        self.others = others
        self.now = now
        self.trail = trail
        self.lock = threading.RLock()

    @once
    def hosts(self) -> Hosts:
        """Where links may lead."""
        return Hosts(self.others.settings.allow_hosts, self.others.settings.deny_hosts)

    @once
    def amendments(self) -> Amendments:
        """Links that do not lead where their tokens say."""
        return Amendments(lambda: self.table)

    @once
    def leads(self) -> Leads:
        """Where a link leads."""
        return Leads(self.amendments, self.hosts)

    @once
    def table(self) -> AmendmentTable:
        """The same, as they are kept."""
        from shared.adapters.storage.tables.amendments import AmendmentTable

        return AmendmentTable(self.others.account.tables)

    @once
    def control(self) -> LinkControl:
        """Withdrawing and correcting links."""
        from shared.tracking.mail.control import LinkControl

        others = self.others
        return LinkControl(
            others.message_table,
            self.amendments,
            self.hosts,
            others.signing_keys,
            others.settings.tracking_url,
            self.now,
            self.trail(),
            app=others.settings.public_url,
        )
