"""The words of the directory, and the port that every directory (`graph`, `exchange`, `ews`) fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from shared.audience.patience import Patience
from shared.audience.problems import Problem
from shared.errors import RollcallError


class ListKind(StrEnum):
    """What a list is, in the words of Microsoft's admin centres."""

    DISTRIBUTION_LIST = "distribution_list"
    DYNAMIC_DISTRIBUTION_LIST = "dynamic_distribution_list"
    MAIL_ENABLED_SECURITY_GROUP = "mail_enabled_security_group"
    MICROSOFT_365_GROUP = "microsoft_365_group"


class MailboxKind(StrEnum):
    """A mailbox that is no person's own."""

    SHARED = "shared"
    ROOM = "room"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class DistributionList:
    """What a sender writes to that stands for others. `id` is Entra's where the directory tells it, else
    unique within `directory`; `address` is the primary one, normalised, `others` are known beside it.
    `kind_is_sure` False: EWS described it, which shows every list but a Microsoft 365 group alike.
    `address_is_sure` False: `address` may be an alias, since the directory was asked by it and told none."""

    id: str
    address: str
    name: str
    kind: ListKind
    directory: str
    hidden: bool = False
    kind_is_sure: bool = field(default=True, compare=False)
    address_is_sure: bool = field(default=True, compare=False)
    others: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def addresses(self) -> frozenset[str]:
        """Every address under which the list is known to be reached."""
        return self.others | {self.address}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody the directory knows: a user, a guest, a shared mailbox or a mail contact. `address`
    is the primary one, normalised, or None where mail cannot reach them. `signs_in`: `id` is that of an
    account of the tenant, as Graph alone can tell. `id` is the address where the directory tells none.
    `addresses` are all that mail reaches them by, as far as the directory told, `name` what it calls them."""

    id: str
    address: str | None
    signs_in: bool = field(default=False, compare=False)
    addresses: frozenset[str] = field(default=frozenset(), compare=False)
    name: str | None = field(default=None, compare=False)


PAGE_EXPIRED = "page_expired"
"""The `reason` of an error that asks for the list from its first page."""


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
    ids: list[str] = field(default_factory=list, compare=False)  # of `addresses`, or ""
    names: list[str | None] = field(default_factory=list, compare=False)  # of `addresses`, as far as told
    lists: list[DistributionList] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)  # ids
    unreadable: list[str] = field(default_factory=list)  # ids: listed, but not shown to us
    not_mail: list[str] = field(default_factory=list)  # ids: devices, groups Exchange does not deliver to
    next: str | None = None
    truncated: bool = False
    """Members were left out, or not told to be lists: the list holds more recipients than it shows."""
    directory: str = ""
    """Which directory answered, where it was another than the list's."""
    age: float = 0.0
    """How old the membership may be, in seconds."""
    problem: Problem | None = None
    """Why the list may have more members than were read."""
    mailboxes: dict[str, MailboxKind] = field(default_factory=dict)
    """Which `addresses` are no person's own, as far as the directory tells."""
    aliases: dict[str, str] = field(default_factory=dict, compare=False)
    """Other addresses of some members, and the one of `addresses` that each belongs to."""
    targets: dict[str, str] = field(default_factory=dict, compare=False)
    """Where mail to some `addresses` is passed on to: those of guests, mail users and contacts."""
    kind: ListKind | None = field(default=None, compare=False)
    """What the list is, where only reading it told."""
    about: DistributionList | None = field(default=None, compare=False)
    """The list as it is known by now."""

    @property
    def members(self) -> int:
        """How many members were read."""
        with_address = len(self.addresses) + len(self.lists)
        return with_address + len(self.without_address) + len(self.unreadable) + len(self.not_mail)

    def extend(self, page: Page) -> None:
        """Take the members of `page` in as well, the one after this."""
        if page.ids or self.ids:  # a directory that tells none leaves the column empty
            self.ids += [""] * (len(self.addresses) - len(self.ids))
            self.ids += page.ids or [""] * len(page.addresses)
        if page.names or self.names:
            self.names += [None] * (len(self.addresses) - len(self.names))
            self.names += page.names or [None] * len(page.addresses)
        self.addresses += page.addresses
        self.lists += page.lists
        self.without_address += page.without_address
        self.unreadable += page.unreadable
        self.not_mail += page.not_mail
        self.truncated |= page.truncated
        self.mailboxes |= page.mailboxes
        self.aliases |= page.aliases
        self.targets |= page.targets
        self.kind = page.kind or self.kind

    def add(self, address: str, identifier: str = "", name: str | None = None) -> None:
        """Take in a recipient, who is `identifier` in the directory and is called `name` there."""
        self.addresses.append(address)
        self.ids.append(identifier)
        self.names.append(name)


class Directory(Protocol):
    """A source of membership. Thread-safe: the walk calls it from several threads at once."""

    @property
    def name(self) -> str:
        """What it is called: `graph`, `exchange` or `ews`."""

    @property
    def kinds(self) -> frozenset[ListKind]:
        """The kinds of list whose members it can read."""

    @property
    def ages(self) -> Mapping[ListKind, float]:
        """How old the membership of a kind of list may be, in seconds; live where it is not named."""

    @property
    def batch(self) -> int:
        """How many cursors one `read` may take and still cost one round trip."""

    @property
    def find_batch(self) -> int:
        """How many addresses one `find` may take and still cost one round trip."""

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | RollcallError | None]:
        """What stands behind each address (normalised), primary or alias; None where nothing does.

        An error in the mapping concerns that address alone. Raises DirectoryError or
        ServiceAccountError when nothing could be asked, Cancelled when patience was called off.
        """

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | RollcallError]:
        """One page for each cursor, in their order; an error in its place where one failed.

        At most `batch` cursors. Raises like `find`.
        """

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        """About how many mailboxes are below these lists, nested ones included, by a question or two; None
        where it cannot say. Raises like `find`."""

    def domains(self, patience: Patience) -> frozenset[str]:
        """The organisation's own mail domains, lower case. Raises like `find`."""
