"""What Graph is asked, and what its answers mean for delivery. Fills the Directory port.

A Graph group that Exchange delivers to is our list; the word "group" stays in here.
Facts: Microsoft Graph v1.0 reference, group-list-members, json-batching, paging, throttling-limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import quote

import requests

from shared.adapters.directories.graph.answers import (
    DirectoryObject,
    Entries,
    address_of,
    addresses_of,
    list_of,
    parse_count,
    parse_domains,
    parse_entries,
    parse_page,
)
from shared.adapters.directories.graph.transport import GraphTransport
from shared.adapters.directories.graph.wire import BATCH, GraphWire
from shared.adapters.directories.http import Session
from shared.audience.addresses import shown
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, Page
from shared.audience.patience import Patience
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    HiddenMembership,
    ListNotFound,
    RollcallError,
    UnreadableAnswer,
)

_GROUP = "id,displayName,mail,proxyAddresses,mailEnabled,securityEnabled,groupTypes,visibility"
_MEMBER = f"{_GROUP},userPrincipalName"
_MAILBOX = "id,displayName,mail,proxyAddresses"
_PEOPLE = "microsoft.graph.user"
_DOMAINS = "/organization?$select=verifiedDomains"
_REMEDIES = {
    "groups": "Grant consent to GroupMember.Read.All.",
    "users": "Grant consent to User.Read.All.",
    "contacts": "Grant consent to OrgContact.Read.All, and give the service account the role Directory "
    "Readers: Microsoft wants both.",
    "organization": "Grant consent to Domain.Read.All or User.Read.All.",
}
_DOMAINS_LIFETIME = 3600.0  # seconds
# A search may answer with empty pages that lead on; more than these is no search for one address.
_MAX_SEARCH_PAGES = 10


@dataclass(frozen=True, slots=True)
class _Search:
    """One of the queries for `address`, in one of Graph's collections."""

    address: str
    collection: str
    path: str


class _Hit(NamedTuple):
    """What was found for an address, and whether it owns it in proxyAddresses."""

    found: DistributionList | Mailbox
    owns: bool


