"""Who writes the audit trail: every record that Rollcall writes, who is its actor, and what stands in it.

Routes and the domain hand up what happens; the domain knows nothing of the trail. Beside these there are only
the records by which the trail keeps itself, in `shared/audit.py`. A method raises
StoreUnavailable where its record cannot be kept: what cannot be recorded must not be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from shared import trace
from shared.audience.expansion_store import Expansion
from shared.audience.result import Audience
from shared.audit import ROLLCALL
from shared.errors import RollcallError, ServiceAccountError
from shared.record_kinds import Kind
from shared.tracking.mail.messages import Message
from shared.tracking.mail.urls import host_of

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

    from shared.adapters.storage.anchors import AnchorContainer
    from shared.adapters.storage.tables.account import Tables
    from shared.agreement.watch import AgreementStanding
    from shared.audit import Audit
    from shared.settings import Settings

_MOST_HOSTS = 50  # in one record


class Note(Protocol):
    """Writes one record."""

    def __call__(self, kind: Kind, actor: str, subject: str = "", **facts: object) -> None: ...


def audit_of(
    has: Settings, tables: Tables, now: Callable[[], datetime], identity: Callable[[], TokenCredential]
) -> Audit:
    """The chain of this process."""
    from shared.adapters.storage.tables.audit import AuditTable
    from shared.audit import Audit

    anchors: AnchorContainer | None = None
    if url := has.audit_anchors_url:
        from shared.adapters.storage.anchors import AnchorContainer

        if has.storage_connection:
            anchors = AnchorContainer.by_connection(url, has.storage_connection)
        else:
            anchors = AnchorContainer.by_identity(url, identity())
    return Audit(AuditTable(tables), now, has.fingerprint, told=has.audit_log, anchors=anchors)


class TrailWriter:
    """One method for each kind of record."""

    def __init__(self, note: Note) -> None:
        self._note = note

    # Whom a mail reaches

    def expanded(self, expansion: Expansion, outcome: Audience | RollcallError, seconds: float) -> None:
        """What came of a walk: the lists that were typed, and never a member."""
        facts: dict[str, object] = {
            "expansion": expansion.id,
            "client_request_ids": f"{trace.beginning_of(expansion.runner)}*",
            "seconds": round(seconds, 1),
        }
        if isinstance(outcome, RollcallError):
            code = outcome.reason if isinstance(outcome, ServiceAccountError) else outcome.code
            self._note(Kind.EXPANSION_FAILED, expansion.owner, "", **facts, failure=code)
            return
        typed = [entry.address for entry in outcome.lists if entry.parent is None]
        facts |= {
            "count": outcome.count,
            "complete": outcome.complete,
            "lists": len(outcome.lists),
            "problems": sorted({problem.code for problem in outcome.problems}),
        }
        self._note(Kind.EXPANDED, expansion.owner, " ".join(typed), **facts)

    def list_tested(self, admin: str, address: str) -> None:
        """Every directory is about to read that list."""
        self._note(Kind.LIST_TESTED, admin, address)

    # Messages and what became of them

    def message_registered(
        self,
        owner: str,
        message: str,
        mode: str,
        count: int,
        targets: Sequence[str],
        *,
        sender_checked: bool,
    ) -> None:
        """About to be registered; to which hosts its links lead, and whether its owner is its sender."""
        hosts = sorted(set(map(host_of, targets)))[:_MOST_HOSTS]
        self._note(
            Kind.MESSAGE_REGISTERED,
            owner,
            message,
            mode=mode,
            count=count,
            links=len(targets),
            hosts=hosts,
            sender_checked=sender_checked,
        )

    def message_labelled(self, actor: str, message: str, fields: Sequence[str]) -> None:
        """Its name or other labels are about to be changed; which, and never what they say."""
        self._note(Kind.MESSAGE_LABELLED, actor, message, fields=[*fields])

    def message_sent(self, owner: str, message: str) -> None:
        """Its events are about to count."""
        self._note(Kind.MESSAGE_SENT, owner, message)

    def message_unsent(self, owner: str, message: str, since: datetime | None) -> None:
        """Its events are about to count no more."""
        self._note(Kind.MESSAGE_UNSENT, owner, message, counted_since=since and since.isoformat())

    def message_shared(self, actor: str, message: str, readers: Sequence[str]) -> None:
        """Those readers (object ids), and no others, shall see the message of that id."""
        self._note(Kind.MESSAGE_SHARED, actor, message, readers=[*readers])

    def message_deleted(self, actor: str, message: Message) -> None:
        """It is about to be deleted."""
        self._note(Kind.MESSAGE_DELETED, actor, message.id, owner=message.owner)

    def link_withdrawn(self, actor: str, message: str, link: int | None) -> None:
        """That link of the message, or each of them, is about to lead nowhere."""
        self._note(Kind.LINK_WITHDRAWN, actor, message, link=link)

    def link_corrected(self, actor: str, message: str, link: int | None, host: str) -> None:
        """It is about to lead to that host instead."""
        self._note(Kind.LINK_CORRECTED, actor, message, link=link, host=host)

    def link_restored(self, actor: str, message: str, link: int | None) -> None:
        """It is about to lead again where its mail says."""
        self._note(Kind.LINK_RESTORED, actor, message, link=link)

    def recipients_viewed(self, actor: str, message: Message, after: int | None) -> None:
        """What single people did is about to be shown, of recipients behind number `after`; None: by a whole
        report."""
        self._note(Kind.RECIPIENTS_VIEWED, actor, message.id, owner=message.owner, after=after)

    def report_exported(self, actor: str, message: Message) -> None:
        """Its report is about to leave as a file."""
        self._note(Kind.REPORT_EXPORTED, actor, message.id, owner=message.owner, mode=message.mode.value)

    # One person. By reference: a trail that named whom it says was erased would undo that.

    def person_exported(self, actor: str, reference: str) -> None:
        """What is kept of them is about to be shown."""
        self._note(Kind.PERSON_EXPORTED, actor, reference)

    def person_erased(self, actor: str, reference: str) -> None:
        """They are about to be erased."""
        self._note(Kind.PERSON_ERASED, actor, reference)

    def objected(self, actor: str, reference: str) -> None:
        """They object to being tracked."""
        self._note(Kind.OBJECTED, actor, reference)

    def objection_withdrawn(self, actor: str, reference: str) -> None:
        """They object no more."""
        self._note(Kind.OBJECTION_WITHDRAWN, actor, reference)

    def answered(self, actor: str, reference: str, *, yes: bool, version: str, language: str) -> None:
        """They answer whether they may be measured individually, to that text."""
        kind = Kind.CONSENTED if yes else Kind.CONSENT_REFUSED
        self._note(kind, actor, reference, version=version, language=language)

    # The service account

    def connection_started(self, admin: str) -> None:
        """A sign-in began."""
        self._note(Kind.CONNECTION_STARTED, admin)

    def connection_refused(self, admin: str, reason: str) -> None:
        """It came to nothing, for a reason that is a code."""
        self._note(Kind.CONNECTION_REFUSED, admin, reason=reason)

    def connecting(self, admin: str, account: str) -> None:
        """The account of that id is about to be kept."""
        self._note(Kind.CONNECTING, admin, account=account)

    def connected(self, admin: str, account: str, warnings: int) -> None:
        """It was kept; the admin was told of so many things that are not as they should be."""
        self._note(Kind.CONNECTED, admin, account=account, warnings=warnings)

    def connection_checked(self, admin: str | None, outcome: str) -> None:
        """Somebody, or Rollcall itself, looked how it stands."""
        self._note(Kind.CONNECTION_CHECKED, admin or ROLLCALL, outcome=outcome)

    def disconnected(self, admin: str) -> None:
        """The sign-in was forgotten."""
        self._note(Kind.DISCONNECTED, admin)

    def kept_alive(self, outcome: str) -> None:
        """The sign-in was used, so that it does not lapse."""
        self._note(Kind.KEPT_ALIVE, ROLLCALL, outcome=outcome)

    # Whoever tries what they may not

    def refused(self, person: str, what: Mapping[str, int]) -> None:
        """They were refused each of these so often, within a minute or so."""
        self._note(Kind.REFUSED, person, count=sum(what.values()), what=dict(what))

    # What happens by itself

    def purged(self, due: Mapping[str, int]) -> None:
        """So many things are about to come to their end, by what they are."""
        self._note(Kind.PURGED, ROLLCALL, "", **due)

    def agreement_changed(self, before: AgreementStanding, standing: AgreementStanding) -> None:
        """How the agreement stands is another thing than at the last look."""
        was = {"state_before": before.state, "agreement_before": before.agreement, "key_before": before.key}
        now = {"state": standing.state, "agreement": standing.agreement, "key": standing.key}
        self._note(Kind.AGREEMENT_CHANGED, ROLLCALL, standing.agreement, **now, **was)

    # The trail itself

    def audit_exported(self, actor: str) -> None:
        """It is about to leave as a file."""
        self._note(Kind.AUDIT_EXPORTED, actor)
