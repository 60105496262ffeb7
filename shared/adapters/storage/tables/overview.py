"""What overviews are made of, in Table Storage: months, and the list of messages that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.adapters.storage.tables.listing import Listing
from shared.errors import Conflict
from shared.tracking.mail.message import Message
from shared.tracking.mail.owners import Whose
from shared.tracking.overview.facts import Fact, Numbers
from shared.tracking.overview.month_store import Change, Month, Place


class OverviewTables:
    """The MonthStore of `shared.tracking.overview.month_store`. Every method may raise StoreUnavailable."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._months = listing.entries.months

    def read(self, viewer: Whose, first: str, last: str) -> list[Month]:
        return self._months.read(viewer, first, last)

    def begin(self, viewer: Whose, name: str) -> str:
        return self._months.begin(viewer, name)

    def pack(self, viewer: Whose, month: Month, facts: Sequence[Fact], done: Sequence[Change]) -> None:
        if not self._listing.entries.is_whole:
            raise Conflict  # messages of earlier versions are still being entered
        self._months.pack(viewer, month, facts, done)

    def list_places(self, viewer: Whose, since: datetime, until: datetime) -> list[Place]:
        return self._listing.places(viewer, since, until)

    def tell(self, message: Message, numbers: Numbers) -> None:
        self._listing.describe(message, numbers)
