"""What Exchange Web Services are asked, and what their answers mean for delivery. Fills the Directory port.

Facts: "ExpandDL operation", "ResolveNames operation", "MailboxType" and "UnresolvedEntry" of Microsoft's EWS
reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from shared.adapters.directories.ews.connections import EwsConnections
from shared.adapters.directories.ews.retirement import RETIRED_ON, is_online, retired
from shared.adapters.directories.ews.services import Expand, MailEntry, Resolve
from shared.adapters.directories.ews.transport import EwsTransport
from shared.audience.addresses import normalise
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, Page
from shared.audience.patience import Patience
from shared.errors import (
    AmbiguousAddress,
    DirectoryClosed,
    DirectoryError,
    ListNotFound,
    RollcallError,
    ServiceAccountError,
    UnreadableAnswer,
)

# A mail-enabled public folder takes delivery like a shared mailbox, so it is a recipient.
_RECIPIENTS = frozenset({"Mailbox", "Contact", "OneOff", "ImplicitContact", "PublicFolder"})
_LISTS = {"PublicDL": ListKind.DISTRIBUTION_LIST, "GroupMailbox": ListKind.MICROSOFT_365_GROUP}
# Members without an SMTP address are looked up one by one. A list with more of them is not worth the wait.
_MAX_LOOKUPS = 50

_T = TypeVar("_T")


class EwsDirectory:
    """Membership as Exchange Web Services tell it. Thread-safe.

    It sees dynamic distribution lists, but cannot tell them from static ones: every list is a
    DISTRIBUTION_LIST. `access_token(refused)` gives the bearer token, and another one than `refused`; an
    Exchange Server on premises takes `credentials`, a user name and a password, instead. `account()` is the
    address of the service account's mailbox, or "". `timeout` is in seconds; `connections` are kept open for
    reuse.
    """

    name = "ews"
    batch = 1
    find_batch = 1
    kinds = frozenset(
        {
            ListKind.DISTRIBUTION_LIST,
            ListKind.DYNAMIC_DISTRIBUTION_LIST,
            ListKind.MAIL_ENABLED_SECURITY_GROUP,
        }
    )
    """The kinds of list whose members it can read."""

    def __init__(
        self,
        url: str,
        access_token: Callable[[str], str] | None = None,
        account: Callable[[], str] = lambda: "",
        *,
        timeout: float,
        connections: int,
        credentials: tuple[str, str] | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._connections = EwsConnections(url, credentials, connections)
        token = None if credentials else access_token
        self._transport = EwsTransport(self._connections, token, account, timeout=timeout)
        self._online = is_online(url)
        self._today = today
        self._closed: RollcallError | None = None
        # Exchange Online works a dynamic list out once a day, Exchange Server when mail is sent.
        self.ages: Mapping[ListKind, float] = (
            {ListKind.DYNAMIC_DISTRIBUTION_LIST: 86_400.0} if self._online else {}
        )
        """How old membership may be, in seconds."""

    @property
    def requests_sent(self) -> int:
        """HTTP requests since construction, tries and handshakes included."""
        return self._connections.requests_sent

    def why_not(self) -> RollcallError | None:
        """Why it reads nothing at all: it is retired, or the latest answer said so; else None."""
        return retired() if self._is_retired() else self._closed

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | DirectoryError | None]:
        """What stands behind each address; see the port. An error always stands in the mapping.

        `id` is the primary address.
        """
        return {address: self._in_place(partial(self._find, address, patience)) for address in addresses}

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | DirectoryError]:
        """All members of each cursor's list, in one page; an error always stands in its cursor's place."""
        return [self._in_place(partial(self._read, cursor.list, patience)) for cursor in cursors]

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        """None: Exchange Web Services count nothing that they do not read."""
        return None

    def domains(self, patience: Patience) -> frozenset[str]:
        """None: Exchange Web Services do not tell."""
        return frozenset()

    def _in_place(self, ask: Callable[[], _T]) -> _T | DirectoryError:
        """What `ask` returns, or the error it raises."""
        if self._is_retired():
            return retired()
        try:
            answer = ask()
        except DirectoryClosed as closed:
            self._closed = closed
            return closed
        except ServiceAccountError as error:  # without a mailbox, or refused: not this list's trouble
            self._closed = error
            raise
        except DirectoryError as error:
            return error
        self._closed = None
        return answer

    def _is_retired(self) -> bool:
        return self._online and self._today() >= RETIRED_ON

    def _find(self, address: str, patience: Patience) -> DistributionList | Mailbox | None:
        hits = [
            hit._replace(address=normalise(hit.address) if hit.is_smtp else address)
            for hit in self._resolve(f"smtp:{address}", patience)
        ]
        # Exchange takes the beginning of an address for a match, so .co finds .com as well.
        found = [hit for hit in hits if hit.address == address]
        found = found or [hit for hit in hits if not hit.address.startswith(address)]
        if len(found) > 1:
            raise AmbiguousAddress
        if not found:
            return None
        (hit,) = found
        if hit.kind in _LISTS:
            return _list_of(hit)
        if hit.kind not in _RECIPIENTS:
            raise UnreadableAnswer
        return Mailbox(hit.address, hit.address, name=hit.name or None)

    def _read(self, source: DistributionList, patience: Patience) -> Page:
        def ask(connections: EwsConnections, headers: Mapping[str, str], timeout: float) -> _Members:
            members = _Members()
            expand = Expand(connections, headers, timeout, members.take)
            expand.run(source.address)
            if expand.errors and not members.count:
                raise expand.errors[0]
            members.page.truncated |= not expand.whole
            return members

        members = self._transport.ask(ask, patience)
        if not members.count and not members.page.truncated:
            return self._confirm_empty(source, patience)
        page, unresolved = members.page, members.unresolved
        for name in unresolved[:_MAX_LOOKUPS]:
            hits = [hit for hit in self._resolve(name, patience) if hit.is_smtp]
            if len(hits) == 1:
                _sort(hits[0], page)
            else:
                page.unreadable.append(name)
        page.unreadable += unresolved[_MAX_LOOKUPS:]
        return page

    def _confirm_empty(self, source: DistributionList, patience: Patience) -> Page:
        """The page of a list that looks empty: one that does not exist looks the same."""
        if not isinstance(self._find(source.address, patience), DistributionList):
            raise ListNotFound
        return Page()

    def _resolve(self, name: str, patience: Patience) -> list[MailEntry]:
        def ask(connections: EwsConnections, headers: Mapping[str, str], timeout: float) -> list[MailEntry]:
            hits: list[MailEntry] = []
            resolve = Resolve(connections, headers, timeout, hits.append)
            resolve.run(name)
            if resolve.errors and not hits:
                raise resolve.errors[0]
            return hits

        try:
            return self._transport.ask(ask, patience)
        except ListNotFound:
            return []


class _Members:
    """The members of one list, sorted as they come."""

    def __init__(self) -> None:
        self.page = Page()
        self.unresolved: list[str] = []  # X.500 names
        self.count = 0

    def take(self, member: MailEntry) -> None:
        """Take note of one."""
        self.count += 1
        if member.is_smtp:
            _sort(member, self.page)
        elif member.address:
            self.unresolved.append(member.address)
        else:
            self.page.unreadable.append(member.name)


def _sort(member: MailEntry, page: Page) -> None:
    """Put a member that has an SMTP address in its column of `page`."""
    if member.kind in _RECIPIENTS:
        page.add(normalise(member.address), name=member.name or None)
    elif member.kind in _LISTS:
        page.lists.append(_list_of(member))
    elif member.kind == "PrivateDL":  # somebody's own, and nobody else's to read
        page.unreadable.append(member.address)
    else:
        # Nothing tells whether this is a person or a list, so more recipients may stand behind it.
        page.add(normalise(member.address), name=member.name or None)
        page.truncated = True


def _list_of(found: MailEntry) -> DistributionList:
    address = normalise(found.address)
    kind = _LISTS[found.kind]
    sure = kind is not ListKind.DISTRIBUTION_LIST
    return DistributionList(address, address, found.name or address, kind, "ews", kind_is_sure=sure)
