"""What a walk found, before it is made sense of: numbers for recipients, a node for each list."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from shared.audience.directory import DistributionList, MailboxKind
from shared.audience.problems import Problem

MOST_BEGINNINGS = 2  # of one list, after its first


@dataclass(slots=True)
class ListNode:
    """A list on the walk. `recipients` are the numbers of its direct ones, `nested` the ids of its
    direct lists, `depth` the shortest way from a typed address (1 for a typed one)."""

    source: DistributionList
    depth: int
    members: int = 0
    recipients: array[int] = field(default_factory=lambda: array("I"))
    nested: list[str] = field(default_factory=list)
    followed: set[str] = field(default_factory=set)  # links to further pages; none leads in a circle
    queued: bool = False
    done: bool = False
    problem: str | None = None
    directory: str = ""  # which one answered
    age: float = 0.0  # how old the membership may be, in seconds
    begun_anew: int = 0

    def begin_anew(self) -> bool:
        """Forget the pages that were read, to read the list from its first; False where that was done often
        enough. Whom they held stays counted, and is met a second time."""
        if self.begun_anew == MOST_BEGINNINGS:
            return False
        self.begun_anew += 1
        self.members = 0
        self.recipients = array("I")
        self.nested.clear()
        self.followed.clear()
        return True


@dataclass(slots=True)
class Walk:
    """What was found. `numbers` gives every recipient's address a number, `names` has what directories call
    each number, where they told; `outside` holds the addresses
    that lead out of the organisation although their domain is its own; `typed` holds the ids of
    the typed lists, in the order typed; `mailboxes` the addresses that are no person's own."""

    numbers: dict[str, int] = field(default_factory=dict)
    names: list[str | None] = field(default_factory=list)
    lists: dict[str, ListNode] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    domains: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    members_read: int = 0
    duplicates: int = 0
    without_address: int = 0
    unreadable: int = 0
    not_mail: int = 0
    mailboxes: dict[str, MailboxKind] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