class GraphDirectory:
    """Membership as Microsoft Graph tells it. Thread-safe.

    Dynamic distribution lists do not exist here: Graph neither finds them nor lists them as members.
    `access_token(refused)` gives the bearer token, and another one than `refused`; `timeout` is in seconds;
    `connections` are kept open for reuse.
    """

    name = "graph"
    kinds = frozenset(
        {ListKind.DISTRIBUTION_LIST, ListKind.MAIL_ENABLED_SECURITY_GROUP, ListKind.MICROSOFT_365_GROUP}
    )
    ages: Mapping[ListKind, float] = {}
    batch = BATCH
    find_batch = 5
    """How many addresses one `find` may take and still cost one round trip."""

    def __init__(
        self,
        url: str,
        access_token: Callable[[str], str],
        *,
        timeout: float,
        connections: int,
        session: requests.Session | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = GraphWire(url, session or Session(connections))
        self._transport = GraphTransport(self._wire, access_token, timeout=timeout)
        self._clock = clock
        self._refused: dict[str, RollcallError] = {}  # by collection, as the latest answer had it
        self._domains: tuple[float, frozenset[str]] | None = None  # until when they hold, and they

    @property
    def requests_sent(self) -> int:
        """HTTP requests since construction, tries included."""
        return self._wire.requests_sent

    def find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Mapping[str, DistributionList | Mailbox | RollcallError | None]:
        """What stands behind each address; see the port. An error always stands in the mapping."""
        wanted = list(dict.fromkeys(addresses))
        found: dict[str, DistributionList | Mailbox | RollcallError | None] = {}
        for start in range(0, len(wanted), self.find_batch):
            found.update(self._find(wanted[start : start + self.find_batch], patience))
        return found

    def why_not(self) -> RollcallError | None:
        """Why it does not read everything, as the latest answers had it; None where it does."""
        return next(iter(self._refused.values()), None)

    def read(self, cursors: Sequence[Cursor], patience: Patience) -> Sequence[Page | RollcallError]:
        """One page for each cursor; see the port. An error always stands in its cursor's place."""
        paths = [cursor.next or _members_path(cursor.list) for cursor in cursors]
        outcomes = self._transport.fetch(paths, parse_page, patience)
        return [self._page(*row) for row in zip(cursors, paths, outcomes, strict=True)]

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        """Users and contacts below them, as Graph's index has them; contacts where it counts those."""
        paths = [path for one in lists for path in _counts(one)]
        found = 0
        for start in range(0, len(paths), BATCH):
            asked = paths[start : start + BATCH]
            for path, outcome in zip(asked, self._transport.fetch(asked, parse_count, patience), strict=True):
                if not isinstance(outcome, RollcallError):
                    found += outcome
                elif _PEOPLE in path:
                    return None
        return found

    def domains(self, patience: Patience) -> frozenset[str]:
        """The tenant's verified domains; asked once an hour."""
        known = self._domains
        if known is None or self._clock() >= known[0]:
            (outcome,) = self._transport.fetch([_DOMAINS], parse_domains, patience)
            if isinstance(outcome, RollcallError):
                raise self._of_a_search("organization", outcome)
            self._refused.pop("organization", None)
            known = self._domains = self._clock() + _DOMAINS_LIFETIME, outcome
        return known[1]

    def _find(
        self, addresses: Sequence[str], patience: Patience
    ) -> Iterator[tuple[str, DistributionList | Mailbox | RollcallError | None]]:
        """What stands behind each of at most `find_batch` addresses.

        A collection that could not be searched takes nothing from what others found; `why_not` tells of it.
        """
        hits: dict[str, dict[str, _Hit]] = {address: {} for address in addresses}
        errors: dict[str, RollcallError] = {}
        searches = [search for address in addresses for search in _searches(address)]
        for _ in range(_MAX_SEARCH_PAGES):
            paths = [search.path for search in searches]
            outcomes: list[Entries | RollcallError] = []
            for start in range(0, len(paths), BATCH):
                outcomes += self._transport.fetch(paths[start : start + BATCH], parse_entries, patience)
            unfinished = []
            for search, outcome in zip(searches, outcomes, strict=True):
                try:
                    if isinstance(outcome, RollcallError):
                        raise self._of_a_search(search.collection, outcome)
                    self._refused.pop(search.collection, None)
                    for entry in outcome.value:
                        if hit := _hit(search, entry):
                            hits[search.address].setdefault(entry.id, hit)
                    if outcome.next_link is not None:
                        unfinished.append(replace(search, path=self._wire.relative(outcome.next_link)))
                except RollcallError as error:
                    # Without contacts, an address outside stays one outside; `why_not` tells of the rest.
                    if not (search.collection == "contacts" and isinstance(error, AccessRefused)):
                        errors[search.address] = error
            searches = unfinished
            if not searches:
                break
        errors.update({search.address: UnreadableAnswer() for search in searches})
        for address in addresses:
            yield address, _decide(list(hits[address].values()), errors.get(address))

    def _of_a_search(self, collection: str, error: RollcallError) -> RollcallError:
        """A collection always exists, so that it is not found says nothing about a list."""
        if isinstance(error, ListNotFound):
            return UnreadableAnswer()
        if not isinstance(error, AccessRefused):
            return error
        refused = AccessRefused(
            f"Microsoft Graph does not let the service account read /{collection}.",
            _REMEDIES[collection],
            helper=error.helper,
        )
        self._refused[collection] = refused
        return refused

    def _page(self, cursor: Cursor, path: str, outcome: Page | RollcallError) -> Page | RollcallError:
        """What the answer to `path` means for the list it was asked for."""
        if cursor.list.hidden and isinstance(outcome, AccessRefused):
            return HiddenMembership()
        if isinstance(outcome, RollcallError) or outcome.next is None:
            return outcome
        try:
            outcome.next = self._wire.relative(outcome.next)
        except UnreadableAnswer as error:
            return error
        return UnreadableAnswer() if outcome.next == path else outcome


def _members_path(group: DistributionList) -> str:
    return f"/groups/{quote(group.id, safe='')}/members?$select={_MEMBER}&$top=999"


def _counts(group: DistributionList) -> Iterator[str]:
    """What tells how many are below a list. A Microsoft 365 group holds no contacts, and Graph refuses to
    count there what cannot be."""
    kinds = (
        (_PEOPLE,) if group.kind is ListKind.MICROSOFT_365_GROUP else (_PEOPLE, "microsoft.graph.orgContact")
    )
    for kind in kinds:
        yield f"/groups/{quote(group.id, safe='')}/transitiveMembers/{kind}?$count=true&$top=1&$select=id"


def _searches(address: str) -> Iterator[_Search]:
    """Every object that Exchange delivers to has its addresses in proxyAddresses; guests are often
    known by `mail` alone. Graph does not say whether `or` across properties works, so each is asked."""
    for spelling in dict.fromkeys((address, shown(address))):  # a directory may hold either
        literal = spelling.replace("'", "''")
        owns = f"proxyAddresses/any(p:p eq 'smtp:{literal}')"
        for collection, condition, properties in (
            ("groups", owns, _GROUP),
            ("users", owns, _MAILBOX),
            ("users", f"mail eq '{literal}'", _MAILBOX),
            ("contacts", owns, _MAILBOX),
        ):
            condition = quote(condition, safe="")
            path = f"/{collection}?$filter={condition}&$select={properties}&$top=5"
            yield _Search(address, collection, path)


def _hit(search: _Search, entry: DirectoryObject) -> _Hit | None:
    """What `entry` is to somebody who writes to the address; None for a group without mail."""
    address, addresses = address_of(entry), addresses_of(entry)
    owns = search.address in addresses
    if search.collection != "groups":
        is_user = search.collection == "users"
        found = Mailbox(entry.id, address, signs_in=is_user, addresses=addresses, name=entry.name)
        return _Hit(found, owns)
    return _Hit(list_of(entry, address or search.address), owns) if entry.mail_enabled else None


def _decide(
    hits: list[_Hit], error: RollcallError | None
) -> DistributionList | Mailbox | RollcallError | None:
    """What stands behind an address, of all that was found. Who owns it in proxyAddresses has it; two
    mailboxes that share one are one recipient, such as a guest and a contact of the same person outside."""
    owners = [hit.found for hit in hits if hit.owns]
    found = owners or [hit.found for hit in hits]
    if len(found) > 1 and any(isinstance(one, DistributionList) for one in found):
        return AmbiguousAddress()
    # Whoever can sign in may look at a report; mail that reaches anybody at all is a recipient.
    found.sort(key=lambda one: isinstance(one, Mailbox) and (one.address is None, not one.signs_in))
    return found[0] if found else error
