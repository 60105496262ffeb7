"""A mail as it leaves, as it is delivered, and as it lies in a mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.mailboxes.markup import Found
from sandbox.mailboxes.readers import Reader

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as its sender leaves it. Recipients are addresses, as typed."""

    sender: str
    recipients: Sequence[str]
    subject: str
    html: str
    is_html: bool = True


@dataclass(slots=True)
class Copy:
    """A mail in one mailbox. `log` is what happened there."""

    id: str
    number: int
    address: str
    name: str
    reader: Reader
    log: list[dict[str, Any]] = field(default_factory=list)
    waits: int = 0  # steps to come


@dataclass(slots=True)
class Mail:
    """A delivered mail."""

    id: str
    sent_at: datetime
    outgoing: Outgoing
    found: Found
    copies: list[Copy]
    undeliverable: list[str]
