"""What an expansion found, as it is stored and answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shared.amounts import Amount, counted
from shared.audience.directory import ListKind
from shared.audience.problems import Problem


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One list of the tree. `members` were read directly, `recipients` are the unique ones under it,
    nested lists included. `parent` is the id of the list through which the shortest way leads here,
    None for a typed one; `depth` is 1 for a typed one. `directory` is the one that answered; `problem` the
    code of what kept the list from being read whole; `whole`: nothing kept it or a list under it from that,
    else both numbers are lower bounds. `as_of`: the membership may be as old as that; null
    for one that is live."""

    id: str
    address: str
    name: str
    kind: ListKind
    directory: str
    members: int
    recipients: int
    parent: str | None
    depth: int
    problem: str | None
    as_of: datetime | None
    whole: bool = True

    @property
    def known_members(self) -> Amount:
        """How many members it has, as far as is known."""
        return counted(self.members, whole=not self.problem)

    @property
    def known_recipients(self) -> Amount:
        """How many recipients are under it, as far as is known."""
        return counted(self.recipients, whole=self.whole)


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of everything read: `members_read` (typed addresses and members of lists) is the
    sum of the others."""

    members_read: int
    lists: int
    duplicates: int
    without_address: int
    unreadable: int
    not_mail: int
    recipients: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two lists, by address, and how many recipients are in both."""

    lists: tuple[str, str]
    recipients: int


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """How many recipients are no person's own mailbox, as far as the directories tell: Graph does not."""

    shared: int
    room: int
    equipment: int


NO_MAILBOXES = Mailboxes(0, 0, 0)


@dataclass(frozen=True, slots=True)
class SenderWarning:
    """One thing to look at before sending. `list` is the address it concerns, None where it is the
    whole mail; `text` is for the sender."""

    code: str
    list: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a mail reaches. `count` is the number of unique recipients; it is the truth when
    `complete`, else at least so many were found and `problems` says what is missing. `external` is
    how many of them are outside the organisation, None where its domains could not be read.
    `overlaps` are the largest of `overlaps_in_all`, None where there are too many to tell how many.
    `warnings` are for the sender to see before Send."""

    complete: bool
    count: int
    lists: list[ListEntry]
    balance: Balance
    overlaps: list[Overlap]
    external: int | None
    problems: list[Problem]
    # With defaults, because an expansion that was stored by an older version has none.
    mailboxes: Mailboxes = NO_MAILBOXES
    overlaps_in_all: int | None = None
    warnings: list[SenderWarning] = field(default_factory=list)

    @property
    def known(self) -> Amount:
        """How many recipients there are, as far as is known."""
        return counted(self.count, whole=self.complete)

    @property
    def known_external(self) -> Amount | None:
        """How many are outside the organisation, as far as is known; None where its domains are not."""
        return None if self.external is None else counted(self.external, whole=self.complete)
