"""What the audit trail holds: the kinds of its records, and which of them the route at work may write."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

WORD_PATTERN = r"^[a-z0-9_-]{1,64}\Z"
"""Of an actor."""
PLACE_PATTERN = r"[0-9]{17}-[0-9a-f]{16}-[0-9]{8}"
"""Of a record's place in the trail, behind which a page begins."""


class Kind(StrEnum):
    """What a record is about: all kinds that there are. The pages have a word for people for each."""

    EXPANDED = "expanded"
    EXPANSION_FAILED = "expansion_failed"
    LIST_TESTED = "list_tested"
    MESSAGE_REGISTERED = "message_registered"
    MESSAGE_LABELLED = "message_labelled"
    MESSAGE_SENT = "message_sent"
    MESSAGE_UNSENT = "message_unsent"
    MESSAGE_SHARED = "message_shared"
    MESSAGE_DELETED = "message_deleted"
    LINK_WITHDRAWN = "link_withdrawn"
    LINK_CORRECTED = "link_corrected"
    LINK_RESTORED = "link_restored"
    RECIPIENTS_VIEWED = "recipients_viewed"
    REPORT_EXPORTED = "report_exported"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    OBJECTED = "objected"
    OBJECTION_WITHDRAWN = "objection_withdrawn"
    CONSENTED = "consented"
    CONSENT_REFUSED = "consent_refused"
    CONNECTION_STARTED = "connection_started"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    CONNECTION_CHECKED = "connection_checked"
    DISCONNECTED = "disconnected"
    KEPT_ALIVE = "kept_alive"
    REFUSED = "refused"
    PURGED = "purged"
    AGREEMENT_CHANGED = "agreement_changed"
    AUDIT_EXPORTED = "audit_exported"
    PROCESS_STARTED = "process_started"
    ANCHORED = "anchored"
    TRAIL_CUT = "trail_cut"


LOOKS_AT_MESSAGES = frozenset({Kind.RECIPIENTS_VIEWED, Kind.REPORT_EXPORTED})
"""Records of looks at what single people did; their subject is the message."""
LOOKS_AT_PEOPLE = frozenset({Kind.PERSON_EXPORTED})
"""The same, of all that is kept of one person."""
LOOKS = LOOKS_AT_MESSAGES | LOOKS_AT_PEOPLE

Written = list[tuple[Kind, str]]
"""Kinds of records, and their subjects."""

allowed: ContextVar[tuple[Collection[Kind], Written] | None] = ContextVar("allowed", default=None)


@contextmanager
def recording(kinds: Collection[Kind]) -> Iterator[Written]:
    """Have only `kinds` written in this block; what was."""
    written: Written = []
    before = allowed.set((kinds, written))
    try:
        yield written
    finally:
        allowed.reset(before)
