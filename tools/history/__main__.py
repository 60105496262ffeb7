"""Makes the year, in the storage and with the tenant that the environment leads to."""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shared.adapters.storage.tables.journal import JOURNAL
from shared.audience.directory import Mailbox
from shared.audience.expansion_store import Expansion
from shared.errors import NotFound, RollcallError
from shared.paging import RowPage
from shared.services.once import once
from shared.services.process import Services
from shared.settings import Settings
from shared.tracking.mail.links import parse_links
from shared.tracking.mail.message import Message, Sender
from shared.tracking.mail.messages import Messages
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.recording.events import Entry
from shared.tracking.recording.networks import Networks
from tools.history.ledger import Ledger
from tools.history.plan import DAYS, Planned, plan
from tools.history.readers import Crowd, entries_of

LIST = "newsletter@company.com"
SENDERS = {"mia.sender@company.com": "Mia Sender", "noah.sender@company.com": "Noah Sender"}
TARGETS = (
    "https://intranet.company.com/news/opening",
    "https://forms.company.com/r/lunch",
    "https://company.sharepoint.com/:w:/s/opening",
)
_AT_ONCE = 100  # rows in a transaction


@dataclass
class Clock:
    """The time that it is in the year."""

    at: datetime

    def now(self) -> datetime:
        """It."""
        return self.at


class Then(Services):
    """The app's services, at another time."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings)
        self.now = clock.now  # type: ignore[method-assign]

    @once
    def tables(self) -> Ledger:
        """Tables that are stored when the year is made."""
        return Ledger(Services(self.settings).tables)


class Silence:
    """The audit trail is of what people did: it hears nothing of this."""

    def message_registered(
        self, owner: str, message: str, mode: str, count: int, targets: Sequence[str], *, sender_checked: bool
    ) -> None: ...
    def message_labelled(self, actor: str, message: str, fields: Sequence[str]) -> None: ...
    def message_sent(self, owner: str, message: str) -> None: ...
    def message_unsent(self, owner: str, message: str, since: datetime | None) -> None: ...


class Counted:
    """One list that was really counted, for as many mails as there are, each to some of its recipients."""

    def __init__(self, whole: Expansion, addresses: Sequence[str]) -> None:
        self.addresses = addresses
        self._whole = whole
        self._wanted: dict[str, Sequence[int]] = {}

    def expect(self, recipients: Sequence[int]) -> str:
        """The id of an expansion of these."""
        identifier = str(uuid.uuid4())
        self._wanted[identifier] = recipients
        return identifier

    def get(self, owner: str, identifier: str) -> Expansion:
        """As a message takes one over."""
        count = len(self._of(identifier))
        found = replace(self._whole, owner=owner, id=identifier, recipients=count)
        if count < len(self.addresses) and found.audience is not None:
            found = replace(found, audience=replace(found.audience, lists=[]))
        return found

    def list_members(self, owner: str, identifier: str) -> list[bytes]:
        """None are kept by list."""
        return []

    def list_recipients(self, owner: str, identifier: str, after: int, limit: int) -> RowPage[str]:
        """Its recipients, page by page."""
        wanted = self._of(identifier)
        following = after + limit
        rows = [self.addresses[place] for place in wanted[after:following]]
        return RowPage(rows, str(following) if following < len(wanted) else None, len(wanted))

    def forget(self, owner: str, identifier: str) -> None:
        """It has become a message."""
        del self._wanted[identifier]

    def _of(self, identifier: str) -> Sequence[int]:
        if identifier not in self._wanted:
            raise NotFound
        return self._wanted[identifier]


class Year:
    """The year's mails."""

    def __init__(self, settings: Settings) -> None:
        self.end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        self.clock = Clock(self.end)
        self.services = Then(settings, self.clock)
        self.tracking = self.services.tracking
        self.owners = self._find_owners()
        self.counted = self._count()
        tracking = self.tracking
        self.messages = Messages(
            tracking.message_table,
            self.counted,
            tracking.forget_events,
            settings.allowed_modes,
            self.clock.now,
            Silence(),
            Notice(settings.notice),
            has_pixel=settings.ceiling.has_opens,
        )
        signer = tracking.signing_keys.get()
        self.crowd = Crowd(self.counted.addresses, Networks(), signer.source)
        links = TARGETS if settings.ceiling.has_clicks else ()
        self.links = parse_links(links, "$.links", settings.public_url, tracking.links.hosts)

    def make(self) -> int:
        """All of it; how many mails."""
        listing = self.tracking.message_table.listing
        listing.walk()
        listing.walk(now=lambda: datetime.now(UTC) + timedelta(days=1))
        modes = sorted(self.services.settings.allowed_modes)
        found = list(plan(self.end, len(self.counted.addresses), len(SENDERS), modes))
        for planned in found:
            self._send(planned)
        self.clock.at = datetime.now(UTC)
        self.tracking.overviews.months.look(EVERY_OWNER, 600.0, timedelta(days=DAYS + 10))
        self.services.tables.store()
        return len(found)

    def _send(self, planned: Planned) -> None:
        self.clock.at = planned.at - timedelta(minutes=4)
        address = [*SENDERS][planned.sender]
        sender = Sender(SENDERS[address], address, checked=True)
        expansion = self.counted.expect(planned.recipients)
        message = self.messages.register(
            self.owners[address], expansion, planned.mode, sender, self.links, planned.labels
        )
        if not planned.is_sent:
            return
        self.clock.at = planned.at
        message = self.messages.mark_sent(message.owner, message.id)
        self._store(message, list(entries_of(planned, message, planned.at, self.crowd)))
        first = min(self.services.settings.published_after)
        self.clock.at = min(planned.at + timedelta(seconds=first, hours=1), datetime.now(UTC))
        self.tracking.reports.get(message)

    def _store(self, message: Message, entries: Sequence[Entry]) -> None:
        """In few requests; what had not happened by now is left out."""
        now = f"{round(datetime.now(UTC).timestamp() * 1000):013}"
        rows = [
            ("upsert", {"PartitionKey": message.id, "RowKey": entry.key, "data": entry.data})
            for entry in entries
            if entry.key < now
        ]
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            self.services.tables.write(JOURNAL, lambda table, some=some: table.submit_transaction(some))  # type: ignore[misc]

    def _find_owners(self) -> Mapping[str, str]:
        found = self.tracking.find_people([*SENDERS])
        return {address: person.id for address, person in found.items() if isinstance(person, Mailbox)}

    def _count(self) -> Counted:
        expansions, owner, identifier = self.services.expansions, next(iter(self.owners.values())), ""
        identifier = str(uuid.uuid4())
        whole = expansions.expand(owner, identifier, [LIST])
        addresses: list[str] = []
        while len(addresses) < whole.recipients:
            addresses += expansions.list_recipients(owner, identifier, len(addresses), 1000).rows
        expansions.forget(owner, identifier)
        return Counted(whole, addresses)


def main() -> int | str:
    """Make the year, and say how long it took; or what went wrong."""
    began = time.monotonic()
    try:
        mails = Year(Settings.from_env(os.environ)).make()
    except RollcallError as error:
        return f"The year could not be made: {error}"
    print(f"A year of {mails} mails is made, in {time.monotonic() - began:.0f} seconds.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
