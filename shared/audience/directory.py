"""The words of the directory, and the port that every directory (`graph`, `exchange`, `ews`) fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from shared.audience.patience import Patience
from shared.errors import DirectoryError


class ListKind(StrEnum):
    """What a list is, in the words of Microsoft's admin centres."""

    DISTRIBUTION_LIST = "distribution_list"
    DYNAMIC_DISTRIBUTION_LIST = "dynamic_distribution_list"
    MAIL_ENABLED_SECURITY_GROUP = "mail_enabled_security_group"
    MICROSOFT_365_GROUP = "microsoft_365_group"


@dataclass(frozen=True, slots=True)
class DistributionList:
    """What a sender writes to that stands for others. `id` is unique within `directory`; `address`
    is the primary one, normalised."""

    id: str
    address: str
    name: str
    kind: ListKind
    directory: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody the directory knows: a user, a guest, a shared mailbox or a mail contact. `address`
    is the primary one, normalised, or None where mail cannot reach them."""

    id: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """One page still to be read: the first of `list` when `next` is None, else where the page before
    said to go on. `next` is the directory's own and opaque."""

    list: DistributionList
    next: str | None = None


@dataclass(slots=True)
class Page:
    """Direct members of one list, sorted by what they mean for delivery.

    Columns rather than member objects: 100,000 members make a few hundred of these. Every member
    that was read stands in exactly one column, so their lengths add up to what was read.
    """

    addresses: list[str] = field(default_factory=list)  # mailboxes and contacts, normalised
    lists: list[DistributionList] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)  # ids
    unreadable: list[str] = field(default_factory=list)  # ids: listed, but not shown to us
    not_mail: list[str] = field(default_factory=list)  # ids: devices, groups Exchange does not deliver to
    next: str | None = None
    truncated: bool = False
    """Members were left out, or not told to be lists: the list holds more recipients than it shows."""

    @property
    def members(self) -> int:
        """How many members were read."""
        with_address = len(self.addresses) + len(self.lists)
        return with_address + len(self.without_address) + len(self.unreadable) + len(self.not_mail)


class Directory(Protocol):
    """A source of membership. Thread-safe: the walk calls it from several threads at once."""

    name: str
    batch: int
    """How many cursors one `read` may take and still cost one round trip."""
    find_batch: int
    """How many addresses one `find` may take and still cost one round trip."""

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | DirectoryError | None]:
        """What stands behind each address (normalised), primary or alias; None where nothing does.

        An error in the mapping concerns that address alone. Raises DirectoryError or
        ServiceAccountError when nothing could be asked, Cancelled when patience was called off.
        """

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | DirectoryError]:
        """One page for each cursor, in their order; an error in its place where one failed.

        At most `batch` cursors. Raises like `find`.
        """

    def domains(self, patience: Patience) -> frozenset[str]:
        """The organisation's own mail domains, lower case. Raises like `find`."""
