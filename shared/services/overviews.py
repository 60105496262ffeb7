"""What overviews of many messages need, built once per process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from shared.services.once import once

if TYPE_CHECKING:
    from shared.adapters.storage.tables.messages import MessageTable
    from shared.services.others import OtherServices
    from shared.tracking.mail.keys import SigningKeys
    from shared.tracking.mail.message import Message
    from shared.tracking.overview.audience import Audiences
    from shared.tracking.overview.dashboard import Tallies
    from shared.tracking.overview.months import Months
    from shared.tracking.overview.sorting import Sorting
    from shared.tracking.reporting.reports import Reports


class MessagesAndReports(Protocol):
    """The services that overviews use."""

    others: OtherServices

    @property
    def message_table(self) -> MessageTable: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def signing_keys(self) -> SigningKeys: ...


class OverviewServices:
    """What somebody sees of all their messages at once."""

    def __init__(self, others: MessagesAndReports) -> None:
        self.others = others
        self.lock = threading.RLock()

    @once
    def months(self) -> Months:
        """What is kept of all messages that somebody sees, month by month."""
        from shared.adapters.storage.tables.overview import OverviewTables
        from shared.tracking.overview.months import Months

        table, reports = self.others.message_table, self.others.reports
        return Months(OverviewTables(table.listing), table.find, reports.get, self.others.others.now)

    @once
    def audiences(self) -> Audiences:
        """How many different people mails reached."""
        from shared.tracking.overview.audience import Audiences

        others, table = self.others, self.others.message_table

        def recipients(message: Message) -> list[str]:
            return table.list_recipients(message, 0, message.recipients)

        smallest = others.others.settings.smallest_group
        return Audiences(table.find, recipients, smallest, lambda: others.signing_keys.get().place)

    @once
    def sorting(self) -> Sorting:
        """Messages in an order."""
        from shared.tracking.overview.sorting import Sorting

        return Sorting(self.months, self.others.message_table.find, self.others.others.now)

    def unseen_by(self, viewer: str, *, is_admin: bool) -> frozenset[tuple[bool, bool]]:
        """Of which mails the agreement does not let the viewer see what became of them: whether they are
        their own, and whether they tell people apart."""
        from shared.agreement.allowances import needed_to_see

        def may_see(own: bool, by_name: bool) -> bool:
            # A team's mail is not told from one that is shared, so either takes what the latter does.
            who = {"is_admin": is_admin, "is_reader": True, "by_name": by_name}
            needed = needed_to_see(viewer, viewer if own else "", **who)
            return all(map(self.others.others.agreed.allows, needed))

        kinds = ((own, by_name) for own in (True, False) for by_name in (True, False))
        return frozenset(kind for kind in kinds if not may_see(*kind))

    @once
    def tallies(self) -> Tallies:
        """What months that were added up for a dashboard came to."""
        from shared.tracking.overview.dashboard import remembered

        return remembered()
