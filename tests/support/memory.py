"""A directory in memory: the port, filled from a tenant's data without any wire."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, MailboxKind, Page
from shared.audience.patience import Patience
from shared.errors import AmbiguousAddress, DirectoryError, HiddenMembership, ListNotFound

STATIC = {ListKind.DISTRIBUTION_LIST, ListKind.MAIL_ENABLED_SECURITY_GROUP}
DYNAMIC = ListKind.DYNAMIC_DISTRIBUTION_LIST


class MemoryDirectory:
    """Graph. Answers from `tenant`, a page of `page_size` members at a time. `jitter` (seconds) shuffles the
    order in which answers arrive; `interfere` sees every cursor first and may raise; `lost` is what every
    search ends with."""

    name = "graph"
    kinds = frozenset(STATIC | {ListKind.MICROSOFT_365_GROUP})
    ages: Mapping[ListKind, float] = {}
    sees = frozenset(kind.value for kind in kinds)
    knows_people = True

    def __init__(
        self,
        tenant: Tenant,
        *,
        page_size: int = 3,
        batch: int = 4,
        jitter: float = 0.0,
        seed: int = 0,
        interfere: Callable[[Cursor], None] = lambda cursor: None,
        lost: DirectoryError | None = None,
    ) -> None:
        self.tenant = tenant
        self.page_size = page_size
        self.batch = batch
        self.find_batch = 2
        self.jitter = jitter
        self.random = random.Random(seed)
        self.interfere = interfere
        self.lost = lost
        self.reads: list[str] = []  # ids of lists, one for each first page
        self.calls = 0
        everything: list[Person | Contact | Group | Device] = []
        everything += [*tenant.people, *tenant.contacts, *tenant.groups, *tenant.devices]
        self.by_id = {entry.id: entry for entry in everything}

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | DirectoryError | None]:
        self.answer_late(patience)
        assert len(addresses) <= self.find_batch
        return {address: self.lost or self.find_one(address) for address in addresses}

    def find_one(self, address: str) -> DistributionList | Mailbox | DirectoryError | None:
        found = [
            entry
            for entry in self.by_id.values()
            if not isinstance(entry, Device)
            and entry.address
            and (not isinstance(entry, Group) or entry.kind in self.sees)
            and address in {a.lower() for a in [entry.address, *entry.aliases]}
        ]
        if len(found) > 1 and any(isinstance(entry, Group) for entry in found):
            return AmbiguousAddress()
        if not found:
            return None
        if isinstance(found[0], Group):
            return self.list_of(found[0])
        if not self.knows_people:
            return None
        return Mailbox(found[0].id, str(found[0].address).lower())

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | DirectoryError]:
        self.answer_late(patience)
        assert len(cursors) <= self.batch
        return [self.read_one(cursor) for cursor in cursors]

    def read_one(self, cursor: Cursor) -> Page | DirectoryError:
        try:
            self.interfere(cursor)
        except DirectoryError as error:
            return error
        group = self.group_of(cursor.list)
        if group is None or group.kind not in self.kinds:
            return ListNotFound()
        if cursor.next is None:
            self.reads.append(group.id)
        if group.hidden:
            return HiddenMembership()
        start = int(cursor.next or 0)
        page = Page()
        for member in group.members[start : start + self.page_size]:
            self.put(page, self.by_id[member])
        if start + self.page_size < len(group.members):
            page.next = str(start + self.page_size)
        return page

    def put(self, page: Page, entry: Person | Contact | Group | Device) -> None:
        match entry:
            case Group() if entry.kind in self.sees:
                page.lists.append(self.list_of(entry))
            case Group(kind="dynamic_distribution_list"):
                pass
            case Group() | Device():
                page.not_mail.append(entry.id)
            case Person() if not entry.readable:
                page.unreadable.append(entry.id)
            case Person(address=None):
                page.without_address.append(entry.id)
            case _:
                page.add(str(entry.address).lower(), name=entry.name)

    def group_of(self, source: DistributionList) -> Group | None:
        found = self.by_id.get(source.id)
        return found if isinstance(found, Group) else None

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        return None

    def domains(self, patience: Patience) -> frozenset[str]:
        return frozenset(self.tenant.domains)

    def list_of(self, group: Group) -> DistributionList:
        address = str(group.address).lower()
        kind = ListKind(group.kind)
        return DistributionList(group.id, address, group.name, kind, self.name, hidden=group.hidden)

    def answer_late(self, patience: Patience) -> None:
        self.calls += 1
        patience.proceed()
        if self.jitter:
            time.sleep(self.random.random() * self.jitter)


class MemoryExchange(MemoryDirectory):
    """The Admin API: sees every list, reads all but Microsoft 365 groups, and knows no people, but tells
    what kind of mailbox a member is. Like the real one it asks by address."""

    name = "exchange"
    tells_mailboxes = True
    kinds = frozenset(STATIC | {DYNAMIC})
    ages: Mapping[ListKind, float] = {DYNAMIC: 86_400.0}
    sees = frozenset(kind.value for kind in ListKind)
    knows_people = False

    def put(self, page: Page, entry: Person | Contact | Group | Device) -> None:
        super().put(page, entry)
        if not (self.tells_mailboxes and isinstance(entry, Person) and entry.readable and entry.address):
            return
        if entry.kind != "user" and not entry.guest:
            page.mailboxes[entry.address.lower()] = MailboxKind(entry.kind)

    def group_of(self, source: DistributionList) -> Group | None:
        groups = (group for group in self.tenant.groups if group.address)
        return next((group for group in groups if str(group.address).lower() == source.address), None)


class MemoryEws(MemoryExchange):
    """EWS: cannot tell a dynamic list from a static one, and names lists by their address."""

    name = "ews"
    knows_people = True
    tells_mailboxes = False

    def list_of(self, group: Group) -> DistributionList:
        listed = super().list_of(group)
        kind = listed.kind if listed.kind is ListKind.MICROSOFT_365_GROUP else ListKind.DISTRIBUTION_LIST
        sure = kind is ListKind.MICROSOFT_365_GROUP
        return replace(listed, id=listed.address, kind=kind, kind_is_sure=sure)
