"""What may be told of groups of people, built once per process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from shared.services.once import once

if TYPE_CHECKING:
    import threading

    from shared.adapters.storage.tables.messages import MessageTable
    from shared.services.others import OtherServices
    from shared.settings import Settings
    from shared.tracking.mail.dividing import Dividing
    from shared.tracking.mail.keys import SigningKeys
    from shared.tracking.mail.recurring import Recurring
    from shared.tracking.reporting.publishing import Publisher, Terms


class KeyServices(Protocol):
    """The services that this needs."""

    settings: Settings
    others: OtherServices
    lock: threading.RLock

    @property
    def message_table(self) -> MessageTable: ...
    @property
    def signing_keys(self) -> SigningKeys: ...


class GroupServices:
    """The objects behind what reports tell of groups."""

    def __init__(self, tracking: KeyServices) -> None:
        self.tracking = tracking
        self.lock = tracking.lock

    @once
    def terms(self) -> Terms:
        """What of a group may be told, and when."""
        from shared.tracking.reporting.publishing import Terms

        return Terms(self.tracking.settings.smallest_group, self.tracking.settings.published_after)

    @once
    def publisher(self) -> Publisher:
        """What is told of groups."""
        from shared.tracking.reporting.publishing import Publisher

        return Publisher(self.terms, lambda: self.tracking.signing_keys.get().place)

    @once
    def dividing(self) -> Dividing | None:
        """Which lists recipients are in, where that is kept."""
        from shared.tracking.mail.dividing import Dividing

        if not self.tracking.settings.by_list:
            return None
        return Dividing(self.tracking.others.expansions, self.terms.smallest, self.terms.step)

    @once
    def recurring(self) -> Recurring:
        """What changed in an audience since the mail before."""
        from shared.tracking.mail.recurring import Recurring

        tracking = self.tracking
        return Recurring(tracking.message_table, tracking.others.expansions, self.terms.smallest)
