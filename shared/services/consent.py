"""What consent needs, built once per process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from shared.errors import NotAllowed
from shared.services.once import once
from shared.tracking.recording.gate import Gate

if TYPE_CHECKING:
    from shared.adapters.storage.rest import StorageAccount
    from shared.adapters.storage.tables.consents import ConsentTable
    from shared.services.others import OtherServices
    from shared.settings import Settings
    from shared.tracking.mail.apart import Granted
    from shared.tracking.mail.course import CeilingWatch
    from shared.tracking.mail.keys import SigningKeys
    from shared.tracking.mail.message import Message
    from shared.tracking.mail.sharing import Found
    from shared.tracking.privacy.consents import Grants, Permission
    from shared.tracking.privacy.objections import Objections
    from shared.tracking.privacy.own import Own
    from shared.tracking.reporting.report import Report


NO_BASIS = (
    "The mode individual is off, since nobody stated what it rests on.",
    "Set ROLLCALL_INDIVIDUAL_BASIS to consent or objection, or take individual out of ROLLCALL_MODES.",
)

log = logging.getLogger(__name__)


class KeysAndStorage(Protocol):
    """The services that consent uses."""

    settings: Settings

    others: OtherServices

    @property
    def account(self) -> StorageAccount: ...
    @property
    def signing_keys(self) -> SigningKeys: ...
    @property
    def objections(self) -> Objections: ...
    def find_people(self, addresses: Sequence[str]) -> Mapping[str, Found]: ...


class ConsentServices:
    """Who said yes to being measured individually."""

    def __init__(self, others: KeysAndStorage) -> None:
        self.others = others
        self.ceiling = others.others.agreed.ceiling
        self.lock = threading.RLock()
        self.began = others.others.now()

    @once
    def table(self) -> ConsentTable:
        """Who said yes, as it is kept."""
        from shared.adapters.storage.tables.consents import ConsentTable

        return ConsentTable(self.others.account.tables)

    @once
    def grants(self) -> Grants:
        """Who said yes, to look up."""
        from shared.tracking.privacy.consents import Grants

        return Grants(
            lambda: self.table,
            lambda address: self.others.signing_keys.get().person(address),
            needed=self.ceiling.needs_consent,
        )

    def take_back(self, reference: str) -> None:
        """Forget that whoever has that reference said yes to being measured individually."""
        self.table.withdraw(reference)

    @property
    def granted(self) -> Granted | None:
        """Who may be told apart by name, where that takes their yes."""
        return self.grants.among if self.ceiling.needs_consent else None

    def say_what_is_off(self) -> None:
        """Say it in the log where individual measuring is offered without a basis."""
        if self.others.settings.lacks_basis:
            log.error("%s %s", *NO_BASIS)

    def check(self) -> None:
        """Raises NotAllowed, saying what is off, where individual measuring is offered without a basis."""
        if self.others.settings.lacks_basis:
            raise NotAllowed(*NO_BASIS)

    @once
    def gate(self) -> Gate:
        """What may be recorded at all."""
        # Half of what a reader waits: the other half is for storing what they did.
        patience = self.others.settings.reader_deadline / 2
        return Gate(
            self.ceiling,
            lambda person: self.grants.admits(person),
            patience,
            lambda: self.others.others.now().timestamp(),
        )

    @once
    def watch(self) -> CeilingWatch:
        """How far mails could be tracked since when."""
        from shared.adapters.storage.tables.standings import CourseTable
        from shared.tracking.mail.course import CeilingWatch

        others = self.others.others
        return CeilingWatch(self.ceiling, self.began, lambda: CourseTable(others.tables), others.now)

    def mark(self, message: Message, report: Report) -> Report:
        """The report, with what was not recorded of the message."""
        from shared.tracking.reporting.unrecorded import marked, unrecorded_of

        course, now = self.watch.course(), self.others.others.now()
        return marked(report, message, unrecorded_of(message, course, now, links=bool(report.links)))

    @once
    def own(self) -> Own:
        """What people see and decide about themselves."""
        from shared.tracking.privacy.own import Own

        return Own(
            self.ceiling,
            self.others.settings.allowed_modes,
            lambda: self.table,
            lambda text: self.others.signing_keys.get().person(text),
            lambda: self.others.objections,
            self.others.find_people,
            self.others.others.now,
            self.others.others.trail,
        )

    @once
    def permission(self) -> Permission:
        """What may be recorded of what comes home."""
        from shared.tracking.privacy.consents import Permission

        return Permission(self.ceiling, self.grants)
