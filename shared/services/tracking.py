"""What tracking needs, built once per process.

The pixel's path builds nothing heavy on the event loop: storage is opened in the journal's threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from shared import telemetry
from shared.errors import SettingsError
from shared.services.consent import ConsentServices
from shared.services.ending import ending
from shared.services.groups import GroupServices
from shared.services.links import LinkServices
from shared.services.once import once
from shared.services.outlets import OutletServices
from shared.services.overviews import OverviewServices
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.recording import overflow
from shared.tracking.recording.batches import JournalPace, fates
from shared.tracking.recording.journal import Journal
from shared.tracking.recording.networks import Networks
from shared.tracking.recording.tracker import Tracker

if TYPE_CHECKING:
    from shared.adapters.storage.queues import OverflowQueue
    from shared.adapters.storage.rest import StorageAccount
    from shared.adapters.storage.tables.claims import ClaimTable
    from shared.adapters.storage.tables.journal import JournalTable
    from shared.adapters.storage.tables.messages import MessageTable
    from shared.adapters.storage.tables.opt_outs import OptOutTable
    from shared.adapters.storage.tables.summaries import SummaryTable
    from shared.services.looks import Looks
    from shared.services.others import OtherServices
    from shared.tracking.copies.runs import Runs
    from shared.tracking.mail.mails import Mails
    from shared.tracking.mail.messages import Message, Messages
    from shared.tracking.mail.sharing import Found, Sharing
    from shared.tracking.privacy.objections import Objections
    from shared.tracking.privacy.people import People
    from shared.tracking.privacy.purge import Purge
    from shared.tracking.reporting.reports import Reports


class TrackingServices:
    """The objects behind the tracking routes."""

    def __init__(self, others: OtherServices) -> None:
        self.others = others
        self.settings = others.settings
        self.lock = threading.RLock()
        self.consent = ConsentServices(self)
        self.outlets = OutletServices(self)
        self.overviews = OverviewServices(self)
        self.groups = GroupServices(self)

    @once
    def account(self) -> StorageAccount:
        """The storage account over plain HTTP."""
        from shared.adapters.storage.rest import StorageAccount

        if self.settings.storage_connection:
            return StorageAccount.by_connection(self.settings.storage_connection)
        settings = self.settings
        return StorageAccount.by_identity(settings.tables_url, settings.queues_url, self.others.identity)

    @once
    def signing_keys(self) -> SigningKeys:
        """The keys behind tracking links."""

        def claims() -> ClaimTable:
            from shared.adapters.storage.tables.claims import ClaimTable

            return ClaimTable(self.others.tables, self.others.now)

        try:
            setting, makes = self.settings.signing_keys, self.settings.ceiling.has_any
            return SigningKeys(setting, lambda: self.others.vault, claims, makes=makes)
        except ValueError as error:
            raise SettingsError([f"ROLLCALL_SIGNING_KEYS {error}"]) from error

    @once
    def message_table(self) -> MessageTable:
        """Messages, their links and recipients."""
        from shared.adapters.storage.tables.messages import MessageTable

        return MessageTable(self.others.tables)

    @once
    def journal_table(self) -> JournalTable:
        """The journal's entries."""
        from shared.adapters.storage.tables.journal import JournalTable

        return JournalTable(self.account.tables, lambda: self.others.tables)

    @once
    def overflow_queue(self) -> OverflowQueue:
        """Entries that wait for Table Storage."""
        from shared.adapters.storage.queues import OverflowQueue

        return OverflowQueue(self.account.queues)

    @once
    def opt_outs(self) -> OptOuts:
        """Objections to being tracked."""
        return OptOuts(
            lambda: self.opt_out_table, of_shown=lambda digest: self.signing_keys.get().of_shown(digest)
        )

    @once
    def opt_out_table(self) -> OptOutTable:
        """Objections, as they are kept."""
        from shared.adapters.storage.tables.opt_outs import OptOutTable

        return OptOutTable(self.account.tables, self.others.now)

    @once
    def links(self) -> LinkServices:
        """What links lead to beside their tokens."""
        return LinkServices(self, self.others.now, lambda: self.others.trail)

    @once
    def messages(self) -> Messages:
        """Tracked mails."""
        from shared.tracking.mail.messages import Messages
        from shared.tracking.mail.notice import Notice

        return Messages(
            self.message_table,
            self.others.expansions,
            self.forget_events,
            self.settings.allowed_modes,
            self.others.now,
            self.others.trail,
            Notice(self.settings.notice),
            has_pixel=self.settings.ceiling.has_opens,
            granted=self.consent.granted,
            dividing=self.groups.dividing,
            recurring=self.groups.recurring,
        )

    @once
    def sharing(self) -> Sharing:
        """Who may see which messages."""
        from shared.tracking.mail.sharing import Sharing

        return Sharing(self.message_table, self.message_table.index, self.find_people)

    def find_people(self, addresses: Sequence[str]) -> Mapping[str, Found]:
        """Whose each address is, as Graph says."""
        from shared.audience.patience import Patience

        patience = Patience(limit=self.settings.throttle_limit, deadline=self.settings.request_timeout)
        return self.others.graph.find(addresses, patience)

    @once
    def runs(self) -> Runs:
        """How far the copies of mails are."""
        from shared.adapters.storage.tables.runs import RunTable
        from shared.tracking.copies.runs import Runs

        return Runs(RunTable(self.others.tables), self.messages.together, self.others.now, self.settings)

    @once
    def mails(self) -> Mails:
        """What stands in tracked mails."""
        from shared.tracking.mail.links import TrackingUrls
        from shared.tracking.mail.mails import Mails

        return Mails(
            self.message_table, lambda: TrackingUrls(self.settings.tracking_url, self.signing_keys.get())
        )

    @once
    def summary_table(self) -> SummaryTable:
        """What events add up to."""
        from shared.adapters.storage.tables.summaries import SummaryTable

        return SummaryTable(self.others.tables)

    @once
    def reports(self) -> Reports:
        """What became of messages."""
        from shared.adapters.crawlers import is_crawler
        from shared.tracking.privacy.objectors import Objectors
        from shared.tracking.reporting.reports import Reports

        return Reports(
            self.message_table,
            self.journal_table,
            self.summary_table,
            is_crawler,
            self.others.now,
            self.groups.publisher,
            Objectors(self.message_table, self.signing_keys.get, lambda: self.opt_outs).among,
            self.consent.mark,
        )

    @once
    def looks(self) -> Looks:
        """The same, for somebody who looks."""
        from shared.services.looks import Looks

        return Looks(self.reports, self.others.trail, self.others.agreed)

    @once
    def objections(self) -> Objections:
        """Objecting to being tracked."""
        from shared.tracking.privacy.objections import Objections

        parts = (self.signing_keys, lambda: self.opt_outs, self.others.trail)
        return Objections(*parts, self.message_table.find_by_id)

    @once
    def people(self) -> People:
        """What is kept of one person."""
        from shared.tracking.privacy.erasing import Eraser
        from shared.tracking.privacy.people import People

        return People(
            self.message_table,
            self.others.expansions,
            self.reports,
            self.sharing.withdraw,
            self.objections,
            Eraser(self.message_table, self.opt_outs, self.journal_table),
            self.find_people,
            self.others.trail,
            self.consent.take_back,
        )

    @once
    def journal(self) -> Journal:
        """The event journal."""
        pace = JournalPace(spacing=self.settings.flush_spacing, deadline=self.settings.reader_deadline)
        journal = Journal(
            lambda: overflow.by_age(self.journal_table, time.time),
            lambda: self.overflow_queue.put,
            self.opt_outs.screen,
            pace,
        )
        ending.add(journal.close)
        telemetry.EVENTS.read_from = lambda: fates(journal.counts)
        return journal

    @once
    def tracker(self) -> Tracker:
        """Records opens and clicks."""
        networks = Networks(self.settings.people_networks, self.settings.scanner_networks)
        parts = (self.signing_keys, self.journal, networks, self.links.leads, self.consent.gate)
        return Tracker(*parts, deadline=self.settings.reader_deadline, proxies=self.settings.proxies)

    @once
    def purge(self) -> Purge:
        """What is past its time goes."""
        from shared.tracking.privacy.purge import Kept, Purge

        kept = Kept(timedelta(days=self.settings.events_kept), timedelta(days=self.settings.messages_kept))
        recorded = (self.journal_table, self.summary_table)
        return Purge(self.messages, self.reports, recorded, self.opt_outs, kept, self.others.trail)

    def forget_events(self, message: Message) -> None:
        """Delete what was recorded of a message, and record no more of it."""
        from shared.tracking.privacy.stopping import forget_events

        forget_events(message, self.opt_outs, (self.journal_table, self.summary_table))

    def sweep(self) -> int:
        """Delete once more what is recorded of messages deleted lately; of how many. Renew old objections."""
        from shared.tracking.privacy.stopping import sweep

        swept = sweep(self.opt_out_table, self.others.now(), (self.journal_table, self.summary_table))
        self.opt_outs.renew()
        return swept

    def drain(self) -> int:
        """Bring home what waits in the overflow queue; how many entries."""
        from shared.tracking.privacy.homecoming import Homecoming

        kept = (self.journal_table, self.message_table, self.opt_outs)
        home = Homecoming(*kept, lambda: self.signing_keys, self.consent.permission)
        return overflow.drain(self.overflow_queue, home, time.time)

    def check(self) -> None:
        """Raises StoreUnavailable, saying what is wrong, when events did not reach storage in time."""
        overflow.check(self.journal, self.overflow_queue.count())
